"""The steps of setting a server up."""

from datetime import time

from bot.guide.steps import STEPS, ServerSettings, Step, StepState, after, states
from bot.leads.service import SetUp as LeadsSetUp
from bot.leads.settings import LeadSettings
from bot.resources.curation import CurationSettings
from bot.servers.service import SetUp
from bot.servers.store import Server

CHECKINS, LEADS, CURATORS = 11, 12, 13


def settings(
    *, weekday: int | None = None, leads: int | None = None, curators: int | None = None
) -> ServerSettings:
    server = Server(1, CHECKINS, "Europe/Berlin", time(9), lookback_weekday=weekday)
    return ServerSettings(
        SetUp(server, None), LeadsSetUp(LeadSettings(leads), None), CurationSettings(curators, None)
    )


def test_before_the_set_up_the_first_step_is_missing_and_the_others_are_off() -> None:
    empty = ServerSettings(None, LeadsSetUp(LeadSettings(), None), CurationSettings(None, None))
    found = states(empty)
    assert found[Step.CHECKINS] is StepState.MISSING
    assert {found[step] for step in STEPS[1:]} == {StepState.OFF}
    assert empty.channels == {}


def test_after_the_first_step_the_rest_is_off_but_for_the_usual_questions() -> None:
    assert states(settings()) == {
        Step.CHECKINS: StepState.SET,
        Step.LOOKBACK: StepState.OFF,
        Step.LEADS: StepState.OFF,
        Step.CURATORS: StepState.OFF,
        Step.QUESTIONS: StepState.SET,
    }


def test_a_channel_that_is_gone_is_missing_wherever_something_is_posted_in_it() -> None:
    everything = settings(weekday=6, leads=LEADS, curators=CURATORS)
    assert set(states(everything).values()) == {StepState.SET}
    missing = [step for step, state in states(everything, {CHECKINS}).items() if state is StepState.MISSING]
    assert missing == [Step.CHECKINS, Step.LOOKBACK]
    missing = [step for step, state in states(everything, {LEADS}).items() if state is StepState.MISSING]
    assert missing == [Step.LEADS]
    assert states(settings(leads=LEADS), {CURATORS})[Step.CURATORS] is StepState.OFF


def test_each_step_is_followed_by_the_next() -> None:
    assert [after(step) for step in STEPS] == [*STEPS[1:], None]
