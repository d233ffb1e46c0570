"""What buddies say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Buddies"),
    what=mark(
        "Whether you wait for a buddy, whom you have and had, and who nudged you about which day; to "
        "pair you, not with the same one again at once, and to nudge once only."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark("You and your buddy. The server sees who became buddies."),
    rows={
        "buddy": lambda n: ngettext("{count} buddy", "{count} buddies", n),
        "buddy_search": lambda n: ngettext("{count} search", "{count} searches", n),
        "buddy_before": lambda n: ngettext("{count} earlier buddy", "{count} earlier buddies", n),
        "nudge": lambda n: ngettext("{count} nudge", "{count} nudges", n),
    },
)
