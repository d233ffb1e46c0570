"""Which ideas look like another one. Pure."""

from collections.abc import Sequence

from bot.ideas.rules import Idea, IdeaText


def similar_to(text: IdeaText, others: Sequence[Idea], limit: int = 3) -> list[Idea]:
    """Those that look like an idea, the likest first."""
    same = [idea for idea in others if idea.text.title.casefold() == text.title.casefold()]
    return same[:limit]
