"""What members can get wrong with ideas; the docstring of each is the sentence they read."""

from bot.errors import UserError


class TitleMissing(UserError):
    """An idea needs a title at least; the rest can wait."""


class TooManyIdeas(UserError):
    """You have {limit} ideas here, and that is all I keep for one person. Withdraw those you won't build."""


class IdeaGone(UserError):
    """That idea is not among yours any more: it was withdrawn, or became one with another. See /idea list."""


class NoSuchIdea(UserError):
    """I find no idea here like “{given}”. Pick one from the list that shows while you type."""


class OtherIdeaGone(UserError):
    """One of these two ideas is not there any more, so there is nothing to merge."""


class MergedWithItself(UserError):
    """That is one and the same idea. Choose another one to merge it with."""


class MergeProposedAlready(UserError):
    """You asked about these two before. It is up to those whose idea it is, and once is enough."""


class TooManyProposals(UserError):
    """{limit} of your proposals still wait for an answer. Give people time to look at those first."""


class CannotAskHere(UserError):
    """I may not write in this channel, so I can't ask there. Please try it in another one."""


class MergeGone(UserError):
    """That question is over: one of the two ideas is not there any more."""


class MergeAnswered(UserError):
    """That question was answered already. The message shows what came of it."""


class NotYoursToAnswer(UserError):
    """Only those whose idea it is can answer this. Thank you for looking, though."""
