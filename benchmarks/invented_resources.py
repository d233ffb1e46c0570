"""Resources made up by chance, as many as are wanted, and what people type to find them."""

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.search.document import Document
from bot.search.facets import Cost, Facets, Kind, Level

DIFFERENT_WORDS = 60_000
ONSETS = (
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "st",
    "tr",
    "pl",
    "ch",
    "",
)
RIMES = ("a", "e", "i", "o", "u", "an", "er", "in", "or", "um", "ea", "ing", "al", "ent", "is", "ou", "ion")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, and how often each is used, added up from the first on."""

    words: Sequence[str]
    weights: Sequence[float]

    def some(self, chance: random.Random, number: int) -> list[str]:
        """So many words in a row, the frequent ones often."""
        return chance.choices(self.words, cum_weights=self.weights, k=number)


def vocabulary(texts: Sequence[str], chance: random.Random, size: int = DIFFERENT_WORDS) -> Vocabulary:
    """The texts' own words, the most frequent first, and then invented ones, as rare as words come.

    The word of a rank is as frequent as the law of Zipf has it, in Mandelbrot's form: 1 / (rank + 2.7).
    """
    counted = Counter(word for text in texts for word in re.findall(r"\w+", text.casefold()))
    words = dict.fromkeys(word for word, _ in counted.most_common())
    while len(words) < size:
        syllables = chance.choice((2, 2, 3, 3, 4))
        words["".join(chance.choice(ONSETS) + chance.choice(RIMES) for _ in range(syllables))] = None
    ordered = list(words)
    return Vocabulary(ordered, list(accumulate(1 / (rank + 2.7) for rank in range(1, len(ordered) + 1))))


def documents(
    number: int, known: Vocabulary, topics: Mapping[str, str], chance: random.Random
) -> list[Document]:
    """So many resources, with everything that ours have; their keys count from 1."""
    return [_document(key, known, topics, chance) for key in range(1, number + 1)]


def _document(key: int, known: Vocabulary, topics: Mapping[str, str], chance: random.Random) -> Document:
    title = known.some(chance, chance.choice((2, 3, 3, 4, 4, 5, 6, 8)))
    about = {list(topics)[int(len(topics) * chance.random() ** 2)] for _ in range(chance.randint(1, 5))}
    kind = chance.choice(list(Kind))
    return Document(
        key=key,
        title=" ".join(title).capitalize(),
        url=f"https://{title[0]}.example/{title[-1]}/{key}",
        description=" ".join(known.some(chance, chance.randint(12, 28))).capitalize() + ".",
        tags=[*sorted(about), *(topics[topic] for topic in sorted(about)), kind.value],
        author=" ".join(known.some(chance, 2)).title() if chance.random() < 0.3 else "",
        names=[" ".join(known.some(chance, chance.randint(1, 2)))] if chance.random() < 0.4 else (),
        facets=Facets(
            kind=kind,
            level=chance.choice(list(Level)),
            cost=chance.choice(list(Cost)),
            minutes=chance.choice((None, 15, 60, 600, 3000)),
            maths=chance.random() < 0.2,
        ),
        stands=chance.random() > 0.03,
    )


def queries(number: int, known: Vocabulary, among: Sequence[Document], chance: random.Random) -> list[str]:
    """What is typed: one to six words of a title or of the whole vocabulary, every third with a slip."""
    typed = []
    for _ in range(number):
        length = chance.randint(1, 6)
        title = chance.choice(among).title.casefold().split()
        words = title[:length] if chance.random() < 0.5 else known.some(chance, length)
        if chance.random() < 1 / 3:
            at = chance.randrange(len(words))
            words[at] = with_a_slip(words[at], chance)
        typed.append(" ".join(words))
    return typed


def with_a_slip(word: str, chance: random.Random) -> str:
    """The word with a letter lost, doubled, swapped with the next or mistaken for another."""
    at = chance.randrange(len(word))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        (
            before + after,
            before + letter * 2 + after,
            before + after[:1] + letter + after[1:],
            before + chance.choice(LETTERS) + after,
        )
    )


def beginnings(typed: Sequence[str], chance: random.Random) -> list[str]:
    """What stands in the box at some moment while each is typed."""
    return [text[: chance.randint(1, len(text))] for text in typed if text]
