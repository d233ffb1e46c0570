"""Figures kept by prometheus-client, in a registry of their own; imported only where they are asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.health.backlog import Backlog
from bot.health.figures import Figures, Outcome, Sent
from bot.health.gateway import Line

ANSWERS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0)
"""Seconds; Discord takes no first answer after three."""

REQUESTS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
LAGS = (1.0, 5.0, 15.0, 60.0, 300.0, 1800.0, 7200.0)
TRANSACTIONS = (0.0005, 0.002, 0.01, 0.05, 0.2, 1.0, 5.0)
RUNS = (0.01, 0.1, 1.0, 10.0, 60.0, 600.0)

NAMES = 300
"""So many names a label may have; what comes after is counted as other. There are fewer in the program."""

OTHER = "other"


class PrometheusFigures(Figures):
    """Counts all it is told, and writes it down as Prometheus reads it."""

    on = True

    def __init__(self) -> None:
        # When a counter was made is when the program began, which the process figures say once.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = registry = CollectorRegistry(auto_describe=False)
        self._names: dict[str, set[str]] = {}
        self._state = _State()
        registry.register(self._state)
        ProcessCollector(registry=registry)
        Gauge("autodidact_build_info", "Which version runs.", ["version"], registry=registry).labels(
            __version__
        ).set(1)
        self._interactions = Counter(
            "autodidact_interactions",
            "Commands, and buttons and forms by the first two parts of their custom ids, by outcome.",
            ["what", "outcome"],
            registry=registry,
        )
        self._answers = Histogram(
            "autodidact_interaction_seconds",
            "From the arrival of a command, button or form until all was answered.",
            ["what"],
            buckets=ANSWERS,
            registry=registry,
        )
        self._requests = Histogram(
            "autodidact_discord_request_seconds",
            "How long Discord's answers took, by what was asked, method and status.",
            ["route", "method", "status"],
            buckets=REQUESTS,
            registry=registry,
        )
        self._silences = Counter(
            "autodidact_discord_unanswered",
            "Requests to Discord without any answer.",
            ["route", "method"],
            registry=registry,
        )
        self._limited = Counter(
            "autodidact_discord_rate_limited",
            "Answers of 429, by which limit was passed: the bot's own in a route, everybody's, or its whole.",
            ["route", "scope"],
            registry=registry,
        )
        self._gateway = Counter(
            "autodidact_gateway_events",
            "Connections of shards that were made anew, taken up again, or lost (or could not be made).",
            ["event"],
            registry=registry,
        )
        self._deliveries = Counter(
            "autodidact_deliveries",
            "Messages the bot sends by itself, by kind and by what became of a try.",
            ["kind", "outcome"],
            registry=registry,
        )
        self._lags = Histogram(
            "autodidact_delivery_lag_seconds",
            "How late messages came, from when they were due.",
            ["kind"],
            buckets=LAGS,
            registry=registry,
        )
        self._waits = Histogram(
            "autodidact_database_wait_seconds",
            "How long jobs waited for their turn in the database.",
            ["job"],
            buckets=TRANSACTIONS,
            registry=registry,
        )
        self._transactions = Histogram(
            "autodidact_database_job_seconds",
            "How long jobs took in the database.",
            ["job"],
            buckets=TRANSACTIONS,
            registry=registry,
        )
        self._runs = Histogram(
            "autodidact_job_seconds",
            "How long the runs of the fixed jobs took.",
            ["job"],
            buckets=RUNS,
            registry=registry,
        )
        self._failed_runs = Counter(
            "autodidact_job_failures", "Runs of the fixed jobs that failed.", ["job"], registry=registry
        )
        self._last_runs = Gauge(
            "autodidact_job_last_run_timestamp_seconds",
            "When a fixed job ended last.",
            ["job"],
            registry=registry,
        )
        self._rounds = Counter(
            "autodidact_hacker_news_rounds",
            "Rounds over Hacker News, done or given up.",
            ["outcome"],
            registry=registry,
        )
        self._posts = Counter(
            "autodidact_hacker_news_posts",
            "Posts of Hacker News by what they were when looked at.",
            ["what"],
            registry=registry,
        )
        self._asked = Counter(
            "autodidact_hacker_news_requests", "Requests sent to Hacker News.", registry=registry
        )
        self._troubles = Counter(
            "autodidact_hacker_news_troubles",
            "What went wrong in rounds over Hacker News, whether there was a way around it or not.",
            registry=registry,
        )
        self._last_round = Gauge(
            "autodidact_hacker_news_last_round_timestamp_seconds",
            "When a round over Hacker News was done last; 0 before the first.",
            registry=registry,
        )
        self._links = Counter(
            "autodidact_link_looks",
            "Looks at links of resources, by outcome.",
            ["outcome"],
            registry=registry,
        )

    def interaction(self, what: str, outcome: Outcome, seconds: float) -> None:
        name = self._known("what", what)
        self._interactions.labels(name, outcome.value).inc()
        self._answers.labels(name).observe(seconds)

    def discord_answered(
        self, route: str, method: str, status: int, seconds: float, limited_by: str | None
    ) -> None:
        self._requests.labels(route, method, str(status)).observe(seconds)
        if limited_by is not None:
            self._limited.labels(route, limited_by).inc()

    def discord_silent(self, route: str, method: str) -> None:
        self._silences.labels(route, method).inc()

    def gateway(self, event: Literal["connected", "resumed", "lost"]) -> None:
        self._gateway.labels(event).inc()

    def delivery(self, kind: str, became: Sent, lag: float | None = None) -> None:
        name = self._known("kind", kind)
        self._deliveries.labels(name, became.value).inc()
        if lag is not None:
            self._lags.labels(name).observe(lag)

    def database_job(self, job: Literal["read", "write"], waited: float, seconds: float) -> None:
        self._waits.labels(job).observe(waited)
        self._transactions.labels(job).observe(seconds)

    def job_ran(self, name: str, seconds: float, failed: bool) -> None:
        self._runs.labels(name).observe(seconds)
        # Named also where nothing has failed, so that a first failure shows as a rise.
        self._failed_runs.labels(name).inc(1 if failed else 0)
        self._last_runs.labels(name).set_to_current_time()

    def hacker_news_round(
        self, posts: Mapping[str, int], requests: int, troubles: int, gave_up: bool
    ) -> None:
        self._rounds.labels("given_up" if gave_up else "done").inc()
        for what, number in posts.items():
            self._posts.labels(what).inc(number)
        self._asked.inc(requests)
        self._troubles.inc(troubles)
        if not gave_up:
            self._last_round.set_to_current_time()

    def link_looked_at(self, outcome: str) -> None:
        self._links.labels(outcome).inc()

    def written(self, line: Line, backlog: Backlog | None, accept: str) -> tuple[bytes, str]:
        self._state.now(line, backlog)
        try:
            encode, content_type = choose_encoder(accept)
        except (ValueError, TypeError):
            # It has been sent by whoever asks, and need not make sense.
            encode, content_type = generate_latest, CONTENT_TYPE_PLAIN_0_0_4
        return encode(self._registry), content_type

    def _known(self, label: str, name: str) -> str:
        names = self._names.setdefault(label, set())
        if name not in names:
            if len(names) >= NAMES:
                return OTHER
            names.add(name)
        return name


class _State(Collector):
    """What is not counted but looked at when somebody asks."""

    def __init__(self) -> None:
        self._gauges: Sequence[tuple[str, str, float | None]] = ()

    def now(self, line: Line, backlog: Backlog | None) -> None:
        self._gauges = (*_of_line(line), *(_of_backlog(backlog) if backlog else ()))

    def collect(self) -> Iterator[Metric]:
        for name, meaning, value in self._gauges:
            if value is not None:
                yield GaugeMetricFamily(f"autodidact_{name}", meaning, value=value)


def _of_line(line: Line) -> Iterable[tuple[str, str, float | None]]:
    return (
        ("ready", "1 once the bot knows its servers.", float(line.ready)),
        ("servers", "Servers the bot is in.", line.servers),
        ("gateway_shards", "Shards there are.", line.shards),
        ("gateway_shards_open", "Shards that are connected to Discord's gateway.", line.open),
        (
            "gateway_latency_seconds",
            "Between a heartbeat and its answer, on the slowest shard.",
            line.latency,
        ),
    )


def _of_backlog(backlog: Backlog) -> Iterable[tuple[str, str, float | None]]:
    return (
        ("due_planned", "Rows planned for some time to come.", backlog.planned),
        ("due_overdue", "Rows that are due but not in the outbox yet.", backlog.overdue),
        ("outbox_outstanding", "Rows to be sent, changed or deleted.", backlog.outstanding),
        ("outbox_oldest_seconds", "How long the oldest unsent row has been due.", backlog.oldest_seconds),
        ("database_bytes", "Size of the database.", backlog.database_bytes),
        ("database_log_bytes", "Size of the database's write-ahead log.", backlog.log_bytes),
    )
