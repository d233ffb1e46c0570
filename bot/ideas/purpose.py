"""What ideas say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Ideas"),
    what=mark(
        "What you might build, as you wrote it down, and which ideas you found to be one; so that you "
        "find them again and can enter them into polls."
    ),
    kept=mark("Until you delete an idea or ask me to forget you."),
    seen=mark(
        "Its authors; whoever may vote in a poll that it is in, without your name; and everyone in "
        "the channel where you asked whether two ideas are one."
    ),
    rows={
        "idea": lambda n: ngettext("{count} idea", "{count} ideas", n),
        "idea_co_author": lambda n: ngettext(
            "{count} idea that you share with others", "{count} ideas that you share with others", n
        ),
        "idea_merge": lambda n: ngettext(
            "{count} question whether two ideas are one", "{count} questions whether two ideas are one", n
        ),
    },
    stays=mark("An idea that is others' too stays with them, without you."),
)
