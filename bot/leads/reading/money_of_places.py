"""Whose money it is where a post does not say: the dollars of a land, the currency of a place."""

import re

from bot.leads.reading.structure import PostText

# CAD is also the drawing of parts by computer, so money has to stand beside it.
_FOREIGN_DOLLARS = re.compile(
    r"(?:[$\d]k?(?:/\w{1,6})?\s?\(?|\b(?:salar|pay|compensation|range|figure|amount|dollar)[^.\n]{0,40}\bin )"
    r"(cad|aud|nzd|sgd|hkd)\b(?!/| (?:software|tool|design|model|kernel|file))"
    r"|\b(canad|austral|singap)\w+ dollars?\b"
)
_DOLLARS_OF = {"canad": "CAD", "austral": "AUD", "singap": "SGD"}
_WHERE = (
    (
        "USD",
        re.compile(
            r"\b(?:us|usa|u\.s\.?|united states|america|nyc|ny|new york|sf|san francisco|ca|boston|seattle"
            r"|austin)\b"
        ),
    ),
    (
        "GBP",
        re.compile(r"\b(?:uk|u\.k\.?|united kingdom|london|england|scotland|manchester|edinburgh|bristol)\b"),
    ),
    (
        "EUR",
        re.compile(
            r"\b(?:eu|europe|germany|berlin|munich|hamburg|cologne|austria|vienna|netherlands|amsterdam"
            r"|paris|france|spain|madrid|barcelona|italy|milan|ireland|dublin|portugal|lisbon|finland"
            r"|helsinki|belgium|brussels"
            r"|estonia)\b"
        ),
    ),
    ("CHF", re.compile(r"\b(?:switzerland|zurich|zürich|geneva|lausanne|basel)\b")),
    ("CAD", re.compile(r"\b(?:canada|toronto|vancouver|montreal|ottawa)\b")),
    ("AUD", re.compile(r"\b(?:australia|sydney|melbourne|brisbane)\b")),
)


def currency_of_the_place(post: PostText) -> str:
    """The currency of a bare "120-150k": that of the place in the header, dollars where there is none."""
    return next((code for code, where in _WHERE if where.search(post.folded, 0, len(post.header))), "USD")


def whose_dollars(post: PostText) -> str:
    """Whose dollars they are: a post that speaks of Canadian dollars once means them throughout."""
    found = _FOREIGN_DOLLARS.search(post.folded)
    if found is None:
        return "USD"
    return found[1].upper() if found[1] else _DOLLARS_OF[found[2]]
