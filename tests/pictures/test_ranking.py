"""The chart of a ranking at its limits, and in words."""

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from bot.texts import speaking
from cogs.enclosures import ALTERNATIVE_LIMIT
from cogs.pictures.lettering import Style, width_of, wrapped
from cogs.pictures.panel import HIGHEST
from cogs.pictures.ranking_chart import draw_ranking
from cogs.pictures.ranking_rows import ROWS_AT_MOST, ChartRow, RankingChart, told_of_ranking
from cogs.pictures.runs import legible
from tests.pictures.samples import final, open_standing, standing

STYLE = Style(26, 500, (255, 255, 255))
HUNDRED = {
    "latin": "Wortschatz " * 9 + "W",
    "one word": "W" * 100,
    "greek": "Αναγνώριση " * 9 + "Ω",
    "han": "用手机给鸟儿录音" * 12 + "鸟儿录音",
    "arabic": "كتاب جديد " * 10,
    "devanagari": "हाथ की लिखाई " * 7 + "पढ़ना अब",
    "thai": "นกตัวไหนร้อง" * 8 + "นกตั",
    "emoji": "🚀" * 100,
    "combining": "e\u0301" * 50,
}


def opened(chart: RankingChart) -> Image.Image:
    with Image.open(io.BytesIO(draw_ranking(chart))) as image:
        return image.convert("RGBA")


def one_row(**changes: object) -> RankingChart:
    row = replace(ChartRow("Only this", 0.0, -1.0, 1.0, "100 %", chosen=True), **changes)  # type: ignore[arg-type]
    return replace(standing(), rows=[row])


@pytest.mark.parametrize("ideas", [1, 2, 4, 5, 6, 7, 11, 12, 13, 60])
def test_a_chart_of_any_number_of_ideas_is_not_cut_off(ideas: int, only_inter: None) -> None:
    image = opened(standing(ideas))
    assert image.height < HIGHEST - 60
    assert len(standing(ideas).shown) + standing(ideas).more == ideas


def test_the_tallest_chart_keeps_a_shape_that_discord_shows_450_pixels_wide(only_inter: None) -> None:
    image = opened(standing(60))
    assert min(550, 350 * image.width / image.height) >= 450


@pytest.mark.parametrize("script", HUNDRED)
@pytest.mark.parametrize("rows", [1, 7])
def test_a_title_of_100_characters_in_any_script_stays_in_its_column(script: str, rows: int) -> None:
    title = HUNDRED[script]
    if not legible(title, ""):
        pytest.skip("no font here draws it")
    row = ChartRow(title, 0.0, -1.0, 1.0, "about even")
    chart = replace(standing(), rows=[row] * rows)
    other = replace(chart, rows=[replace(row, title="W" * 100)] * rows)
    one_image, other_image = opened(chart), opened(other)
    right_of_titles = (500, 0, one_image.width, one_image.height)
    assert one_image.size == other_image.size
    between = ImageChops.difference(one_image.crop(right_of_titles), other_image.crop(right_of_titles))
    # The few colours of the file are chosen by what is in the picture, so that shades differ a little.
    assert max(between.convert("L").tobytes()) <= 12


@pytest.mark.parametrize("value", [0.0, 4.0, -1e9])
def test_a_row_without_any_spread_has_its_place(value: float, only_inter: None) -> None:
    opened(replace(one_row(strength=value, low=value, high=value), ticks=()))


def test_a_row_of_which_nothing_is_written_is_drawn(only_inter: None) -> None:
    opened(one_row(title="", sure=""))


@pytest.mark.parametrize("chart", [standing(), open_standing(), final()], ids=["settled", "open", "final"])
def test_each_row_has_its_dot_where_it_stands(chart: RankingChart, only_inter: None) -> None:
    """Moving a strength moves its dot: the pictures differ in that row and nowhere else."""
    row = chart.rows[2]
    moved = replace(chart, rows=[*chart.rows[:2], replace(row, strength=row.low), *chart.rows[3:]])
    one, other = opened(chart), opened(moved)
    rows = [y for y in range(one.height) if one.crop((0, y, 960, y + 1)) != other.crop((0, y, 960, y + 1))]
    assert 0 < len(rows) <= 24
    assert rows == list(range(rows[0], rows[-1] + 1))


def test_the_chart_in_words_has_each_idea_with_its_certainty() -> None:
    words = told_of_ranking(open_standing())
    assert words.startswith("Chart: Зимовий проєкт. 3 voters. 1. Captions for street sounds: in the five ")
    assert "5. A tutor that asks instead of telling: in the five about even; up to here chosen." in words
    assert "6. Find the page in a scanned manual: in the five about even, nearly chosen." in words
    assert words.endswith(
        "10. Write commit messages from diffs in the voice of the team t…: in the five unlikely."
    )


def test_the_chart_in_words_says_how_many_more_there_are() -> None:
    words = told_of_ranking(standing(30))
    assert words.endswith(f"And {30 - ROWS_AT_MOST} more.")


def test_the_chart_in_words_keeps_to_what_discord_takes_and_the_best_stay() -> None:
    rows = [ChartRow("W" * 100, 1.0, 0.0, 2.0, "between 70 and 95 %", chosen=n < 5) for n in range(60)]
    words = told_of_ranking(replace(standing(), rows=rows))
    assert len(words) <= ALTERNATIVE_LIMIT
    assert "; up to here chosen." in words
    assert words.endswith("more.")


def test_the_chart_speaks_the_language_of_whoever_draws_it(only_inter: None) -> None:
    with speaking("de"):
        assert opened(standing()).size


def test_a_text_is_broken_between_words_and_cut_on_its_last_line(only_inter: None) -> None:
    text = "Write commit messages from diffs in the voice of the team"
    lines = wrapped(text, STYLE, 300, 2)
    assert lines[0] == "Write commit messages"
    assert lines[1].startswith("from diffs in")
    assert lines[1].endswith("…")
    assert all(width_of(line, STYLE) <= 300 for line in lines)


def test_a_text_that_fits_stays_on_one_line(only_inter: None) -> None:
    assert wrapped("Match lost gloves", STYLE, 300, 2) == ["Match lost gloves"]


def test_a_word_that_is_wider_than_the_line_is_broken_between_letters(only_inter: None) -> None:
    first, second = wrapped("Donaudampfschifffahrtsgesellschaft", STYLE, 300, 2)
    assert first + second == "Donaudampfschifffahrtsgesellschaft"
