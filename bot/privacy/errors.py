"""What members can get wrong when they ask what is stored about them."""

from bot.errors import UserError


class ServerNotNamed(UserError):
    """What I store belongs to a server: use this there, or name the server's id, if you have left it."""


class NoServerId(UserError):
    """“{given}” is no server's id. That is a number of some 18 digits, as Discord copies it."""


class QuestionTooOld(UserError):
    """That question is older than {minutes} minutes, so nothing was done. Ask again with /privacy forget."""


class NotYourQuestion(UserError):
    """Only whoever asked to be forgotten can confirm it. /privacy forget is there for you as well."""
