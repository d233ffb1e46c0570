"""What an idea is: its texts, its states, and what is kept of it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.errors import TextTooLong
from bot.ideas.errors import NoSuchIdea, TitleMissing
from bot.inputs import clean_text, quoted, read_link, says_something
from bot.texts import gettext, mark

IDEAS_EACH = 60
"""How many open ideas a member may have in a server: more than any poll takes of one person."""

PROPOSALS_OPEN = 5
"""How many merges a member may have proposed that nobody has answered: each mentions somebody."""

TITLE_LIMIT, TEXT_LIMIT, LINK_LIMIT = 100, 600, 500
"""How many characters each text may have."""


class IdeaState(StrEnum):
    """Whether an idea may still be built as itself."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


class Part(StrEnum):
    """What is asked of an idea; only the title has to be there."""

    TITLE = "title"
    PROBLEM = "problem"
    ANGLE = "angle"
    BASELINE = "baseline"
    LINK = "link"


PART_NAMES: Mapping[Part, str] = {
    Part.TITLE: mark("Title"),
    Part.PROBLEM: mark("The problem, and who has it"),
    Part.ANGLE: mark("What exists, and the angle"),
    Part.BASELINE: mark("The smallest baseline"),
    Part.LINK: mark("A link"),
}


@dataclass(frozen=True, slots=True)
class IdeaText:
    """What an idea says; all but the title may be empty."""

    title: str
    problem: str = ""
    angle: str = ""
    baseline: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea of a member of a server.

    `user_id` is who wrote it down, None once they are forgotten while others go on with it; `co_authors` are
    those whose own idea was merged into it. `merged_into` names the idea that it became one with.
    """

    id: int
    guild_id: int
    user_id: int | None
    text: IdeaText
    state: IdeaState
    added_at: datetime
    co_authors: tuple[int, ...] = ()
    merged_into: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it may still be built as itself."""
        return self.state is IdeaState.OPEN

    @property
    def authors(self) -> frozenset[int]:
        """Whose idea it is: who wrote it down and those whose own became one with it."""
        return frozenset(self.co_authors) | ({self.user_id} if self.user_id is not None else frozenset())


@dataclass(frozen=True, slots=True)
class Merge:
    """A proposal to merge an idea into one of others; `accepted` is None until they answer."""

    id: int
    guild_id: int
    user_id: int
    channel_id: int
    from_idea: int
    into_idea: int
    proposed_at: datetime
    accepted: bool | None


def clean_idea(
    title: str, problem: str = "", angle: str = "", baseline: str = "", link: str = ""
) -> IdeaText:
    """An idea as it is typed, fit to be stored; raises TitleMissing, TextTooLong or NotALink."""
    line = _within(Part.TITLE, " ".join(clean_text(title).split()), TITLE_LIMIT)
    if not says_something(line):
        raise TitleMissing
    return IdeaText(
        line,
        _within(Part.PROBLEM, clean_text(problem), TEXT_LIMIT),
        _within(Part.ANGLE, clean_text(angle), TEXT_LIMIT),
        _within(Part.BASELINE, clean_text(baseline), TEXT_LIMIT),
        _within(Part.LINK, read_link(link), LINK_LIMIT),
    )


def find_chosen(ideas: Sequence[Idea], chosen: str) -> Idea:
    """The idea that a member chose from a list, by its number, or typed, by its title; raises NoSuchIdea."""
    typed = " ".join(clean_text(chosen).split())
    by_number = (idea for idea in ideas if str(idea.id) == typed)
    by_title = (idea for idea in ideas if idea.text.title.casefold() == typed.casefold())
    found = next(by_number, None) or next(by_title, None)
    if found is None:
        raise NoSuchIdea(given=quoted(chosen))
    return found


def _within(part: Part, text: str, limit: int) -> str:
    if len(text) > limit:
        raise TextTooLong(field=gettext(PART_NAMES[part]), length=len(text), limit=limit)
    return text
