"""What members can get wrong with ideas; the docstring of each is the sentence they read."""

from bot.errors import UserError


class TitleMissing(UserError):
    """An idea needs a title at least; the rest can wait. What you typed is below."""


class TooManyIdeas(UserError):
    """You have {limit} ideas here, and that is all I keep for one person. Withdraw those you won't build."""


class IdeaGone(UserError):
    """That idea is not there any more: it was withdrawn, or became one with another. /idea list has yours."""


class NoSuchIdea(UserError):
    """I find no idea of yours like “{given}”. Pick one from the list that shows while you type."""


class NotYourIdea(UserError):
    """Only those whose idea it is can do that. If it looks like one of yours, propose to merge them."""


class MergedWithItself(UserError):
    """These two are one idea already. Choose another one to merge it with."""


class MergeGone(UserError):
    """That proposal is over: one of the two ideas is not there any more, or somebody took it back."""


class NotYoursToAnswer(UserError):
    """This question is for {authors} alone: it is their idea. Thank you for looking, though."""
