"""One limit as a test case: a body just inside of it, one just outside, and what is said of that one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from tests.discord_limits import violations

T = TypeVar("T")


@dataclass(frozen=True)
class Limit:
    name: str
    method: str
    path: str
    inside: object
    outside: object
    sentence: str

    def __str__(self) -> str:
        return self.name

    def said_inside(self) -> list[str]:
        return violations(self.method, self.path, self.inside)

    def said_outside(self) -> list[str]:
        return violations(self.method, self.path, self.outside)


@dataclass(frozen=True)
class Route:
    """Makes the limits of one route; `around` completes the part that a limit is about to a whole body."""

    method: str
    path: str
    around: Callable[[dict[str, object]], object] = lambda body: body

    def limit(
        self, name: str, part: Callable[[T], dict[str, object]], inside: T, outside: T, sentence: str
    ) -> Limit:
        bodies = self.around(part(inside)), self.around(part(outside))
        return Limit(name, self.method, self.path, *bodies, sentence)
