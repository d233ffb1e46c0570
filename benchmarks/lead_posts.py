"""Hiring posts made up by chance, as many as are wanted: enough like real ones to be read and searched."""

import random
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.leads.threads import Comment

POSTS_A_MONTH = 350

PARTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def comments(chance: random.Random, number: int, first_month: date) -> Iterator[Comment]:
    """So many posts, month after month, their ids in the order of time."""
    for at in range(number):
        began = datetime.fromisoformat(f"{month_of(at, first_month)}T15:00:00+00:00")
        posted = began + timedelta(minutes=30 * (at % POSTS_A_MONTH))
        yield Comment(1_000_000 + at, thread_of(at), posted, _post(chance))


def thread_of(at: int) -> int:
    """The thread that a post is in."""
    return 1 + at // POSTS_A_MONTH


def month_of(at: int, first_month: date) -> date:
    """The month of that thread."""
    months = first_month.year * 12 + first_month.month - 1 + at // POSTS_A_MONTH
    return date(months // 12, months % 12 + 1, 1)


def _post(chance: random.Random) -> str:
    def some(part: str, number: int) -> list[str]:
        return chance.sample(PARTS[part], number)

    company = " ".join([*some("first_names", 1), *some("second_names", 1), str(chance.randrange(400))])
    roles = ", ".join(some("roles", chance.choice((1, 1, 1, 2, 3))))
    header = [company, roles, *some("places", 1), *some("modes", 1), *some("pays", 1)]
    url = f"https:&#x2F;&#x2F;job{chance.randrange(10**6)}.example&#x2F;apply"
    return "<p>".join(
        [
            " | ".join(filter(None, header)),
            " ".join(some("about", 3) + some("asked", 4)),
            f"We use {', '.join(some('tech', 5))}.",
            f'Apply: <a href="{url}">{url}</a>',
        ]
    )
