"""What a server's curators are told: each suggestion once, and on Mondays what was missed."""

import shutil
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.delivery.messenger import Place
from bot.errors import TryLater, Undeliverable
from bot.resources.curators_week import CuratorsWeekContent, DeadLink
from bot.resources.deliveries import SuggestionContent
from bot.resources.links.rules import NOT_THERE
from bot.resources.suggestion import Suggestion, SuggestionState
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.crashes import Life, live
from tests.delivery.fake_messenger import FakeMessenger, Message
from tests.delivery.study import ADA, BEN, GUILD, Study
from tests.shelved_resources import id_of, kill_link, stock

CURATORS, OTHER_CHANNEL, OTHER_GUILD = 20, 21, 2
MONDAY, NEXT_MONDAY = date(2026, 5, 4), date(2026, 5, 11)


@pytest.fixture
async def study(study: Study) -> Study:
    """A server whose curators have a channel, on a Monday at eight."""
    await study.services.database.write(stock)
    await study.services.curation.set_up(GUILD, CURATORS)
    return study


async def suggest(study: Study, name: str = "walnuts", user: int = ADA, guild: int = GUILD) -> Suggestion:
    return await study.services.curation.suggest(
        guild, user, address=f"https://{name}.example/", title=f"{name} in Python", good_for="Teaches nuts."
    )


def suggestions(study: Study) -> list[Message]:
    return study.messenger.of(SuggestionContent)


def shown(message: Message) -> Suggestion:
    assert isinstance(message.content, SuggestionContent)
    return message.content.suggestion


def weeks(study: Study) -> list[CuratorsWeekContent]:
    found = [message.content for message in study.messenger.of(CuratorsWeekContent)]
    return [content for content in found if isinstance(content, CuratorsWeekContent)]


# Suggestions.


async def test_a_suggestion_is_shown_once_and_changes_with_what_is_decided(study: Study) -> None:
    made = await suggest(study)
    await study.tick()
    (message,) = suggestions(study)
    assert message.place == Place(GUILD, CURATORS)
    assert shown(message) == made
    study.clock.advance(minutes=1)
    changed = await study.services.curation.change(GUILD, made.id, title="Walnuts")
    await study.tick()
    assert shown(message) == changed
    study.clock.advance(minutes=1)
    await study.services.curation.accept(GUILD, made.id)
    await study.tick()
    assert shown(message).state is SuggestionState.ACCEPTED
    assert len(suggestions(study)) == 1


async def test_without_a_channel_they_wait_until_there_is_one(study: Study) -> None:
    await study.services.curation.set_up(GUILD, None)
    waiting, decided = await suggest(study, "one"), await suggest(study, "two")
    await study.services.curation.decline(GUILD, decided.id, "No.")
    await study.tick()
    assert suggestions(study) == []
    for _ in range(2):
        await study.services.curation.set_up(GUILD, OTHER_CHANNEL)
        await study.tick()
    (message,) = suggestions(study)
    assert (message.place.channel_id, shown(message)) == (OTHER_CHANNEL, waiting)


async def test_what_one_channel_refused_comes_in_the_next(study: Study) -> None:
    study.messenger.gone.add(CURATORS)
    made = await suggest(study)
    await study.tick()
    assert suggestions(study) == []
    study.clock.advance(days=3)
    await study.services.curation.set_up(GUILD, OTHER_CHANNEL)
    await study.tick()
    (message,) = suggestions(study)
    assert (message.place.channel_id, shown(message)) == (OTHER_CHANNEL, made)


async def test_another_channel_gets_what_is_new_and_the_old_messages_stay(study: Study) -> None:
    first = await suggest(study, "one")
    await study.tick()
    await study.services.curation.set_up(GUILD, OTHER_CHANNEL)
    await suggest(study, "two")
    study.clock.advance(minutes=1)
    await study.services.curation.decline(GUILD, first.id, "No.")
    await study.tick()
    assert [message.place.channel_id for message in suggestions(study)] == [CURATORS, OTHER_CHANNEL]
    assert shown(suggestions(study)[0]).reason == "No."


async def test_what_is_decided_before_it_was_shown_is_not_shown(study: Study) -> None:
    made = await suggest(study)
    await study.services.curation.decline(GUILD, made.id, "No.")
    await study.tick()
    assert study.messenger.messages == {}
    assert [(state, reason) for _, state, reason in await study.fates("resource_suggestion")] == [
        ("skipped", "it was decided before it could be shown")
    ]


async def test_a_lost_answer_shows_it_once_even_if_it_is_decided_meanwhile(study: Study) -> None:
    made = await suggest(study)
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick()
    await study.services.curation.decline(GUILD, made.id, "No.")
    study.clock.advance(minutes=10)
    await study.tick()
    (message,) = suggestions(study)
    assert shown(message).reason == "No."


