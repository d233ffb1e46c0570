"""What was sent is kept up to date: prompts show who checked in, cards show the newest report."""

import asyncio
from itertools import pairwise

from bot.checkins.deliveries import CardContent
from bot.delivery import rules
from bot.errors import TryLater, Undeliverable
from bot.localtime import ONE_DAY
from tests.delivery.fake_messenger import FakeMessenger, Message, shown_as_done
from tests.delivery.study import ADA, BEN, CLEO, GUILD, Study


def done(card: Message) -> str:
    assert isinstance(card.content, CardContent)
    return card.content.checkin.entry.done


async def test_a_prompt_goes_on_asking_what_it_asked_when_an_admin_chooses_other_questions(
    study: Study, messenger: FakeMessenger
) -> None:
    await study.plan(ADA, ping=False)
    await study.tick_at("09:00")
    asked = messenger.prompts[0].content.question  # type: ignore[attr-defined]
    await study.services.servers.set_questions(GUILD, "What is your own question?")
    await study.check_in(ADA)
    await study.tick_at("09:05")
    (prompt,) = messenger.prompts
    assert prompt.content.members == [ADA]  # type: ignore[attr-defined]
    assert prompt.content.question == asked  # type: ignore[attr-defined]
    await study.tick_at("09:00", day=study.clock.now().date() + ONE_DAY)
    assert messenger.prompts[1].content.question == "What is your own question?"  # type: ignore[attr-defined]


async def prompted(study: Study) -> Message:
    for member in (ADA, BEN, CLEO):
        await study.plan(member, ping=False)
    await study.tick_at("09:00")
    (prompt,) = study.messenger.prompts
    return prompt


async def settle(study: Study) -> None:
    """Tick each second for a while."""
    for _ in range(12):
        await study.tick()
        study.clock.advance(seconds=1)


async def test_the_prompt_shows_who_checked_in_in_order(study: Study) -> None:
    prompt = await prompted(study)
    for member in (CLEO, ADA):
        study.clock.advance(minutes=1)
        await study.check_in(member)
        await study.tick()
    assert list(shown_as_done(prompt)) == [CLEO, ADA]


async def test_a_prompt_posted_after_a_check_in_shows_it_from_the_start(study: Study) -> None:
    await study.check_in(BEN)
    prompt = await prompted(study)
    assert list(shown_as_done(prompt)) == [BEN]
    assert study.messenger.called("edit") == []


async def test_a_second_check_in_on_a_day_changes_the_card_and_posts_none(study: Study) -> None:
    await prompted(study)
    await study.check_in(ADA, "Read a paper")
    await settle(study)
    (card,) = study.messenger.cards
    assert done(card) == "Read a paper"
    await study.check_in(ADA, "Read a paper and wrote a test")
    await settle(study)
    assert study.messenger.cards == [card]
    assert done(card) == "Read a paper and wrote a test"


async def test_a_card_that_was_not_sent_yet_goes_out_once_with_the_newest_text(study: Study) -> None:
    await prompted(study)
    await study.check_in(ADA, "Read a paper")
    await study.check_in(ADA, "Read two papers")
    await settle(study)
    (card,) = study.messenger.cards
    assert [content for _, content in card.changes] == [card.content]
    assert done(card) == "Read two papers"


async def test_no_message_is_changed_more_often_than_the_edit_gap(study: Study) -> None:
    prompt = await prompted(study)
    for member in range(200, 230):
        await study.check_in(member)
        await study.check_in(ADA, f"Solved exercise {member}")
        await study.tick()
        study.clock.advance(seconds=1)
    await settle(study)
    (card,) = (each for each in study.messenger.cards if done(each).startswith("Solved"))
    for message in (prompt, card):
        times = [at for at, _ in message.changes]
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert min(gaps) >= rules.EDIT_GAP
        assert 5 <= len(gaps) <= 8, "the newest state is still shown every few seconds"
    assert list(shown_as_done(prompt)) == [ADA, *range(200, 230)]
    assert done(card) == "Solved exercise 229"


async def test_nothing_is_changed_when_nothing_has_changed(study: Study) -> None:
    await prompted(study)
    await study.check_in(ADA)
    await settle(study)
    calls = len(study.messenger.calls)
    study.clock.advance(hours=1)
    await settle(study)
    assert len(study.messenger.calls) == calls


