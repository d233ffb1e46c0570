"""Which servers a process looks after, when several share one database. Pure.

Discord divides the servers of a bot by their ids into shards, and a process runs some of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

_AFTER_THE_SEQUENCE: Final = 22
"""The lowest bits of an id count what was made in the same millisecond; Discord leaves them out."""

_PART = re.compile(r"(\d{1,6})(?:\s*-\s*(\d{1,6}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shards:
    """Some of the shards into which a bot's servers are divided: `ids`, ascending, out of `count`."""

    ids: tuple[int, ...]
    count: int

    @classmethod
    def of(cls, ids: Iterable[int], count: int) -> Self:
        """These shards, in whatever order and however often they are named."""
        return cls(tuple(sorted(set(ids))), count)

    @classmethod
    def named(cls, text: str, count: int | None) -> Self:
        """The shards that a text such as "0-3" or "0,2,5" names.

        Raises ValueError, with what is wrong as its text.
        """
        if count is None:
            raise ValueError("needs AUTODIDACT_SHARDS beside it, the number of all shards")
        ids: set[int] = set()
        for part in text.split(","):
            match = _PART.fullmatch(part.strip())
            if match is None:
                raise ValueError("must be numbers and ranges, such as 0-3 or 0,2,5")
            first = int(match[1])
            last = first if match[2] is None else int(match[2])
            if first > last:
                raise ValueError(f"the range {first}-{last} must begin with the smaller number")
            if last >= count:
                raise ValueError(
                    f"there is no shard {last}: with AUTODIDACT_SHARDS={count}, they are 0 to {count - 1}"
                )
            ids.update(range(first, last + 1))
        return cls.of(ids, count)

    @property
    def is_all(self) -> bool:
        """Whether no other process is needed."""
        return len(self.ids) == self.count

    @property
    def has_first(self) -> bool:
        """Whether direct messages arrive here, and what is done once for the whole database is done here."""
        return self.ids[0] == 0

    @property
    def share(self) -> float:
        """The part of all servers, and so of what Discord allows to the whole bot."""
        return len(self.ids) / self.count

    def holds(self, guild_id: int) -> bool:
        """Whether a server is looked after here."""
        return (guild_id >> _AFTER_THE_SEQUENCE) % self.count in self.ids

    def holding(self, column: str) -> str:
        """The same of a column with the ids of servers, as a condition in SQL."""
        if self.is_all:
            return "true"
        return f"({column} >> {_AFTER_THE_SEQUENCE}) % {self.count} in ({', '.join(map(str, self.ids))})"

    def __str__(self) -> str:
        """In words: shards 0 and 1 of 4."""
        return f"{numbers_in_words(self.ids)} of {self.count}"


ALL: Final = Shards((0,), 1)
"""A bot in one piece."""


def numbers_in_words(numbers: Iterable[int]) -> str:
    """Shards by their numbers, for a sentence: shard 3; shards 0, 1 and 5."""
    *others, last = [str(number) for number in sorted(numbers)]
    return f"shards {', '.join(others)} and {last}" if others else f"shard {last}"
