"""What is said when a job of a member's moves on: shortly, kindly, and with what comes next."""

from bot.texts import gettext as _
from bot.texts import mark
from bot.tracker.moving import Moved
from bot.tracker.rules import Application, State
from bot.tracker.saving import Saved
from cogs.ui.dates import long_date

MOVED = {
    State.SAVED: mark("Saved. The best time to write is while the post is fresh."),
    State.INTERVIEWING: mark("Noted: they are talking with you."),
    State.OFFER: mark("Noted: there is an offer."),
    State.REJECTED: mark(
        "Noted. A no comes to everybody who asks, and what you built stays yours. On to the next one."
    ),
    State.GHOSTED: mark("Noted. Silence is about their time, not about your work. On to the next one."),
    State.NOT_FOR_ME: mark("Noted: not for you. Knowing that is worth something too."),
}
JOYS = {
    State.INTERVIEWING: mark(
        "**They want to talk to you. Well done!** Note the round with its day, and pick one thing that you "
        "built to walk them through."
    ),
    State.OFFER: mark(
        "**An offer. Congratulations!** You taught yourself, you built, you showed it, and somebody wants "
        "you for it. Read it in peace, sleep on it, and ask about whatever is unclear before you answer. If "
        "you like, tell the others here: they will want to celebrate you."
    ),
}


def saved_text(saved: Saved) -> str:
    """That a job is in the tracker."""
    if not saved.is_new:
        return _("This job is in your tracker already.")
    return _("It is in your tracker now.")


def moved_text(moved: Moved) -> str:
    """What is said of a job that came into a state."""
    application = moved.application
    if moved.is_joy:
        return _(JOYS[application.state])
    if application.state is State.APPLIED:
        return _applied(moved)
    return _(MOVED[application.state])


def _applied(moved: Moved) -> str:
    application = moved.application
    lines = [_("You applied. That is the step that counts.")]
    if moved.choice.follow_ups and application.follow_ups and application.follow_up is not None:
        text = _("If you hear nothing, I tell you on {day} that it is time to write again.")
        lines.append(text.format(day=long_date(application.follow_up.on)))
    return " ".join(lines)


def followed_up_text(application: Application) -> str:
    """That a member wrote to a company again."""
    if application.follow_up is None:
        return _("Noted. That was the last one: it is their turn now, and yours to go on.")
    text = _("Noted. If you hear nothing, {day} is the day for the second and last one.")
    return text.format(day=long_date(application.follow_up.on))


def snoozed_text(application: Application) -> str:
    """When a follow-up comes again."""
    if application.follow_up is None:
        return ""
    return _("It comes again on {day}.").format(day=long_date(application.follow_up.on))
