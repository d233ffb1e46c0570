"""A query understood: its parts, each with what answers it, and what it asks for beside a subject. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.search.asked import Asked, Known, Part, Sort
from bot.search.cues import Aim, Cues, cues
from bot.search.facets import Kind
from bot.search.meanings import Meaning
from bot.search.parts import ANYTHING, compound, cued, elsewhere, intended, lesser, named, word_of
from bot.search.reading import squeezed
from bot.search.typed import CuesAt, Word, cues_in, spelt, within_a_name, without_cues
from bot.search.words import LINKING, words

LONGEST = 40
"""Of how many words a query is read; what comes after is passed over."""

_MOST_INTENTS = 2
_KIND_WITHIN = 0.8


def understood(query: str, known: Known) -> Asked:
    """What a query asks for, whatever it holds."""
    said = cues()
    typed = words(query.replace("\0", " "))[:LONGEST]
    row = list(spelt(typed, known, said))
    respelt = " ".join(word.meant for word in row)
    plain = [word for word in row if word.meant not in LINKING]
    asking = cues_in(row, said)
    parts = list(_parts(plain, asking, known, said, query))
    alone = {place: cue for place, cue in asking.items() if not within_a_name(place, plain, known)}
    subject = "".join(word.meant for word in without_cues(plain, alone, said))
    names = {squeezed(respelt): 1.0}
    names.setdefault(squeezed(" ".join(typed)), 1.0)
    if subject:
        names.setdefault(subject, 0.9)
    names.pop("", None)
    return Asked(
        parts,
        names,
        tuple(word.root for word in plain),
        frozenset(word.root for word in plain if word.meant not in said.silent),
        respelt if any(word.sure < 1 for word in row) else "",
    )


def _parts(row: Sequence[Word], asking: CuesAt, known: Known, said: Cues, query: str) -> Iterator[Part]:
    roots = [word.root for word in row]
    names: dict[int, tuple[int, list[Meaning]]] = {}
    for place, length, meaning in known.meanings.within(roots):
        if length > names.get(place, (0, []))[0]:
            names[place] = (length, [meaning])
        elif length == names[place][0]:
            names[place][1].append(meaning)
    within = {on for place, (length, _) in names.items() if length > 1 for on in range(place, place + length)}
    loose = {root for place, root in enumerate(roots) if place not in within or root not in said.generic}
    intents = [one for one in known.meanings.intents if all(need & loose for need in one.needs)]
    intents = sorted(intents, key=lambda one: -len(one.needs))[:_MOST_INTENTS]
    spent = {root for intent in intents for need in intent.needs for root in need}
    for intent in intents:
        yield intended(intent.means)
    aimed = not intents and any(isinstance(one, Aim) for _, one in asking.values())
    if not aimed and not any(isinstance(one, Kind) for _, one in asking.values()):
        yield ANYTHING
    vague = {place for place, (length, _) in names.items() if _is_vague(row[place : place + length], said)}
    vague = vague if len(vague) < len(names) else set()
    place = 0
    while place < len(row):
        cue = asking.get(place)
        name = names.get(place)
        ahead = (
            max((names[on][0] for on in range(place + 1, place + cue[0]) if on in names), default=0)
            if cue
            else 0
        )
        two = tuple(word.meant for word in row[place : place + 2])
        if two in said.elsewhere_phrases:
            yield elsewhere(row[place : place + 2])
            place += 2
        elif name is not None and name[0] > 1 and (cue is None or name[0] > cue[0]):
            part = named(row[place : place + name[0]], name[1], known, said, spent)
            yield lesser(part) if place in vague else part
            yield from _inside(row[place : place + name[0]], name[1], known, said, spent)
            if all(meaning.kind is None for meaning in name[1]) and row[place].root not in said.generic:
                yield from _kinds_within(range(place, place + name[0]), row, asking, spent)
            reach = range(place + 1, place + name[0]) if place in vague else ()
            # Of two names that run into each other, as "how to start" and "start a blog", both are heard.
            telling = (on for on in reach if on in names and on not in vague and names[on][0] > 1)
            place = next(telling, place + name[0])
        elif cue is not None and ahead <= cue[0]:
            part = cued(
                row[place : place + cue[0]], cue[1], name[1] if name and name[0] == cue[0] else [], spent
            )
            if part.sort is not Sort.AIM or aimed:
                yield part
            place += cue[0]
        elif place + 1 not in asking and _joined(row, place, known, said):
            yield compound(row[place : place + 2], names, place, known)
            place += 2
        elif row[place].meant in said.silent:
            place += 1
        elif name is not None:
            part = named(row[place : place + name[0]], name[1], known, said, spent)
            yield lesser(part) if place in vague else part
            place += name[0]
        else:
            last = place == len(row) - 1 and not query[-1:].isspace()
            yield word_of(row[place], known, said, last, row[place].root in spent)
            place += 1


def _is_vague(row: Sequence[Word], said: Cues) -> bool:
    """Whether a name is made of words that mean little, as "how to start": beside another it says less."""
    return all(
        word.meant in said.silent or word.root in said.generic or word.root in said.plain for word in row
    )


def _inside(
    row: Sequence[Word], meant: Sequence[Meaning], known: Known, said: Cues, spent: set[str]
) -> Iterator[Part]:
    """What is named within a longer name of something else, and is meant as well."""
    about = {term for meaning in meant for term in (meaning.term, *meaning.wider)}
    roots = [word.root for word in row]
    for place, length, meaning in known.meanings.within(roots, telling=True):
        if length < len(row) and meaning.term not in about and meaning.kind is None:
            about.add(meaning.term)
            yield lesser(named(row[place : place + length], [meaning], known, said, spent))


def _kinds_within(reach: range, row: Sequence[Word], asking: CuesAt, spent: set[str]) -> Iterator[Part]:
    """The kinds that are asked for within a name: who types "remote jobs" is after places that list jobs."""
    for place in reach:
        length, asked = asking.get(place, (0, None))
        if isinstance(asked, Kind) and place + length <= reach.stop:
            part = cued(row[place : place + length], asked, [], spent)
            yield replace(part, weight=part.weight * _KIND_WITHIN)


def _joined(row: Sequence[Word], place: int, known: Known, said: Cues) -> bool:
    """Whether two neighbours are written as one word somewhere."""
    if place + 1 >= len(row):
        return False
    first, second = row[place].meant, row[place + 1].meant
    return (
        len(first) + len(second) > 4
        and first not in said.silent
        and second not in said.silent
        and known.spelling.count(first + second) > 0
    )
