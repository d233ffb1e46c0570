"""What preferences say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Preferences"),
    what=mark(
        "What others may see of you and which messages you want directly; so that I keep to it. The "
        "day on which Discord last refused me a direct message to you, so that I can tell you."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark("You alone."),
    rows={
        "preference": lambda n: ngettext("{count} set of choices", "{count} sets of choices", n),
    },
)
