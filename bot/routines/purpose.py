"""What routines say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Routine"),
    what=mark(
        "Your days, your hour and your time zone, as they were from day to day, your pauses and your "
        "days off; so that I know what is due and when to ping you."
    ),
    kept=mark("Until you ask me to forget you. Earlier routines stay, since a change never reaches back."),
    seen=mark("You. Others see from your check-ins that you were here, never that you were not."),
    rows={
        "routine": lambda n: ngettext("{count} routine", "{count} routines", n),
        "pause": lambda n: ngettext("{count} pause", "{count} pauses", n),
        "rest_day": lambda n: ngettext("{count} day off", "{count} days off", n),
    },
)
