"""One post, read into a lead: all readers of `bot.leads.reading` joined. Pure, and never fails."""

import logging
from dataclasses import replace
from typing import Any, TypeVar

from bot.leads.lead import Lead, PostKind
from bot.leads.post_text import plain_text
from bot.leads.reading.company import read_company
from bot.leads.reading.contacts import read_emails, read_urls
from bot.leads.reading.degree import read_degree
from bot.leads.reading.employment import read_employment
from bot.leads.reading.kind import read_kind
from bot.leads.reading.machine_learning import read_machine_learning
from bot.leads.reading.modes import read_work_modes
from bot.leads.reading.pay import read_pay
from bot.leads.reading.roles import read_roles
from bot.leads.reading.segments import About, segments_of
from bot.leads.reading.seniority import read_seniority
from bot.leads.reading.structure import APART, READ_AT_MOST, PostText, Read
from bot.leads.reading.tech import read_tech
from bot.leads.reading.visa import read_visa
from bot.leads.reading.whereabouts import Whereabouts

QUOTE_AT_MOST = 300

log = logging.getLogger("bot.leads")

T = TypeVar("T")
U = TypeVar("U")


def parse(html: str) -> Lead:
    """What a post says, field by field, each with the words that prove it."""
    try:
        return _parse(PostText(plain_text(html)[:READ_AT_MOST]))
    except Exception:
        # A post that nobody thought of must not stop the others from being read.
        log.exception("a post could not be read")
        return Lead(PostKind.OTHER)


def _parse(post: PostText) -> Lead:
    segments = segments_of(post)
    company = read_company(post, segments)
    if company is not None and segments and segments[0].text.startswith(company.quote):
        # A name such as "Flow Traders" is no title, whatever it looks like.
        segments = [replace(segments[0], about=About.OTHER), *segments[1:]]
    roles = read_roles(post, segments)
    titles = roles.value if roles else ()
    kind = read_kind(post, segments, bool(titles))
    if kind.value is PostKind.OTHER:
        return Lead(PostKind.OTHER, evidence=_quotes(post.text, kind=kind) if post.text else {})
    modes = read_work_modes(post)
    where = Whereabouts(post, segments, _value(modes, frozenset()))
    company = company if kind.value is PostKind.HIRING else None
    locations, scope = where.locations(), where.remote_scope()
    employment, salary, visa = read_employment(post), read_pay(post), read_visa(post)
    seniority, ml, degree = (
        read_seniority(post, titles),
        read_machine_learning(post, titles),
        read_degree(post),
    )
    tech, urls, emails = read_tech(post), read_urls(post), read_emails(post)
    return Lead(
        kind.value,
        company=_value(company, None),
        roles=titles,
        locations=_value(locations, ()),
        work_modes=_value(modes, frozenset()),
        remote_scope=_value(scope, None),
        employment_types=_value(employment, frozenset()),
        salary=_value(salary, None),
        visa=_value(visa, None),
        seniority=_value(seniority, frozenset()),
        ml=_value(ml, None),
        degree=_value(degree, None),
        tech=_value(tech, ()),
        urls=_value(urls, ()),
        emails=_value(emails, ()),
        evidence=_quotes(
            post.text,
            kind=kind,
            company=company,
            roles=roles,
            locations=locations,
            work_modes=modes,
            remote_scope=scope,
            employment_types=employment,
            salary=salary,
            visa=visa,
            seniority=seniority,
            ml=ml,
            degree=degree,
            tech=tech,
            urls=urls,
            emails=emails,
        ),
    )


def _value(read: Read[T] | None, otherwise: U) -> T | U:
    return otherwise if read is None else read.value


def _quotes(text: str, **fields: Read[Any] | None) -> dict[str, str]:
    return {name: _proof(text, read.quote) for name, read in fields.items() if read is not None}


def _proof(text: str, quote: str) -> str:
    """One stretch of the text that holds the words a reader gave, or as many of them as fit."""
    start = end = -1
    for words in quote.split(APART):
        # A reader may have blanked out an address among the words.
        words = words.strip()
        at = text.find(words, max(end, 0)) if words else -1
        if at < 0:
            at = text.find(words) if words and start < 0 else -1
        if at < 0:
            continue
        if start < 0:
            start, end = at, at + len(words)
        elif at + len(words) - start <= QUOTE_AT_MOST:
            end = at + len(words)
    if start < 0:
        first = quote.split(APART)[0].split("  ")[0].strip()
        start = max(text.find(first), 0)
        end = start + len(first)
    return text[start : min(end, start + QUOTE_AT_MOST)].strip() or text[:QUOTE_AT_MOST].strip()
