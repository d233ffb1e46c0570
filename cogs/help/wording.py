"""What the commands are for, and how a suggestion is put."""

from bot.guide.rules import Suggestion
from bot.texts import mark

SUGGESTIONS = {
    Suggestion.CHECK_IN_FIRST: (
        "checkin",
        mark("{command}: tell what you did today. One honest line is enough to begin."),
    ),
    Suggestion.CHECK_IN: ("checkin", mark("{command}: today is still open.")),
    Suggestion.FOLLOW_UP: (
        "leads tracker",
        mark("{command}: it is time to write again about a job you applied for."),
    ),
    Suggestion.VOTE: ("poll list", mark("{command}: a poll waits for your vote.")),
    Suggestion.ROUTINE: (
        "routine set",
        mark("{command}: say which days are yours, and have me remind you if you like."),
    ),
    Suggestion.IDEA: ("idea add", mark("{command}: write down one thing that you might build.")),
    Suggestion.SHOW: (
        "checkin",
        mark("{command}: put the link to something you made into your next one, so that people can see it."),
    ),
    Suggestion.LEADS: (
        "leads latest",
        mark("{command}: see who is hiring people without a degree at the moment."),
    ),
    Suggestion.GOAL: ("goal set", mark("{command}: commit to one thing for this week.")),
    Suggestion.RESOURCE: (
        "resource next",
        mark("{command}: get one thing to read, watch or use, from where you stand."),
    ),
    Suggestion.BUDDY: ("buddy find", mark("{command}: find somebody to look after each other with.")),
    Suggestion.WATCH: ("leads watch", mark("{command}: be told when a job meets what you look for.")),
    Suggestion.PROGRESS: ("progress", mark("{command}: see your half year in a picture.")),
    Suggestion.WEEK: ("week", mark("{command}: look back on your week.")),
}
"""The command that does it, and the sentence that holds the command."""

PARTS = {
    mark("Do"): ("checkin", "checkins", "routine", "goal", "focus", "buddy", "resource"),
    mark("Show"): ("idea", "poll", "progress", "week", "ledger"),
    mark("Be found"): ("leads",),
    mark("About you"): ("preferences", "privacy", "help"),
    mark("For curators"): ("curate",),
    mark("For who manages the server"): ("setup", "settings"),
}
"""The parts of the bot, and the commands of each."""
