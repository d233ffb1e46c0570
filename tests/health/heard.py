"""Figures that only remember what they were told."""

from collections.abc import Mapping

from bot.health.figures import Figures, Sent


class Heard(Figures):
    """Keeps what a delivery, a round, or a look at a link told."""

    on = True

    def __init__(self) -> None:
        self.deliveries: list[tuple[str, str, float | None]] = []
        self.rounds: list[tuple[Mapping[str, int], int, int, bool]] = []
        self.looks: list[str] = []

    def delivery(self, kind: str, became: Sent, lag: float | None = None) -> None:
        self.deliveries.append((kind, became.value, lag))

    def hacker_news_round(
        self, posts: Mapping[str, int], requests: int, troubles: int, gave_up: bool
    ) -> None:
        self.rounds.append((posts, requests, troubles, gave_up))

    def link_looked_at(self, outcome: str) -> None:
        self.looks.append(outcome)
