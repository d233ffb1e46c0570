"""What is told comes out as a figure, under names that cannot become many."""

import ast
import inspect
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.health.backlog import Backlog, backlog
from bot.health.figures import NO_FIGURES, Figures, Outcome, Sent
from bot.health.gateway import Line
from bot.health.prometheus import NAMES, PrometheusFigures
from bot.storage.database import Database
from tests.conftest import REPOSITORY
from tests.health.read import values

LINE = Line(ready=True, shards=2, open=1, latency=0.25, servers=7)
WAITS = Backlog(planned=5, overdue=1, outstanding=2, oldest_seconds=30.5, database_bytes=4096, log_bytes=512)


@pytest.fixture
def figures() -> PrometheusFigures:
    return PrometheusFigures()


def read(figures: Figures, waits: Backlog | None = WAITS) -> dict[str, float]:
    body, content_type = figures.written(LINE, waits, "")
    assert content_type.startswith("text/plain; version=0.0.4")
    return values(body.decode())


def test_interactions_are_counted_by_what_and_outcome_and_timed(figures: PrometheusFigures) -> None:
    figures.interaction("checkin", Outcome.OK, 0.03)
    figures.interaction("checkin", Outcome.OK, 0.3)
    figures.interaction("checkin", Outcome.REFUSED, 4.0)
    figures.interaction("goal:keep", Outcome.FAILED, 0.001)
    found = read(figures)
    assert found['autodidact_interactions_total{outcome="ok",what="checkin"}'] == 2
    assert found['autodidact_interactions_total{outcome="refused",what="checkin"}'] == 1
    assert found['autodidact_interactions_total{outcome="failed",what="goal:keep"}'] == 1
    assert found['autodidact_interaction_seconds_count{what="checkin"}'] == 3
    assert found['autodidact_interaction_seconds_sum{what="checkin"}'] == pytest.approx(4.33)
    # Within the three seconds that Discord waits were two of the three.
    assert found['autodidact_interaction_seconds_bucket{le="3.0",what="checkin"}'] == 2


def test_deliveries_are_counted_and_late_ones_show(figures: PrometheusFigures) -> None:
    figures.delivery("prompt", Sent.SENT, 2.0)
    figures.delivery("prompt", Sent.SENT, 90.0)
    figures.delivery("prompt", Sent.CHANGED)
    figures.delivery("card", Sent.REFUSED)
    found = read(figures)
    assert found['autodidact_deliveries_total{kind="prompt",outcome="sent"}'] == 2
    assert found['autodidact_deliveries_total{kind="prompt",outcome="changed"}'] == 1
    assert found['autodidact_deliveries_total{kind="card",outcome="refused"}'] == 1
    assert found['autodidact_delivery_lag_seconds_bucket{kind="prompt",le="60.0"}'] == 1
    assert found['autodidact_delivery_lag_seconds_count{kind="prompt"}'] == 2
    assert 'autodidact_delivery_lag_seconds_count{kind="card"}' not in found


def test_what_discord_answers_is_counted_and_which_limit_was_passed(figures: PrometheusFigures) -> None:
    figures.discord_answered("messages", "POST", 200, 0.2, None)
    figures.discord_answered("messages", "POST", 429, 0.1, "shared")
    figures.discord_silent("messages", "POST")
    found = read(figures)
    requests = 'autodidact_discord_request_seconds_count{method="POST",route="messages",status='
    assert (found[requests + '"200"}'], found[requests + '"429"}']) == (1, 1)
    assert found['autodidact_discord_rate_limited_total{route="messages",scope="shared"}'] == 1
    assert found['autodidact_discord_unanswered_total{method="POST",route="messages"}'] == 1


def test_rounds_links_jobs_and_the_database_are_counted(figures: PrometheusFigures) -> None:
    began = datetime.now(UTC).timestamp()
    figures.hacker_news_round({"new": 3, "gone": 1}, requests=4, troubles=2, gave_up=True)
    assert read(figures)["autodidact_hacker_news_last_round_timestamp_seconds"] == 0
    figures.hacker_news_round({"new": 2}, requests=1, troubles=0, gave_up=False)
    figures.link_looked_at("alive")
    figures.job_ran("due", 0.05, failed=False)
    figures.job_ran("links", 0.05, failed=True)
    figures.database_job("write", waited=0.3, seconds=0.001)
    figures.gateway("resumed")
    found = read(figures)
    assert found['autodidact_hacker_news_posts_total{what="new"}'] == 5
    assert found['autodidact_hacker_news_rounds_total{outcome="given_up"}'] == 1
    assert found["autodidact_hacker_news_requests_total"] == 5
    assert found["autodidact_hacker_news_troubles_total"] == 2
    assert found["autodidact_hacker_news_last_round_timestamp_seconds"] >= began
    assert found['autodidact_link_looks_total{outcome="alive"}'] == 1
    failures = [found[f'autodidact_job_failures_total{{job="{job}"}}'] for job in ("due", "links")]
    assert failures == [0, 1]
    assert found['autodidact_job_last_run_timestamp_seconds{job="due"}'] >= began
    assert found['autodidact_database_wait_seconds_sum{job="write"}'] == 0.3
    assert found['autodidact_database_job_seconds_sum{job="write"}'] == 0.001
    assert found['autodidact_gateway_events_total{event="resumed"}'] == 1


