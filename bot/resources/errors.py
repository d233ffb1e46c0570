"""What members can get wrong with resources; the docstring of each is the sentence they read."""

from bot.errors import UserError


class AddressMissing(UserError):
    """A resource needs an address. Copy it from the browser, beginning with https://."""


class AddressNotWeb(UserError):
    """“{given}” is no web address that I can keep. Copy it from the browser, beginning with https://."""


class AddressWithPassword(UserError):
    """That address has a name or a password in it. Take out what stands before the @, and I keep the rest."""


class AddressWithoutHost(UserError):
    """“{given}” names no site. Copy the whole address from the browser, such as https://example.org/course."""


class AddressBroken(UserError):
    """That address has a space or a line break in it. Copy it once more, in one piece."""


class AddressTooLong(UserError):
    """That address has {length} characters, and I can keep {limit}. Look for a shorter one of that page."""


class AddressNotPublic(UserError):
    """“{given}” is an address that only your own network knows. Give one that everybody can open."""


class QueryEmpty(UserError):
    """Tell me what you are after in a word or two, such as “pytorch” or “first job without a degree”."""


class QueryTooLong(UserError):
    """Your search has {length} characters, and I take {limit} at most. A few telling words find more."""


class NoSuchResource(UserError):
    """I find no resource here like “{given}”. Pick one from the list that shows while you type."""


class ResourceGone(UserError):
    """That resource is not on this server's shelf any more. Use /resource find to look for another."""


class NothingNext(UserError):
    """I have nothing new for you now: you know all that would fit. Use /resource browse to look round."""


class ResourceTitleMissing(UserError):
    """A resource needs a title: the name that people know it by."""


class GoodForMissing(UserError):
    """Say in one sentence what it is good for, so that others know whether it is for them."""


class TopicMissing(UserError):
    """A resource needs a topic at least, so that it is found. Choose one from the list."""


class UnknownTopic(UserError):
    """I know no topic called “{given}”. Choose one from the list."""


class TooManyTopics(UserError):
    """These are {count} topics, and a resource can have {limit}. Keep those that matter most."""


class UnknownHours(UserError):
    """“{given}” is no number of hours I can read. Write one up to {limit}, such as 0.5 or 12, or none."""


class UnknownWord(UserError):
    """“{given}” is nothing I can choose there. Pick one from the list."""


class ResourceThere(UserError):
    """“{title}” is at that address, and it is here already. Use /resource find to see it."""


class SuggestedAlready(UserError):
    """Somebody suggested that address already, and the curators will look at it soon."""


class TooManySuggestions(UserError):
    """{limit} suggestions of yours wait for the curators, and that is plenty. Wait until some are decided."""


class SuggestionGone(UserError):
    """That suggestion is not there any more: whoever made it took it back with all that was theirs."""


class SuggestionDecided(UserError):
    """That suggestion was decided already, so nothing has changed now."""


class DeclineReasonMissing(UserError):
    """Tell them in a few words why it is not taken in, so that the next suggestion is a better one."""


class TooManyOwnResources(UserError):
    """This server can have {limit} resources of its own, and this would be more. Take some off first."""


class AddressTwice(UserError):
    """“{given}” is there twice. Keep the better of the two."""


class NotOwnResource(UserError):
    """“{title}” comes with the bot and cannot be changed. Take it off the shelf, then add one of your own."""


class CuratorsOnly(UserError):
    """Only people who may manage messages or this server can do that."""


class CannotShareHere(UserError):
    """I may not write in this channel, so nothing can be shared here. Please try it in another one."""


class FileUnreadable(UserError):
    """I could not get that file from Discord. Attach it once more, please."""
