"""How it looks what is stored about a member, within what Discord holds."""

from datetime import UTC, date, datetime, timedelta

import discord
import pytest

from bot.buddies.purpose import PURPOSE as BUDDIES
from bot.checkins.purpose import PURPOSE as CHECKINS
from bot.delivery.purpose import PURPOSE as DELIVERY
from bot.personal_data import Purpose
from bot.polls.purpose import POLLS, VOTES
from bot.privacy.service import Held, Question
from bot.tracker.purpose import PURPOSE as TRACKER
from cogs.privacy.cards import forgotten_card, nothing_card, question_cards, what_cards

ALL = (BUDDIES, CHECKINS, DELIVERY, POLLS, TRACKER, VOTES)


def held(purpose: Purpose, count: int) -> Held:
    return Held(purpose, dict.fromkeys(purpose.rows, count))


def question(*helds: Held, backups: date | None = date(2026, 2, 2), minutes: float | None = 0) -> Question:
    takes = None if minutes is None else timedelta(minutes=minutes)
    return Question(helds, datetime(2026, 1, 1, 12, tzinfo=UTC), backups, takes)


def fits(embed: discord.Embed) -> bool:
    values = [field.value or "" for field in embed.fields]
    return len(embed) <= 6_000 and len(values) <= 25 and all(0 < len(value) <= 1_024 for value in values)


def text_of(embeds: list[discord.Embed]) -> str:
    return "\n".join(f"{field.name}: {field.value}" for embed in embeds for field in embed.fields)


@pytest.mark.parametrize("times", [1, 5])
def test_all_features_fit_with_whatever_there_is_and_in_a_longer_language(times: int) -> None:
    long = [
        Purpose(f"{one.title} {n}", one.what * times, one.kept, one.seen, one.rows, one.hanging, one.stays)
        for n in range(3)
        for one in ALL
    ]
    embeds = what_cards([held(one, 1_234_567) for one in long])
    assert all(fits(embed) for embed in embeds)
    names = [field.name for embed in embeds for field in embed.fields]
    assert [one.title for one in long if one.title not in names] == []
    assert all(fits(embed) for embed in question_cards(question(*(held(one, 1_234_567) for one in long))))


def test_a_feature_tells_what_is_there_and_leaves_out_what_is_not() -> None:
    some = Held(CHECKINS, {"checkin": 1, "evidence": 0})
    text = text_of(what_cards([some, held(TRACKER, 0)]))
    assert "Check-ins: 1 check-in\n**What for:** What you report for a day" in text
    assert "link" not in text.split("**What for:**")[0]
    assert "Nothing about you: Job tracker" in text


def test_the_question_says_what_stays_of_what_there_is_only() -> None:
    text = text_of(question_cards(question(held(VOTES, 2), held(POLLS, 0))))
    assert "**Votes:** 2 polls that you vote in, 2 cards, 2 ballots" in text
    assert "stay as nobody's" in text
    assert "taken away" not in text
    assert "What stays" not in text_of(question_cards(question(held(CHECKINS, 1))))


@pytest.mark.parametrize(
    ("backups", "minutes", "said"),
    [
        (date(2026, 2, 2), 0, "deleted by 2 February 2026"),
        (None, 0, "makes no backups by itself"),
        (None, 24, "which may take 24 minutes"),
        (None, 0.3, "in the next minutes"),
    ],
)
def test_it_is_said_when_it_is_gone_for_good(backups: date | None, minutes: float, said: str) -> None:
    card = forgotten_card(question(held(CHECKINS, 1), backups=backups, minutes=minutes))
    assert said in (card.description or "")


def test_of_nobody_nothing_is_told() -> None:
    (card,) = what_cards([held(one, 0) for one in ALL])
    assert card.description == nothing_card().description


def test_where_it_is_not_any_more_it_promises_to_delete_nothing() -> None:
    text = forgotten_card(question(minutes=None)).description or ""
    assert "can't delete what I posted there" in text
    assert "I delete" not in text
