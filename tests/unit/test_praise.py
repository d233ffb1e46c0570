"""Kind words after a check-in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.praise import praise_for
from bot.checkins.rules import KindOfWork
from bot.localtime import ONE_DAY

EMBED_TITLE_HOLDS = 256
DAY = date(2026, 3, 2)


def words(kind: KindOfWork) -> set[str]:
    return {praise_for(7, DAY + number * ONE_DAY, kind) for number in range(400)}


@given(st.integers(1, 2**63 - 1), st.dates(date(2020, 1, 1), date(2100, 1, 1)), st.sampled_from(KindOfWork))
def test_a_member_hears_the_same_word_on_no_two_days_of_a_week(
    member: int, day: date, kind: KindOfWork
) -> None:
    heard = [praise_for(member, day + number * ONE_DAY, kind) for number in range(7)]
    assert len(set(heard)) == 7


@pytest.mark.parametrize("kind", KindOfWork)
def test_each_kind_of_work_has_words_of_its_own(kind: KindOfWork) -> None:
    others = set().union(*(words(other) for other in KindOfWork if other is not kind))
    assert len(words(kind) - others) >= 3
    assert all(0 < len(word) <= EMBED_TITLE_HOLDS for word in words(kind))


def test_members_who_check_in_on_one_day_do_not_all_hear_the_same() -> None:
    assert len({praise_for(member, DAY, KindOfWork.BUILDING) for member in range(1, 100)}) > 5
