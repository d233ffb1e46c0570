"""Looks at links are counted by what came of them."""

from bot.health.links import CountedChecker
from bot.resources.links.rules import ALIVE, BLOCKED, Looked, failed
from tests.health.heard import Heard

VERDICTS = {
    "alive": ALIVE,
    "blocked": BLOCKED,
    "failed": failed("gone"),
    "unsure": failed("silent", unsure=True),
}


class Checker:
    """Finds under each name the verdict of that name."""

    async def look(self, address: str) -> Looked:
        return Looked(VERDICTS[address], frozenset({"example.org"}))


async def test_each_look_is_told_and_handed_on() -> None:
    heard = Heard()
    counted = CountedChecker(Checker(), heard)
    for name, verdict in VERDICTS.items():
        assert (await counted.look(name)).verdict is verdict
    assert heard.looks == list(VERDICTS)
