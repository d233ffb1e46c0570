"""A hiring thread with a few posts of our own, stored as if they had been read from Hacker News."""

from datetime import UTC, date, datetime, timedelta

from bot.leads import intake
from bot.leads.threads import Comment, Thread, ThreadKind
from bot.services import Services

DECEMBER = Thread(9_000_000, ThreadKind.HIRING, date(2025, 12, 1), datetime(2025, 12, 1, 16, tzinfo=UTC))

KETTLE, MOSS, PHD, HOSTILE = 9_000_001, 9_000_002, 9_000_003, 9_000_004

POSTS = {
    KETTLE: (
        "Kettle Works | Junior Machine Learning Engineer | Lisbon, Portugal | Hybrid | €38k-46k<p>"
        "We are five people and forecast bread. No degree needed: send us something you built. "
        "I&#x27;m the founder, write to me: jobs@kettle.example"
    ),
    MOSS: (
        "Mossback | Data Engineer | REMOTE (UK) | Full-time<p>We count hedgerows with Python and Postgres. "
        'A paid take-home. <a href="https:&#x2F;&#x2F;mossback.example&#x2F;jobs" rel="nofollow">'
        "https:&#x2F;&#x2F;mossback.example&#x2F;jobs</a>"
    ),
    PHD: (
        "Brackwater | Perception Research Scientist | Boston, MA | ONSITE | Full-time<p>"
        "Requirements: a PhD in computer vision is required."
    ),
    HOSTILE: (
        "**Evil** @everyone [x](https:&#x2F;&#x2F;evil.example) | Machine Learning Engineer | Remote<p>"
        "``` &lt;@1&gt; &lt;#2&gt; `code` ||hidden|| No degree needed, juniors welcome, five of us, "
        'a paid take-home. <a href="javascript:alert(1)">press</a>'
    ),
}


async def store_leads(services: Services, *ids: int, written: datetime | None = None) -> None:
    """Store the thread of December 2025 with some of the posts, by default the first three.

    They were written when the thread began, or at an instant.
    """
    at = written or DECEMBER.began_at + timedelta(minutes=5)
    posts = [Comment(each, DECEMBER.id, at, POSTS[each]) for each in ids or (KETTLE, MOSS, PHD)]
    prepared = intake.prepare(posts)
    now = services.clock.now()
    await services.database.write(intake.remember_thread, DECEMBER, now)
    await services.database.write(intake.store_prepared, DECEMBER.id, prepared, now)


async def take_away(services: Services, *gone: int) -> None:
    """Have posts vanish from the thread."""
    stored = await services.database.read(intake.stored_hashes, DECEMBER.id)
    present = set(stored) - set(gone)
    await services.database.write(intake.mark_vanished, DECEMBER.id, present, services.clock.now())
