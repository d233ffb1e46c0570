"""A poll's one message in its channel: where it stands, and what can be pressed now."""

from typing import Any

import discord
from discord.utils import format_dt

from bot.builds.rules import Build, BuildState
from bot.polls.deliveries import PollContent
from bot.polls.rules import ENOUGH_IDEAS, GOAL_IDEAS, EndedBy, Method, Phase, Scope
from bot.polls.service import PollView
from bot.ranking.criteria import PURPOSE_EXPLAINED, PURPOSE_NAMES
from bot.texts import gettext as _
from bot.texts import mark
from cogs.messenger import Rendered
from cogs.polls.ballots import BallotButton
from cogs.polls.booth import VoteButton
from cogs.polls.collecting import AddButton, EnterButton, where_to_look_button
from cogs.polls.entries import IdeasButton
from cogs.polls.own_votes import OwnVotesButton
from cogs.polls.standing import StandingButton
from cogs.polls.steering import SteerButton
from cogs.polls.wording import (
    ideas_bar,
    taps_text,
    track,
    until,
    voters_text,
    who_may,
    why_cards_ended,
)
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.ideas import idea_line
from cogs.ui.markup import as_text

TITLE_SHOWN, LINK_SHOWN = 200, 500

DROPPED = {
    EndedBy.TOO_FEW: mark(
        "Fewer than two ideas were left in it, so there was nothing to choose between. They stay with those "
        "who wrote them down, and the next poll can take them."
    ),
    EndedBy.NOBODY_VOTED: mark(
        "Nobody tapped a card in time, so there is nothing to tell. The ideas stay with those who wrote them "
        "down, and the next poll can take them."
    ),
    EndedBy.STARTER: mark(
        "It was dropped by hand. The ideas stay with those who wrote them down, and the next poll can take "
        "them."
    ),
}


def render_poll(content: PollContent, nonce: str) -> Rendered:
    """A poll as it stands. It mentions nobody so that they notice: who is invited is told when invited."""
    return Rendered(text="", embed=poll_card(content.view), view=poll_view(content.view, nonce))


def poll_card(view: PollView) -> discord.Embed:
    """Where a poll stands, and what is to do."""
    poll = view.poll
    purpose = f"**{_(PURPOSE_NAMES[poll.purpose])}.** {_(PURPOSE_EXPLAINED[poll.purpose])}"
    sections = [f"{who_may(view)}\n{purpose}", track(view), *_now(view), until(poll)]
    embed = discord.Embed(
        title=as_text(poll.name, TITLE_SHOWN),
        description="\n\n".join(filter(None, sections)),
        colour=colours.GOOD if poll.phase is Phase.CLOSED else colours.CALM,
    )
    _add_voters(embed, view)
    secret = _what_is_secret(view)
    return embed.set_footer(text=secret) if secret else embed


def poll_view(view: PollView, nonce: str | None) -> discord.ui.View:
    """What can be pressed under a poll in its phase; one of the buttons names the message it stands under."""
    poll = view.poll
    over: list[discord.ui.Item[Any]] = [IdeasButton(poll.id)]
    if poll.phase is Phase.CARDS and poll.standing_open:
        over.append(StandingButton(poll.id))
    elif poll.phase is not Phase.CARDS and view.has_cards:
        over.append(StandingButton(poll.id, label=_("The shortlist")))
    match poll.phase:
        case Phase.COLLECT:
            return view_of(
                AddButton(poll.id, nonce),
                EnterButton(poll.id),
                IdeasButton(poll.id),
                where_to_look_button(),
                SteerButton(poll.id),
            )
        case Phase.CARDS:
            return view_of(
                VoteButton(nonce, poll.id), OwnVotesButton(None, poll.id), *over, SteerButton(poll.id)
            )
        case Phase.FINAL:
            return view_of(
                BallotButton(nonce, poll.id), OwnVotesButton(None, poll.id), *over, SteerButton(poll.id)
            )
        case Phase.DROPPED:
            return view_of(IdeasButton(poll.id, nonce=nonce))
        case _:
            return view_of(OwnVotesButton(nonce, poll.id), *over)