def test_what_is_looked_at_when_somebody_asks_comes_along(figures: PrometheusFigures) -> None:
    found = read(figures)
    assert found["autodidact_servers"] == 7
    assert (found["autodidact_gateway_shards"], found["autodidact_gateway_shards_open"]) == (2, 1)
    assert found["autodidact_gateway_latency_seconds"] == 0.25
    assert (found["autodidact_due_planned"], found["autodidact_due_overdue"]) == (5, 1)
    assert (found["autodidact_outbox_outstanding"], found["autodidact_outbox_oldest_seconds"]) == (2, 30.5)
    assert (found["autodidact_database_bytes"], found["autodidact_database_log_bytes"]) == (4096, 512)
    assert found["process_resident_memory_bytes"] > 0


def test_what_could_not_be_read_is_left_out_and_not_told_as_it_was(figures: PrometheusFigures) -> None:
    read(figures)
    found = read(figures, None)
    assert "autodidact_outbox_outstanding" not in found
    assert found["autodidact_servers"] == 7


def test_no_label_ever_has_more_names_than_some(figures: PrometheusFigures) -> None:
    for number in range(NAMES + 50):
        figures.interaction(f"command {number}", Outcome.OK, 0.1)
    found = read(figures)
    counts = {key: value for key, value in found.items() if key.startswith("autodidact_interactions_total")}
    assert len(counts) == NAMES + 1
    assert counts['autodidact_interactions_total{outcome="ok",what="other"}'] == 50


def test_openmetrics_is_spoken_to_whoever_asks_for_it(figures: PrometheusFigures) -> None:
    body, content_type = figures.written(LINE, WAITS, "application/openmetrics-text;version=1.0.0")
    assert content_type.startswith("application/openmetrics-text")
    assert body.endswith(b"# EOF\n")


@pytest.mark.parametrize(
    "accept", ["application/openmetrics-text;version=x.y", "text/plain;version=", ";,;", "*/*"]
)
def test_a_strange_accept_header_gets_plain_text(figures: PrometheusFigures, accept: str) -> None:
    body, content_type = figures.written(LINE, WAITS, accept)
    assert content_type.startswith("text/plain")
    assert values(body.decode())["autodidact_servers"] == 7


def test_each_world_has_its_own_registry() -> None:
    one, other = PrometheusFigures(), PrometheusFigures()
    one.gateway("lost")
    assert 'autodidact_gateway_events_total{event="lost"}' not in read(other)


def test_the_one_that_counts_takes_all_that_can_be_told() -> None:
    told = {name for name, _ in inspect.getmembers(Figures, inspect.isfunction)}
    assert told <= set(vars(PrometheusFigures))
    assert not NO_FIGURES.on


def fill(db: sqlite3.Connection, instant: int) -> None:
    """Three planned rows, two of them due; two messages that wait, and one that was let go."""
    for user, at in ((1, instant - 60), (2, instant), (3, instant + 60)):
        db.execute(
            """
            insert into due (kind, guild_id, user_id, zone, at, days, local_day, due_at)
            values ('ping', 1, ?, 'UTC', '12:00', 127, '2026-03-01', ?)
            """,
            (user, at),
        )
    for user, at, state, shown in ((1, -90, "pending", 0), (2, -30, "pending", 0), (3, -900, "skipped", 1)):
        db.execute(
            """
            insert into delivery (kind, guild_id, user_id, local_day, message_key, due_at, too_late_at, state,
                                  next_try_at, shown, wanted, reason)
            values ('card', 1, ?, '2026-03-01', ?, ?, 0, ?, 0, ?, 1, 'too late')
            """,
            (user, f"card:1:{user}", instant + at, state, shown),
        )


async def test_the_backlog_is_what_is_in_the_tables(database_path: Path) -> None:
    database = await Database.open(database_path)
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    await database.write(fill, int(now.timestamp()))
    found = await database.read(backlog, now, database_path)
    await database.close()
    assert (found.planned, found.overdue) == (3, 2)
    assert (found.outstanding, found.oldest_seconds) == (2, 90.0)
    assert found.database_bytes > 100_000
    assert found.log_bytes > 0


def test_it_is_imported_only_once_there_is_a_port() -> None:
    """Who may import it at all is a contract of the import linter: bot.__main__, and there in a function."""
    tree = ast.parse((REPOSITORY / "bot" / "__main__.py").read_text())
    imported = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
    assert "bot.settings" in imported
    assert not {"bot.health.prometheus", "bot.health.server"}.intersection(imported)
