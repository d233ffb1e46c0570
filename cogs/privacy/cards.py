"""How the answers about privacy look."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import discord
from discord.utils import format_dt

from bot.personal_data import Purpose
from bot.privacy.service import Held, Question
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.ui import colours
from cogs.ui.dates import full_date
from cogs.ui.fitting import shortened

EMBED_LIMIT, FIELD_LIMIT, FIELDS_AT_MOST = 5_500, 1_024, 20


def what_cards(held: Sequence[Held]) -> list[discord.Embed]:
    """What is stored of a member: feature by feature, and at the end where, and what they can do."""
    there = [one for one in held if not one.is_empty]
    if not there:
        return [nothing_card()]
    texts = [(_(one.purpose.title), _told(one)) for one in there]
    missing = [_(one.purpose.title) for one in held if one.is_empty]
    if missing:
        texts.append((_("Nothing about you"), shortened(", ".join(missing), FIELD_LIMIT)))
    texts.append((_("Where it is"), _where()))
    texts.append((_("What you can do"), _what_to_do()))
    return _cards(_("What I store about you in this server"), texts, colours.CALM)


def question_cards(question: Question) -> list[discord.Embed]:
    """What would go, what would stay, and when it is gone for good; the last is for the button."""
    there = [one for one in question.held if not one.is_empty]
    texts = [(_("What goes"), "\n".join(f"**{_(one.purpose.title)}:** {_counts(one)}" for one in there))]
    stays = [_(stays) for one in there if (stays := one.purpose.stays)]
    if stays:
        texts.append((_("What stays"), "\n".join(f"- {stay}" for stay in stays)))
    at_once = _("In the database at once.")
    texts.append((_("When it is gone"), f"{at_once} {_when_gone(question)}"))
    texts.append(
        (
            _("There is no way back"),
            _(
                "/privacy export gives you all of it first. The button below works until {moment}. What you "
                "do here afterwards begins anew."
            ).format(moment=format_dt(question.until, "t")),
        )
    )
    return _cards(_("Forget everything about you in this server?"), texts, colours.PROBLEM)


def forgotten_card(gone: Question) -> discord.Embed:
    """That everything is forgotten."""
    text = _("Done. I have forgotten everything about you in this server.")
    return discord.Embed(description=f"{text}\n\n{_when_gone(gone)}", colour=colours.GOOD)


def nothing_card() -> discord.Embed:
    """That there is nothing to show or to forget, be it that it was forgotten a moment ago."""
    text = _("I store nothing about you in this server. There is nothing to forget.")
    return discord.Embed(description=text, colour=colours.CALM)


def _told(held: Held) -> str:
    purpose: Purpose = held.purpose
    lines = [
        _counts(held),
        _("**What for:** {text}").format(text=_(purpose.what)),
        _("**For how long:** {text}").format(text=_(purpose.kept)),
        _("**Who sees it:** {text}").format(text=_(purpose.seen)),
    ]
    return "\n".join(lines)


def _counts(held: Held) -> str:
    rows = held.purpose.rows
    return ", ".join(rows[table](count).format(count=count) for table, count in held.counts.items() if count)


def _where() -> str:
    return _(
        "In one database file on the machine of whoever runs this bot, and in its backups. Nobody else gets "
        "it. Whoever runs the bot could read the file. Logs hold ids and never what you wrote."
    )


def _what_to_do() -> str:
    return _(
        "/privacy export gives you all of it as a file. /privacy forget deletes it, everything at once. "
        "Other servers keep their own: ask there, or give a server's id, if you have left it."
    )


def _when_gone(question: Question) -> str:
    lines = []
    takes = question.messages_take
    minutes = 0 if takes is None else round(takes / timedelta(minutes=1))
    if takes is None:
        lines.append(_("I am not in that server any more, so I can't delete what I posted there."))
    elif minutes > 1:
        text = ngettext(
            "I delete my messages about you in Discord one by one, which may take {count} minute.",
            "I delete my messages about you in Discord one by one, which may take {count} minutes.",
            minutes,
        )
        lines.append(text.format(count=minutes))
    else:
        lines.append(_("I delete my messages about you in Discord in the next minutes."))
    if question.backups_until is None:
        lines.append(_("This bot makes no backups by itself."))
    else:
        text = _("The last backup that still has it is deleted by {day}.")
        lines.append(text.format(day=full_date(question.backups_until)))
    return " ".join(lines)


def _cards(title: str, texts: Iterable[tuple[str, str]], colour: discord.Colour) -> list[discord.Embed]:
    """Fields in as many embeds as they need, each within Discord's limits; the first has the title."""
    cards = [discord.Embed(title=title, colour=colour)]
    for name, text in texts:
        for number, part in enumerate(_parts(text)):
            heading = name if number == 0 else "\u200b"
            card = cards[-1]
            if len(card) + len(heading) + len(part) > EMBED_LIMIT or len(card.fields) >= FIELDS_AT_MOST:
                card = discord.Embed(colour=colour)
                cards.append(card)
            card.add_field(name=heading, value=part, inline=False)
    return cards


def _parts(text: str) -> list[str]:
    """A text in parts that a field holds, divided between lines."""
    parts = [""]
    for line in text.split("\n"):
        whole = f"{parts[-1]}\n{line}" if parts[-1] else line
        if len(whole) <= FIELD_LIMIT:
            parts[-1] = whole
        else:
            parts.append(shortened(line, FIELD_LIMIT))
    return [part for part in parts if part]
