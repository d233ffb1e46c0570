"""What an idea may say, and which one a member means."""

from datetime import UTC, datetime

import pytest

from bot.errors import NotALink, TextTooLong
from bot.ideas.errors import NoSuchIdea, TitleMissing
from bot.ideas.rules import Idea, IdeaState, IdeaText, clean_idea, find_chosen

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)

# A hundred characters each: Latin, Cyrillic, Arabic, Devanagari, Han, Korean, emoji.
TITLES = [
    "Recognise" + "x" * 91,
    "Определить птицу по голосу " + "ж" * 73,
    "تعرف على الطيور " + "ط" * 84,
    "पक्षियों की पहचान " + "क" * 82,
    "鳥の声" * 33 + "鳥",
    "새소리를" * 25,
    "\U0001f426\U0001f4f1" * 50,
]


def idea(number: int, title: str) -> Idea:
    return Idea(number, 1, 10, IdeaText(title), IdeaState.OPEN, NOW)


def test_a_title_is_all_that_an_idea_needs() -> None:
    assert clean_idea("  Bird\ncalls ") == IdeaText("Bird calls", "", "", "", "")


@pytest.mark.parametrize("title", ["", "   ", "\n\t", "\u200b", "\u2800\u3164", "…!?"])
def test_without_a_word_in_its_title_it_is_none(title: str) -> None:
    with pytest.raises(TitleMissing):
        clean_idea(title, "A problem")


@pytest.mark.parametrize("title", TITLES)
def test_a_title_may_have_a_hundred_characters_in_every_script(title: str) -> None:
    assert len(title) == 100
    assert clean_idea(title).title == title
    with pytest.raises(TextTooLong) as refused:
        clean_idea(title + "x")
    assert str(refused.value).startswith("“Title” has 101 characters, and I can keep 100.")


@pytest.mark.parametrize("part", ["problem", "angle", "baseline"])
def test_each_of_the_other_texts_may_have_six_hundred(part: str) -> None:
    assert getattr(clean_idea("Title", **{part: "a" * 600}), part) == "a" * 600
    with pytest.raises(TextTooLong):
        clean_idea("Title", **{part: "a" * 601})


def test_lines_are_kept_in_the_texts_and_what_is_not_seen_is_left_out() -> None:
    text = clean_idea("Title", "One line\r\nand\u202e another", "\u200b", " x ")
    assert (text.problem, text.angle, text.baseline) == ("One line\nand another", "", "x")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "example.org", "https://", "https://a b", "ftp://a.b"]
)
def test_what_is_no_web_address_is_no_link(link: str) -> None:
    with pytest.raises(NotALink):
        clean_idea("Title", link=link)


def test_a_link_may_have_five_hundred_characters() -> None:
    address = "https://a.example/" + "b" * 482
    assert clean_idea("Title", link=f" {address} ").link == address
    with pytest.raises(TextTooLong):
        clean_idea("Title", link=address + "b")


def test_an_idea_is_chosen_by_its_number_or_by_its_title() -> None:
    ideas = [idea(7, "Bird calls"), idea(12, "Shop bills"), idea(3, "12")]
    assert find_chosen(ideas, "12").id == 12
    assert find_chosen(ideas, " shop  BILLS ").id == 12
    with pytest.raises(NoSuchIdea) as refused:
        find_chosen(ideas, "<@5> `bills`")
    assert "“5 bills”" in str(refused.value)


def test_an_idea_is_of_whoever_wrote_it_down_and_of_those_whose_own_became_part_of_it() -> None:
    merged = Idea(1, 1, 10, IdeaText("Title"), IdeaState.OPEN, NOW, co_authors=(20, 30))
    orphaned = Idea(1, 1, None, IdeaText("Title"), IdeaState.OPEN, NOW, co_authors=(20,))
    assert sorted(merged.authors) == [10, 20, 30]
    assert sorted(orphaned.authors) == [20]
