"""What resources say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

MARKS = Purpose(
    title=mark("Resources"),
    what=mark(
        "Which resources you saved, began, finished or thanked for, and which links you reported as "
        "dead; so that you find your own again, and that what helped comes first."
    ),
    kept=mark("Until you take a mark away or ask me to forget you."),
    seen=mark("You. The server sees how many a resource helped."),
    rows={
        "resource_mark": lambda n: ngettext(
            "{count} resource with a mark of yours", "{count} resources with a mark of yours", n
        ),
        "resource_report": lambda n: ngettext(
            "{count} dead link that you reported", "{count} dead links that you reported", n
        ),
    },
)

SUGGESTIONS = Purpose(
    title=mark("Suggested resources"),
    what=mark(
        "What you suggested for the server's shelf, and what its curators decided; so that they can "
        "decide and you can be told."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark("The server's curators."),
    rows={
        "resource_suggestion": lambda n: ngettext("{count} suggestion", "{count} suggestions", n),
    },
    stays=mark("What the curators took in stays on the shelf, and does not say who suggested it."),
)
