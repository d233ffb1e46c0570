"""The ideas of a card in full: what fits stays whole, and where it doesn't the longest give way."""

import pytest

from bot.ideas.rules import IdeaText
from bot.polls.rules import Entry
from cogs.polls.booth import details_of
from cogs.ui.fitting import shares
from cogs.ui.ideas import idea_text

EMBEDS_TOGETHER = 6_000


@pytest.mark.parametrize(
    ("lengths", "room", "given"),
    [
        ([10, 20, 30], 60, [10, 20, 30]),
        ([10, 20, 30], 59, [10, 20, 29]),
        ([30, 10, 20], 40, [15, 10, 15]),
        ([100, 100, 0, 100], 90, [30, 30, 0, 30]),
        ([5, 5], 0, [0, 0]),
        ([], 10, []),
    ],
)
def test_each_text_gets_what_it_needs_unless_an_equal_share_is_less(
    lengths: list[int], room: int, given: list[int]
) -> None:
    assert shares(lengths, room) == given


@pytest.mark.parametrize("letter", ["a", "*", "界"])
def test_four_ideas_of_the_greatest_length_fit_into_one_message(letter: str) -> None:
    text = IdeaText(
        letter * 100, letter * 600, letter * 600, letter * 600, "https://example.org/" + "a" * 480
    )
    ideas = [Entry(position, position, frozenset(), text) for position in range(4)]
    embeds = details_of(ideas)
    assert sum(map(len, embeds)) <= EMBEDS_TOGETHER
    assert all(len(embed.title or "") <= 256 and embed.description for embed in embeds)


def test_a_long_idea_is_whole_beside_short_ones() -> None:
    long = IdeaText("Long", "p" * 600, "a" * 600, "b" * 600)
    ideas = [Entry(0, 0, frozenset(), long), Entry(1, 1, frozenset(), IdeaText("Short"))]
    one, other = details_of(ideas)
    assert all(letter * 600 in (one.description or "") for letter in "pab")
    assert other.description == "Nothing more was written down about it."


@pytest.mark.parametrize("link", ["", "https://example.org/a"])
@pytest.mark.parametrize("parts", [("p" * 600, "a", "b"), ("", "a" * 600, ""), ("p", "", "b" * 300)])
def test_what_an_idea_says_is_whole_in_as_much_room_as_it_takes(
    link: str, parts: tuple[str, str, str]
) -> None:
    idea = IdeaText("Title", *parts, link)
    whole = idea_text(idea, 4_000)
    assert idea_text(idea, len(whole)) == whole
    assert len(idea_text(idea, len(whole) - 1)) <= len(whole) - 1
    assert all(part in whole for part in (*parts, link))


def test_of_an_idea_without_a_word_there_is_nothing_to_say() -> None:
    assert idea_text(IdeaText("Title"), 4_000) == ""
