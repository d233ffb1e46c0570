"""What watches say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Watches for job leads"),
    what=mark(
        "What you want to hear of, what your watches found and when I told you; so that you hear of "
        "each once."
    ),
    kept=mark("Watches until you delete them or ask me to forget you, what they found for 60 days."),
    seen=mark("You alone."),
    rows={
        "watch": lambda n: ngettext("{count} watch", "{count} watches", n),
        "watch_find": lambda n: ngettext("{count} find", "{count} finds", n),
        "watch_silence": lambda n: ngettext("{count} wish for silence", "{count} wishes for silence", n),
    },
)
