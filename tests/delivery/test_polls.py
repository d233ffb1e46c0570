"""What is said about polls by itself: one message kept up to date, what each phase brought, and when."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.builds.deliveries import BuildContent
from bot.errors import TryLater
from bot.ideas.rules import IdeaText
from bot.polls.deliveries import PollContent, ResultContent, ShortlistContent
from bot.polls.rules import Phase
from bot.ranking.criteria import Criterion
from bot.services import Services
from tests.clocks import ManualClock
from tests.delivery.fake_messenger import FakeMessenger
from tests.delivery.focus_study import contents, forget, later
from tests.delivery.poll_study import (
    A_SECOND,
    BEST,
    OTHER,
    POLLS,
    at,
    kinds_said,
    now,
    only,
    shown,
    started,
    tapped,
)
from tests.delivery.study import ADA, BEN, CLEO, GUILD, Study
from tests.open_polls import numbered_ideas


@pytest.fixture
def study(services: Services, clock: ManualClock, messenger: FakeMessenger) -> Study:
    """A server that was never set up: polls need none. It is eight on a Monday."""
    return Study(services, clock, messenger)


async def test_a_poll_is_posted_where_it_was_started(study: Study) -> None:
    poll = await started(study, 2)
    await study.tick()
    message, content = only(study, PollContent)
    assert message.place.channel_id == POLLS
    assert content.view.poll == poll
    assert [entry.text for entry in content.view.entries] == numbered_ideas(2)
    # Of nobody in particular: what it says is for all to read.
    assert (content.view.may_vote, content.view.may_steer) == (False, False)
    seen = await study.services.polls.view(GUILD, poll.id, BEN)
    assert seen.message_id == message.id


async def test_however_much_comes_in_the_message_changes_once_in_five_seconds(study: Study) -> None:
    poll = await started(study)
    await study.tick()
    for number, text in enumerate(numbered_ideas(20)):
        await study.services.polls.add_idea(GUILD, BEN + number, poll.id, text)
        study.clock.advance(seconds=1)
        await study.tick()
    await later(study)
    message, content = only(study, PollContent)
    changes = [moment for moment, _ in message.changes]
    assert len(content.view.entries) == 20
    assert 3 <= len(changes) <= 7
    assert all(after - before >= timedelta(seconds=5) for before, after in pairwise(changes))


async def test_a_poll_goes_from_ideas_to_a_build_by_time_alone(study: Study) -> None:
    poll = await started(study, 8)
    await later(study)
    await at(study, poll.collect_until - A_SECOND * 11)
    assert shown(study).phase is Phase.COLLECT
    await at(study, poll.collect_until)
    assert shown(study).phase is Phase.CARDS
    await tapped(study, poll, BEN, 4)
    await at(study, poll.cards_until - A_SECOND * 11)
    assert kinds_said(study) == [PollContent]
    await at(study, poll.cards_until)
    assert shown(study).phase is Phase.FINAL
    shortlist = only(study, ShortlistContent)[1].view.shortlist
    assert shortlist is not None
    assert [member.idea for member in shortlist.members] == list(shown(study).shortlist)
    (second, *_) = [place for place in shown(study).shortlist if place != shortlist.members[0].idea]
    for place in shown(study).shortlist:
        marks = BEST if place == second else dict.fromkeys(Criterion, 0)
        await study.services.voting.score(GUILD, CLEO, poll.id, place, marks)
    await at(study, poll.final_until - A_SECOND * 11)
    assert kinds_said(study) == [PollContent, ShortlistContent]
    await at(study, poll.final_until)
    result = only(study, ResultContent)[1]
    assert result.view.final is not None
    assert result.view.final.order[0].idea == second
    assert result.record == await study.services.voting.record(GUILD, poll.id)
    assert result.few_voters
    build = only(study, BuildContent)[1].build
    assert (build.poll_id, build.position, build.members) == (poll.id, second, (ADA,))
    # The result is read before what is built by it.
    assert [kind for kind in kinds_said(study) if kind in (ResultContent, BuildContent)] == [
        ResultContent,
        BuildContent,
    ]
    assert (shown(study).phase, shown(study).tried) == (Phase.BASELINE, (second,))
    assert len(study.messenger.of(PollContent)) == 1


async def test_few_ideas_go_to_the_final_without_cards_and_no_shortlist_is_told(study: Study) -> None:
    poll = await started(study, 3)
    await at(study, poll.collect_until)
    assert (shown(study).phase, shown(study).shortlist) == (Phase.FINAL, (0, 1, 2))
    await at(study, poll.final_until)
    assert shown(study).phase is Phase.BASELINE
    assert ShortlistContent not in kinds_said(study)
    assert ResultContent in kinds_said(study)


@pytest.mark.parametrize(("ideas", "phase"), [(0, Phase.COLLECT), (1, Phase.COLLECT), (6, Phase.CARDS)])
async def test_a_poll_that_comes_to_nothing_says_so_in_its_message_and_nowhere_else(
    study: Study, ideas: int, phase: Phase
) -> None:
    poll = await started(study, ideas)
    await at(study, poll.collect_until)
    if phase is Phase.CARDS:
        await at(study, poll.cards_until)
    reason = "nobody_voted" if phase is Phase.CARDS else "too_few"
    assert (shown(study).phase, shown(study).ended_by) == (Phase.DROPPED, reason)
    await at(study, poll.final_until + timedelta(days=1))
    assert kinds_said(study) == [PollContent]
    assert len(await study.services.ideas.of_member(GUILD, ADA)) == ideas


async def test_a_phase_that_got_more_time_ends_at_its_new_time(study: Study) -> None:
    poll = await started(study, 6)
    await study.services.polls.extend(GUILD, ADA, poll.id, 1, manages=False)
    await at(study, poll.collect_until)
    assert shown(study).phase is Phase.COLLECT
    await at(study, poll.collect_until + timedelta(days=1))
    assert shown(study).phase is Phase.CARDS
    assert shown(study).cards_until == poll.cards_until + timedelta(days=1)


async def test_a_phase_that_was_ended_by_hand_is_not_ended_again(study: Study) -> None:
    poll = await started(study, 6)
    await study.services.polls.open_voting(GUILD, ADA, poll.id, manages=False)
    await tapped(study, poll)
    await at(study, poll.collect_until)
    assert shown(study).phase is Phase.CARDS
    assert shown(study).ended_by == "starter"
    await at(study, poll.cards_until)
    assert shown(study).phase is Phase.FINAL


async def test_polls_of_one_server_end_their_phases_each_at_its_own_time(study: Study) -> None:
    long = await started(study, 6, until="in 20 days", name="Long")
    short = await started(study, 6, until="tomorrow", name="Short", channel=POLLS + 1)
    same = await started(study, 6, until="tomorrow", name="Same", channel=POLLS + 2)
    elsewhere = await started(study, 6, until="tomorrow", guild=OTHER, channel=POLLS + 3)
    await at(study, short.collect_until)
    phases = [(await now(study, poll)).phase for poll in (long, short, same, elsewhere)]
    assert phases == [Phase.COLLECT, Phase.CARDS, Phase.CARDS, Phase.CARDS]
    await study.services.polls.drop(GUILD, ADA, short.id, manages=False)
    await at(study, same.cards_until)
    await at(study, long.collect_until)
    assert (await now(study, long)).phase is Phase.CARDS
    assert (await now(study, same)).phase is Phase.DROPPED
    assert [content.view.poll.phase for content in contents(study.messenger, PollContent)] == [
        Phase.CARDS,
        Phase.DROPPED,
        Phase.DROPPED,
        Phase.DROPPED,
    ]


async def test_a_poll_ends_with_the_local_day_also_when_the_clocks_change(study: Study) -> None:
    study.clock.set(datetime(2026, 10, 23, 12, tzinfo=UTC))
    await study.set_up(zone="Europe/Berlin")
    poll = await started(study, 3, until="25.10.2026")
    # The day has 25 hours, and winter is an hour ahead of UTC.
    assert poll.final_until == datetime(2026, 10, 25, 23, tzinfo=UTC)
    await at(study, poll.collect_until)
    await at(study, poll.final_until - A_SECOND * 11)
    assert shown(study).phase is Phase.FINAL
    await at(study, poll.final_until)
    assert shown(study).phase is Phase.BASELINE


# What Discord refuses, and what is forgotten.


async def test_where_its_channel_is_gone_a_poll_goes_on_in_silence(study: Study) -> None:
    study.messenger.gone.add(POLLS)
    poll = await started(study, 3)
    await at(study, poll.collect_until)
    await at(study, poll.final_until)
    assert (await now(study, poll)).phase is Phase.BASELINE
    assert study.messenger.messages == {}
    assert {row[1] for row in await study.fates("poll")} == {"skipped"}
    calls = len(study.messenger.calls)
    await later(study, minutes=30)
    assert len(study.messenger.calls) == calls


async def test_what_could_not_be_posted_at_once_shows_how_things_stand_when_it_can(study: Study) -> None:
    study.messenger.fail("send", TryLater("Discord is down"), times=3)
    poll = await started(study, 3)
    await study.tick()
    await study.services.polls.drop(GUILD, ADA, poll.id, manages=False)
    for _ in range(10):
        await later(study, seconds=30)
    assert shown(study).phase is Phase.DROPPED
    assert len(only(study, PollContent)[0].changes) == 1


def named(study: Study) -> Sequence[int]:
    """Who of all people can be read anywhere in what was posted."""
    everything = str([message.content for message in study.messenger.messages.values()])
    return [user for user in (ADA, BEN, CLEO) if f"={user}," in everything or f"{{{user}}}" in everything]


async def test_who_is_forgotten_vanishes_from_all_that_was_posted_with_what_they_wrote(study: Study) -> None:
    poll = await started(study, 5)
    for take in range(3):
        text = IdeaText(f"Bread timer {take}", problem="My bread burns")
        await study.services.polls.add_idea(GUILD, BEN, poll.id, text)
    await at(study, poll.collect_until)
    await tapped(study, poll, BEN, 4)
    await at(study, poll.cards_until)
    await at(study, poll.final_until)
    everything = [message.content for message in study.messenger.messages.values()]
    assert "Bread timer" in str(everything)
    assert BEN in named(study)
    result = only(study, ResultContent)[1].view.final
    await forget(study, BEN)
    await later(study)
    everything = [message.content for message in study.messenger.messages.values()]
    assert BEN not in named(study)
    assert "My bread burns" not in str(everything)
    after = only(study, ResultContent)[1]
    assert after.view.final == result
    assert "Bread timer" not in after.record
