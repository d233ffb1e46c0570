"""The steps of setting a server up, and how each of them stands. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.leads.service import SetUp as LeadsSetUp
from bot.leads.settings import USUAL as USUAL_LEADS
from bot.resources.curation import CurationSettings
from bot.servers.guessing import USUAL_LOOKBACK_TIME, USUAL_PROMPT_TIME
from bot.servers.service import USUAL_QUESTIONS, SetUp


class Step(StrEnum):
    """What can be set, in the order in which it is asked for."""

    CHECKINS = "checkins"
    LOOKBACK = "lookback"
    LEADS = "leads"
    CURATORS = "curators"
    QUESTIONS = "questions"


class StepState(StrEnum):
    """How a step stands. `MISSING`: it is not done, or its channel is gone or lacks a right."""

    SET = "set"
    OFF = "off"
    MISSING = "missing"


STEPS = tuple(Step)


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """All that is set for a server; without a `set_up`, it never was."""

    set_up: SetUp | None
    leads: LeadsSetUp
    curation: CurationSettings

    @property
    def channels(self) -> Mapping[Step, int]:
        """The channels that were chosen, by the step that chooses them."""
        chosen = {
            Step.CHECKINS: self.set_up.server.checkin_channel_id if self.set_up else None,
            Step.LEADS: self.leads.settings.channel_id,
            Step.CURATORS: self.curation.channel_id,
        }
        return {step: channel for step, channel in chosen.items() if channel is not None}


def states(settings: ServerSettings, hindered: Collection[int] = ()) -> dict[Step, StepState]:
    """How each step stands. `hindered` are the channels that are gone or that lack a right."""
    set_up, channels = settings.set_up, settings.channels
    if set_up is None:
        return dict.fromkeys(STEPS, StepState.OFF) | {Step.CHECKINS: StepState.MISSING}

    def of_channel(step: Step) -> StepState:
        if step not in channels:
            return StepState.OFF
        return StepState.MISSING if channels[step] in hindered else StepState.SET

    checkins = of_channel(Step.CHECKINS)
    return {
        Step.CHECKINS: checkins,
        # The look back is posted where the check-ins are.
        Step.LOOKBACK: StepState.OFF if set_up.server.lookback_weekday is None else checkins,
        Step.LEADS: of_channel(Step.LEADS),
        Step.CURATORS: of_channel(Step.CURATORS),
        Step.QUESTIONS: StepState.SET,
    }


def after(step: Step) -> Step | None:
    """The step that follows one; None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def usual(settings: ServerSettings) -> frozenset[Step]:
    """The steps at which a server is as it was in the beginning; check-ins have no usual place or zone."""
    set_up, leads = settings.set_up, settings.leads.settings
    server = set_up.server if set_up else None
    is_usual = {
        Step.CHECKINS: server is None or server.prompt_time == USUAL_PROMPT_TIME,
        Step.LOOKBACK: server is None
        or (server.lookback_weekday, server.lookback_time) == (None, USUAL_LOOKBACK_TIME),
        Step.LEADS: leads == USUAL_LEADS,
        Step.CURATORS: settings.curation.channel_id is None,
        Step.QUESTIONS: set_up is None
        or (set_up.server.questions, set_up.own_questions) == (USUAL_QUESTIONS, 0),
    }
    return frozenset(step for step, usual_ in is_usual.items() if usual_)
