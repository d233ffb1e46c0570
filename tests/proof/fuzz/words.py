"""What can be typed, chosen or forged: every extreme that is known, and anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tests.proof.fuzz.town import Town

USUAL = (
    "Bird calls on a phone", "Porto", "python", "Etc/UTC", "12:00", "every day", "mon-fri", "tomorrow",
    "today", "https://a.example/x", "me@a.example", "50", "1", "yes", "remote", "Ship it", "in 2 days",
    "2026-12-24",
)  # fmt: skip
EXTREME = (
    "", " ", "\n\n\n", "\x00", "a\x00b", "\u200b", "\u202e txet", "\u2066\u2067\u2068", "\ufeff", "\ud7ff",
    "\u2028", "مرحبا بالعالم", "שלום", "👩‍👩‍👧‍👦" * 20, "e\u0301" * 50, "Z̴̡̛͠a̸̢l̷g̵o", "\U000e0041" * 30,
    "ﷺ" * 60, "İıſß", "**bold** __u__ ~~s~~ ||spoiler|| `code`", "```\nbox\n```", "``` ``` ```",
    "# Title\n> quote\n- list\n1. one", "[text](https://evil.example)", "<https://a.example>", "<t:0:R>",
    "<a:x:1>", "</setup:1>", "@everyone", "@here", "{code} {0} {} {given}", "%s %d %(x)s", "$HOME",
    "'; drop table server; --", "\"", "\\", "\\" * 99, "=1+1", "null", "NaN", "nan", "inf", "-inf", "-1",
    "0", "1e309", "1_000", "٣", "½", "²", "99999999999999999999999", "0x10", "+5", "9" * 4000, "a" * 4000,
    "a " * 2000, "\n" * 3000, "é" * 3999, "https://" + "a" * 3000, "https://[::1", "https://",
    "http://a:b@c:99999/", "javascript:alert(1)", "https://xn--a.example/\u202e", "ftp://x", "//x",
    "https://é.example", "0000-00-00", "2026-02-30", "9999-12-31", "0001-01-01", "31.2.", "32/13/2026",
    "yesterday", "next year", "-1 days", "in 99999999999 days", "2026-11-29..2026-11-01", "feb 30", "24:00",
    "25:61", "7pm", "13pm", "noon", "-07:00", "::", "mon-mon", "sun, sun, sun", "every", "weekend",
    "Europe/Nowhere", "../../etc/passwd", "Etc/../Etc/UTC", "EST5EDT", "a,b,c" * 500, ",,,,", ";" * 50,
    "remote=9\nremote=9", "x" * 100, "x" * 101, "%00", "\r\n.\r\n", "<|>", "&amp;",
)  # fmt: skip
NUMBERS = (0, 1, -1, 2, 5, 24, 25, 60, 100, 365, 1440, 2**31, 2**53, -(2**53))
FRACTIONS = (0.0, -0.5, 1.5, 1e300, -1e-300, 2.0**53)

IDS = ("0", "1", "9223372036854775807", "9223372036854775808", "18446744073709551615", "99999999999999999999")
DAYS = (
    "2026-11-29",
    "2026-11-28",
    "2026-01-01",
    "0001-01-01",
    "9999-12-31",
    "0000-00-00",
    "2026-02-30",
    "2026-99-99",
)
PAGES = ("0", "1", "2", "9", "99", "999", "9999", "999999")


def text(random: Random, town: Town, drawn: Sequence[str] = ()) -> str:
    """Something to type: usual, extreme, drawn, some of them joined, or a mention that must not fire."""
    if drawn and random.random() < 0.5:
        return random.choice(drawn)
    match random.randrange(8):
        case 0 | 1 | 2:
            return random.choice(USUAL)
        case 3:
            return random.choice(mentions(town))
        case 4:
            return random.choice(EXTREME) + random.choice(USUAL) + random.choice(mentions(town))
        case _:
            return random.choice(EXTREME)


def mentions(town: Town) -> tuple[str, ...]:
    """Mentions of somebody who is mentioned in no other way, of a role, and of everybody."""
    return (
        f"<@{town.bait}>",
        f"<@!{town.bait}>",
        f"<@&{town.here.role}>",
        "@everyone",
        f"<#{town.there.channel}>",
    )


def known(town: Town, rows: dict[str, list[int]]) -> dict[str, list[str]]:
    """What stands in custom ids, by the names of the groups that hold it: right, foreign, and beyond bounds.

    `rows` are the numbers that rows have in the database, of both servers.
    """
    numbers = [str(number) for each in rows.values() for number in each]
    people = [str(user) for user in (*town.people.values(), *town.theirs, town.bait)]
    places = [town.here, town.there, town.bare]
    guilds = [str(place.guild) for place in places]
    channels = [str(one) for place in places for one in (place.channel, place.thread, place.office)]
    anything = [*dict.fromkeys(numbers), *IDS]
    return {
        "": anything,
        "guild": [*guilds, guilds[0], *IDS],
        "channel": [*channels, *IDS],
        "user": [*people, *IDS],
        "owner": [*people, *IDS],
        "day": list(DAYS),
        "page": list(PAGES),
        "offset": list(PAGES),
        "zone": ["Etc/UTC", "Africa/Lagos", "Nowhere/At", "a", "/", "Etc"],
        "hour": ["0", "9", "23", "24", "99"],
        "step": ["checkins", "leads", "lookback", "curators", "questions", "nothing"],
        "until": ["0", "1", "9999999999", "999999999999"],
    }


def value_of(random: Random, town: Town, option: dict[str, Any], drawn: Sequence[str] = ()) -> Any:
    """A value for a command's option: of its kind mostly."""
    if option.get("choices") and random.random() < 0.8:
        return random.choice(option["choices"])["value"]
    match option["type"]:
        case 4:
            return random.choice(NUMBERS)
        case 5:
            return random.choice((True, False))
        case 6:
            return random.choice([*town.people.values(), *town.theirs, town.bait])
        case 7:
            return random.choice(
                [p for place in (town.here, town.there) for p in (place.channel, place.thread)]
            )
        case 8:
            return random.choice([town.here.role, town.there.role])
        case 10:
            return random.choice(FRACTIONS)
        case _:
            return text(random, town, drawn)[: option.get("max_length") or 6000]
