"""What waits to be sent, what was given up, and how the links are looked at."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.delivery.outbox import TOO_LATE
from bot.doctor.finding import Finding, ok, warning, wrong
from bot.doctor.stored import GIVEN_UP_WITHIN, Links, Stored
from bot.doctor.wording import counted, span

UNSENT, FAILED, LINKS = "deliveries", "failed deliveries", "links"

SLOW = timedelta(minutes=5)
STUCK = timedelta(minutes=30)
"""Ten thousand prompts at noon take four minutes."""

OWN_FAULTS = ("it could not be composed", "an unforeseen error")
REFUSED_WITH_CODE = "Discord refused it with code "

BY_MEMBERS = (
    "Discord does not let me write to them directly",
    "the message is gone",
    "I am not in that server",
)
"""Reasons that lie with members and servers, and are nothing to put right."""

LOOKS_PAUSE = timedelta(hours=3)
"""The rounds over links pause for an hour at most, and then look at one."""


def judge(stored: Stored, refusals: Collection[str], running: bool, now: datetime) -> list[Finding]:
    """A finding for what waits, one for what was given up, and one for links where any is looked after.

    `refusals` are the reasons for which Discord, or the messenger in its place, took no message.
    """
    found = [_unsent(stored, running), _failed(stored, refusals)]
    return [*found, _links(stored.links, running, now)] if stored.links else found


def _unsent(stored: Stored, running: bool) -> Finding:
    told = (
        f"{counted(stored.outstanding, 'waits', 'wait')} to be sent or changed, "
        f"{counted(stored.overdue, 'is', 'are')} due"
    )
    oldest = stored.oldest_unsent
    if not stored.outstanding and not stored.overdue:
        return ok(UNSENT, "Nothing waits to be sent.")
    if oldest <= SLOW:
        return ok(UNSENT, f"{told}, the oldest for {span(oldest)}.")
    if oldest > STUCK and running:
        return wrong(UNSENT, f"{told}, the oldest for {span(oldest)}.", "Look in the bot's log for: put off.")
    advice = (
        "Run this again in some minutes."
        if running
        else "Start the bot; what is too late by then is left out."
    )
    return warning(UNSENT, f"{told}, the oldest for {span(oldest)}.", advice)


def _failed(stored: Stored, refusals: Collection[str]) -> Finding:
    within = span(GIVEN_UP_WITHIN)
    failed = {reason: number for reason, number in stored.given_up.items() if _is_failure(reason, refusals)}
    if not failed:
        return ok(FAILED, f"None in the last {within}.")
    told = "; ".join(
        f"{number} × {reason}" for reason, number in sorted(failed.items(), key=lambda each: -each[1])
    )
    sentence = f"In the last {within}: {told}."
    if all(reason.startswith(BY_MEMBERS) for reason in failed):
        return ok(FAILED, sentence)
    if any(reason in OWN_FAULTS for reason in failed):
        return warning(FAILED, sentence, "Look in the bot's log for Traceback, and report it.")
    if any(reason.startswith(REFUSED_WITH_CODE) or reason in refusals for reason in failed):
        return warning(
            FAILED, sentence, "Look at the lines on rights, and in the bot's log for: cannot be delivered."
        )
    return warning(FAILED, sentence, "The bot was away when they were due; look at when it was restarted.")


def _is_failure(reason: str, refusals: Collection[str]) -> bool:
    known = reason in refusals or reason in OWN_FAULTS or reason == TOO_LATE
    return known or reason.startswith(REFUSED_WITH_CODE)


def _links(links: Links, running: bool, now: datetime) -> Finding:
    told = f"{links.addresses} looked after, {links.failing} failing, {links.dead} dead"
    if not (running and links.due and links.looked_at and now - links.looked_at > LOOKS_PAUSE):
        return ok(LINKS, f"{told}.")
    return warning(
        LINKS,
        f"{told}; none has been looked at for {span(now - links.looked_at)}, though {links.due} are due.",
        "The bot pauses when several sites give no answer at all: look at this machine's connection and DNS.",
    )
