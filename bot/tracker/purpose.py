"""What trackers say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

PURPOSE = Purpose(
    title=mark("Job tracker"),
    what=mark(
        "The jobs that you pursue, what became of each, your notes and rounds, and whether you want "
        "to be counted and reminded."
    ),
    kept=mark("Until you delete a job or ask me to forget you."),
    seen=mark("You alone. If you agreed to it, you are counted in “three of us applied”, without your name."),
    rows={
        "application": lambda n: ngettext("{count} job", "{count} jobs", n),
        "application_step": lambda n: ngettext("{count} step", "{count} steps", n),
        "application_note": lambda n: ngettext("{count} note", "{count} notes", n),
        "application_round": lambda n: ngettext(
            "{count} round of interviews", "{count} rounds of interviews", n
        ),
        "tracker_choice": lambda n: ngettext("{count} set of choices", "{count} sets of choices", n),
    },
)
