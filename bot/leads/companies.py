"""How a company is recognised from month to month. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

KEY_LIMIT = 80

_LEGAL_FORMS = frozenset(
    {
        "inc",
        "incorporated",
        "llc",
        "llp",
        "lp",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "plc",
    }
    | {
        "pbc",
        "gmbh",
        "ag",
        "kg",
        "ug",
        "mbh",
        "se",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "bv",
        "nv",
        "ab",
        "as",
    }
    | {"oy", "oyj", "aps", "pte", "pty", "pvt", "private", "kk", "sro", "zoo"}
)
_ALSO_KNOWN = re.compile(r"\((?:yc|y combinator)[^)]*\)|\(?\b(?:yc ?[swfx]\d\d)\b\)?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WEB_ENDING = re.compile(r"\.(?:com|io|ai|co|dev|app|org|net|so|xyz|tech|health|ly|us|eu|de)$")

_DOUBLE_ENDINGS = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})


def company_key(company: str | None, urls: Sequence[str]) -> str | None:
    """What stays the same when a company posts again, whatever legal form or cohort it writes.

    Its name, folded, without blanks and legal form; where none was found, the domain of its own address, if
    that is not on somebody else's site. None where neither is known.
    """
    name = _name_key(company) if company else ""
    if name:
        return name
    return next((f"@{domain}" for url in urls if (domain := _own_domain(url))), None)


def _name_key(company: str) -> str:
    plain = _IN_BRACKETS.sub(" ", _ALSO_KNOWN.sub(" ", company[:500]))
    decomposed = unicodedata.normalize("NFKD", plain.casefold().strip())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    # "S.r.l." and "Inc." alike lose their dots, and "acme.ai" its ending.
    words = re.sub(r"[.'’]", "", _WEB_ENDING.sub("", letters.strip())).replace("&", " and ")
    parts = re.findall(r"[^\W_]+", words)
    while len(parts) > 1 and parts[-1] in _LEGAL_FORMS:
        parts.pop()
    if len(parts) > 1 and parts[0] == "the":
        parts.pop(0)
    return "".join(parts)[:KEY_LIMIT]


def _own_domain(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host or "." not in host or host.replace(".", "").isdigit():
        return None
    labels = host.removeprefix("www.").split(".")
    size = 3 if len(labels) > 2 and labels[-2] in _DOUBLE_ENDINGS and len(labels[-1]) == 2 else 2
    domain = ".".join(labels[-size:])
    return None if domain in _shared_sites() else domain[:KEY_LIMIT]


@cache
def _shared_sites() -> frozenset[str]:
    lines = (files("bot.leads") / "shared_sites.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
