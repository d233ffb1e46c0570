"""What members can get wrong with polls; the docstring of each is the sentence they read."""

from bot.errors import UserError


class PollGone(UserError):
    """This poll is not there any more. /poll list shows those that are."""


class NoSuchPoll(UserError):
    """I find no poll called “{given}”. Choose one from the list that opens while you type."""


class NotYourPoll(UserError):
    """This poll is for the one who started it and whom they invited. Ask them to invite you."""


# Starting and steering.


class PollNameMissing(UserError):
    """A poll needs a name, such as “What we build in spring”."""


class DeadlineTooSoon(UserError):
    """That is too soon: a poll takes an hour at least. Name a later day, or none for a week from now."""


class DeadlineTooFar(UserError):
    """That is too far off: a poll ends within {days} days. Name an earlier day."""


class MayNotAskEveryone(UserError):
    """Polls for the whole server are for those who manage events here. Start one alone, or invite people."""


class NoPollHere(UserError):
    """I may not write in this channel, so a poll can't have its message here. Start it in another one."""


class TooManyPolls(UserError):
    """You have {limit} polls open here already. Finish or drop one of them first; /poll list shows them."""


class TooManyPollsHere(UserError):
    """This server has {limit} polls open, which is all that people can follow. Wait until one is over."""


class NotYoursToSteer(UserError):
    """Only whoever started this poll, or manages the server, can do that."""


class NotCollecting(UserError):
    """“{name}” does not collect ideas any more: {now}."""


class NotAtTheCards(UserError):
    """The cards of “{name}” can't be ended now: {now}."""


class NotInTheFinal(UserError):
    """The final of “{name}” can't be ended now: {now}."""


class PollOver(UserError):
    """That can't be done with “{name}” any more: {now}."""


class TooFewIdeas(UserError):
    """Cards need {needed} ideas at least, and this poll has {count} so far. Collect some more first."""


class NobodyTapped(UserError):
    """Nobody has tapped a card yet, so there is no shortlist to end with. Vote first, or drop the poll."""


class NotByInvitation(UserError):
    """This poll is not by invitation, so nobody can be invited or taken off the list."""


class TooManyInvited(UserError):
    """A poll takes {limit} invited people at most. For more, start one for the whole server."""


# Ideas in a poll.


class PollFull(UserError):
    """This poll holds {limit} ideas, which is all it can take. Take one out, or merge two that are one."""


class InPollAlready(UserError):
    """“{title}” is in this poll already."""


class NotYourEntry(UserError):
    """You can take out ideas of your own only, and only while ideas are collected."""


class VotedOn(UserError):
    """“{title}” is being voted on in “{poll}”, so it has to stay as it is. You can withdraw it, though."""


# After the final.


class NoSecondTeam(UserError):
    """There is no second team to be made here: it was not close enough, or it is too late for it."""


# Voting.


class NotYourCard(UserError):
    """This card is somebody else's. Press “Vote” under the poll to get one of your own."""


class CardGone(UserError):
    """This card is not there any more. Press “Vote” under the poll to go on."""


class CardsNotOpen(UserError):
    """Voting has not begun: ideas are still being collected. Add one of yours under the poll meanwhile."""


class CardsClosed(UserError):
    """The cards are over, so nothing more can be tapped. All that was tapped before is counted."""


class IdeaWithdrawn(UserError):
    """“{title}” has just been withdrawn. Go on with the next card; this one counts for nobody."""


class NothingToTakeBack(UserError):
    """There is nothing of yours to take back here."""


class TapsAreCounted(UserError):
    """The cards are over and the taps are counted, so they can't be taken back any more."""


class StandingSecret(UserError):
    """How things stand is a secret until the cards are over, so that nobody votes with the crowd."""


class NoTapsYet(UserError):
    """Nobody has tapped a card yet, so there is nothing to see."""


class FinalNotOpen(UserError):
    """The final has not begun yet: first the cards decide which ideas are in it."""


class FinalClosed(UserError):
    """The final is over, so ballots can't be changed any more."""


class NotInFinal(UserError):
    """This idea is not in the final any more. Open your ballot once more to see those that are."""


class OtherBallot(UserError):
    """This poll asks for another kind of ballot. Open yours once more under the poll."""


class UnknownMark(UserError):
    """“{given}” is no mark I can use. Choose a whole number from 0 to {limit}."""


class UnknownPlace(UserError):
    """“{given}” is no place I can use. Choose a whole number from 1 to {limit}."""


class EmptyBallot(UserError):
    """That ballot puts no idea in any place. Give at least one a place, or take your ballot back."""


class RecordNotYet(UserError):
    """The record of this poll is made when its final is over."""
