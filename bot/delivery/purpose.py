"""What the delivery says to members of what is stored for it."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Messages"),
    what=mark(
        "Which messages are planned for you, and where and when I sent which; so that each comes once "
        "and I can change or delete it."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark("You alone."),
    rows={
        "due": lambda n: ngettext("{count} planned message", "{count} planned messages", n),
        "delivery": lambda n: ngettext(
            "{count} message sent, or about to be", "{count} messages sent, or about to be", n
        ),
    },
    stays=mark(
        "What I cannot find again stays in Discord: pictures of your progress and resources that you "
        "shared yourself, and my private answers, which only you see. An admin can delete what stands "
        "in a channel."
    ),
)
