"""What blocks of focus say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Focus"),
    what=mark(
        "When your blocks of focus began and ended, and with how much effort; to fill in the minutes "
        "of your check-in and for your figures."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark("You. The server sees that you are in focus with others, unless you chose not to be seen."),
    rows={
        "focus": lambda n: ngettext("{count} block of focus", "{count} blocks of focus", n),
    },
)
