"""What can go wrong, as one tree.

AutodidactError
├── UserError              the docstring of each kind is the sentence that a member reads
│   ├── (one class for each mistake, next to its neighbours below)
├── OperatorError          the docstring is the line that whoever runs the bot reads
└── SendingError           the messenger could not do what it was asked
    ├── Undeliverable      and never will: the channel is gone, a right is missing
    └── TryLater           but may soon: Discord is down, or the line is
"""

import inspect

from bot.texts import gettext


class AutodidactError(Exception):
    """Everything that this program raises on purpose."""


class _Sentence(AutodidactError):
    """An error whose docstring, filled with the given values, is its text."""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(str(self))

    def __str__(self) -> str:
        template = " ".join(inspect.cleandoc(type(self).__doc__ or "").split())
        return gettext(template).format(**self.values)


class UserError(_Sentence):
    """Something in what you sent did not work."""


class OperatorError(_Sentence):
    """The bot cannot run like this."""


class SendingError(AutodidactError):
    """A message could not be sent or changed; the text says why, in a few words for the log."""


class Undeliverable(SendingError):
    """It will not work later either."""


class TryLater(SendingError):
    """It may well work later."""


# What members can get wrong.


class UnknownZone(UserError):
    """I don't know the time zone “{given}”. Type the name of a large city near you and pick from the list."""


class UnknownZoneWithHint(UserError):
    """I don't know the time zone “{given}”. Did you mean {suggestions}?"""


class UnknownTime(UserError):
    """“{given}” is not a time I can read. Write it like 07:30, 19:00 or 7pm."""


class UnknownDays(UserError):
    """“{given}” names no days I can read. Write them like “every day”, “mon-fri” or “mon, wed, sat”."""


class NothingDone(UserError):
    """“What did you get done?” came without a word in it. One honest line is enough."""


class TextTooLong(UserError):
    """“{field}” has {length} characters, and I can keep {limit}. Please shorten it; your text is below."""


class UnknownMinutes(UserError):
    """“{given}” is no number of minutes. Write a whole number from 0 to {limit}, or leave it empty."""


class UnknownKind(UserError):
    """I don't know this kind of work. Choose learning, building, showing or job hunt."""


class NotSetUp(UserError):
    """This server has not been set up yet. Ask someone who manages it to use /setup."""


class NoRoutine(UserError):
    """You have no routine here yet. Make one with /routine set."""


class ServerOnly(UserError):
    """This works in a server only, not in direct messages."""


class ManagersOnly(UserError):
    """Only people who may manage this server can do that."""


class SettingMissing(UserError):
    """Tell me the {missing} as well, so that the daily prompt has a place and a time."""


class ChannelNotUsable(UserError):
    """I can't use that channel. Choose a text channel of this server."""


class ButtonOutdated(UserError):
    """This button is from an older version of me. Please use /checkin instead."""


# What whoever runs the bot can get wrong.


class TokenMissing(OperatorError):
    """There is no bot token yet: copy .env.example to .env and put the token in (docs/discord-setup.md)."""


class NoToken(OperatorError):
    """That is no bot token: copy the whole token from the developer portal into .env, and nothing else."""


class TokenRefused(OperatorError):
    """Discord refuses the token: make a new one in the developer portal and put it into .env."""


class DiscordUnreachable(OperatorError):
    """Discord could not be reached ({reason}). Check this machine's connection, then start again."""


class WrongSetting(OperatorError):
    """{name}: {problem}. Mend it in .env or in the environment."""


class DatabaseUnusable(OperatorError):
    """The database {path} cannot be used: {reason}."""


class DatabaseNewer(OperatorError):
    """The database {path} was made by a newer version (it knows {migration}): install that version again."""


class MigrationFailed(OperatorError):
    """The database {path} could not be brought up to date at {migration}: {reason}. Nothing was changed."""
