"""What members can get wrong with polls; the docstring of each is the sentence they read."""

from bot.errors import UserError


# Voting.


class NotYourCard(UserError):
    """This card is somebody else's. Press “Vote” under the poll to get one of your own."""


class CardGone(UserError):
    """This card is not there any more. Press “Vote” under the poll to go on."""


class CardsNotOpen(UserError):
    """Voting has not begun: ideas are still being collected. Add one of yours under the poll meanwhile."""


class CardsClosed(UserError):
    """The cards are over, so this tap can't be counted any more. All that you tapped before is in."""


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
