"""What the steps of a set-up are called, and how they stand."""

from bot.errors import ButtonOutdated
from bot.guide.steps import Step, StepState
from bot.texts import gettext as _
from bot.texts import mark

STEP_NAMES = {
    Step.CHECKINS: mark("Check-ins"),
    Step.LOOKBACK: mark("Look back on the week"),
    Step.LEADS: mark("Job leads"),
    Step.CURATORS: mark("Curators of resources"),
    Step.QUESTIONS: mark("Questions of the day"),
}

SIGNS = {StepState.SET: "✅", StepState.OFF: "⚪", StepState.MISSING: "⚠️"}
STATE_NAMES = {
    StepState.SET: mark("set"),
    StepState.OFF: mark("off"),
    StepState.MISSING: mark("something is missing"),
}


def step_named(name: str) -> Step:
    """The step that a custom id or a choice names; raises ButtonOutdated."""
    try:
        return Step(name)
    except ValueError:
        raise ButtonOutdated from None


def states_line(states: dict[Step, StepState]) -> str:
    """How all steps stand, on a line, and what the signs mean on another."""
    steps = " · ".join(f"{SIGNS[state]} {_(STEP_NAMES[step])}" for step, state in states.items())
    signs = " · ".join(f"{SIGNS[state]} {_(STATE_NAMES[state])}" for state in StepState)
    return f"{steps}\n-# {signs}"
