"""Cards of polls as they are read: what is posted, what it says, and where its buttons lead."""

import re
from collections.abc import Iterator

import discord

from bot.polls.deliveries import PollContent, ResultContent, ShortlistContent
from bot.polls.rules import Method, Phase, Scope
from bot.polls.service import PollView
from cogs.messenger import Rendered
from cogs.polls.message import poll_card, render_poll
from cogs.polls.results import render_result
from cogs.polls.shortlists import render_shortlist
from tests.poll_views import crowded

NONCE = "a" * 24
LETTERS = ["a", "*", "界", "ш", "ك", "ก", "\N{FAMILY}"]
ENDS = (Phase.CLOSED, Phase.MOVED_ON, Phase.DROPPED)
SECRET = "How the cards stand is a secret until they are over."


def posted(rendered: Rendered) -> dict[str, object]:
    """The body of a message as it would be sent."""
    assert rendered.embed is not None
    assert rendered.view is not None
    return {
        "content": rendered.text,
        "embeds": [rendered.embed.to_dict()],
        "components": rendered.view.to_components(),
        "nonce": NONCE,
    }


def custom_ids(rendered: Rendered) -> list[str]:
    assert rendered.view is not None
    return [item["custom_id"] for row in rendered.view.to_components() for item in row["components"]]


def said(embed: discord.Embed) -> str:
    parts = [embed.title, embed.description, *(f"{each.name}: {each.value}" for each in embed.fields)]
    text = "\n".join(filter(None, [*parts, embed.footer.text]))
    # A percent sign never stands alone on a line.
    assert not re.search(r"\d %", text)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def of_poll(view: PollView) -> str:
    return said(poll_card(view))


def of_shortlist(view: PollView) -> str:
    embed = render_shortlist(ShortlistContent(view), NONCE).embed
    assert embed is not None
    return said(embed)


def of_result(view: PollView, *, few: bool = False) -> str:
    embed = render_result(ResultContent(view, "{}", few), NONCE).embed
    assert embed is not None
    return said(embed)


def everything_posted(letter: str) -> Iterator[Rendered]:
    for phase in Phase:
        for scope in Scope:
            for method in Method:
                view = crowded(phase, letter, scope=scope, method=method, standing_open=True)
                yield render_poll(PollContent(view), NONCE)
                if view.shortlist is not None:
                    yield render_shortlist(ShortlistContent(view), NONCE)
                if view.final is not None:
                    yield render_result(ResultContent(view, "{}", few_voters=True), NONCE)
