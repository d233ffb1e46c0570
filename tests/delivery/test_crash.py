"""Killed at any point and started again, the bot has said everything exactly once."""

import shutil
from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.builds.deliveries import BuildContent, KickoffContent, WeekOverContent
from bot.checkins.rules import Entry
from bot.polls.deliveries import PollContent, ResultContent, ShortlistContent
from bot.polls.rules import Method, Scope
from bot.polls.service import Wanted
from bot.ranking.criteria import Purpose
from bot.services import Services
from bot.tracker.deliveries import FollowUpContent, FollowUpPingContent
from bot.tracker.rules import Job, State
from tests.building import begun
from tests.clocks import ManualClock
from tests.delivery.crashes import Life, live
from tests.delivery.fake_messenger import NONCE_WINDOW, FakeMessenger, shown_as_done
from tests.delivery.study import ADA, BEN, CHANNEL, CLEO, GUILD
from tests.open_polls import numbered_ideas

NINE = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
SOON, LATER = timedelta(seconds=20), timedelta(minutes=10)
MEMBERS = (ADA, BEN, CLEO)


@dataclass(frozen=True, slots=True)
class Scene:
    """What has happened, what the process is killed at, and what must have been said in the end."""

    before: Callable[[Services, ManualClock, FakeMessenger], Awaitable[None]]
    said: Callable[[FakeMessenger], object]
    expected: object


