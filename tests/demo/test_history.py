"""The invented history: it holds together, and every feature has something to show when the demo begins."""

from datetime import timedelta
from itertools import pairwise

from bot.buddies.service import Paired, Waiting
from bot.checkins.ledger import DayState
from bot.goals.rules import GoalState
from bot.polls.rules import Phase
from bot.polls.service import PollView
from bot.tracker.rules import State
from bot.watches.rules import How
from demo import world
from demo.history import events
from demo.stage import Stage, open_stage

WORLD = world.load()
HAYSTACK = 990200815
"""A post of February for which Adaeze applied a week before the demo begins."""


def test_nobody_checks_in_twice_a_day_or_while_away_or_while_the_bot_is_down() -> None:
    for person in WORLD.people:
        days = [checkin.on for checkin in person.checkins]
        assert all(before < after for before, after in pairwise(days)), person.key
        assert not [
            day for day in days for absence in person.absences if absence.first <= day <= absence.last
        ], person.key
    for outage in WORLD.outages:
        assert not [event.at for event in events(WORLD) if outage.began < event.at < outage.ended]


def test_every_link_leads_to_the_domain_that_is_kept_for_examples() -> None:
    said = [checkin.done for person in WORLD.people for checkin in person.checkins]
    links = [word for text in said for word in text.split() if "://" in word]
    assert len(links) > 10
    assert all(link.lstrip("(<").startswith("https://example.org/") for link in links)


async def test_every_feature_has_something_to_show() -> None:
    # Not in a fixture: simcord keeps its clock in the context of the task that opens it.
    async with open_stage(WORLD) as stage:
        await check(stage)
        await check_leads(stage)
        await check_shelf(stage)
        await check_choosing(stage)


async def check(stage: Stage) -> None:
    services, guild_id = stage.services, stage.guild.id
    ids = {key: actor.id for key, actor in stage.actors.items()}

    figures = await services.progress.figures(guild_id, ids["adaeze"])
    assert (figures.last - figures.days[0].day).days > 170
    assert set(DayState) == {day.state for day in figures.days}
    assert figures.goals_kept > 5
    assert len(figures.evidence) > 3

    goals = await services.goals.find(guild_id, ids["adaeze"])
    assert {goal.state for goal in goals.this_week} == {GoalState.KEPT, GoalState.OPEN}
    ambitious = await services.focus.start(guild_id, ids["adaeze"], minutes=25)
    assert {ids["mira"], ids["wanjiru"]} == {other.user_id for other in ambitious.others}

    silent, away = [await services.buddies.show(guild_id, ids[key]) for key in ("deshawn", "joao")]
    assert isinstance(silent, Paired)
    assert silent.may_nudge
    assert isinstance(away, Paired)
    assert away.is_away
    assert isinstance(await services.buddies.show(guild_id, ids["tane"]), Waiting)

    said = [message.content for thread in stage.checkin_channel.threads for message in thread.history()]
    assert any("thinks of you" in text for text in said)
    assert any("second reminder" in text for text in said)


async def check_leads(stage: Stage) -> None:
    services, guild_id = stage.services, stage.guild.id
    ids = {key: actor.id for key, actor in stage.actors.items()}

    posted = [message for message in stage.channels["job-leads"].history() if message.embeds]
    titles = [message.embeds[0].title or "" for message in posted]
    assert titles.count("The hiring thread of March 2026") == 1
    digests = [
        message for message, title in zip(posted, titles, strict=True) if title.startswith("Job leads ·")
    ]
    assert len(digests) >= 4
    shown = [line for digest in digests for line in (digest.embeds[0].description or "").split("\n")]
    assert any("**Kettle & Crow**" in line for line in shown)
    assert [line for line in shown if "gone from Hacker News" in line]
    assert len(set(shown)) == len(shown)

    board = (await services.tracker.board(guild_id, ids["adaeze"])).board
    assert {column.state for column in board.columns} == set(State)
    assert [card.application.lead_id for card in board.due] == [HAYSTACK]
    assert any(card.application.lead_id is None for card in board.cards)
    (kettle,) = [card for card in board.cards if card.application.job.company == "Kettle & Crow"]
    assert kettle.age == 9
    opened = await services.tracker.open(guild_id, ids["adaeze"], kettle.application.id)
    assert opened.applied_here == 3

    for person in WORLD.people:
        kept = (await services.watches.find(guild_id, ids[person.key])).watches
        assert len(kept) == len(person.pursuit.watches), person.key
    found = await services.watches.matches(guild_id, ids["deshawn"])
    assert "Quarter Past Nine" in {match.lead.lead.company for match in [*found.new, *found.others]}
    assert (await services.watches.find(guild_id, ids["deshawn"])).how is How.DIRECT
    told = [message.content for message in stage.actors["deshawn"].user.dm_channel.history()]
    assert any("New today for your watches" in text for text in told)

    calls = [message.content for message in stage.channels["job-leads"].history() if not message.embeds]
    for member, words in (
        ("adaeze", "something new for your watches"),
        ("adaeze", "something in your tracker is due"),
        ("joao", "Who wants to be hired?"),
    ):
        assert any(f"<@{ids[member]}>" in text and words in text for text in calls), words
    assert (await services.introductions.find(guild_id, ids["adaeze"])).wanted


