"""What goals say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Goals"),
    what=mark(
        "What you commit to for a week and what became of it; to show it in your check-in and your week."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark(
        "You. The server's look back counts the goals that were kept, and tells yours if you let it name you."
    ),
    rows={
        "goal": lambda n: ngettext("{count} goal", "{count} goals", n),
    },
)
