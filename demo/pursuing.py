"""How the invented people look for work: through the bot's services, or through its commands and forms."""

from typing import TYPE_CHECKING

from bot.tracker.rules import State, clean_job
from demo.biography import Person
from demo.pursuits import Introducing, Job, JobStep, Watching

if TYPE_CHECKING:
    from demo.doings import Doing
    from demo.stage import Stage


async def wants_leads(stage: "Stage") -> None:
    """The admin chooses where and when job leads are posted, and which suit the server."""
    admin, wanted = stage.actors[stage.world.owner], stage.world.leads
    card = await admin.slash(
        stage.checkin_channel,
        "setup",
        lead_channel=stage.channels[wanted.channel],
        lead_hour=wanted.hour,
    )
    assert card.response is not None
    leads = await admin.click(card.response, label="Job leads")
    assert leads.response is not None
    form = await admin.click(leads.response, label="Mark, places, languages")
    await admin.submit_modal(
        form, {"mark": str(wanted.mark), "places": wanted.places, "languages": wanted.languages}
    )


async def reads_hacker_news(stage: "Stage") -> None:
    """The bot looks at the threads, as it does every now and then."""
    await stage.read_hacker_news()


def chooses(person: Person) -> "Doing":
    """Somebody chooses how they hear of job leads, and whether they count among those who applied."""
    pursuit = person.pursuit

    async def happen(stage: "Stage") -> None:
        member = stage.guild.id, stage.actors[person.key].id
        await stage.services.preferences.choose_direct_leads(*member, wanted=pursuit.direct)
        await stage.services.tracker.choose(*member, counted=pursuit.counted)

    return happen


def watches(person: Person, watching: Watching) -> "Doing":
    """Somebody watches for leads, by the command."""

    async def happen(stage: "Stage") -> None:
        channel = stage.channels[stage.world.leads.channel]
        await stage.actors[person.key].slash(channel, "leads watch", **watching.options)

    return happen


def saves(person: Person, job: Job) -> "Doing":
    """Somebody saves a lead, or a job from elsewhere."""

    async def happen(stage: "Stage") -> None:
        await _job_id(stage, person, job)

    return happen


def goes_on(person: Person, job: Job, step: JobStep) -> "Doing":
    """Something comes of a job, or is noted about it."""

    async def happen(stage: "Stage") -> None:
        tracker, whose = stage.services.tracker, (stage.guild.id, stage.actors[person.key].id)
        job_id = await _job_id(stage, person, job)
        if step.note:
            await tracker.note(*whose, job_id, step.note)
        elif step.round:
            await tracker.add_round(*whose, job_id, step.round, step.on)
        elif step.to:
            await tracker.move(*whose, job_id, State(step.to))
        else:
            await tracker.followed_up(*whose, job_id)

    return happen


def introduces(person: Person, introducing: Introducing) -> "Doing":
    """Somebody fills in what they say of themselves, and asks to be told when the next thread is there."""

    async def happen(stage: "Stage") -> None:
        introductions, guild_id = stage.services.introductions, stage.guild.id
        user_id = stage.actors[person.key].id
        await introductions.write(guild_id, user_id, **introducing.fields)
        await introductions.remind(guild_id, user_id, wanted=True)

    return happen


async def _job_id(stage: "Stage", person: Person, job: Job) -> int:
    """The id of a job in somebody's tracker, into which it comes if it is not there yet."""
    tracker, whose = stage.services.tracker, (stage.guild.id, stage.actors[person.key].id)
    if job.post is not None:
        return (await tracker.save(*whose, job.post)).application.id
    facts = clean_job(**job.facts)
    for card in (await tracker.board(*whose)).board.cards:
        if card.application.job == facts:
            return card.application.id
    return (await tracker.add(*whose, facts)).application.id
