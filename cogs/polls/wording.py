"""How polls are spoken of: their phases, why one ended, how sure something is, and who voted."""

from collections.abc import Sequence

from discord.utils import format_dt

from bot.polls.rules import GOAL_IDEAS, EndedBy, Method, Phase, Poll, Scope
from bot.polls.service import Listed, PollView
from bot.polls.votes import VoterSeen
from bot.ranking.certainty import Shortlist, SureWord, how_sure
from bot.texts import gettext as _
from bot.texts import mark, ngettext

NAMES_SHOWN = 20
BAR_LENGTH = 10

STEPS = {
    Phase.COLLECT: mark("Collect"),
    Phase.CARDS: mark("Cards"),
    Phase.FINAL: mark("Final"),
    Phase.BASELINE: mark("Baseline"),
}

PHASES = {
    **STEPS,
    Phase.CLOSED: mark("Closed: its baseline is there"),
    Phase.MOVED_ON: mark("Over: its teams moved on"),
    Phase.DROPPED: mark("Dropped"),
}

UNTIL = {
    Phase.COLLECT: mark("Ideas until {moment} ({left})"),
    Phase.CARDS: mark("Cards until {moment} ({left})"),
    Phase.FINAL: mark("Final until {moment} ({left})"),
}

REASONS = {
    EndedBy.TIME: mark("their time was up"),
    EndedBy.SETTLED: mark("more taps would hardly change the result"),
    EndedBy.STARTER: mark("they were ended by hand"),
    EndedBy.EVERYBODY_VOTED: mark("everybody had voted"),
}

FINAL_REASONS = {
    EndedBy.TIME: mark("its time was up"),
    EndedBy.STARTER: mark("it was ended by hand"),
    EndedBy.EVERYBODY_VOTED: mark("everybody had voted"),
}

SURE_WORDS = {
    SureWord.ALMOST_SURELY: mark("almost surely"),
    SureWord.LIKELY: mark("likely"),
    SureWord.ABOUT_EVEN: mark("about even"),
    SureWord.UNLIKELY: mark("unlikely"),
    SureWord.HARDLY: mark("hardly"),
}

METHODS = {
    Method.SCORES: mark(
        "In the final, each of the five gets 0 to 5 for five short questions. In simulations that picks the "
        "best idea a little more often than putting them in order."
    ),
    Method.RANKING: mark(
        "In the final, the five are put in order, and the idea that beats the others one by one is the pick. "
        "It is quicker to fill in than five questions about each."
    ),
}


def track(view: PollView) -> str:
    """The way of a poll in a line, with where it is."""
    phase = view.poll.phase
    steps = [step for step in STEPS if step is not Phase.CARDS or view.has_cards]
    here = steps.index(phase) if phase in steps else len(steps)
    if phase is Phase.DROPPED:
        return f"**{_(PHASES[phase])}**"
    said = []
    for number, step in enumerate(steps):
        if number == here:
            said.append(f"**{_(STEPS[step])}**")
        elif phase is Phase.MOVED_ON and step is Phase.BASELINE:
            said.append(f"~~{_(STEPS[step])}~~")
        else:
            said.append(f"✓ {_(STEPS[step])}" if number < here else _(STEPS[step]))
    return " › ".join(said)


