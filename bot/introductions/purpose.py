"""What introductions say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Introduction for Hacker News"),
    what=mark(
        "What you put into a post for “Who wants to be hired?”, your place, e-mail address and résumé "
        "among it, if you filled them in; to draft the post for you. I never post it."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark("You alone."),
    rows={
        "introduction": lambda n: ngettext("{count} introduction", "{count} introductions", n),
    },
)
