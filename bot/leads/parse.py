"""One post, read into a lead: all readers of `bot.leads.reading` joined. Pure, and never fails."""

import logging
from typing import Any

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
from bot.leads.reading.segments import segments_of
from bot.leads.reading.seniority import read_seniority
from bot.leads.reading.structure import READ_AT_MOST, PostText, Read
from bot.leads.reading.tech import read_tech
from bot.leads.reading.visa import read_visa
from bot.leads.reading.whereabouts import Whereabouts

PARSER_VERSION = 1
"""Raised when the readers change so that what is stored should be read anew."""

QUOTE_AT_MOST = 300

log = logging.getLogger("bot.leads")


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
    roles = read_roles(post, segments)
    kind = read_kind(post, segments, roles is not None)
    fields: dict[str, Read[Any] | None] = {}
    if kind.value is not PostKind.OTHER:
        modes = read_work_modes(post)
        where = Whereabouts(post, segments, modes.value if modes else frozenset())
        fields = {
            "company": read_company(post, segments) if kind.value is PostKind.HIRING else None,
            "roles": roles,
            "locations": where.locations(),
            "work_modes": modes,
            "remote_scope": where.remote_scope(),
            "employment_types": read_employment(post),
            "salary": read_pay(post),
            "visa": read_visa(post),
            "seniority": read_seniority(post, roles.value if roles else ()),
            "ml": read_machine_learning(post, roles.value if roles else ()),
            "degree": read_degree(post),
            "tech": read_tech(post),
            "urls": read_urls(post),
            "emails": read_emails(post),
        }
    found = {name: read for name, read in {"kind": kind, **fields}.items() if read is not None}
    return Lead(
        **{name: read.value for name, read in found.items()},
        evidence={name: read.quote[:QUOTE_AT_MOST] for name, read in found.items()},
    )
