"""What the legends and the alternative texts of pictures call what became of a day."""

from bot.checkins.ledger import DayState
from bot.texts import mark

STATE_NAMES = {
    DayState.DONE: mark("done"),
    DayState.LATE: mark("late"),
    DayState.FROZEN: mark("frozen"),
    DayState.REST: mark("rest"),
    DayState.PAUSED: mark("paused"),
    DayState.OUTAGE: mark("outage"),
    DayState.MISSED: mark("missed"),
    DayState.TODAY: mark("today"),
}
