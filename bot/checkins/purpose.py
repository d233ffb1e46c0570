"""What check-ins say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Check-ins"),
    what=mark(
        "What you report for a day: what you did, what comes next, what blocks you, the kind of work "
        "and the minutes; and the links in it. It is your ledger: streak, figures, what you have to "
        "show."
    ),
    kept=mark("Until you delete a check-in within a week, or ask me to forget you."),
    seen=mark("The server: each check-in is posted there."),
    rows={
        "checkin": lambda n: ngettext("{count} check-in", "{count} check-ins", n),
        "evidence": lambda n: ngettext("{count} link", "{count} links", n),
    },
)
