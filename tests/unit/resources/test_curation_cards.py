"""What curators see: a suggestion, the page that changes it, the week, and what is wrong with a file."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.resources.catalogue import Fault
from bot.resources.curators_week import CuratorsWeekContent, DeadLink, most_alike
from bot.resources.deliveries import SuggestionContent
from bot.resources.links.rules import NOT_THERE
from bot.resources.resource import LinkHealth, Resource, Shown
from bot.resources.suggestion import Suggestion, SuggestionState
from bot.search.facets import Cost, Kind
from cogs.messenger import NEVER_SENT, Rendered
from cogs.resources import curators_week
from cogs.resources.curated import Curated
from cogs.resources.curators_buttons import curators_row
from cogs.resources.curators_week import render_week
from cogs.resources.editing import FacetSelect
from cogs.resources.files import faults_card
from cogs.resources.own_shelf import list_card
from cogs.resources.queue import queue_card
from cogs.resources.suggesting import lost_parameters, thanks_card
from cogs.resources.suggestion_card import render_suggestion
from cogs.resources.topic_form import chosen_topics
from tests.discord_limits import violations
from tests.small_shelf import NETS

THEN = datetime(2026, 1, 2, tzinfo=UTC)
LARGEST = 10**18 - 1
LONGEST = replace(
    NETS,
    title="*_" * 50,
    good_for="`|" * 110,
    address="https://a.example/" + "(" * 470,
    author="~" * 90,
    also=tuple(f"{number}" + "*" * 79 for number in range(6)),
    asks=tuple(f"{number:2}" + "*" * 58 for number in range(12)),
    topics=(
        "reinforcement-learning",
        "recommender-systems",
        "interpretability",
        "ethics-and-safety",
        "nlp",
        "rag",
    ),
    maths=True,
)


def suggested(state: SuggestionState = SuggestionState.WAITING, **given: Any) -> Suggestion:
    usual = {"id": LARGEST, "guild_id": 1, "user_id": LARGEST, "entry": LONGEST, "suggested_at": THEN}
    return Suggestion(**{**usual, "state": state, **given})


def fits(rendered: Rendered | discord.Embed) -> bool:
    if isinstance(rendered, discord.Embed):
        rendered = Rendered("", rendered)
    assert rendered.embed is not None
    components = rendered.view.to_components() if rendered.view else []
    body = {"content": rendered.text, "embeds": [rendered.embed.to_dict()], "components": components}
    return violations("POST", "/channels/1/messages", body) == []


def names(rendered: Rendered) -> list[str]:
    """The custom ids under a message."""
    assert rendered.view is not None
    return [item["custom_id"] for row in rendered.view.to_components() for item in row["components"]]


@pytest.mark.parametrize(
    ("state", "given", "buttons"),
    [
        (SuggestionState.WAITING, {}, 3),
        (SuggestionState.ACCEPTED, {"resource_id": 10**12 - 1}, 1),
        (SuggestionState.DECLINED, {"reason": "*" * 300}, 1),
        (SuggestionState.DECLINED, {"reason": "No", "user_id": None}, 1),
    ],
)
def test_a_suggestion_keeps_to_what_discord_holds_and_is_found_again(
    state: SuggestionState, given: dict[str, Any], buttons: int
) -> None:
    rendered = render_suggestion(SuggestionContent(suggested(state, **given)), NEVER_SENT)
    assert fits(rendered)
    assert len(names(rendered)) == buttons
    assert all(NEVER_SENT in name for name in names(rendered))
    # Nobody is told of it but those who read the channel.
    assert rendered.mentions is None
    assert rendered.embed is not None
    assert (f"<@{LARGEST}>" in (rendered.embed.description or "")) == ("user_id" not in given)


def test_what_is_missing_is_said() -> None:
    entry = replace(NETS, good_for="", topics=())
    embed = render_suggestion(SuggestionContent(suggested(entry=entry)), NEVER_SENT).embed
    assert embed is not None
    assert (embed.description or "").startswith(
        "What it is good for is missing.\n\n<https://nets.example/start>"
    )
    assert embed.fields[1].value == "No topic yet; one at least is needed."


def test_the_longest_week_keeps_to_what_discord_holds() -> None:
    links = [
        DeadLink(
            Resource(n, replace(LONGEST, title=f"{n}" + "*" * 98)),
            LinkHealth(THEN, THEN, "_" * 90),
            Resource(n + 100, LONGEST),
        )
        for n in range(10)
    ]
    content = CuratorsWeekContent(
        date(2026, 1, 5),
        [(f"{n}" + "`" * 78, 12_345) for n in range(20)],
        480,
        links,
        31,
        [(Resource(n, LONGEST), 1_000) for n in range(5, 15)],
        2_000,
    )
    rendered = render_week(content, NEVER_SENT)
    assert fits(rendered)
    assert sum(NEVER_SENT in name for name in names(rendered)) == 1
    assert rendered.embed is not None
    text = rendered.embed.description or ""
    # Only the box that holds them has three marks in a row.
    assert text.count("```") == 2
    assert "and 480 more" in text
    assert "more" in str(rendered.embed.fields[0].value)


def test_a_week_without_misses_says_so_and_has_no_list_of_links() -> None:
    rendered = render_week(CuratorsWeekContent(date(2026, 1, 5), [], 0, [], 0, [], 1), NEVER_SENT)
    assert rendered.embed is not None
    assert rendered.embed.description == "Whatever was searched was found."
    assert names(rendered) == [f"curate:queue:v1:0:{NEVER_SENT}"]


def test_the_first_ten_faults_are_shown_as_text_and_the_rest_is_counted() -> None:
    faults = [Fault(number, "``` **x** " + "y" * 4_000) for number in range(1, 400)]
    card = faults_card("*" * 300 + ".csv", faults)
    assert fits(card)
    text = card.description or ""
    assert "399 things in it are not as they should be" in text
    assert text.count("```") == 2
    assert "line 10:" in text
    assert "line 11:" not in text
    assert "and 389 more" in text


def test_lists_of_the_longest_titles_keep_to_what_discord_holds() -> None:
    assert fits(queue_card([suggested(id=n) for n in range(10)], 2_000, 199))
    resources = [Resource(n, LONGEST, 1) for n in range(15)]
    card = list_card(resources, frozenset(range(15)), 2_000, 133, 134)
    assert fits(card)
    assert (card.description or "").count("taken off") == 15
    assert fits(thanks_card(suggested(), LONGEST.address))


def test_a_select_says_what_is_chosen_and_its_name_has_room() -> None:
    select = FacetSelect("kind", str(Curated("s", LARGEST)), NETS.kind)
    assert [option.label for option in select.item.options if option.default] == ["What it is: course"]
    assert len(select.item.custom_id) <= 100


def test_topics_that_were_there_stay_in_front() -> None:
    values = {"topics0": "python\nsql", "topics1": "audio", "topics2": ""}
    assert chosen_topics(values, ["audio", "career", "sql"]) == ["audio", "sql", "python"]


@pytest.mark.parametrize(
    ("typed", "kept", "lost"),
    [
        ("https://a.example/?utm_source=x", "https://a.example/", True),
        ("a.example/?b=1&fbclid=2", "https://a.example/?b=1", True),
        (" https://a.example/?b=1 ", "https://a.example/?b=1", False),
        ("http://[", "https://a.example/", False),
    ],
)
def test_it_is_said_when_parameters_were_dropped(typed: str, kept: str, lost: bool) -> None:
    assert lost_parameters(typed, kept) is lost


@pytest.mark.parametrize(
    ("held", "shown", "labels"),
    [
        ({}, Shown(Resource(1, NETS)), []),
        ({"manage_messages": True}, Shown(Resource(1, NETS)), ["Hide it here"]),
        ({"manage_guild": True}, Shown(Resource(1, NETS, 5)), ["Edit…", "Take it off"]),
        ({"manage_messages": True}, Shown(Resource(1, NETS), is_gone=True), ["Bring it back"]),
    ],
)
def test_only_curators_have_a_row_on_the_page_of_a_resource(
    held: dict[str, bool], shown: Shown, labels: list[str]
) -> None:
    interaction: Any = SimpleNamespace(permissions=discord.Permissions(**held))
    row: list[Any] = curators_row(shown, interaction)
    assert [button.label for button in row] == labels


def test_in_place_of_a_dead_link_the_most_alike_of_its_kind_is_proposed() -> None:
    other_kind = Resource(1, replace(NETS, kind=Kind.BOOK))
    elsewhere = Resource(2, replace(NETS, topics=("pytorch", "sql", "deployment")))
    costly = Resource(3, replace(NETS, cost=Cost.PAID))
    alike = Resource(4, replace(NETS, title="Nets by Foot", topics=("pytorch", "deep-learning")))
    dead = Resource(5, NETS)
    assert most_alike(dead, [other_kind, elsewhere]) is None
    assert most_alike(dead, [other_kind, elsewhere, costly]) is costly
    assert most_alike(dead, [other_kind, elsewhere, costly, alike]) is alike
    link = DeadLink(dead, LinkHealth(THEN, THEN, "not found"), alike)
    rendered = render_week(CuratorsWeekContent(date(2026, 1, 5), [], 0, [link], 0, [], 0), NEVER_SENT)
    assert rendered.embed is not None
    assert rendered.embed.fields[0].value == (
        "- **Nets by Hand** · since <t:1767312000:d> · not found · perhaps **Nets by Foot** instead"
    )
    assert rendered.view is not None
    (select, _queue) = rendered.view.to_components()
    assert [option["value"] for option in select["components"][0]["options"]] == ["5", "4"]


def test_what_is_wrong_with_a_link_is_said_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    german = {NOT_THERE: "die Seite ist weg"}
    monkeypatch.setattr(curators_week, "_", lambda text: german.get(text, text))
    links = [DeadLink(Resource(1, NETS), LinkHealth(THEN, THEN, problem)) for problem in (NOT_THERE, "")]
    rendered = render_week(CuratorsWeekContent(date(2026, 1, 5), [], 0, links, 0, [], 0), NEVER_SENT)
    assert rendered.embed is not None
    line = "- **Nets by Hand** · since <t:1767312000:d>"
    assert rendered.embed.fields[0].value == f"{line} · die Seite ist weg\n{line}"