async def test_a_channel_taken_away_gets_no_more(study: Study) -> None:
    study.messenger.fail("send", TryLater("Discord is down"))
    await suggest(study)
    await study.tick()
    await study.services.curation.set_up(GUILD, None)
    study.clock.advance(minutes=10)
    await study.tick()
    assert study.messenger.messages == {}
    assert await study.services.curation.queue(GUILD)


async def test_with_who_is_forgotten_go_the_messages_of_what_they_suggested(study: Study) -> None:
    await suggest(study, "one")
    decided, others = await suggest(study, "two"), await suggest(study, "three", BEN)
    await study.tick()
    await study.services.curation.accept(GUILD, decided.id)
    study.clock.advance(minutes=1)
    await study.tick()
    await study.services.database.write(study.services.curation.forget_member, GUILD, ADA)
    study.clock.advance(minutes=1)
    await study.tick()
    (message,) = suggestions(study)
    assert shown(message).id == others.id


async def test_killed_at_any_point_it_shows_each_suggestion_once(database_path: Path, tmp_path: Path) -> None:
    noon = datetime(2026, 5, 5, 12, tzinfo=UTC)

    async def begin(services: Services) -> None:
        study = Study(services, ManualClock(noon), FakeMessenger(ManualClock(noon)))
        await study.set_up()
        await services.curation.set_up(GUILD, CURATORS)
        await suggest(study, "one")
        await suggest(study, "two", BEN)

    async def one_round(services: Services, messenger: FakeMessenger) -> None:
        await services.delivery.tick(messenger)

    await live(Life(), database_path, ManualClock(noon), FakeMessenger(ManualClock(noon)), begin)
    point, died = 0, True
    while died:
        path = Path(shutil.copy(database_path, tmp_path / f"{point}.db"))
        clock, life = ManualClock(noon), Life(point)
        messenger = FakeMessenger(clock)
        await live(life, path, clock, messenger, partial(one_round, messenger=messenger))
        died = life.dead
        for later in (timedelta(seconds=20), timedelta(minutes=10), timedelta(days=1)):
            clock.set(noon + later)
            await live(Life(), path, clock, messenger, partial(one_round, messenger=messenger))
        titles = sorted(shown(message).entry.title for message in messenger.of(SuggestionContent))
        assert titles == ["one in Python", "two in Python"], f"killed at {life.passed[-1]}"
        point += 1
    assert point > 5


# The week.


async def test_on_monday_morning_the_week_is_told(study: Study) -> None:
    find = study.services.resources.find
    for words in ("walnuts", "pecans", "walnuts"):
        await find(GUILD, ADA, words)
    await find(OTHER_GUILD, ADA, "almonds")
    await study.tick_at("09:00")
    assert weeks(study) == []
    await study.tick_at("08:59", NEXT_MONDAY)
    await find(GUILD, ADA, "almonds")
    await study.tick_at("09:00", NEXT_MONDAY)
    (week,) = weeks(study)
    # What is searched this morning is of the week that begins.
    assert (week.day, week.misses, week.more_misses) == (NEXT_MONDAY, [("walnuts", 2), ("pecans", 1)], 0)
    assert (week.dead, week.reported, week.waiting) == ([], [], 0)
    await study.tick_at("09:00", date(2026, 5, 18))
    assert [each.misses for each in weeks(study)] == [week.misses, [("almonds", 1)]]


async def test_of_many_misses_the_most_frequent_are_told(study: Study) -> None:
    for number in range(22):
        await study.services.resources.find(GUILD, ADA, f"zzyzx{chr(97 + number)}qq")
    await study.services.resources.find(GUILD, ADA, "zzyzxvqq")
    await study.tick_at("09:00", NEXT_MONDAY)
    (week,) = weeks(study)
    assert (len(week.misses), week.more_misses, week.misses[0]) == (20, 2, ("zzyzxvqq", 2))


async def test_where_there_is_nothing_to_tell_nothing_is_said(study: Study) -> None:
    await study.tick_at("09:00", NEXT_MONDAY)
    assert study.messenger.messages == {}
    assert ("2026-05-11", "skipped", "there is nothing to tell") in await study.fates("resource_week")


