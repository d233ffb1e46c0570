"""What polls say to members of what is stored for them."""

from bot.personal_data import Purpose
from bot.texts import mark, ngettext

VOTES = Purpose(
    title=mark("Votes"),
    what=mark(
        "In which polls you vote, which idea of each card you picked and when, and your ballots; so "
        "that they count, and by your receipt you find your own in the record."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark(
        "You. The server sees who has voted, never how; the record of a poll gives all votes without names."
    ),
    rows={
        "poll_voter": lambda n: ngettext(
            "{count} poll that you vote in", "{count} polls that you vote in", n
        ),
        "poll_card": lambda n: ngettext("{count} card", "{count} cards", n),
        "poll_ballot": lambda n: ngettext("{count} ballot", "{count} ballots", n),
    },
    hanging=frozenset({"poll_card", "poll_ballot"}),
    stays=mark(
        "Votes in polls that are counted stay as nobody's, so that the count stays true. In a poll "
        "that is still open, your ballot goes; in its cards your taps go, and once the cards are "
        "closed they stay as nobody's."
    ),
)

POLLS = Purpose(
    title=mark("Polls"),
    what=mark(
        "Which polls you started, to which you are invited, and what your ideas said when they were "
        "voted on; so that the polls can be led and counted."
    ),
    kept=mark("Until you ask me to forget you."),
    seen=mark("Whoever may vote in them."),
    rows={
        "poll": lambda n: ngettext("{count} poll that you started", "{count} polls that you started", n),
        "poll_invited": lambda n: ngettext("{count} invitation", "{count} invitations", n),
        "poll_entry": lambda n: ngettext("{count} idea in a poll", "{count} ideas in polls", n),
    },
    hanging=frozenset({"poll_entry"}),
    stays=mark(
        "Polls that you started go on as nobody's. Your ideas in them become “An idea that was taken away”."
    ),
)
