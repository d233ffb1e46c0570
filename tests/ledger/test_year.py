"""A year of 500 members who check in, travel, pause and replan, with a bot that fails at times."""

from datetime import UTC, datetime
from pathlib import Path

from bot.checkins.ledger import Reason
from tests.ledger.year import CRASHES, Year

# In this year Samoa skips a day.
BEGIN, END = datetime(2011, 1, 17, 9, 0, tzinfo=UTC), datetime(2012, 1, 17, 15, 0, tzinfo=UTC)


async def test_after_a_year_each_ledger_is_what_its_member_did_and_no_ping_came_amiss(
    database_path: Path,
) -> None:
    year = Year(database_path, BEGIN, END, members=500, seed=1)
    await year.live()
    assert year.wrong == []
    assert year.counts["ledgers"] >= 1000
    assert min(year.counts[reason.name] for reason in Reason) > 0
    assert year.counts["pings"] > 10_000
    assert CRASHES / 2 < year.counts["killed"] <= CRASHES
