"""What is said of the steps of a set-up."""

from bot.guide.steps import STEPS, Step
from bot.texts import gettext as _
from bot.texts import mark
from cogs.ui.step_names import STEP_NAMES

WHY = {
    Step.CHECKINS: mark(
        "Once a day I ask in one channel what got done, and all check-ins of the day stand in a thread under "
        "it: it is the habit that counts. Nothing is posted while nobody here has a routine."
    ),
    Step.LOOKBACK: mark(
        "Once a week I tell in the same channel what got done and what there is to show for it, since a week "
        "goes by quickly. Only those are named who agreed to it."
    ),
    Step.LEADS: mark(
        "Once a day I post the best new jobs for people without a degree from Hacker News, if there are "
        "any. A channel of its own keeps them apart from the check-ins; /leads works without one."
    ),
    Step.CURATORS: mark(
        "Members suggest resources, and whoever may manage messages decides on them. In a channel that only "
        "these people read I bring each suggestion at once, and on Mondays what nobody found; without one, "
        "it all waits in /curate queue."
    ),
    Step.QUESTIONS: mark(
        "Every daily prompt asks something, so that there is more to answer than “done”. Mine ask about "
        "doing, about showing or about finding work; yours may suit your people better."
    ),
}
"""Why each step is worth it, in a sentence or two."""


def step_title(step: Step) -> str:
    """The title of a step's page."""
    return _("Step {number} of {count}: {name}").format(
        number=STEPS.index(step) + 1, count=len(STEPS), name=_(STEP_NAMES[step])
    )