def ideas_bar(count: int) -> str:
    """How far it is to as many ideas as make a good choice."""
    full = min(BAR_LENGTH, count * BAR_LENGTH // GOAL_IDEAS)
    bar = "▰" * full + "▱" * (BAR_LENGTH - full)
    if count >= GOAL_IDEAS:
        return f"{bar} {ngettext('{count} idea', '{count} ideas', count).format(count=count)}"
    text = _("{count} of {goal} ideas").format(count=count, goal=GOAL_IDEAS)
    return f"{bar} {text}"


def who_may(view: PollView) -> str:
    """Whose poll it is, in a sentence."""
    poll = view.poll
    starter = f"<@{poll.user_id}>" if poll.user_id is not None else _("Somebody who has left")
    match poll.scope:
        case Scope.ALONE:
            return _("{starter} ranks ideas of their own.").format(starter=starter)
        case Scope.INVITED:
            invited = names_of(sorted(view.invited)) or _("nobody yet")
            return _("{starter} started it and votes with those invited: {invited}.").format(
                starter=starter, invited=invited
            )
        case Scope.EVERYONE:
            return _("{starter} started it. Everybody here may add ideas and vote.").format(starter=starter)


def until(poll: Poll) -> str:
    """When the phase of an open poll ends; nothing for one that no clock ends."""
    if poll.until is None:
        return ""
    return _(UNTIL[poll.phase]).format(moment=format_dt(poll.until, "f"), left=format_dt(poll.until, "R"))


def names_of(people: Sequence[int], unnamed: int = 0) -> str:
    """People by name, as many as are read at a glance; in an embed a mention reaches nobody."""
    shown = [f"<@{user_id}>" for user_id in people[:NAMES_SHOWN]]
    more = len(people) - len(shown) + unnamed
    if more and shown:
        shown.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    elif more:
        shown.append(ngettext("{count} person", "{count} people", more).format(count=more))
    return ", ".join(shown)


def voters_text(voters: Sequence[VoterSeen]) -> str:
    """Who voted, by name; those who have been forgotten since are only counted."""
    named = [voter.user_id for voter in voters if voter.user_id is not None]
    return names_of(named, len(voters) - len(named))


def taps_text(taps: int) -> str:
    """How many taps there are."""
    return ngettext("{count} tap", "{count} taps", taps).format(count=taps)


def why_cards_ended(view: PollView) -> str:
    """Why a poll that is in its final came there."""
    if not view.has_cards:
        count = len(view.poll.shortlist)
        return ngettext(
            "Only {count} idea came in, so there were no cards: it is in the final.",
            "Only {count} ideas came in, so there were no cards: all of them are in the final.",
            count,
        ).format(count=count)
    ended_by = view.poll.ended_by
    return _("The cards are over: {reason}.").format(
        reason=_(REASONS[ended_by if ended_by in REASONS else EndedBy.TIME])
    )


def sureness(chance: float, *, settled: bool) -> str:
    """How sure something is: a percent where that can be told, else a word with its range."""
    said = how_sure(chance, settled=settled)
    if said.percent is not None:
        return _("{percent}\N{NO-BREAK SPACE}%").format(percent=said.percent)
    low, high = said.range
    return _("{word} ({low} to {high}\N{NO-BREAK SPACE}%)").format(
        word=_(SURE_WORDS[said.word]), low=low, high=high
    )


def short_sureness(chance: float, *, settled: bool) -> str:
    """The same where there is room for a word only."""
    said = how_sure(chance, settled=settled)
    if said.percent is not None:
        return _("{percent} %").format(percent=said.percent)
    return _(SURE_WORDS[said.word])


def settled_text(shortlist: Shortlist) -> str:
    """Whether a shortlist would change with more taps, and so in what words it is said."""
    if shortlist.settled:
        return _("Settled: more taps would hardly change more than one of them.")
    return _(
        "Not settled: with more taps other ideas might be in. So you read words here, and no percent that "
        "would look surer than it is."
    )


def ballots_decided(view: PollView) -> bool:
    """Whether ballots had a say in a result; where there were none, the cards decided, or a lot."""
    return any(voter.counts_in_final for voter in view.voters)


def message_link(seen: PollView | Listed) -> str:
    """The address of a poll's message; nothing while that is not posted."""
    poll = seen.poll
    if seen.message_id is None:
        return ""
    return f"https://discord.com/channels/{poll.guild_id}/{poll.channel_id}/{seen.message_id}"


def dates(poll: Poll) -> str:
    """When each phase of a poll that is still to end does so by time."""
    ends = [
        (Phase.COLLECT, _("Collecting ends {moment}"), poll.collect_until),
        (Phase.CARDS, _("The cards end {moment}"), poll.cards_until),
        (Phase.FINAL, _("The final ends {moment}"), poll.final_until),
    ]
    first = next((number for number, (phase, *_rest) in enumerate(ends) if phase is poll.phase), len(ends))
    return "\n".join(text.format(moment=format_dt(moment, "f")) for _phase, text, moment in ends[first:])
