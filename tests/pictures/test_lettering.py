"""Text of any script: which font draws it, in which order, and what is written where none can."""

import unicodedata

import pytest
from PIL import Image, ImageChops

from cogs.pictures import fonts, runs
from cogs.pictures.lettering import Style, fitted, width_of, write
from cogs.pictures.runs import legible

STYLE = Style(40, 600, (255, 255, 255))
USER = "user_name"

PLAIN = ["Mira Løvås", "Юлія Ковальчук", "Ελένη", "Nguyễn Thị Ánh", "J. R. O'Neil-42"]
OTHERS = {
    "NotoSansArabic": "فريد الحسيني",
    "NotoSansHebrew": "שרה לוי",
    "NotoSansDevanagari": "कविता शर्मा",
    "NotoSansTamil": "தமிழ்",
    "NotoSansThai": "สมชาย",
    "NotoSansEthiopic": "አበበ",
    "NotoSansGeorgian": "გიორგი",
    "NotoSansArmenian": "Արմեն",
    "NotoSansCJK": "田中さくら 김민준",
    "NotoColorEmoji": "🚀",
}


def drawn(text: str) -> Image.Image:
    image = Image.new("RGB", (900, 90))
    write(image, 10, 60, text, STYLE)
    return image


def same(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is None


def needs_font(family: str) -> None:
    if not any(key == family.lower() for key in fonts.installed_files()):
        pytest.skip(f"{family} is not installed here")


def needs_shaping() -> None:
    if not fonts.can_shape():
        pytest.skip("Pillow finds no FriBiDi here")


@pytest.mark.parametrize("name", PLAIN)
def test_latin_greek_and_cyrillic_need_nothing_but_the_python_package(name: str, only_inter: None) -> None:
    assert legible(name, USER) == name
    assert {run.face for run in runs.runs(name, 600)} == {fonts.INTER}


@pytest.mark.parametrize("family", OTHERS)
def test_each_other_script_is_drawn_with_its_own_font_where_installed(family: str) -> None:
    needs_font(family)
    needs_shaping()
    name = OTHERS[family]
    assert legible(name, USER) == name
    pieces = runs.runs(name, 600)
    assert "".join(run.text for run in pieces) == name
    assert {run.face.path.name.partition("-")[0].split(".")[0] for run in pieces if run.face.path} == {family}


@pytest.mark.parametrize("family", OTHERS)
def test_without_any_installed_font_the_user_name_stands_in(family: str, only_inter: None) -> None:
    assert legible(OTHERS[family], USER) == USER


def test_what_is_no_letter_is_left_out_where_no_font_has_it(only_inter: None) -> None:
    assert legible("🚀 Adaeze 🧑🏽‍💻", USER) == "Adaeze"


def test_fancy_letters_become_plain_where_no_font_has_them(only_inter: None) -> None:
    assert legible("𝓯𝓪𝓷𝓬𝔂 𝕂𝕚𝕕", USER) == "fancy Kid"


@pytest.mark.parametrize("name", ["", "   ", "...", "\u200d", "\U0010ffff"])
def test_a_name_that_says_nothing_is_replaced(name: str, only_inter: None) -> None:
    assert legible(name, USER) == USER


@pytest.mark.parametrize("name", ["فريد", "שרה", "कविता", "தமிழ்"])
def test_without_shaping_a_name_that_needs_it_is_not_written_wrongly(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "can_shape", lambda: False)
    assert legible(name, USER) == USER
    assert legible("Юлія", USER) == "Юлія"


def test_a_name_that_begins_in_arabic_is_read_from_the_right() -> None:
    needs_font("NotoSansArabic")
    assert [run.text for run in runs.runs("فريد Smith", 600)] == ["Smith", "فريد "]
    assert [run.text for run in runs.runs("Smith فريد", 600)] == ["Smith ", "فريد"]


def test_arabic_letters_are_joined() -> None:
    needs_font("NotoSansArabic")
    needs_shaping()
    joined, apart = width_of("فريد", STYLE), sum(width_of(letter, STYLE) for letter in "فريد")
    assert joined < apart * 0.95


def test_japanese_and_korean_names_take_their_own_forms_of_han() -> None:
    needs_font("NotoSansCJK")
    japanese, chinese = (runs.runs(name, 600)[0].face for name in ("直さ", "直"))
    assert japanese.index != chinese.index


def test_an_emoji_of_several_parts_is_one_picture() -> None:
    needs_font("NotoColorEmoji")
    needs_shaping()
    assert width_of("🧑🏽‍💻", STYLE) == pytest.approx(width_of("🚀", STYLE))
    assert width_of("🇩🇪", STYLE) == pytest.approx(width_of("🚀", STYLE))


def test_digits_beside_an_emoji_are_written_as_letters() -> None:
    needs_font("NotoColorEmoji")
    assert [run.face.is_emoji for run in runs.runs("🚀42", 600)] == [True, False]


def test_a_letter_under_marks_that_no_font_has_is_still_written(only_inter: None) -> None:
    assert same(drawn("Zal\u0591go"), drawn("Zalgo"))


def test_text_that_fits_stays_whole_and_other_text_ends_in_an_ellipsis() -> None:
    whole = "A very long name indeed"
    assert fitted(whole, STYLE, width_of(whole, STYLE)) == whole
    cut = fitted(whole, STYLE, 200)
    assert cut.endswith("…")
    assert whole.startswith(cut[:-1])
    assert 150 < width_of(cut, STYLE) <= 200


def test_text_is_never_cut_within_a_letter() -> None:
    spelt = unicodedata.normalize("NFD", "é" * 60)
    for width in range(60, 200, 7):
        assert len(fitted(spelt, STYLE, width).removesuffix("…")) % 2 == 0


def test_text_is_written_from_a_place_up_to_it_and_around_it() -> None:
    def middle_of(side: str) -> float:
        image = Image.new("RGB", (900, 90))
        write(image, 450, 60, "Hello", STYLE, side)  # type: ignore[arg-type]
        box = image.getbbox()
        assert box is not None
        return (box[0] + box[2]) / 2

    half = width_of("Hello", STYLE) / 2
    assert middle_of("middle") == pytest.approx(450, abs=3)
    assert middle_of("left") == pytest.approx(450 + half, abs=3)
    assert middle_of("right") == pytest.approx(450 - half, abs=3)
