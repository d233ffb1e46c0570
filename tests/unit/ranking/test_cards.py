"""The next card: what it asks about, in which order, and when there is none."""

from collections import Counter
from itertools import combinations
from math import comb
from random import Random

import pytest

from bot.ranking.cards import next_card
from bot.ranking.fit import Fit, Tally, fit
from tests.unit.ranking.profiles import random_choices
from tests.unit.ranking.test_certainty import believing

NOTHING = fit(Tally(30))


def cards_until_none(known: Fit, size: int = 4, gone: frozenset[int] = frozenset()) -> list[tuple[int, ...]]:
    seen: set[frozenset[int]] = set()
    exposure: Counter[int] = Counter()
    cards: list[tuple[int, ...]] = []
    while True:
        card = next_card(known, seen=seen, exposure=exposure, own=(), gone=gone, rng=Random(1), size=size)
        if card is None:
            return cards
        cards.append(card)
        seen.add(frozenset(card))
        exposure.update(card)


def deal(known: Fit, chance: Random, own: tuple[int, ...] = ()) -> tuple[int, ...]:
    card = next_card(known, seen=(), exposure={}, own=own, gone=(), rng=chance)
    assert card is not None
    return card


@pytest.mark.parametrize("ideas", [4, 5, 7])
def test_every_card_there_is_comes_once_and_then_none(ideas: int) -> None:
    cards = cards_until_none(fit(Tally(ideas)))
    assert len(cards) == comb(ideas, 4)
    assert {frozenset(card) for card in cards} == set(map(frozenset, combinations(range(ideas), 4)))


@pytest.mark.parametrize(("left", "cards"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 1)])
def test_with_fewer_ideas_left_than_a_card_holds_it_shows_those(left: int, cards: int) -> None:
    gone = frozenset(range(left, 6))
    found = cards_until_none(fit(Tally(6)), gone=gone)
    assert [sorted(card) for card in found] == [list(range(left))] * cards


def test_a_card_asks_about_those_of_which_it_is_least_certain_whether_they_are_in() -> None:
    known = believing(*[9.0] * 3, 0.3, 0.1, -0.1, -0.3, *[-9.0] * 5, deviation=0.5)
    cards = [deal(known, Random(number)) for number in range(50)]
    assert {frozenset(card) for card in cards} == {frozenset({3, 4, 5, 6})}
    assert len(set(cards)) > 10


def test_what_the_voter_has_seen_often_waits_for_others() -> None:
    exposure = dict.fromkeys(range(26), 10)
    card = next_card(NOTHING, seen=(), exposure=exposure, own=(), gone=(), rng=Random(1))
    assert set(card or ()) == {26, 27, 28, 29}


def test_many_voters_who_ask_at_once_do_not_all_get_the_same_card() -> None:
    tally = Tally(30)
    for tap in random_choices(1, 30, 40):
        tally.add(tap)
    known = fit(tally)
    cards = {frozenset(deal(known, Random(number))) for number in range(100)}
    assert len(cards) > 10


def test_own_ideas_never_come_first_and_elsewhere_as_often_as_others() -> None:
    own = tuple(range(15))
    places = Counter[int]()
    for number in range(2000):
        card = deal(NOTHING, Random(number), own)
        if any(idea not in own for idea in card):
            assert card[0] not in own
        places.update(place for place, idea in enumerate(card) if idea in own)
    later = [places[place] for place in (1, 2, 3)]
    assert min(later) > 0.9 * max(later)


def test_all_own_ideas_are_a_card_all_the_same() -> None:
    assert sorted(deal(fit(Tally(4)), Random(1), own=(0, 1, 2, 3))) == [0, 1, 2, 3]


def test_each_idea_comes_first_about_as_often() -> None:
    known = fit(Tally(4))
    first = Counter(deal(known, Random(number))[0] for number in range(2000))
    assert all(count == pytest.approx(500, abs=90) for count in first.values())


def test_a_voter_who_has_seen_a_thousand_cards_gets_a_new_one() -> None:
    cards = [frozenset(card) for card in combinations(range(20), 4)][:1000]
    card = next_card(fit(Tally(20)), seen=set(cards), exposure={}, own=(), gone=(), rng=Random(1))
    assert card is not None
    assert frozenset(card) not in cards
