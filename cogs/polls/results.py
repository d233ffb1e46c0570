"""The result of a poll: the pick, how it was decided, how sure that is, and the file to count it again."""

import discord

from bot.polls.deliveries import ResultContent
from bot.polls.rules import Method, Phase, Scope
from bot.polls.service import PollView
from bot.ranking.certainty import SETTLED
from bot.ranking.criteria import BEST_MARK, PURPOSE_EXPLAINED, PURPOSE_NAMES
from bot.ranking.final import DecidedBy, FinalResult, Placed
from bot.texts import gettext as _
from bot.texts import mark
from cogs.enclosures import Attachment
from cogs.messenger import Rendered
from cogs.polls.charts import result_chart
from cogs.polls.own_votes import OwnVotesButton
from cogs.polls.wording import ballots_decided, sureness
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.ideas import TITLE_SHOWN, idea_line
from cogs.ui.markup import as_text

FILE_NAME = "poll-votes.json"

TIE_BREAKERS = {
    DecidedBy.BORDA: mark("Borda's points decided: how many of the others each is put before."),
    DecidedBy.CARDS: mark("What the cards say of them decided."),
    DecidedBy.LOT: mark("Nothing tells them apart, so a lot decided; it comes from the seed in the file."),
}


def render_result(content: ResultContent, nonce: str) -> Rendered:
    """The result as it is posted when the final is over, with the file of all votes."""
    view, final = content.view, content.view.final
    if final is None:
        raise ValueError("a result without one")
    return Rendered(
        text="",
        embed=result_card(view, final, few_voters=content.few_voters),
        view=view_of(OwnVotesButton(nonce, view.poll.id)),
        picture=result_chart(view, final),
        attachment=Attachment(FILE_NAME, content.record.encode()),
    )


def result_card(view: PollView, final: FinalResult, *, few_voters: bool) -> discord.Embed:
    """What the final picked, how sure that is, and what the file beside it is for."""
    pick = final.order[0]
    sections = [
        _how(view),
        _tie(view, final),
        _sure(final),
        "\n".join(_place(view, final, place, each) for place, each in enumerate(final.order, start=1)),
        _split(view, final),
        _("Its seven days for a baseline have begun, and its own message here says who is in.")
        if view.poll.phase is Phase.BASELINE and len(view.poll.tried) == 1
        else "",
        _file(view, few_voters=few_voters),
    ]
    title = _("The pick: {title}").format(title=as_text(view.entries[pick.idea].title, TITLE_SHOWN))
    embed = discord.Embed(title=title, description="\n\n".join(filter(None, sections)), colour=colours.GOOD)
    return embed.set_author(name=view.poll.name)


def _how(view: PollView) -> str:
    if not ballots_decided(view):
        return _("Nobody cast a ballot, so what the cards say decides.")
    if view.poll.method is Method.RANKING:
        return _(
            "Decided by ranked ballots and Schulze's method: held against each of the others, directly or "
            "over third ones, none is put before it by more people."
        )
    purpose = f"**{_(PURPOSE_NAMES[view.poll.purpose])}.** {_(PURPOSE_EXPLAINED[view.poll.purpose])}"
    text = _("Decided by marks from 0 to {best} for five questions, together with what the cards say.")
    return f"{text.format(best=BEST_MARK)}\n{purpose}"


def _tie(view: PollView, final: FinalResult) -> str:
    if not final.tied:
        return ""
    ideas = ", ".join(idea_line(view.entries[position].title) for position in final.tied)
    breaker = TIE_BREAKERS.get(final.decided_by)
    text = _("**A tie for the first place:** {ideas}.").format(ideas=ideas)
    return f"{text} {_(breaker)}" if breaker else text


def _sure(final: FinalResult) -> str:
    if len(final.order) == 1:
        return _("It is the only one of the shortlist that was not withdrawn.")
    pick = final.order[0]
    said = sureness(pick.sure, settled=pick.sure >= SETTLED)
    return _("How sure it is to be the best of these: **{sureness}**.").format(sureness=said)


def _place(view: PollView, final: FinalResult, place: int, placed: Placed) -> str:
    line = f"{place}. {idea_line(view.entries[placed.idea].title)}"
    if not ballots_decided(view):
        return line
    if view.poll.method is Method.SCORES:
        said = _("{points} of {best}").format(points=f"{placed.points:.1f}", best=BEST_MARK)
    else:
        said = _("beats {points} of {others}").format(
            points=f"{placed.points:.1f}", others=len(final.order) - 1
        )
    return f"{line} · {said}"


def _split(view: PollView, final: FinalResult) -> str:
    split = final.split
    if split is None:
        return ""
    text = _("**Close:** {for_first} voters prefer {first}, and {for_second} prefer {second}.").format(
        first=idea_line(view.entries[split.first].title),
        second=idea_line(view.entries[split.second].title),
        for_first=split.for_first,
        for_second=split.for_second,
    )
    teams = _(
        "Two teams are possible: within two days, whoever started the poll may press “Two teams” under the "
        "message of what is built."
    )
    return f"{text} {teams}"


def _file(view: PollView, *, few_voters: bool) -> str:
    text = _(
        "The file has all votes without names, the seed and the method. Whoever has this program counts it "
        "again by `autodidact ideas rank {file}`."
    ).format(file=FILE_NAME)
    if few_voters and view.poll.scope is not Scope.ALONE:
        guess = _("So few voted that others may guess from it who voted how.")
        return f"{text} {guess}"
    return text