async def all_have_routines(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    clock.set(NINE - timedelta(hours=1))
    await services.servers.set_up(GUILD, checkin_channel_id=CHANNEL, zone="UTC", prompt_time=time(9, 0))
    for member in MEMBERS:
        await services.routines.plan(GUILD, member, at="09:30", ping=True)
    clock.set(NINE)


async def the_prompt_is_out(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    await all_have_routines(services, clock, messenger)
    await services.delivery.tick(messenger)
    clock.advance(minutes=30)


async def a_member_has_reported(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    await all_have_routines(services, clock, messenger)
    await services.delivery.tick(messenger)
    clock.advance(minutes=10)
    await services.checkins.report(GUILD, ADA, Entry("Read a paper"))


async def no_thread_may_be_opened(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    await a_member_has_reported(services, clock, messenger)
    messenger.without_threads.add(CHANNEL)


async def the_thread_is_locked(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    await a_member_has_reported(services, clock, messenger)
    messenger.locked.add(messenger.prompts[0].id)


async def a_report_is_changed(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    await a_member_has_reported(services, clock, messenger)
    await services.delivery.tick(messenger)
    clock.advance(minutes=1)
    await services.checkins.report(GUILD, ADA, Entry("Read two papers"))


async def follow_ups_are_due(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    """Two who are mentioned, and one who chose direct messages."""
    clock.set(NINE - timedelta(hours=1))
    await services.servers.set_up(GUILD, checkin_channel_id=CHANNEL, zone="UTC", prompt_time=time(9, 0))
    await services.routines.plan(GUILD, ADA, ping=False)
    await services.preferences.choose_direct_leads(GUILD, CLEO, wanted=True)
    for member in MEMBERS:
        saved = await services.tracker.add(GUILD, member, Job("Acme"))
        await services.tracker.move(GUILD, member, saved.application.id, State.APPLIED, "2026-04-27")
    clock.set(NINE)
    await services.delivery.tick(messenger)
    clock.advance(hours=1)


def followed_up(discord: FakeMessenger) -> object:
    mentions = [message.content.members for message in discord.of(FollowUpPingContent)]  # type: ignore[attr-defined]
    letters = [message.content.user_id for message in discord.of(FollowUpContent)]  # type: ignore[attr-defined]
    return mentions, letters


async def a_build_begins(services: Services, clock: ManualClock, messenger: FakeMessenger) -> None:
    await begun(services, GUILD, [ADA])


async def the_week_of_a_build_is_over(
    services: Services, clock: ManualClock, messenger: FakeMessenger
) -> None:
    build = await begun(services, GUILD)
    await services.builds.join(GUILD, ADA, build.id)
    await services.delivery.tick(messenger)
    clock.advance(seconds=10)
    await services.delivery.tick(messenger)
    clock.set(build.until)


def posted_of_builds(discord: FakeMessenger) -> object:
    """Each message about builds, and whether it stands in the thread under the first."""
    (build,) = discord.of(BuildContent)
    rest = [*discord.of(KickoffContent), *discord.of(WeekOverContent)]
    return [(type(message.content), message.place.channel_id == build.id) for message in rest]


async def the_final_of_a_poll_is_over(
    services: Services, clock: ManualClock, messenger: FakeMessenger
) -> None:
    """Ada has tapped a card of six ideas, Ben has a ballot, and the time for that is up."""
    wanted = Wanted("Spring", Purpose.NAME, Scope.EVERYONE, None, Method.RANKING, standing_open=False)
    poll = (await services.polls.start(GUILD, ADA, CHANNEL, wanted, may_ask_everyone=True)).poll
    for text in numbered_ideas(6):
        await services.polls.add_idea(GUILD, ADA, poll.id, text)
    await services.polls.open_voting(GUILD, ADA, poll.id, manages=False)
    card = (await services.voting.deal(GUILD, ADA, poll.id)).card
    assert card is not None
    await services.voting.tap(GUILD, ADA, card.id, card.ideas[0].position)
    await services.voting.close()
    clock.set(poll.cards_until)
    await services.delivery.tick(messenger)
    await services.voting.rank(GUILD, BEN, poll.id, {card.ideas[0].position: 1})
    clock.set(poll.final_until)


def posted_of_polls(discord: FakeMessenger) -> object:
    """In which phase each message about a poll shows it, and the builds and their threads."""
    told = [*discord.of(PollContent), *discord.of(ShortlistContent), *discord.of(ResultContent)]
    phases = [str(message.content.view.poll.phase) for message in told]  # type: ignore[attr-defined]
    return phases, len(discord.of(BuildContent)), len(discord.of(KickoffContent))


SCENES = {
    "build and its thread": Scene(a_build_begins, posted_of_builds, [(KickoffContent, True)]),
    "build whose week is over": Scene(
        the_week_of_a_build_is_over, posted_of_builds, [(KickoffContent, True), (WeekOverContent, True)]
    ),
    "poll whose final is over": Scene(
        the_final_of_a_poll_is_over, posted_of_polls, (["baseline", "final", "baseline"], 1, 1)
    ),
    "follow-ups": Scene(follow_ups_are_due, followed_up, ([[ADA, BEN]], [CLEO])),
    "prompt": Scene(all_have_routines, lambda discord: len(discord.prompts), 1),
    "ping of three members": Scene(
        the_prompt_is_out, lambda discord: (discord.pinged(), len(discord.pings)), (list(MEMBERS), 1)
    ),
    "card and the change of the prompt": Scene(
        a_member_has_reported,
        lambda discord: (len(discord.cards), *map(list, map(shown_as_done, discord.prompts))),
        (1, [ADA]),
    ),
    "card where no thread may be opened": Scene(
        no_thread_may_be_opened,
        lambda discord: [card.place.channel_id for card in discord.cards],
        [CHANNEL],
    ),
    "card where the thread is locked": Scene(
        the_thread_is_locked, lambda discord: [card.place.channel_id for card in discord.cards], [CHANNEL]
    ),
    "changed card": Scene(
        a_report_is_changed,
        lambda discord: [card.content.checkin.entry.done for card in discord.cards],  # type: ignore[attr-defined]
        ["Read two papers"],
    ),
}


class Stage:
    """Plays a scene from its beginning as often as asked, each time on a fresh file."""

    def __init__(self, scene: Scene, empty: Path, folder: Path):
        self._scene = scene
        self._empty = empty
        self._folder = folder
        self._plays = 0
        self._clock = ManualClock(NINE)
        self._messenger = FakeMessenger(self._clock)

    async def _set(self) -> Path:
        """The file as it is when the scene begins."""
        path = self._folder / "set.db"
        if not path.exists():
            shutil.copy(self._empty, path)
            before, clock, messenger = self._scene.before, self._clock, self._messenger
            await live(Life(), path, clock, messenger, lambda services: before(services, clock, messenger))
        return path

    async def play(self, *deaths: int, pause: timedelta) -> tuple[list[str], object, list[object]]:
        """Live, die at each point given, and live on; answers where, what was said, and what is unsent.

        The first element names the points at which the process died, or, without deaths, all it passed.
        """
        self._plays += 1
        path = Path(shutil.copy(await self._set(), self._folder / f"{self._plays}.db"))
        clock, messenger = deepcopy((self._clock, self._messenger))
        points: list[str] = []
        for death in deaths:
            life = Life(dies_at=death)
            await live(life, path, clock, messenger, lambda s: s.delivery.tick(messenger))
            points.append(life.passed[-1] if life.dead else "nowhere")
            clock.advance(seconds=pause.total_seconds())
        last = Life()
        unsent: list[object] = []

        async def settle(services: Services) -> None:
            for _ in range(3):
                await services.delivery.tick(messenger)
                clock.advance(minutes=5)
            unsent.extend(
                await services.database.read(
                    lambda db: [
                        tuple(row)
                        for row in db.execute(
                            """
                            select kind, user_id, state, reason from delivery where shown < wanted
                            or state <> 'sent' and kind not in ('build_round', 'poll_round')
                               and reason is not 'checked in already'
                            """
                        )
                    ]
                )
            )

        await live(last, path, clock, messenger, settle)
        return points or last.passed, self._scene.said(messenger), unsent


@pytest.fixture(params=list(SCENES))
def scene(request: pytest.FixtureRequest) -> Scene:
    return SCENES[request.param]


@pytest.fixture
def stage(scene: Scene, migrated: Path, tmp_path: Path) -> Stage:
    return Stage(scene, migrated, tmp_path)


@pytest.mark.parametrize("pause", [SOON, LATER], ids=["nonce remembered", "nonce forgotten"])
async def test_a_process_killed_at_any_point_has_said_everything_once_after_the_next_start(
    stage: Stage, scene: Scene, pause: timedelta
) -> None:
    assert SOON < NONCE_WINDOW < LATER
    outcomes: dict[str, object] = {}
    while True:
        (point,), said, unsent = await stage.play(len(outcomes), pause=pause)
        if point == "nowhere":
            break
        outcomes[f"{len(outcomes)}: {point}"] = (said, unsent)
    assert outcomes == dict.fromkeys(outcomes, (scene.expected, []))
    points = " ".join(outcomes)
    assert len(outcomes) >= 8
    for name in ("before its commit", "after its commit", "arrives", "took effect", "mark_sent"):
        assert name in points


async def test_a_process_that_is_not_killed_has_said_everything_once(stage: Stage, scene: Scene) -> None:
    passed, said, unsent = await stage.play(pause=SOON)
    assert (said, unsent) == (scene.expected, [])
    assert not [point for point in passed if point.startswith("find")], "nothing is searched for in vain"


@pytest.mark.parametrize("scene", [SCENES["ping of three members"]], ids=["ping"])
async def test_a_process_killed_again_while_it_recovers_has_said_everything_once(
    stage: Stage, scene: Scene
) -> None:
    first, both, wrong = 0, 0, {}
    while True:
        second = 0
        while True:
            points, said, unsent = await stage.play(first, second, pause=LATER)
            if "nowhere" in points:
                break
            both += 1
            if (said, unsent) != (scene.expected, []):
                wrong[" and ".join(points)] = (said, unsent)
            second += 1
        if points[0] == "nowhere":
            break
        first += 1
    assert wrong == {}
    assert first >= 8
    assert both >= 8 * first
