"""What the sets of questions are called; bot.checkins.questions has what they ask."""

from bot.servers.service import OWN_QUESTIONS
from bot.texts import mark

QUESTION_SETS = {
    "doing": mark("About doing"),
    "showing": mark("About showing"),
    "job_hunt": mark("About finding work"),
    "mixed": mark("All of these, mixed"),
    OWN_QUESTIONS: mark("Your own"),
}
"""By the names that are stored."""
