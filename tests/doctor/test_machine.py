"""What is said of the clock, of zones, of fonts, and of what is set for the application and in servers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.doctor.finding import Status
from bot.doctor.machine import judge_clock, judge_versions, judge_zones, off_by
from bot.doctor.stored import CHECKINS, CURATORS, Channel, Stored
from bot.doctor.wording import plain, size, span
from cogs.doctor import account, fonts
from cogs.doctor.account import Application
from cogs.doctor.servers import judge_rights, judge_servers
from cogs.rights import RIGHTS

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
OK, WARNING, WRONG = Status.OK, Status.WARNING, Status.WRONG


def test_the_clock_is_compared_with_the_middle_of_the_question_and_of_a_second() -> None:
    header = "Mon, 02 Mar 2026 12:00:00 GMT"
    assert off_by(header, NOW, NOW + timedelta(seconds=1)) == timedelta()
    assert off_by(header, NOW + timedelta(minutes=2), NOW + timedelta(minutes=2, seconds=3)) == timedelta(
        minutes=2, seconds=1
    )
    assert off_by("yesterday", NOW, NOW) is None
    assert off_by("", NOW, NOW) is None


@pytest.mark.parametrize(
    ("off", "status", "says"),
    [
        (0, OK, "that of Discord"),
        (-5, OK, "that of Discord"),
        (6, WARNING, "6 s ahead of Discord's"),
        (-50, WARNING, "50 s behind Discord's"),
        (-3700, WRONG, "1 h 1 min behind Discord's"),
    ],
)
def test_a_clock_that_is_off_is_told(off: float, status: Status, says: str) -> None:
    finding = judge_clock(timedelta(seconds=off))
    assert (finding.status, says in finding.found) == (status, True)


def test_a_zone_that_is_not_known_here_is_wrong() -> None:
    finding = judge_zones({"Europe/Berlin", "Mars/Olympus_Mons"}, NOW)
    assert (finding.status, finding.found) == (WRONG, "Not known here: Mars/Olympus_Mons.")


def test_zone_data_of_a_year_long_gone_is_old() -> None:
    assert judge_zones({"UTC"}, NOW.replace(year=2060)).status is WARNING


def test_the_versions_are_told() -> None:
    finding = judge_versions()
    assert finding.status is OK
    for name in ("Python 3.", "SQLite 3.", "discord.py 2.", "tzdata 20"):
        assert name in finding.found


@pytest.mark.parametrize(
    ("lacking", "shapes", "status", "says"),
    [
        ([], True, OK, "names in 12 scripts"),
        (["Arabic", "emoji"], True, WARNING, "no font for: Arabic, emoji."),
        ([], False, WARNING, "FriBiDi is missing"),
    ],
)
def test_what_cannot_be_drawn_is_told(lacking: list[str], shapes: bool, status: Status, says: str) -> None:
    finding = fonts.judge(lacking, shapes=shapes)
    assert (finding.status, says in finding.found) == (status, True)


def test_spans_sizes_and_names_read_well() -> None:
    assert span(timedelta(days=2, hours=3, minutes=4)) == "2 d 3 h"
    assert span(timedelta(hours=2, seconds=4)) == "2 h 4 s"
    assert span(timedelta(milliseconds=300)) == span(-timedelta(days=1)) == "0 s"
    assert (size(999), size(1536), size(5 * 1024**4)) == ("999 bytes", "1.5 KiB", "5.0 TiB")
    assert plain("Night\x1b[2J school\n") == "Night [2J school "


# -- Discord, as far as it takes no network


APPLICATION = Application(1234, "Autodidact", "ada")


@pytest.mark.parametrize(
    ("application", "of_settings", "of_intents"),
    [
        (APPLICATION, OK, OK),
        (replace(APPLICATION, anybody=False), OK, OK),
        (replace(APPLICATION, needs_code=True), WRONG, OK),
        (replace(APPLICATION, sent_elsewhere=True), WRONG, OK),
        (replace(APPLICATION, intents=("message content",)), OK, WARNING),
    ],
)
def test_the_application_is_judged(application: Application, of_settings: Status, of_intents: Status) -> None:
    settings, intents = account.judge(application)
    assert (settings.status, intents.status) == (of_settings, of_intents)


def test_a_bot_that_connects_over_and_over_is_told() -> None:
    assert account.judge_sessions(100, 1000, timedelta(hours=5)).status is OK
    few = account.judge_sessions(99, 1000, timedelta(hours=5))
    assert (few.status, few.found) == (WARNING, "99 of 1000 connections are left for the next 5 h.")


def test_servers_are_counted_and_so_are_those_that_took_the_bot_out() -> None:
    stored = Stored(
        channels=(Channel(1, 11, CHECKINS), Channel(1, 12, CURATORS), Channel(2, 21, CHECKINS)),
        departed={3: NOW},
    )
    finding = judge_servers({1: "one", 4: "four"}, stored, "https://invite")
    assert (finding.status, finding.found) == (
        OK,
        "In 2 servers, 1 of them set up. 2 servers took the bot out, and will be forgotten in time.",
    )
    alone = judge_servers({}, stored, "https://invite")
    assert (alone.status, alone.advice) == (WARNING, "Open the invite link: https://invite")
    assert judge_servers({4: "four"}, stored, "").status is WARNING


def test_each_purpose_needs_its_own_rights() -> None:
    threads = [right for right in RIGHTS if "thread" in right.flag]
    assert judge_rights("S", "#c", CURATORS, threads, ()) is None
    assert judge_rights("S", "#c", CHECKINS, [], ()) is None
    finding = judge_rights("S", "#c", CHECKINS, threads, ())
    assert finding is not None
    assert (finding.status, "Send Messages in Threads (without it" in finding.found) == (WARNING, True)


@pytest.mark.parametrize(("flag", "status"), [("send_messages", WRONG), ("read_message_history", WARNING)])
def test_what_it_cannot_do_without_is_wrong(flag: str, status: Status) -> None:
    (right,) = [right for right in RIGHTS if right.flag == flag]
    finding = judge_rights("S", "#c", CURATORS, [right], (flag,))
    assert finding is not None
    assert finding.status is status
    assert finding.advice == f"In the channel's permissions, let the bot's role have: {right.label}."