async def check_choosing(stage: Stage) -> None:
    """One poll is being built; the other is led to its baseline, with a restart among the cards."""
    (projects, mira) = stage.channels["projects"], stage.actors["mira"]
    asked = stage.guild.id, mira.id

    async def spring() -> PollView:
        return await stage.services.polls.view(stage.guild.id, stage.polls["spring"], mira.id)

    handwriting = await stage.services.polls.view(stage.guild.id, stage.polls["handwriting"], mira.id)
    assert handwriting.poll.phase is Phase.BASELINE
    assert [len(build.members) for build in handwriting.builds] == [3]
    assert (await spring()).poll.phase is Phase.COLLECT
    assert len((await spring()).entries) == 17

    await stage.services.polls.open_voting(*asked, stage.polls["spring"], manages=True)
    tane = stage.actors["tane"]
    dealt = await stage.services.voting.deal(stage.guild.id, tane.id, stage.polls["spring"])
    assert dealt.card is not None
    await stage.services.voting.tap(stage.guild.id, tane.id, dealt.card.id, dealt.card.ideas[0].position)
    await stage.pass_time(stage.env.now() + timedelta(hours=4))
    before = await spring()
    assert before.taps > 1
    await stage.restart()
    assert await spring() == before
    (message,) = [message for message in projects.history() if message.id == before.message_id]
    card = await mira.click(message, label="Vote")
    assert card.response is not None
    assert "Which of these four is best?" in str(card.response.embeds[0].to_dict())

    await stage.pass_time(stage.env.now() + timedelta(hours=5))
    assert (await spring()).taps > before.taps
    # Whoever has voted by the hand of those who watch is left to them.
    assert {voter.user_id: voter.taps for voter in (await spring()).voters}[tane.id] == 1
    # Which cards are dealt is up to chance, so now and then the poll is settled by now.
    if (await spring()).poll.phase is Phase.CARDS:
        await stage.services.polls.end_cards(*asked, stage.polls["spring"], manages=True)
    await stage.pass_time(stage.env.now() + timedelta(hours=3))
    assert any(voter.has_ballot for voter in (await spring()).voters)
    decided = await stage.services.polls.end_final(*asked, stage.polls["spring"], manages=True)
    await stage.tick()
    files = [file.filename for message in projects.history() for file in message.attachments]
    assert files.count("poll-votes.json") == 2
    (build,) = decided.builds
    link = "https://example.org/baseline"
    await stage.services.polls.baseline_there(stage.guild.id, build.members[0], build.id, link)
    assert (await spring()).poll.phase is Phase.CLOSED


async def check_shelf(stage: Stage) -> None:
    """The curators have something to decide and something to hear, and members have theirs."""
    services, guild_id = stage.services, stage.guild.id
    ids = {key: actor.id for key, actor in stage.actors.items()}
    posted = [embed for message in stage.channels["curators"].history() for embed in message.embeds]
    told = [f"{embed.title} {embed.description} {embed.to_dict().get('fields')}" for embed in posted]
    assert [text for text in told if "Fonts of the world's scripts" in text]
    assert [text for text in told if "Declined" in text and "sells certificates" in text]
    (week,) = [text for text in told if "searched and not found" in text]
    assert "3 × sheet music to midi" in week
    assert "Word error rate, by hand" in week

    mine = await services.resources.of_member(guild_id, ids["adaeze"])
    assert [marked.resource.entry.title for marked in mine.started] == ["Neural Networks: Zero to Hero"]
    assert len(mine.finished) == 3
    answer = await services.resources.find(guild_id, ids["adaeze"], "label voice recordings")
    assert "How we label voice notes" in [found.resource.entry.title for found in answer.found]
    assert await services.resources.next_for(guild_id, ids["adaeze"])
