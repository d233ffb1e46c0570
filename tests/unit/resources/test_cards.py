"""How resources look: one, several, the steps, and that nothing fits."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from bot.resources.answers import Answer, Counts, FoundResource, Marked, Mine, Page
from bot.resources.browsing import Wanted
from bot.resources.entry import SOURCES, Step
from bot.resources.next import Because, Ground
from bot.resources.resource import LinkHealth, Mark, Resource, Shown
from bot.resources.suggestion import Suggestion, SuggestionState
from bot.search.facets import Cost, Filters
from cogs.resources.cards import (
    SOURCE_NAMES,
    found_card,
    list_card,
    nothing_card,
    page_card,
    resource_card,
    steps_card,
)
from cogs.resources.mine import lines_of, mine_card
from cogs.resources.resource_page import page_view
from cogs.resources.up_next import measure, why_next
from cogs.ui import colours
from tests.discord_limits import violations
from tests.small_shelf import CATALOGUE, NETS, SHELF, STAGE, TENSORS, TROVE

THEN = datetime(2026, 1, 2, tzinfo=UTC)
HOSTILE = "**@everyone** <@1> [x](https://evil.example) `y` " + "z" * 150


def labels(view: discord.ui.View | None) -> list[str]:
    assert view is not None
    items: list[Any] = [getattr(item, "item", item) for item in view.children]
    return [item.label for item in items]


def fits(embed: discord.Embed, view: discord.ui.View | None = None) -> bool:
    body = {"embeds": [embed.to_dict()], "components": view.to_components() if view else []}
    return violations("POST", "/channels/1/messages", body) == []


def test_an_answer_is_a_line_of_why_and_a_sentence_each() -> None:
    second = replace(STAGE, good_for="Puts a demo " * 10 + "on the web.")
    found = [FoundResource(Resource(1, NETS), helped=2), FoundResource(Resource(2, second))]
    answer = Answer("nueral nets", found, respelt="neural nets")
    card = found_card(answer, Filters(cost=Cost.FREE))
    assert card.title == "“nueral nets”"
    assert card.description == (
        "Understood as “neural nets”. Asked for: free.\n\n"
        "**1. [Nets by Hand](https://nets.example/start)** · helped 2 here\n"
        "about deep learning, PyTorch · course · for beginners · free · some 60 hours\n"
        "Builds a neural network from nothing, so that a beginner sees how it learns.\n\n"
        "**2. [Little Stage](https://stage.example/start)**\n"
        "about demos on the web, deployment · hosting · for anyone · free in part\n"
        "Puts a demo Puts a demo Puts a demo Puts a demo Puts a demo Puts a demo Puts a demo Puts a demo "
        "Puts a demo…"
    )


def test_in_a_list_what_is_dead_says_so_and_a_dead_link_too() -> None:
    dead = FoundResource(Resource(1, TROVE), replacement=Resource(2, SHELF))
    broken = FoundResource(Resource(3, NETS), link=LinkHealth(THEN, THEN, "not found"))
    gone, link = (list_card("x", [dead, broken]).description or "").split("\n\n")
    assert gone.split("\n") == [
        "~~**[Code Trove](https://trove.example/start)**~~",
        "**Gone.** Closed in July 2025. Use [Paper Shelf](https://shelf.example/start) instead.",
    ]
    assert link.endswith("**The link is dead**, as far as I can tell.")


def test_what_stands_first_has_its_whole_sentence_and_the_others_have_the_beginning() -> None:
    entry = replace(NETS, good_for="sentence " * 24 + "end")
    card = found_card(Answer("x", [FoundResource(Resource(n, entry)) for n in range(5)]), Filters())
    first, *others = (card.description or "").split("\n\n")
    assert first.endswith(" end")
    assert [other.split("\n")[2] for other in others] == ["sentence " * 11 + "sentence…"] * 4


def test_the_longest_list_keeps_to_what_discord_holds_and_its_first_in_full() -> None:
    entry = replace(NETS, title="*" * 100, good_for=HOSTILE, address="https://a.example/" + "é" * 80)
    card = list_card("“" + "\\*" * 100 + "”", [FoundResource(Resource(n, entry)) for n in range(5)])
    assert fits(card)
    assert "@everyone" in (card.description or "").split("\n\n")[0]
    longest = replace(entry, dead="x" * 300, replaced_by="y")
    dead = FoundResource(Resource(1, longest), replacement=Resource(2, entry))
    assert fits(list_card("x", [dead] * 5, "y" * 300))


def test_nothing_fits_is_said_with_what_comes_nearest_and_who_hears_of_it() -> None:
    text = nothing_card(Answer("x", (), nearest=["nlp", "llm"]), Filters()).description or ""
    assert "natural language processing, large language models" in text
    assert "without names" in text
    # Where only the filters are too narrow, no curator hears of it.
    narrow = nothing_card(Answer("x", (), fit_without_filters=True), Filters(cost=Cost.PAID))
    assert narrow.description == (
        "You asked for: paid. Nothing fits all of that, but something does without it."
    )


def test_the_page_of_a_resource_says_all_that_is_known() -> None:
    card = resource_card(Shown(Resource(1, NETS), helped=2))
    assert (card.title, card.url) == ("Nets by Hand", "https://nets.example/start")
    assert card.description == (
        "Builds a neural network from nothing, so that a beginner sees how it learns.\n\n"
        "course · for beginners · free · some 60 hours · helped 2 here"
    )
    assert {field.name: field.value for field in card.fields} == {
        "About": "deep learning, PyTorch",
        "By": "Ines Falk",
        "For the step": "Learn",
    }
    assert card.footer.text == "chosen for this catalogue"
    assert set(SOURCE_NAMES) > SOURCES


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (Shown(Resource(1, TENSORS)), "The address is not confirmed yet."),
        (Shown(Resource(1, NETS), reported=2), "2 members say that the link is dead."),
        (Shown(Resource(1, NETS), link=LinkHealth(THEN, THEN, "x")), "**The link is dead**"),
        (Shown(Resource(1, TROVE), replacement=Resource(2, SHELF)), "Use [Paper Shelf]"),
        (Shown(Resource(1, NETS), Mark(saved_at=THEN), is_gone=True), "not on this server's shelf any more"),
    ],
)
def test_what_is_wrong_with_it_is_said(shown: Shown, said: str) -> None:
    assert said in (resource_card(shown).description or "")


def test_an_address_that_was_tried_is_not_called_unconfirmed() -> None:
    tried = Shown(Resource(1, TENSORS), link=LinkHealth(checked_at=THEN))
    assert "confirmed" not in (resource_card(tried).description or "")


def test_what_is_dead_cannot_be_started_and_its_page_begins_with_that() -> None:
    shown = Shown(Resource(1, TROVE), Mark(saved_at=THEN), replacement=Resource(2, SHELF))
    card = resource_card(shown)
    assert (card.description or "").startswith("**Gone.**")
    assert card.colour == colours.PROBLEM
    assert labels(page_view(shown)) == ["Saved", "Open Paper Shelf", "Share"]
    assert page_view(Shown(Resource(1, NETS), is_gone=True)) is None


def test_whoever_finished_learning_is_asked_to_build() -> None:
    finished = Shown(Resource(1, NETS), Mark(started_at=THEN, finished_at=THEN))
    assert "Knowing is not showing" in (resource_card(finished).description or "")
    assert labels(page_view(finished)) == [
        *("Save", "Start", "Finished", "Helped me"),
        *("Link is dead", "Share", "Add an idea"),
    ]
    shown_work = Shown(Resource(1, STAGE), Mark(started_at=THEN, finished_at=THEN))
    assert "Knowing" not in (resource_card(shown_work).description or "")
    assert "Add an idea" not in labels(page_view(shown_work))


def test_what_is_shared_says_nothing_of_who_shares_it() -> None:
    shown = Shown(Resource(1, NETS), Mark(THEN, THEN, THEN, THEN))
    for_all = resource_card(shown, for_all=True)
    assert for_all.to_dict() == resource_card(Shown(Resource(1, NETS)), for_all=True).to_dict()


def test_the_fullest_page_keeps_to_what_discord_holds() -> None:
    entry = replace(
        NETS, title="*" * 100, good_for=HOSTILE, author="_" * 100, topics=list(NETS.topics) * 3, maths=True
    )
    title = "W" * 100
    shown = Shown(
        Resource(10**11, entry),
        Mark(THEN, THEN, THEN, THEN),
        helped=1_000,
        link=LinkHealth(THEN, THEN, "x"),
        replacement=Resource(10**11 + 1, replace(NETS, title=title)),
    )
    assert fits(resource_card(shown), page_view(shown))


def test_the_steps_are_shown_with_their_counts() -> None:
    counts = Counts(steps={Step.LEARN: 12, Step.HUNT: 1})
    card = steps_card(Page([], 0, 1, 13, counts))
    assert card.title == "13 resources to look at"
    assert (card.description or "").split("\n")[:4] == [
        "**Learn** · 12 · understand something",
        "**Build** · 0 · make something: tools, data, ideas, practice",
        "**Show** · 0 · put what you made before people",
        "**Find work** · 1 · get paid for it",
    ]


def test_a_page_of_a_choice_says_what_was_chosen_and_where_it_stands() -> None:
    resources = [Resource(n, entry) for n, entry in enumerate(CATALOGUE[:5])]
    page, wanted = Page(resources, 1, 3, 14, Counts()), Wanted(Step.LEARN, "pytorch")
    card = page_card(page, wanted)
    assert card.title == "Learn · PyTorch"
    assert card.footer.text == "14 resources, page 2 of 3"
    assert card.colour == colours.LEARNING
    known = replace(page, helped={0: 2, 9: 1}, links={1: LinkHealth(THEN, THEN, "x")})
    first, second, *others = (page_card(known, wanted).description or "").split("\n\n")
    assert first.startswith("**[Nets by Hand](https://nets.example/start)** · helped 2 here\n")
    assert second.endswith("**The link is dead**, as far as I can tell.")
    assert not any("helped" in other or "dead" in other for other in others)
    empty = page_card(Page([], 0, 1, 0, Counts()), Wanted(topic="jax"))
    assert empty.description == "There is nothing of that. Choose another step, topic or kind."


@pytest.mark.parametrize(
    ("because", "said"),
    [
        (Because(Ground.STARTED, since=THEN), "You began this on <t:1767312000:D>: go on with it"),
        (Because(Ground.SAVED, since=THEN, share=40), "You saved this on <t:1767312000:D>"),
        (Because(Ground.BUILD_MORE, share=20), "20 % was building. Build something."),
        (Because(Ground.BUILD_MORE), "Build something."),
        (
            Because(Ground.LEARN_NEXT, "nlp", 90),
            "90 % was building: there is room to learn something. It is about",
        ),
        (Because(Ground.TOPIC, "nlp"), "It is about natural language processing, which you are at."),
        (Because(Ground.JOB_HUNT), "You are looking for work above all."),
        (Because(Ground.BEGINNING), "It is good to begin with."),
    ],
)
def test_what_comes_next_comes_with_a_reason(because: Because, said: str) -> None:
    assert said in why_next(because)
    assert "{" not in why_next(because)


@pytest.mark.parametrize(
    ("because", "said"),
    [
        (Because(Ground.BUILD_MORE, share=20), True),
        (Because(Ground.SHOW_IT, share=80), True),
        (Because(Ground.LEARN_NEXT, share=90), True),
        (Because(Ground.BUILD_MORE), False),
        (Because(Ground.SAVED, share=20, since=THEN), False),
        (Because(Ground.BEGINNING), False),
    ],
)
def test_the_measure_is_said_only_where_it_chose(because: Because, said: bool) -> None:
    assert measure(because) == ("The guides' measure: 70 % building, 30 % learning." if said else "")


def test_every_ground_has_a_sentence() -> None:
    assert all(why_next(Because(ground, "nlp", 50, THEN)).endswith(".") for ground in Ground)


def test_what_is_a_members_stands_under_headings() -> None:
    def suggested(state: SuggestionState, reason: str = "") -> Suggestion:
        return Suggestion(1, 1, 1, replace(NETS, title="A *find*"), state, THEN, reason=reason)

    mine = Mine(
        started=[Marked(Resource(1, NETS), Mark(started_at=THEN, helped_at=THEN))],
        saved=[Marked(Resource(2, SHELF), Mark(saved_at=THEN), is_gone=True)],
        finished=[Marked(Resource(3, STAGE), Mark(finished_at=THEN))],
        suggestions=[
            suggested(SuggestionState.WAITING),
            suggested(SuggestionState.ACCEPTED),
            suggested(SuggestionState.DECLINED, "It is an <@1> ad"),
        ],
    )
    assert (mine_card(list(lines_of(mine)), 0, 0).description or "").split("\n") == [
        "**Under way**",
        "- [Nets by Hand](https://nets.example/start) · since <t:1767312000:D> · it helped you",
        "",
        "**Saved**",
        "- [Paper Shelf](https://shelf.example/start) · not on the shelf any more",
        "",
        "**Finished**",
        "- [Little Stage](https://stage.example/start) · <t:1767312000:D>",
        "",
        "**Suggested by you**",
        r"- A \*find\* · the curators have not decided yet",
        r"- A \*find\* · taken in",
        r"- A \*find\* · declined: It is an \<@1> ad",
    ]
