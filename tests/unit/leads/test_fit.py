"""What a lead's signals come to for a server or a member."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.leads.fit import (
    BASE,
    DEFAULT,
    GREATEST_WEIGHT,
    LEAST_WEIGHT,
    WEIGHTS,
    Criteria,
    Fit,
    Part,
    Unstated,
    judge,
    strongest,
)
from bot.leads.lead import Lead, PostKind
from bot.leads.signals import Signal, SignalName, Weighs

JOB = Lead(PostKind.HIRING)
BERLIN = Lead(PostKind.HIRING, locations=("Berlin, Germany",))


def signal(name: SignalName, weighs: Weighs = Weighs.FOR, value: str = "") -> Signal:
    return Signal(name, weighs, f"words on {name}", value)


def points(fit: Fit, what: SignalName | Unstated) -> int:
    [part] = [part for part in fit.parts if part.what is what]
    return part.points


def test_a_lead_that_says_nothing_is_in_the_middle_and_shown_as_not_stated() -> None:
    assert judge(JOB, ()) == Fit(BASE, tuple(Part(what, 0) for what in Unstated))


def test_the_score_is_the_base_and_the_points_that_are_shown() -> None:
    signals = [signal(SignalName.JUNIOR), signal(SignalName.SHOWN_WORK), signal(SignalName.MANY_YEARS)]
    fit = judge(JOB, signals)
    assert fit.score == BASE + sum(part.points for part in fit.parts)
    assert [part.quote for part in fit.parts if part.is_stated] == [one.quote for one in signals]


def test_what_is_stated_is_not_shown_as_unstated() -> None:
    signals = [signal(SignalName.JUNIOR), signal(SignalName.PAY_STATED), signal(SignalName.REMOTE)]
    unstated = [part.what for part in judge(JOB, signals).parts if not part.is_stated]
    assert unstated == [Unstated.DEGREE, Unstated.VISA]


def test_a_post_for_beginners_beats_one_for_a_doctor() -> None:
    welcome = [
        signal(SignalName.ML_ROLE),
        signal(SignalName.JUNIOR),
        signal(SignalName.NO_DEGREE_NEEDED),
        signal(SignalName.SHOWN_WORK),
    ]
    shut = [
        signal(SignalName.ML_ROLE),
        signal(SignalName.STAFF, Weighs.AGAINST),
        signal(SignalName.PHD_REQUIRED, Weighs.AGAINST),
        signal(SignalName.MANY_YEARS, Weighs.AGAINST),
    ]
    assert judge(JOB, welcome).score >= 90
    assert judge(JOB, shut).score <= 10


def test_a_neutral_signal_is_shown_and_counts_nothing() -> None:
    fit = judge(JOB, [signal(SignalName.SENIOR, Weighs.NEUTRAL)])
    assert (fit.score, points(fit, SignalName.SENIOR)) == (BASE, 0)


def test_a_server_may_change_a_weight_or_take_it_away() -> None:
    signals = [signal(SignalName.SENIOR, Weighs.AGAINST), signal(SignalName.ML_ROLE)]
    for_seniors = Criteria({SignalName.SENIOR: 10, SignalName.ML_ROLE: 0})
    fit = judge(JOB, signals, for_seniors)
    assert (points(fit, SignalName.SENIOR), points(fit, SignalName.ML_ROLE)) == (10, 0)
    assert fit.score == BASE + 10


def test_what_is_no_job_scores_nothing() -> None:
    fit = judge(Lead(PostKind.OTHER), [signal(SignalName.NOT_A_JOB, Weighs.AGAINST)])
    assert fit.score == 0
    assert len(fit.parts) == 1


@pytest.mark.parametrize(
    ("scope", "places", "sign"),
    [
        ("", (), 1),
        ("worldwide", (), 1),
        ("US", (), 0),
        ("", ("Kenya",), 1),
        ("worldwide", ("Kenya",), 1),
        ("US", ("Kenya",), -1),
        ("US", ("Kenya", "USA"), 1),
        ("EU", ("Germany",), 1),
        ("EU", ("Germany", "Kenya"), 1),
        ("Europe", ("EU",), 1),
        ("EU", ("UK",), -1),
        ("EU", ("Berlin",), 1),
        ("EU", ("Nairobi",), -1),
        ("US", ("us",), 1),
        ("Germany", ("worldwide",), 0),
        ("US or Canada", ("Canada",), 1),
        ("North America", ("Mexico",), 1),
        ("LATAM", ("Brazil",), 1),
        ("EMEA", ("Nigeria",), 1),
        ("US time zones", ("Peru",), 0),
        ("UTC-5 to UTC+2", ("Germany",), 0),
        ("CET ±2", ("Kenya",), 0),
        ("the seven seas", ("Germany",), 0),
    ],
)
def test_remote_work_counts_by_where_a_worker_may_be(scope: str, places: tuple[str, ...], sign: int) -> None:
    fit = judge(JOB, [signal(SignalName.REMOTE, value=scope)], Criteria(places=places))
    assert points(fit, SignalName.REMOTE) == sign * WEIGHTS[SignalName.REMOTE]


@pytest.mark.parametrize(
    ("locations", "places", "sign"),
    [
        (("Berlin, Germany",), (), 0),
        ((), ("Berlin",), 0),
        (("Berlin, Germany",), ("Berlin",), 1),
        (("Berlin, Germany",), ("berlin",), 1),
        (("Munich, Germany",), ("Germany",), 1),
        (("Munich, Germany",), ("EU",), 1),
        (("Munich, Germany",), ("France",), -1),
        (("Austin, TX",), ("US",), 1),
        (("Austin, TX",), ("Germany",), -1),
        (("Toronto, Canada", "Nairobi, Kenya"), ("Kenya",), 1),
        (("Zürich",), ("Zurich",), 1),
        (("Zürich",), ("Kenya",), -1),
        (("Munich, Germany",), ("Berlin",), 0),
        (("Munich, Germany",), ("worldwide",), 1),
        (("a barge",), ("Berlin",), 0),
    ],
)
def test_work_on_site_counts_by_its_place(
    locations: tuple[str, ...], places: tuple[str, ...], sign: int
) -> None:
    lead = Lead(PostKind.HIRING, locations=locations)
    fit = judge(lead, [signal(SignalName.ON_SITE, Weighs.NEUTRAL)], Criteria(places=places))
    assert points(fit, SignalName.ON_SITE) == sign * WEIGHTS[SignalName.ON_SITE]


def test_no_visa_matters_only_to_those_who_need_one() -> None:
    signals = [signal(SignalName.VISA_NOT_OFFERED, Weighs.NEUTRAL)]
    for places, sign in (((), 0), (("Germany",), 0), (("Kenya",), -1)):
        fit = judge(BERLIN, signals, Criteria(places=places))
        assert points(fit, SignalName.VISA_NOT_OFFERED) == sign * WEIGHTS[SignalName.VISA_NOT_OFFERED]


def test_a_language_counts_for_those_who_speak_it_and_against_the_others() -> None:
    signals = [signal(SignalName.LANGUAGE_DEMANDED, Weighs.AGAINST, "German")]
    for languages, sign in (((), 0), (("german", "French"), 1), (("Spanish",), -1)):
        fit = judge(BERLIN, signals, Criteria(languages=languages))
        assert points(fit, SignalName.LANGUAGE_DEMANDED) == sign * WEIGHTS[SignalName.LANGUAGE_DEMANDED]


def test_every_signal_has_a_weight_within_the_bounds() -> None:
    assert WEIGHTS.keys() == set(SignalName)
    assert all(LEAST_WEIGHT <= weight <= GREATEST_WEIGHT for weight in WEIGHTS.values())


def test_the_strongest_parts_are_those_that_the_fields_do_not_say_anyway() -> None:
    signals = [
        signal(SignalName.ML_ROLE),
        signal(SignalName.MENTORSHIP),
        signal(SignalName.NO_DEGREE_NEEDED),
        signal(SignalName.PAY_STATED),
    ]
    fit = judge(JOB, signals)
    assert [part.what for part in strongest(fit, 2)] == [SignalName.NO_DEGREE_NEEDED, SignalName.MENTORSHIP]
    assert [part.what for part in strongest(fit, 3)][-1] is SignalName.ML_ROLE


def test_nothing_is_strong_where_nothing_counts() -> None:
    assert strongest(judge(JOB, ()), 2) == ()


any_signal = st.builds(
    Signal, st.sampled_from(SignalName), st.sampled_from(Weighs), st.text(max_size=20), st.text(max_size=40)
)
any_lead = st.builds(Lead, st.sampled_from(PostKind), locations=st.lists(st.text(max_size=30)).map(tuple))
any_criteria = st.builds(
    Criteria,
    st.dictionaries(st.sampled_from(SignalName), st.integers(LEAST_WEIGHT, GREATEST_WEIGHT)),
    st.lists(st.text(max_size=30), max_size=4).map(tuple),
    st.lists(st.text(max_size=30), max_size=4).map(tuple),
)


@given(any_lead, st.lists(any_signal, max_size=8), any_criteria)
def test_any_lead_is_judged_between_0_and_100(lead: Lead, signals: list[Signal], criteria: Criteria) -> None:
    fit = judge(lead, signals, criteria)
    assert 0 <= fit.score <= 100
    assert fit.score == max(0, min(100, BASE + sum(part.points for part in fit.parts)))
    assert len(strongest(fit, 2)) <= 2


@given(st.lists(any_signal, max_size=8))
def test_weights_of_nothing_leave_every_lead_at_the_base(signals: list[Signal]) -> None:
    nothing = Criteria(dict.fromkeys(SignalName, 0))
    assert judge(JOB, signals, nothing).score == BASE
    assert DEFAULT.weight(SignalName.ML_ROLE) == WEIGHTS[SignalName.ML_ROLE]
