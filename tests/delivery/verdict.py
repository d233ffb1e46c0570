"""Judges what was said against what ought to have been said, by the clock on the wall of each zone."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.delivery.almanac import Outage, day_over_at, due_at, has_day
from tests.delivery.timeline import Plan, Said

PING_LATE_AFTER = timedelta(hours=4)
LATE_AT_LEAST = timedelta(hours=1)
SHOWN = 50


@dataclass(slots=True)
class Verdict:
    """How much was said on time and how else, and everything that was not as it ought to be."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def judge(
    said: Mapping[tuple[int, str], Mapping[date, Said]],
    plans: Mapping[int, Plan],
    days: Collection[date],
    outages: Sequence[Outage] = (),
) -> Verdict:
    """Look at each of the days in each server: one prompt and one ping, neither early nor late.

    A message is on time when it was sent as the wall showed the chosen time for the first time on that day,
    or, if the day skips that time, as much later as is skipped. What was due in an outage is sent when the
    bot is back, or left out if that is too late by the rules.
    """
    verdict = Verdict()
    for guild_id, plan in plans.items():
        key = ZoneInfo(plan.zone)
        for kind in ("prompt", "ping"):
            by_day = said.get((guild_id, kind), {})
            for day in days:
                one = by_day.get(day)
                if one is not None and one.sent_at is not None and one.state == "sent":
                    wall = one.sent_at.astimezone(key)
                    # Most are this simple. All others are reckoned instant by instant.
                    if (wall.date(), wall.timetz().replace(tzinfo=None)) == (
                        day,
                        plan.at(kind),
                    ) and not wall.fold:
                        verdict.counts["on time"] += 1
                        continue
                how, problem = _judge_hard_case(plan, kind, day, one, outages)
                verdict.counts[how] += 1
                if problem and len(verdict.wrong) == SHOWN:
                    verdict.wrong.append("and more")
                    return verdict
                if problem:
                    verdict.wrong.append(f"{plan.zone} {kind} {plan.at(kind):%H:%M} of {day}: {problem}")
    return verdict


def _judge_hard_case(
    plan: Plan, kind: str, day: date, one: Said | None, outages: Sequence[Outage]
) -> tuple[str, str | None]:
    if not has_day(plan.zone, day):
        return "no such day", None if one is None else f"there is no such day, and yet {one}"
    due = due_at(plan.zone, day, plan.at(kind))
    back = next((outage.end for outage in outages if outage.begin <= due < outage.end), None)
    if back is None:
        moved = due.astimezone(ZoneInfo(plan.zone)).time() != plan.at(kind)
        return "moved by a gap" if moved else "on time", _not_sent_at(due, one)
    over = max(day_over_at(plan.zone, day), due + LATE_AT_LEAST)
    too_late = over if kind == "prompt" else min(over, due + PING_LATE_AFTER)
    if back < too_late:
        return "after an outage", _not_sent_at(back, one)
    expected = Said("skipped", "too late", None)
    return "too late after an outage", None if one == expected else f"not skipped as too late but {one}"


def _not_sent_at(moment: datetime, one: Said | None) -> str | None:
    if one is None:
        return "missed"
    if one.sent_at != moment:
        return f"not sent at {moment} but {one.state} ({one.reason}) at {one.sent_at}"
    return None
