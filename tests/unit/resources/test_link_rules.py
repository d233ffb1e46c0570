"""What answers say of a link, when it is dead, and when it is looked at next."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from multidict import CIMultiDict

from bot.resources.links.rules import (
    ALIVE,
    BLOCKED,
    FEW,
    Link,
    Outcome,
    Verdict,
    after,
    catching_up,
    failed,
    first_check,
    next_weekly,
    site_of,
    site_of_key,
    verdict_on,
)

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
BROKEN = failed("it is broken")
LINK = Link("example.org/a", "https://example.org/a", MONDAY)
KEYS = [f"site{number % 50}.example.org/{number}" for number in range(700)]


def looked_at(link: Link, *looks: tuple[datetime, Verdict]) -> Link:
    for at, verdict in looks:
        link = after(link, verdict, at)
    return link


# Verdicts.


def test_every_status_has_a_verdict_and_each_failure_its_words() -> None:
    verdicts = {status: verdict_on(status, {}) for status in range(200, 1000)}
    for status, verdict in verdicts.items():
        assert verdict.has_failed == bool(verdict.problem)
        assert verdict.has_failed <= (status >= 400)
    blocked = {status for status, verdict in verdicts.items() if verdict is BLOCKED}
    assert blocked == {401, 402, 403, 405, 429, 451, 999}
    # 404, 410, the rest of 4xx, 5xx.
    assert len({verdict.problem for verdict in verdicts.values() if verdict.has_failed}) == 4


@pytest.mark.parametrize("name", ["cf-mitigated", "CF-Mitigated", "X-Amzn-Waf-Action"])
def test_whoever_wants_to_see_a_browser_is_alive(name: str) -> None:
    assert verdict_on(503, CIMultiDict({name: "challenge"})) is BLOCKED
    assert verdict_on(503, CIMultiDict({"Retry-After": "60"})).has_failed


def test_only_a_network_that_asks_to_log_in_is_doubted() -> None:
    assert [status for status in range(200, 1000) if verdict_on(status, {}).unsure] == [511]


# Three days.


def test_a_link_dies_of_failures_on_three_days() -> None:
    link = LINK
    for number in range(2):
        link = after(link, BROKEN, MONDAY + number * DAY)
        assert (link.dead_since, link.problem) == (None, "it is broken")
    link = after(link, BROKEN, MONDAY + 2 * DAY)
    assert link.dead_since == link.checked_at == MONDAY + 2 * DAY
    assert link.failed_on == (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4))


def test_failures_on_one_day_count_once() -> None:
    looks = [(MONDAY + timedelta(hours=hours), BROKEN) for hours in (0, 1, 5, 11.9)]
    assert looked_at(LINK, *looks).failed_on == (date(2026, 3, 2),)
    # Midnight in UTC is where the next day begins.
    assert len(looked_at(LINK, *looks, (MONDAY + timedelta(hours=12), BROKEN)).failed_on) == 2


def test_days_are_those_of_utc_wherever_the_machine_is() -> None:
    late = datetime.fromisoformat("2026-03-02T23:30:00-05:00")
    assert after(LINK, BROKEN, late).failed_on == (date(2026, 3, 3),)


@pytest.mark.parametrize("verdict", [ALIVE, BLOCKED])
@pytest.mark.parametrize("days", [1, 2, 3, 5])
def test_one_success_clears_all(verdict: Verdict, days: int) -> None:
    failing = looked_at(LINK, *((MONDAY + number * DAY, BROKEN) for number in range(days)))
    link = after(failing, verdict, MONDAY + 6 * DAY)
    assert (link.failed_on, link.problem, link.dead_since) == ((), "", None)
    assert link.checked_at == MONDAY + 6 * DAY
    assert after(link, BROKEN, MONDAY + 7 * DAY).dead_since is None


def test_a_link_stays_dead_since_it_died_and_says_what_is_wrong_now() -> None:
    looks = [(MONDAY + number * DAY, BROKEN) for number in range(3)]
    link = looked_at(LINK, *looks, (MONDAY + 9 * DAY, failed("it is gone")))
    assert (link.dead_since, link.problem) == (MONDAY + 2 * DAY, "it is gone")
    assert len(link.failed_on) == 3


def test_days_far_apart_count_as_well_while_nothing_worked_between_them() -> None:
    link = looked_at(LINK, *((MONDAY + number * 30 * DAY, BROKEN) for number in range(3)))
    assert link.dead_since == MONDAY + 60 * DAY


# When it is looked at next.


def test_what_works_is_looked_at_once_a_week() -> None:
    for key in KEYS:
        link, at = replace(LINK, address_key=key), MONDAY
        link = after(link, ALIVE, at)
        assert at + WEEK / 2 <= link.next_check_at < at + 1.5 * WEEK
        for _ in range(5):
            at, before = link.next_check_at, link.next_check_at
            # Whoever comes a little late does not drift.
            link = after(link, ALIVE, at + timedelta(minutes=7))
            assert link.next_check_at - before == WEEK


def test_what_failed_is_looked_at_the_next_day_and_once_dead_weekly() -> None:
    for key in KEYS[:100]:
        link = after(replace(LINK, address_key=key), BROKEN, MONDAY)
        assert DAY <= link.next_check_at - MONDAY < DAY + timedelta(hours=2)
        second = link.next_check_at
        link = after(link, BROKEN, second)
        assert DAY <= link.next_check_at - second < DAY + timedelta(hours=2)
        third = link.next_check_at
        link = after(link, BROKEN, third)
        assert link.dead_since == third
        assert WEEK / 2 <= link.next_check_at - third < 1.5 * WEEK


def test_looks_are_spread_over_the_week_whatever_has_been() -> None:
    # All of them were looked at in the same minute.
    planned = [next_weekly(key, MONDAY) for key in KEYS]
    a_day = Counter((at - MONDAY) // DAY for at in planned)
    assert set(a_day) <= set(range(3, 11))
    assert max(a_day.values()) < 1.6 * len(KEYS) / 7
    an_hour = Counter((at - MONDAY) // timedelta(hours=1) for at in planned)
    assert max(an_hour.values()) < 20


@pytest.mark.parametrize(("beside", "within"), [(1, DAY), (FEW, DAY), (FEW + 1, WEEK), (100_000, WEEK)])
def test_new_addresses_come_one_after_the_other(beside: int, within: timedelta) -> None:
    planned = [first_check(key, MONDAY, beside) - MONDAY for key in KEYS]
    assert timedelta() <= min(planned) < within / 20
    assert within * 19 / 20 < max(planned) <= within
    thirds = Counter(wait // (within / 3) for wait in planned)
    assert all(170 < thirds[third] < 300 for third in range(3))


def test_an_address_has_its_turn_by_itself() -> None:
    alone = first_check(KEYS[3], MONDAY, 700)
    assert alone == first_check(KEYS[3], MONDAY + timedelta(seconds=1), 900)
    assert alone != first_check(KEYS[4], MONDAY, 700)


def test_what_became_due_in_a_downtime_is_caught_up_with_in_order() -> None:
    few = catching_up(KEYS[:3], MONDAY)
    assert few == [(key, MONDAY + timedelta(minutes=number)) for number, key in enumerate(KEYS[:3])]
    many = catching_up([str(number) for number in range(100_000)], MONDAY)
    assert MONDAY + timedelta(hours=23) < many[-1][1] < MONDAY + DAY
    assert catching_up([], MONDAY) == []


# Sites.


@pytest.mark.parametrize(
    ("key", "host", "site"),
    [
        ("example.org/a?b=c", "www.example.org", "example.org"),
        ("example.org", "EXAMPLE.org.", "example.org"),
        ("example.org?b=c", "m.example.org", "example.org"),
        ("example.org#/a", "mobile.example.org", "example.org"),
        ("example.org:8080/a", "example.org", "example.org"),
        ("docs.example.org/a", "docs.example.org", "docs.example.org"),
        ("[2606:4700::1111]/a", "2606:4700::1111", "2606:4700::1111"),
        ("8.8.8.8/a", "8.8.8.8", "8.8.8.8"),
        ("", "", ""),
    ],
)
def test_a_key_and_a_host_name_the_same_site(key: str, host: str, site: str) -> None:
    assert (site_of_key(key), site_of(host)) == (site, site)


def test_outcomes_are_told_apart() -> None:
    assert {ALIVE.outcome, BLOCKED.outcome, BROKEN.outcome} == set(Outcome)
    assert (ALIVE.has_failed, BLOCKED.has_failed, BROKEN.has_failed) == (False, False, True)
