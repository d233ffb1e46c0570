"""Judges what was said against what ought to have been said, by the clock on the wall of each zone."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.delivery.almanac import Outage, day_over_at, due_at, has_day
from tests.delivery.timeline import Plan, Said

PING_LATE_AFTER = timedelta(hours=4)
LATE_AFTER_THE_DAY = timedelta(hours=1)
SHOWN = 50


@dataclass(slots=True)
class Verdict:
    """How much was said on time and how else, and everything that was not as it ought to be."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def judge(
    said: Mapping[tuple[int, str, int], Mapping[date, Said]],
    plans: Mapping[int, Plan],
    days: Collection[date],
    outages: Sequence[Outage] = (),
) -> Verdict:
    """Look at each of the days in each server: one prompt, one ping a member, neither early nor late.

    A message is on time when it was sent as the wall showed the chosen time for the first time on that day,
    or, if the day skips that time, as much later as is skipped. What was due in an outage is sent when the
    bot is back, or left out if that is too late by the rules.
    """
    verdict = Verdict()
    for guild_id, plan in plans.items():
        for kind, member, zone, at in plan.subjects():
            by_day = said.get((guild_id, kind, member), {})
            for day in days:
                one = by_day.get(day)
                if _is_just_on_time(zone, at, day, one):
                    verdict.counts["on time"] += 1
                    continue
                how, problem = _judge_hard_case(kind, zone, at, day, one, outages)
                verdict.counts[how] += 1
                if problem:
                    verdict.wrong.append(f"{zone} {kind} {at:%H:%M} of {day}: {problem}")
                if len(verdict.wrong) == SHOWN:
                    verdict.wrong.append("and more")
                    return verdict
    return verdict


def _is_just_on_time(zone: str, at: time, day: date, one: Said | None) -> bool:
    """Most are this simple. All others are reckoned instant by instant."""
    if one is None or one.state != "sent" or one.sent_at is None:
        return False
    wall = one.sent_at.astimezone(ZoneInfo(zone))
    return wall.replace(tzinfo=None, fold=0) == datetime.combine(day, at) and not wall.fold


def _judge_hard_case(
    kind: str, zone: str, at: time, day: date, one: Said | None, outages: Sequence[Outage]
) -> tuple[str, str | None]:
    if not has_day(zone, day):
        return "no such day", None if one is None else f"there is no such day, and yet {one}"
    due = due_at(zone, day, at)
    back = next((outage.end for outage in outages if outage.begin <= due < outage.end), None)
    if back is None:
        moved = due.astimezone(ZoneInfo(zone)).time() != at
        return "moved by a gap" if moved else "on time", _not_sent_at(due, one)
    over = day_over_at(zone, day)
    if due >= over:
        over = due + LATE_AFTER_THE_DAY
    too_late = over if kind == "prompt" else min(over, due + PING_LATE_AFTER)
    if back < too_late:
        return "after an outage", _not_sent_at(back, one)
    expected = Said("skipped", "too late", None)
    return "too late after an outage", None if one == expected else f"not skipped as too late but {one}"


def _not_sent_at(moment: datetime, one: Said | None) -> str | None:
    if one is None:
        return "missed"
    if one.state != "sent" or one.sent_at != moment:
        return f"not sent at {moment} but {one.state} ({one.reason}) at {one.sent_at}"
    return None
