"""Counts looks at links, whoever takes them."""

from bot.health.figures import Figures
from bot.resources.links.rounds import Checker
from bot.resources.links.rules import Looked


class CountedChecker:
    """Looks at links by another checker, and tells what came of it."""

    def __init__(self, checker: Checker, figures: Figures):
        self._checker = checker
        self._figures = figures

    async def look(self, address: str) -> Looked:
        """Whether there is something behind an address; raises nothing that has to do with it."""
        looked = await self._checker.look(address)
        # Where nobody answered at all, it may be this machine's own line.
        self._figures.link_looked_at("unsure" if looked.verdict.unsure else looked.verdict.outcome.value)
        return looked
