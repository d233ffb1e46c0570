"""The jobs that a post offers: by its header, by lists in its body, by its sentences."""

from collections.abc import Iterator

from bot.leads.reading.same_jobs import Title, covered, is_bare, once, said_better
from bot.leads.reading.segments import About, Segment
from bot.leads.reading.structure import APART, PostText, Read
from bot.leads.reading.title_lines import titles_of_lines
from bot.leads.reading.title_lists import titles_in
from bot.leads.reading.title_prose import titles_of_prose
from bot.leads.reading.titles import head_of

MOST = 12
_CROWDS = frozenset({"engineers", "developers", "engineer", "developer", "programmers", "hackers"})
_A_LIST = 3
"""Titles in one sentence that make it a list of the jobs."""


def read_roles(post: PostText, segments: list[Segment]) -> Read[tuple[str, ...]] | None:
    """Up to twelve titles, each once. The header's give way where the body lists the same jobs in full."""
    header, listed = list(_of_header(segments)), list(titles_of_lines(post))
    named = any(not is_bare(one.text) for one in header)
    told = [] if header and listed else list(titles_of_prose(post, lists_only=named))
    lists = [title for titles in told if len(titles) >= _A_LIST for title in titles]
    if header and (listed or lists):
        fuller = listed or lists
        fuller = [one for one in fuller if not said_better(one, header)]
        titles = [*_not_said_in(header, fuller), *fuller]
    elif header:
        fuller = once((title for titles in told for title in titles), bare=False)
        more = (
            len(fuller) > 1
            and all(is_bare(one.text) for one in header)
            and all(covered(one, fuller) for one in header)
        )
        titles = fuller if more else header
    elif len(listed) > 1:
        titles = listed
    else:
        titles = once(
            [*listed, *(one for titles in told for one in titles if not covered(one, listed))], bare=False
        )
    titles = _without_crowds(once(titles))[:MOST]
    if not titles:
        return None
    return Read(tuple(one.text for one in titles), APART.join(dict.fromkeys(one.quote for one in titles)))


def _of_header(segments: list[Segment]) -> Iterator[Title]:
    for one in segments:
        if one.about is About.ROLES:
            yield from titles_in(one.text, one.text)


def _not_said_in(header: list[Title], fuller: list[Title]) -> list[Title]:
    """The header's titles that the body does not list; of its mere fields none."""
    return [
        one
        for one in header
        if head_of(one.text) is not None
        and not covered(one, fuller)
        and not (is_bare(one.text) and any(not is_bare(other.text) for other in fuller))
    ]


def _without_crowds(titles: list[Title]) -> list[Title]:
    """Without "engineers" where any job is named."""
    named = [one for one in titles if one.text.lower() not in _CROWDS]
    return named or titles
