"""What members can get wrong with builds; the docstring of each is the sentence they read."""

from bot.errors import UserError


class BuildGone(UserError):
    """That build is not there any more."""


class BuildOver(UserError):
    """The seven days of “{title}” have come to their end already, so there is nothing left to change."""


class NotInBuild(UserError):
    """Only those who build it can do that. Press “I'm in” first, if you are one of them."""


class BaselineLinkMissing(UserError):
    """Tell me where the baseline can be seen: a repository, a page or a short video will do."""


class BaselineNotALink(UserError):
    """“{given}” is no web address. Begin it with https:// or http://, as a browser shows it."""


class TooLateToCorrect(UserError):
    """The link can be corrected for a day, by those who built it, and that is over now."""