async def test_a_check_in_that_arrives_while_the_prompt_is_being_changed_is_shown_next(study: Study) -> None:
    prompt = await prompted(study)
    await study.check_in(ADA)
    await study.tick()
    study.clock.advance(minutes=1)
    await study.check_in(BEN)
    await study.tick()
    study.clock.advance(minutes=1)
    await study.check_in(CLEO)
    study.messenger.fail("edit", TryLater("Discord answered 502"))
    await study.tick()
    assert CLEO not in shown_as_done(prompt)
    await settle(study)
    assert list(shown_as_done(prompt)) == [ADA, BEN, CLEO]


async def test_a_check_in_made_while_the_prompt_is_on_its_way_shows_a_moment_later(study: Study) -> None:
    release = study.messenger.hold(GUILD)
    await study.plan(ADA, ping=False)
    study.clock.advance(hours=1)
    round_ = asyncio.create_task(study.tick())
    await study.messenger.until_in_flight(1)
    await study.check_in(ADA)
    release.set()
    await round_
    (prompt,) = study.messenger.prompts
    assert list(shown_as_done(prompt)) == []
    await settle(study)
    assert list(shown_as_done(prompt)) == [ADA]


async def test_a_change_that_is_refused_leaves_the_message_sent_and_is_not_tried_again(study: Study) -> None:
    prompt = await prompted(study)
    study.messenger.fail("edit", Undeliverable("I lack a right in the channel"), times=100)
    await study.check_in(ADA)
    await settle(study)
    assert len(study.messenger.called("edit")) == 1
    assert await study.fates("prompt") == [("2026-05-04", "sent", "I lack a right in the channel")]
    assert list(shown_as_done(prompt)) == []


async def test_changes_go_on_after_one_that_was_refused(study: Study) -> None:
    prompt = await prompted(study)
    study.messenger.fail("edit", Undeliverable("I lack a right in the channel"))
    await study.check_in(ADA)
    await settle(study)
    await study.check_in(BEN)
    await settle(study)
    assert list(shown_as_done(prompt)) == [ADA, BEN]


async def test_a_change_whose_answer_was_lost_is_made_again_and_does_no_harm(study: Study) -> None:
    prompt = await prompted(study)
    study.messenger.fail("edit", TryLater("no answer"), after_effect=True)
    await study.check_in(ADA)
    study.clock.advance(seconds=10)
    await settle(study)
    assert [list(members) for members in (shown_as_done(prompt),)] == [[ADA]]
    assert len(study.messenger.prompts) == 1


async def test_a_check_in_made_while_the_answer_to_the_prompt_was_lost_shows_on_the_prompt(
    study: Study,
) -> None:
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    prompt = await prompted(study)
    await study.check_in(ADA)
    study.clock.advance(minutes=1)
    await settle(study)
    assert study.messenger.prompts == [prompt]
    assert list(shown_as_done(prompt)) == [ADA]


async def test_a_report_changed_while_the_answer_to_its_card_was_lost_shows_on_the_card(study: Study) -> None:
    await prompted(study)
    await study.check_in(ADA, "Read a paper")
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    await study.tick()
    await study.check_in(ADA, "Read a paper and wrote a test")
    study.clock.advance(seconds=30)
    await settle(study)
    (card,) = study.messenger.cards
    assert done(card) == "Read a paper and wrote a test"


async def test_a_report_changed_while_the_answer_to_its_card_was_lost_for_long_is_shown_once(
    study: Study,
) -> None:
    await prompted(study)
    await study.check_in(ADA, "Read a paper")
    study.messenger.fail("send", TryLater("no answer"), after_effect=True)
    study.messenger.fail("find", TryLater("Discord answered 503"), times=5)
    await study.tick()
    await study.check_in(ADA, "Read a paper and wrote a test")
    for _ in range(20):
        study.clock.advance(minutes=1)
        await study.tick()
    (card,) = study.messenger.cards
    assert done(card) == "Read a paper and wrote a test"


async def test_a_prompt_of_yesterday_is_not_changed_by_todays_check_ins(study: Study) -> None:
    prompt = await prompted(study)
    study.clock.advance(hours=15)
    assert study.clock.now().hour == 0
    await study.check_in(ADA)
    await settle(study)
    assert list(shown_as_done(prompt)) == []


async def test_a_form_sent_just_after_midnight_still_shows_on_yesterdays_prompt(study: Study) -> None:
    prompt = await prompted(study)
    yesterday = study.clock.now().date()
    study.clock.advance(hours=15, minutes=10)
    form = await study.services.checkins.form(GUILD, ADA)
    report = await study.services.checkins.report(GUILD, ADA, form.entry, form_day=yesterday)
    assert report.checkin.day == yesterday
    await settle(study)
    assert list(shown_as_done(prompt)) == [ADA]
