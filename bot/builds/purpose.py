"""What builds say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Builds"),
    what=mark(
        "Which teams you are in for an idea that a poll picked, and what they build; to mention you "
        "once when the week is over, and to count the baseline among what you can show."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark("The server: who is in stands on the build's message."),
    rows={
        "build_member": lambda n: ngettext(
            "{count} team that you are in", "{count} teams that you are in", n
        ),
        "build": lambda n: ngettext("{count} build", "{count} builds", n),
    },
    hanging=frozenset({"build"}),
    stays=mark(
        "Builds go on for those who are still in. Of a build in which you were the last, or of your "
        "own idea, the title alone stays."
    ),
)