def _now(view: PollView) -> list[str]:
    match view.poll.phase:
        case Phase.COLLECT:
            return _collecting(view)
        case Phase.CARDS:
            return _cards(view)
        case Phase.FINAL:
            return _final(view)
        case Phase.BASELINE:
            return _building(view)
        case Phase.CLOSED:
            return [_there(build) for build in view.builds if build.state is BuildState.THERE]
        case Phase.MOVED_ON:
            text = _(
                "No team came to a baseline, and all of the shortlist have had their turn. That happens; the "
                "ideas that were not tried stay with whoever wrote them down."
            )
            return [text]
        case Phase.DROPPED:
            reason = view.poll.ended_by
            return [_(DROPPED[reason if reason in DROPPED else EndedBy.STARTER])]


def _collecting(view: PollView) -> list[str]:
    count = len(view.standing_entries)
    if count < ENOUGH_IDEAS:
        text = _("Add whatever you would like to build. From {enough} ideas on, the voting can be opened.")
    elif count < GOAL_IDEAS:
        text = _("Enough to vote on. {goal} make a better choice, so add whatever you would like to build.")
    else:
        text = _("Plenty to choose from. One more good idea is still welcome.")
    return [text.format(enough=ENOUGH_IDEAS, goal=GOAL_IDEAS), ideas_bar(count)]


def _cards(view: PollView) -> list[str]:
    text = _(
        "Press “Vote”: of four ideas, tap the one that is best. Each tap counts and brings the next card; "
        "stop whenever you like. The five of {count} that come out best by all taps are in the final."
    )
    return [text.format(count=len(view.standing_entries))]


def _final(view: PollView) -> list[str]:
    if view.poll.method is Method.SCORES:
        text = _("Press “Your ballot” and give each idea 0 to 5 for five short questions.")
    else:
        text = _("Press “Your ballot” and put the ideas in your order.")
    gone = {entry.position for entry in view.entries if entry.withdrawn}
    titles = {entry.position: entry.title for entry in view.entries}
    lines = [f"- {idea_line(titles[place])}" for place in view.poll.shortlist if place not in gone]
    return [why_cards_ended(view), text, "\n".join(lines)]


def _building(view: PollView) -> list[str]:
    lines = [_there(build) for build in view.builds if build.state is BuildState.THERE]
    for build in view.builds:
        if build.is_running:
            text = _(
                "{title} is being built: its team has until {until} for a baseline. “I'm in” under its "
                "message here takes you in."
            )
            lines.append(text.format(title=idea_line(build.text.title), until=format_dt(build.until, "f")))
    return lines


def _there(build: Build) -> str:
    text = _("The baseline of {title} is there: {link}")
    return text.format(title=idea_line(build.text.title), link=as_text(build.link, LINK_SHOWN))


def _add_voters(embed: discord.Embed, view: PollView) -> None:
    poll, voters = view.poll, view.voters
    if poll.phase in (Phase.COLLECT, Phase.DROPPED) or (poll.is_decided and not voters):
        return
    if poll.scope is Scope.ALONE:
        if view.has_cards:
            embed.add_field(name=_("Tapped"), value=_taps(view), inline=False)
        return
    if poll.phase is Phase.FINAL:
        have = [voter for voter in voters if voter.has_ballot]
        embed.add_field(
            name=_("Whose ballot is there"), value=voters_text(have) or _("Nobody's yet"), inline=False
        )
        return
    name = voters_text(voters) or _("Nobody yet. Who goes first?")
    lines = [name, _taps(view)] if view.has_cards and voters else [name]
    embed.add_field(name=_("Who voted"), value="\n".join(lines), inline=False)


def _taps(view: PollView) -> str:
    if not view.taps:
        return _("No card yet")
    taps = taps_text(view.taps)
    if view.poll.phase is not Phase.CARDS:
        return taps
    # The message is changed for every voter, not for every tap.
    return _("{taps} when this message last changed").format(taps=taps)


def _what_is_secret(view: PollView) -> str:
    poll = view.poll
    if poll.scope is Scope.ALONE or poll.phase is Phase.DROPPED:
        return ""
    if poll.is_decided:
        return _("Who voted is shown, never what. The file with the result has the votes without names.")
    if poll.phase is Phase.FINAL:
        return _("Who voted is shown, never what. How the final stands is a secret until it is over.")
    if poll.standing_open:
        return _("Who voted is shown, never what. How the cards stand may be seen by all who vote.")
    return _("Who voted is shown, never what. How the cards stand is a secret until they are over.")
