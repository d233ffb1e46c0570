"""A suggestion as curators see it: in their channel, in the queue, and while they fill in what is missing."""

import discord

from bot.resources.deliveries import SuggestionContent
from bot.resources.entry import Entry
from bot.resources.suggestion import Suggestion, SuggestionState
from bot.texts import gettext as _
from cogs.messenger import Rendered, Renderer
from cogs.resources.cards import STEP_COLOURS
from cogs.resources.curated import SUGGESTION
from cogs.resources.curators_buttons import decide_button, edit_button, look_button, queue_button
from cogs.resources.wording import GOOD_FOR_SHOWN, STEP_NAMES, all_facts, safe_address, topics_text
from cogs.ui import colours
from cogs.ui.buttons import view_of
from cogs.ui.markup import as_text

TITLE_LIMIT, REASON_SHOWN, AUTHOR_SHOWN, NAMES_SHOWN = 250, 700, 160, 900


def suggestion_card(suggestion: Suggestion) -> discord.Embed:
    """A suggestion that waits, with what is filled in so far, or what became of it."""
    if suggestion.is_waiting:
        embed = entry_card(suggestion.entry, _by(suggestion))
        embed.set_author(name=_("Suggested for the shelf"))
        # Nobody is to take a guess for what the member said.
        text = _(
            "Title, address and sentence are the member's; the rest began as my guess. Edit… sets it right."
        )
        return embed.set_footer(text=text)
    return discord.Embed(
        title=as_text(suggestion.entry.title, TITLE_LIMIT),
        url=safe_address(suggestion.entry.address),
        description="\n\n".join(filter(None, [_outcome(suggestion), _by(suggestion)])),
        colour=colours.GOOD if suggestion.state is SuggestionState.ACCEPTED else colours.CALM,
    )


def entry_card(entry: Entry, note: str = "") -> discord.Embed:
    """What is said of a resource, so that curators see at once what is missing or wrong."""
    good_for = as_text(entry.good_for, GOOD_FOR_SHOWN) or _("What it is good for is missing.")
    embed = discord.Embed(
        title=as_text(entry.title, TITLE_LIMIT),
        url=safe_address(entry.address),
        # The whole address, so that nobody takes in what they have not seen.
        description="\n\n".join(filter(None, [good_for, f"<{safe_address(entry.address)}>", note])),
        colour=STEP_COLOURS[entry.step],
    )
    embed.add_field(name=_("What it is"), value=" · ".join(all_facts(entry)), inline=False)
    about = topics_text(entry.topics) or _("No topic yet; one at least is needed.")
    embed.add_field(name=_("About"), value=about, inline=False)
    embed.add_field(name=_("For the step"), value=_(STEP_NAMES[entry.step]))
    if entry.author:
        embed.add_field(name=_("By"), value=as_text(entry.author, AUTHOR_SHOWN))
    if entry.also:
        embed.add_field(name=_("Also known as"), value=as_text(", ".join(entry.also), NAMES_SHOWN))
    if entry.asks:
        asks = as_text(", ".join(entry.asks), NAMES_SHOWN)
        embed.add_field(name=_("Typed by people who need it"), value=asks)
    return embed


def render_suggestion(content: SuggestionContent, nonce: str) -> Rendered:
    """A suggestion in the curators' channel; who made it is named and not mentioned."""
    suggestion = content.suggestion
    if suggestion.is_waiting:
        items = [
            decide_button("accept", suggestion.id, nonce),
            edit_button(f"{SUGGESTION}{suggestion.id}", nonce),
            decide_button("decline", suggestion.id, nonce),
        ]
    elif suggestion.resource_id is not None:
        items = [look_button(suggestion.resource_id, nonce)]
    else:
        items = [queue_button(nonce)]
    return Rendered(text="", embed=suggestion_card(suggestion), view=view_of(*items))


def _outcome(suggestion: Suggestion) -> str:
    if suggestion.state is SuggestionState.ACCEPTED:
        return _("It is on the shelf now.")
    reason = as_text(suggestion.reason, REASON_SHOWN)
    return _("Declined: {reason}").format(reason=reason)


def _by(suggestion: Suggestion) -> str:
    if suggestion.user_id is None:
        return ""
    day = discord.utils.format_dt(suggestion.suggested_at, "d")
    return _("Suggested by {member} on {day}.").format(member=f"<@{suggestion.user_id}>", day=day)


RENDERERS: dict[type, Renderer] = {SuggestionContent: render_suggestion}
