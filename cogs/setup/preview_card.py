"""How the preview of the next day looks."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import discord

from bot.checkins.pings import DirectPingContent, PingContent
from bot.checkins.preview import PlannedPing, Preview, Reached
from bot.leads.service import SetUp as LeadsSetUp
from bot.localtime import instant, local
from bot.texts import gettext as _
from bot.texts import ngettext
from cogs.messenger import Rendered
from cogs.rights import Right
from cogs.ui import colours
from cogs.ui.dates import long_date, weekday_name

NAMES_SHOWN = 20
LIST_SHOWN = 3_200
PINGS_SAY_SHOWN = 1_000
WRITING = ("view_channel", "send_messages")
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Looks:
    """How the prompts of a preview look, and each sort of its pings; and what is set for job leads."""

    prompts: Sequence[Rendered]
    pings: Sequence[Rendered]
    leads: LeadsSetUp


@dataclass(frozen=True, slots=True)
class _Line:
    """What is sent at one moment: to all, or to members."""

    at: datetime
    what: str
    reached: Sequence[Reached] = ()


def kinds_of_pings(preview: Preview) -> list[PingContent | DirectPingContent]:
    """One ping of each sort there is, to one member, to show what it says."""
    first: dict[tuple[bool, bool], PingContent | DirectPingContent] = {}
    for ping in preview.pings:
        content = ping.content
        if isinstance(content, PingContent):
            content = replace(content, members=content.members[:1])
        first.setdefault(_sort(ping), content)
    return [first[sort] for sort in sorted(first)]


def preview_card(
    preview: Preview, looks: Looks, missing: Sequence[Right] | None
) -> tuple[discord.Embed, discord.File | None]:
    """Whom the next day's messages reach and when; all of them as a file if there is not room for all."""
    lines = sorted([*_lines(preview), *_leads(preview, looks.leads)], key=lambda line: line.at)
    shown, complete = _shown(lines, preview)
    intro = _(
        "The prompt, the pings, the look back and the job leads that I will send on that day, from midnight "
        "to midnight in {zone}, if nothing changes until then. Whoever checks in, goes away or changes a "
        "routine changes it. The time in brackets is the member's own."
    ).format(zone=preview.zone)
    unable = missing is None or any(right.flag in WRITING for right in missing)
    embed = discord.Embed(
        title=_("Preview of {day}").format(day=long_date(preview.day)),
        description="\n\n".join(part for part in (intro, shown) if part),
        colour=colours.PROBLEM if unable else colours.CALM,
    )
    if unable:
        embed.add_field(
            name=_("Nothing would arrive in the channel"),
            value=_("I can't write in {channel} as things are; /setup says what is missing.").format(
                channel=f"<#{preview.channel_id}>"
            ),
            inline=False,
        )
    said = "\n".join(look.text for look in looks.pings)
    if said:
        embed.add_field(name=_("What the pings say"), value=said[:PINGS_SAY_SHOWN], inline=False)
    left_out = "\n".join(f"• {reason}" for reason in _not_sent(preview))
    if left_out:
        embed.add_field(name=_("Not sent on that day"), value=left_out, inline=False)
    return embed, None if complete else _file(lines, preview)


def prompt_cards(preview: Preview, looks: Looks) -> Iterator[discord.Embed]:
    """The prompts of the day, just as they will look."""
    for prompt, look in zip(preview.prompts, looks.prompts, strict=True):
        embed = look.embed.copy() if look.embed is not None else discord.Embed()
        clock = f"{local(prompt.at, preview.zone):%H:%M}"
        embed.set_author(name=_("The prompt, as it will be posted at {time}").format(time=clock))
        embed.description = f"{look.text}\n\n{embed.description or ''}"
        yield embed


def _lines(preview: Preview) -> Iterator[_Line]:
    for prompt in preview.prompts:
        what = _("the daily prompt in {channel}, with the text below").format(
            channel=f"<#{preview.channel_id}>"
        )
        yield _Line(prompt.at, what)
    names = {
        (False, False): _("ping"),
        (False, True): _("ping by direct message"),
        (True, False): _("second ping"),
        (True, True): _("second ping by direct message"),
    }
    pings = sorted(preview.pings, key=lambda ping: (ping.at, _sort(ping)))
    for (at, sort), together in groupby(pings, key=lambda ping: (ping.at, _sort(ping))):
        yield _Line(at, names[sort], [reached for ping in together for reached in ping.reached])
    if preview.lookback_at is not None:
        yield _Line(preview.lookback_at, _("the look back on the week, if there is anything to tell by then"))


def _leads(preview: Preview, leads: LeadsSetUp) -> Iterator[_Line]:
    settings = leads.settings
    if settings.channel_id is not None:
        what = _("the digest of job leads in {channel}, if there are new ones").format(
            channel=f"<#{settings.channel_id}>"
        )
        yield _Line(instant(preview.day, settings.hour, preview.zone), what)


def _sort(ping: PlannedPing) -> tuple[bool, bool]:
    return ping.content.is_second, isinstance(ping.content, DirectPingContent)


def _shown(lines: Sequence[_Line], preview: Preview) -> tuple[str, bool]:
    """As many lines as there is room for, and whether that is all there is."""
    texts: list[str] = []
    room = LIST_SHOWN
    for line in lines:
        text = _text(line, preview)
        room -= len(text) + 1
        if room < 0:
            break
        texts.append(text)
    left = len(lines) - len(texts)
    if left:
        more = ngettext("… and {count} moment more.", "… and {count} moments more.", left)
        texts.append(more.format(count=left))
    complete = not left and all(len(line.reached) <= NAMES_SHOWN for line in lines)
    if not complete:
        texts.append(_("The file has the whole list."))
    return "\n".join(texts), complete


def _text(line: _Line, preview: Preview) -> str:
    text = f"**{local(line.at, preview.zone):%H:%M}** {line.what}"
    if not line.reached:
        return text
    # A name that is written from right to left must not draw the time along.
    names = [
        f"{ISOLATE}<@{one.user_id}>{END_ISOLATE} ({_wall(one, preview)})"
        for one in line.reached[:NAMES_SHOWN]
    ]
    text = f"{text}: {', '.join(names)}"
    more = len(line.reached) - NAMES_SHOWN
    if more > 0:
        text += " " + ngettext("and {count} more", "and {count} more", more).format(count=more)
    return text


def _wall(reached: Reached, preview: Preview) -> str:
    clock = f"{reached.wall:%H:%M}"
    if reached.wall.date() == preview.day:
        return clock
    return f"{clock} {weekday_name(reached.wall.weekday())}"


def _not_sent(preview: Preview) -> Iterator[str]:
    if preview.why_no_prompt is not None:
        yield _("The daily prompt: {reason}.").format(reason=_(preview.why_no_prompt))
    if not preview.pings:
        yield _("Pings: none that anybody asked for falls on it.")
    if preview.lookback_at is None and preview.lookback_weekday is None:
        yield _("The look back: no day is chosen for it.")
    elif preview.lookback_at is None and preview.lookback_weekday is not None:
        yield _("The look back: its day is {weekday}.").format(weekday=weekday_name(preview.lookback_weekday))


def _file(lines: Sequence[_Line], preview: Preview) -> discord.File:
    texts = [_("{day}, times in {zone}; members by their ids").format(day=preview.day, zone=preview.zone)]
    for line in lines:
        texts += ["", f"{local(line.at, preview.zone):%H:%M} {line.what}"]
        texts += [f"  {one.user_id} ({_wall(one, preview)})" for one in line.reached]
    return discord.File(io.BytesIO("\n".join(texts).encode()), f"preview-{preview.day}.txt")
