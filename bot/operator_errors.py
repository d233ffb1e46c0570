"""What whoever runs the bot can get wrong, or has to hear; the docstring of each is the line they read."""

from bot.errors import OperatorError


class TokenMissing(OperatorError):
    """There is no bot token yet: copy .env.example to .env and put the token in (docs/discord-setup.md)."""


class NoToken(OperatorError):
    """That is no bot token: copy the whole token from the developer portal into .env, and nothing else."""


class TokenRefused(OperatorError):
    """Discord refuses the token: make a new one in the developer portal and put it into .env."""


class DiscordUnreachable(OperatorError):
    """Discord could not be reached ({reason}). Check this machine's connection, then start again."""


class HackerNewsUnreadable(OperatorError):
    """Hacker News cannot be read now ({reason}). Check this machine's connection, or try again later."""


class NoPosts(OperatorError):
    """{name} cannot be read: {reason}. Give a file with what Algolia answers, or lines with id and text."""


class NoRecord(OperatorError):
    """{name} is no record of a poll that I can count: {reason}. Give the file that was posted at its end."""


class NewerRecord(OperatorError):
    """{name} was counted by a newer method ({version}) than I know: install a newer version of me."""


class NoSuchReceipt(OperatorError):
    """Nobody in that record has the receipt {given}. Look for a mistaken letter, or for another file."""


class NoCatalogue(OperatorError):
    """{name} cannot be read: {reason}. Give lines of JSON, each with a title and a url."""


class NoResources(OperatorError):
    """{name} cannot be read: {reason}."""


class NoQueries(OperatorError):
    """{name} cannot be read: {reason}. Give one query a line, or lines of JSON with query."""


class NoQuery(OperatorError):
    """Tell me what to search for: either a few words, or a file of queries with --queries."""


class WrongSetting(OperatorError):
    """{name}: {problem}. Mend it in .env or in the environment."""


class QuoteMissing(OperatorError):
    """.env, line {line}: a quote is missing. Put the same one before and behind the value, or none at all."""


class NotASetting(OperatorError):
    """.env, line {line}: this is not NAME=value. Write it so, or # before a remark."""


class HealthPortTaken(OperatorError):
    """Port {port} of {host} cannot be opened ({reason}). Put a free one into AUTODIDACT_HEALTH_PORT."""


class NoHealthPort(OperatorError):
    """The bot has no health port to ask. Set AUTODIDACT_HEALTH_PORT, and start the bot again."""


class NotWell(OperatorError):
    """The bot is not well: {problem}."""


class DatabaseUnusable(OperatorError):
    """The database {path} cannot be used: {reason}."""


class DatabaseNewer(OperatorError):
    """The database {path} was made by a newer version (it knows {migration}): install that version again."""


class MigrationFailed(OperatorError):
    """The database {path} could not be brought up to date at {migration}: {reason}. Nothing was changed."""


class DatabaseInUse(OperatorError):
    """A bot is running on the database {path}, or it is being restored: stop that first."""


class ShardInUse(OperatorError):
    """Another process runs shard {shard} of {shards} on {path}: name others in AUTODIDACT_SHARD_IDS."""


class OtherShardsRun(OperatorError):
    """Another process runs {running} on {path}, which does not go with {own}: stop all, then start anew."""


class OlderVersionRuns(OperatorError):
    """Processes of an older version run on {path}: stop all of them, then start those of this one."""


class NoBackupMade(OperatorError):
    """No backup was made as {name}: {reason}."""


class BackupsTurnedOff(OperatorError):
    """Backups are turned off by AUTODIDACT_BACKUPS: say with --to where this one is to be put."""


class NotRestorable(OperatorError):
    """{name} cannot be restored: {reason}. Nothing was changed."""


class NotReplaced(OperatorError):
    """{name} could not be put in the place of the database {path}: {reason}. That is as it was."""
