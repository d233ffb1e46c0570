"""What the pictures show, in words: for their alternative texts, and for the full list of a ledger."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.checkins.ledger import FREEZES_AT_MOST, Consistency, DayState, LedgerDay
from bot.checkins.rules import KIND_NAMES
from bot.progress.account import Account, Stretch, stretches
from bot.progress.figures import BUILDING_MARK, Figures, Share
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.pictures.addresses import short_address
from cogs.pictures.dates import day_range
from cogs.pictures.spans import hours
from cogs.pictures.state_names import STATE_NAMES
from cogs.ui.dates import short_date

LONGEST = 1_024
"""Discord takes alternative texts of so many characters."""


def told(figures: Figures, name: str) -> str:
    """The picture of progress in words."""
    sentences = [
        _("Progress of {name}, {days}.").format(name=name, days=day_range(figures.first, figures.last)),
        ngettext("{count} check-in in all.", "{count} check-ins in all.", figures.checkins).format(
            count=figures.checkins
        ),
        streak_words(figures.streak, figures.longest),
        consistency_words(figures.consistency),
        _("{held} of {most} freezes held.").format(held=figures.freezes, most=FREEZES_AT_MOST),
        ngettext("{count} goal kept.", "{count} goals kept.", figures.goals_kept).format(
            count=figures.goals_kept
        ),
        _work(figures),
        _building(figures.building) if figures.building else "",
        _counted(figure.state for figure in figures.days),
        _shown(figures),
    ]
    return _cut(sentences)


def told_of_days(account: Account, name: str) -> str:
    """The calendar of a ledger in words."""
    days = day_range(account.days[0].day, account.days[-1].day)
    sentences = [
        _("Calendar of {name}, {days}.").format(name=name, days=days),
        _counted(day.state for day in account.days),
        *(f"{stretch_words(stretch)}." for stretch in stretches(account.days)),
    ]
    return _cut(sentences)


def full_list(days: Sequence[LedgerDay]) -> str:
    """Every day of a ledger, a line each: its date, what became of it, and why."""
    return "\n".join(f"{day.day}  {_(STATE_NAMES[day.state])}: {_(day.reason.value)}" for day in days)


def stretch_words(stretch: Stretch) -> str:
    """Days in a row and their reason, such as "3 Mar – 9 Mar: you paused"."""
    return f"{day_range(stretch.first, stretch.last)}: {_(stretch.reason.value)}"


def streak_words(streak: int, longest: int) -> str:
    """The streak, and the longest there was."""
    return ngettext(
        "Streak: {count} due day in a row, the longest so far {longest}.",
        "Streak: {count} due days in a row, the longest so far {longest}.",
        streak,
    ).format(count=streak, longest=longest)


def consistency_words(consistency: Consistency) -> str:
    """How many of the last due days were done; nothing before one is over."""
    if not consistency.of:
        return ""
    return ngettext(
        "Done on {done} of the last {count} due day.",
        "Done on {done} of the last {count} due days.",
        consistency.of,
    ).format(done=consistency.done, count=consistency.of)


def _work(figures: Figures) -> str:
    parts = []
    for kind, amount in figures.work.items():
        said = hours(amount.minutes) if figures.minutes else str(amount.checkins)
        parts.append(f"{_(KIND_NAMES[kind])} {said}")
    return f"{', '.join(parts)}." if parts else ""


def _building(share: Share) -> str:
    return _("Building is {percent} % of building and learning; the mark is {mark} %.").format(
        percent=share.percent, mark=BUILDING_MARK
    )


def _counted(states: Iterable[DayState]) -> str:
    counted = Counter(states)
    parts = [f"{counted[state]} {_(STATE_NAMES[state])}" for state in DayState if counted[state]]
    return _("Days: {parts}.").format(parts=", ".join(parts))


def _shown(figures: Figures) -> str:
    if not figures.evidence:
        return ""
    parts = [f"{short_address(shown.url)} ({short_date(shown.day)})" for shown in figures.evidence]
    return _("Shown last: {parts}.").format(parts=", ".join(parts))


def _cut(sentences: Iterable[str]) -> str:
    text = " ".join(sentence for sentence in sentences if sentence)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
