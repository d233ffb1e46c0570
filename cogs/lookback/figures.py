"""Days, hours and shares in words."""

from babel.dates import format_interval

from bot.checkins.rules import KIND_NAMES, KindOfWork
from bot.lookback.rules import BUILDING_MARK, Days, WorkByKind, building_share
from bot.texts import gettext as _
from bot.texts import language, ngettext

BAR = 10


def span(days: Days) -> str:
    """Some days with their weekdays, as the reader's language writes them."""
    # British dates read the same to all who read English.
    locale = "en_GB" if language() == "en" else language()
    # Babel's thin spaces look like none in Discord's letters.
    return format_interval(days.first, days.last, "MMMMEEEEd", locale=locale).replace("\u2009", " ")


def duration(minutes: int) -> str:
    """Minutes, as hours and minutes from an hour on."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{count} min").format(count=rest)
    return (
        _("{hours} h {minutes} min").format(hours=hours, minutes=rest)
        if rest
        else _("{hours} h").format(hours=hours)
    )


def check_ins_text(count: int) -> str:
    """A number of check-ins in words."""
    return ngettext("{count} check-in", "{count} check-ins", count).format(count=count)


def kinds_text(work: WorkByKind) -> str:
    """What the work was for: the minutes of each kind, or its check-ins where none were counted."""
    parts = []
    for kind in KindOfWork:
        if kind in work:
            done = work[kind]
            amount = duration(done.minutes) if done.minutes else check_ins_text(done.check_ins)
            parts.append(_("{kind} {amount}").format(kind=_(KIND_NAMES[kind]), amount=amount))
    return " · ".join(parts)


def share_text(work: WorkByKind) -> str:
    """Building against learning, in a bar with the guides' mark and in words; empty where neither was."""
    share = building_share(work)
    if share is None:
        return ""
    full, mark = share * BAR // 100, BUILDING_MARK * BAR // 100
    blocks = "▰" * full + "▱" * (BAR - full)
    shares = {"building": _percent(share), "learning": _percent(100 - share), "mark": _percent(BUILDING_MARK)}
    # Where only some minutes were counted, the share alone does not tell whether there was any.
    if KindOfWork.LEARNING not in work:
        words = _("building and no learning, past the mark of {mark}")
    elif KindOfWork.BUILDING not in work:
        words = _("learning and no building; the guides' mark is {mark} building")
    elif share >= BUILDING_MARK:
        words = _("{building} building to {learning} learning, past the mark of {mark}")
    else:
        words = _("{building} building to {learning} learning; the guides' mark is {mark} building")
    return f"{blocks[:mark]}┊{blocks[mark:]} {words.format(**shares)}"


def _percent(share: int) -> str:
    return _("{percent} %").format(percent=share)