async def test_dead_links_are_told_when_they_die_and_then_beside_what_is_new(study: Study) -> None:
    database, curation = study.services.database, study.services.curation
    boats = await database.read(id_of, "Boat Radar")
    lost = await database.read(id_of, "Lost Atlas")
    hidden = await database.read(id_of, "Bird Calls")
    await curation.remove(GUILD, hidden)
    for number in (boats, lost, hidden):
        await database.write(kill_link, number, study.clock.now() + timedelta(days=1))
    await study.tick_at("09:00", NEXT_MONDAY)
    (week,) = weeks(study)
    # What the catalogue itself calls dead is no news, and what is hidden concerns nobody here.
    assert [(link.resource.id, link.health.problem) for link in week.dead] == [(boats, NOT_THERE)]
    assert isinstance(week.dead[0], DeadLink)
    await study.tick_at("09:00", date(2026, 5, 18))
    assert len(weeks(study)) == 1
    await study.services.resources.find(GUILD, ADA, "walnuts")
    # What members say of a link that is known to be dead is told once.
    await study.services.resources.report_dead(GUILD, ADA, boats)
    await study.tick_at("09:00", date(2026, 5, 25))
    assert [link.resource.id for link in weeks(study)[1].dead] == [boats]
    assert weeks(study)[1].reported == []


async def test_reports_of_the_week_are_told_with_how_many_say_so(study: Study) -> None:
    resources = study.services.resources
    forests, birds = [
        await study.services.database.read(id_of, title) for title in ("Random Forests", "Bird Calls")
    ]
    for user, number in ((ADA, forests), (BEN, forests), (ADA, birds)):
        await resources.report_dead(GUILD, user, number)
    await study.services.curation.remove(GUILD, birds)
    await study.tick_at("09:00", NEXT_MONDAY)
    (week,) = weeks(study)
    assert [(resource.id, times) for resource, times in week.reported] == [(forests, 2)]
    await study.tick_at("09:00", date(2026, 5, 18))
    assert len(weeks(study)) == 1
    await resources.report_dead(GUILD, 103, forests)
    await study.tick_at("09:00", date(2026, 5, 25))
    assert [times for _, times in weeks(study)[1].reported] == [3]


async def test_a_look_ahead_has_what_came_since_the_last_report(study: Study) -> None:
    resources, curation = study.services.resources, study.services.curation
    forests, boats = [
        await study.services.database.read(id_of, title) for title in ("Random Forests", "Boat Radar")
    ]
    await resources.report_dead(GUILD, ADA, forests)
    await study.tick_at("09:00", NEXT_MONDAY)
    assert await curation.week(GUILD) is None, "that was told this morning"
    study.clock.advance(hours=1)
    await resources.report_dead(GUILD, ADA, boats)
    study.clock.advance(days=2)
    week = await curation.week(GUILD)
    assert week is not None
    assert [(resource.id, times) for resource, times in week.reported] == [(boats, 1)]


async def test_what_waits_is_told_each_week(study: Study) -> None:
    await suggest(study)
    await study.tick_at("09:00", NEXT_MONDAY)
    await study.tick_at("09:00", date(2026, 5, 18))
    assert [week.waiting for week in weeks(study)] == [1, 1]


async def test_it_is_monday_where_the_server_is_even_after_a_move(study: Study) -> None:
    await suggest(study)
    planned = (await study.services.curation.settings(GUILD)).next_report
    assert planned is not None
    assert planned.at == datetime(2026, 5, 4, 9, tzinfo=UTC)
    await study.set_up(zone="America/New_York")
    planned = (await study.services.curation.settings(GUILD)).next_report
    assert planned is not None
    assert planned.at == datetime(2026, 5, 4, 13, tzinfo=UTC)
    await study.tick_at("12:59")
    assert weeks(study) == []
    await study.tick_at("13:00")
    assert [week.day for week in weeks(study)] == [MONDAY]


async def test_after_a_downtime_of_days_the_week_is_let_go(study: Study) -> None:
    await suggest(study)
    await study.tick_at("08:59", date(2026, 5, 6))
    assert len(weeks(study)) == 1
    await study.tick_at("09:01", date(2026, 5, 13))
    assert len(weeks(study)) == 1
    assert ("2026-05-11", "skipped", "too late") in await study.fates("resource_week")


async def test_no_error_of_the_messenger_posts_it_twice(study: Study) -> None:
    await suggest(study)
    await study.tick_at("08:30")
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick_at("09:00")
    await study.tick_at("09:10")
    assert len(weeks(study)) == 1
    study.messenger.fail("send", Undeliverable("I may not write there"))
    await study.tick_at("09:00", NEXT_MONDAY)
    await study.tick_at("10:00", NEXT_MONDAY)
    assert len(weeks(study)) == 1


async def test_no_channel_no_report(study: Study) -> None:
    await suggest(study)
    await study.services.curation.set_up(GUILD, None)
    assert (await study.services.curation.settings(GUILD)).next_report is None
    await study.tick_at("09:00", NEXT_MONDAY)
    assert study.messenger.messages == {}
