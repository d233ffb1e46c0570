"""A month of hiring as it comes in: threads on the stand-in, and posts of our own in the usual shapes."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.hackernews.standin import StandIn

POSTED = datetime(2026, 5, 1, 15, 0, 7, tzinfo=UTC)

COMPANIES = ("Acorn", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")
ROLES = ("Backend Engineer", "Data Scientist", "ML Engineer", "Product Designer", "Founding Engineer")
PLACES = ("Oslo", "Berlin, Germany", "New York, NY", "Toronto", "Remote (EU)", "London / Paris")
MODES = ("REMOTE", "ONSITE", "Hybrid", "Remote (US)", "on-site or remote")
CLOSINGS = (
    "Write to jobs (at) example (dot) org",
    '<a href="https:&#x2F;&#x2F;example.org&#x2F;jobs" rel="nofollow">https:...</a>',
    "No degree needed; show us what you&#x27;ve built.",
)


def post_text(chance: random.Random, number: int) -> str:
    """A post by a company that nobody else has."""
    company = f"{chance.choice(COMPANIES)} {number}"
    parts = [company, chance.choice(ROLES), chance.choice(PLACES), chance.choice(MODES)]
    if chance.random() < 0.4:
        low = chance.randrange(60, 180)
        parts.append(f"${low}k - ${low + 40}k")
    header = " | ".join(parts)
    body = f"We are {chance.randrange(2, 300)} people who make software for gardens number {number}."
    return f"{header}<p>{body}<p>{chance.choice(CLOSINGS)}"


def arrivals(chance: random.Random, number: int, began_at: datetime) -> list[datetime]:
    """When so many posts come in: half of them in the first hours, the last ones weeks later."""
    hours = sorted(min(chance.lognormvariate(1.5, 1.8), 29 * 24) for _ in range(number))
    return [began_at + timedelta(seconds=round(hour * 3600)) for hour in hours]


@dataclass
class Month:
    """The posts of a month's hiring thread, and what becomes of them: some are changed, some deleted."""

    thread: int
    posts: list[int] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    events: list[tuple[datetime, int, str | None]] = field(default_factory=list)

    def happen(self, standin: StandIn, until: datetime) -> None:
        """Let what happens up to an instant happen."""
        while self.events and self.events[0][0] <= until:
            _, post, text = self.events.pop(0)
            if text is None:
                standin.remove(post)
                self.texts.pop(post, None)
            elif post in self.texts:
                standin.edit(post, text)
                self.texts[post] = text


def post_month(standin: StandIn, chance: random.Random, times: list[datetime]) -> Month:
    """Post a month: a post at each of these times, replies between them, changes and deletions after them."""
    standin.post_thread("Ask HN: Who wants to be hired? (May 2026)", POSTED - timedelta(seconds=1))
    month = Month(standin.post_thread("Ask HN: Who is hiring? (May 2026)", POSTED))
    for number, at in enumerate(times):
        text = post_text(chance, number)
        post = standin.post(month.thread, text, at)
        month.posts.append(post)
        month.texts[post] = text
        for _ in range(chance.choice((0, 0, 1, 2))):
            standin.post(post, "Do you sponsor visas?", at + timedelta(minutes=chance.randrange(600)))
        if chance.random() < 0.1:
            edited = text + "<p>Edit: the role in gardening is filled."
            month.events.append((at + timedelta(minutes=chance.randrange(1, 120)), post, edited))
        if chance.random() < 0.06:
            month.events.append((at + timedelta(minutes=chance.randrange(1, 9000)), post, None))
    month.events.sort(key=lambda event: event[:2])
    return month


def posted_on(standin: StandIn, thread: int, number: int, at: datetime) -> Iterator[int]:
    """So many posts, a minute apart."""
    chance = random.Random(number)
    for one in range(number):
        yield standin.post(thread, post_text(chance, one), at + timedelta(minutes=one))


def post_threads(standin: StandIn, month: str = "May 2026", at: datetime = POSTED) -> int:
    """The two threads of a month; answers the one with the jobs."""
    standin.post_thread(f"Ask HN: Who wants to be hired? ({month})", at)
    standin.post_thread(f"Ask HN: Freelancer? Seeking freelancer? ({month})", at)
    return standin.post_thread(f"Ask HN: Who is hiring? ({month})", at)
