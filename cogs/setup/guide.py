"""The guided page of a server that is set up: what holds, and each step with what can be done about it."""

from datetime import time
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.errors import ButtonOutdated, ChannelNotUsable, NotSetUp
from bot.guide.steps import Step, after
from bot.leads.service import NO_CHANNEL
from bot.servers.guessing import USUAL_LOOKBACK_WEEKDAY
from bot.servers.service import NO_LOOKBACK, OWN_QUESTIONS
from bot.texts import gettext as _
from cogs.rights import invite_link
from cogs.setup import cards, hours, pages
from cogs.setup.buttons import RIGHTS, STEPS_SELECT, OwnQuestionsButton, settings_view
from cogs.setup.cities import NOW, CityButton
from cogs.setup.seeing import Seen, guess_of, see, text_channel
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.dates import weekday_name
from cogs.ui.feature import guild_of, require_manager
from cogs.ui.fitting import shortened
from cogs.ui.lasting import custom_id_of
from cogs.ui.question_sets import QUESTION_SETS
from cogs.ui.replies import reply, turn_to
from cogs.ui.selects import LastingChannelSelect, LastingSelect
from cogs.ui.step_names import STEP_NAMES, step_named

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

LABEL: Final = 80
CHANNEL_STEPS: Final = "checkins|leads|curators"
WEEK: Final = range(7)


async def show_overview(
    interaction: "Interaction", *, note: str = "", following: Step | None = None, anew: bool = False
) -> None:
    """All that is set and how each step stands; `anew` as an answer of its own. Raises NotSetUp.

    `following` is the step to go on with.
    """
    seen = await see(interaction)
    if seen.settings.set_up is None:
        raise NotSetUp
    embed = cards.settings_card(seen.settings.set_up, seen.settings, seen.missing)
    if note:
        embed.description = f"{note}\n\n{embed.description}"
    view = settings_view(curators_are_told=seen.settings.curation.channel_id is not None)
    if following is not None:
        view.add_item(_next_button(following))
    if anew:
        await reply(interaction, embed=embed, view=view)
    else:
        await turn_to(interaction, embed, view)


async def show_step(interaction: "Interaction", step: Step, *, note: str = "") -> None:
    """The page of a step; raises NotSetUp."""
    seen = await see(interaction)
    if seen.settings.set_up is None:
        raise NotSetUp
    channels = seen.settings.channels
    guess = None if step in channels else seen.guesses.get(step)
    is_open = False
    if step in channels and seen.missing[step] is not None:
        is_open = guess_of(text_channel(interaction, channels[step])).is_open
    elif guess is not None:
        is_open = guess.is_open
    embed = pages.step_page(
        step, seen.settings.set_up, seen.settings, seen.missing, guess, is_open=is_open, note=note
    )
    await turn_to(interaction, embed, view_of(*_controls(step, seen), *_ways_on(step, seen)))


async def show_rights(interaction: "Interaction") -> None:
    """Each right with its reason, and where which are missing."""
    seen = await see(interaction)
    application = interaction.application_id
    embed = pages.rights_page(seen.settings, seen.missing, invite_link(application))
    # The first set-up answers it, and goes back to wherever the server has come to.
    back: discord.ui.Button[discord.ui.View] = discord.ui.Button(label=_("Back"), custom_id="setup:back:v1")
    await turn_to(interaction, embed, view_of(RightsButton(again=True), back))


class StepsSelect(LastingSelect, template=r"setup:steps:v1"):
    """Opens a step from the settings."""

    def __init__(self) -> None:
        super().__init__("", STEPS_SELECT, [])

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        require_manager(interaction)
        if values == [RIGHTS]:
            await show_rights(interaction)
        else:
            await show_step(interaction, step_named(values[0]))


class StepButton(LastingButton, template=r"setup:step:v1:(?P<step>[a-z]+)"):
    """Opens a step, or looks at it again."""

    def __init__(self, step: str, label: str = "", style: Any = discord.ButtonStyle.secondary):
        super().__init__(label, custom_id_of("setup:step:v1", step), style)
        self.step = step

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        await show_step(interaction, step_named(self.step))


class OverviewButton(LastingButton, template=r"setup:overview:v1"):
    """Goes back to all that is set."""

    def __init__(self) -> None:
        super().__init__(_("All settings"), "setup:overview:v1")

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        await show_overview(interaction)


class RightsButton(LastingButton, template=r"setup:rights:v1"):
    """Explains each right."""

    def __init__(self, *, again: bool = False) -> None:
        super().__init__(_("Look again") if again else _("My rights"), "setup:rights:v1")

    async def press(self, interaction: "Interaction") -> None:
        require_manager(interaction)
        await show_rights(interaction)


class ChannelSelect(LastingChannelSelect, template=rf"setup:channel:v1:(?P<step>{CHANNEL_STEPS})"):
    """Chooses the channel of a step."""

    def __init__(self, step: str, chosen: int | None = None):
        custom_id = custom_id_of("setup:channel:v1", step)
        super().__init__(_("Choose a channel"), custom_id, chosen=chosen)
        self.step = step

    async def choose(self, interaction: "Interaction", channel_id: int) -> None:
        await _take_channel(interaction, step_named(self.step), channel_id)


class UseChannelButton(
    LastingButton, template=rf"setup:use:v1:(?P<step>{CHANNEL_STEPS}):(?P<channel>\d{{1,20}})"
):
    """Takes the channel that most likely suits a step."""

    def __init__(self, step: str, channel: str, name: str = ""):
        label = shortened(_("Use #{channel}").format(channel=name), LABEL)
        custom_id = custom_id_of("setup:use:v1", step, channel)
        super().__init__(label, custom_id, discord.ButtonStyle.success)
        self.step, self.channel = step, int(channel)

    async def press(self, interaction: "Interaction") -> None:
        await _take_channel(interaction, step_named(self.step), self.channel)


class ZoneSelect(LastingSelect, template=r"setup:zones:v1"):
    """Chooses the zone of a server that is set up."""

    def __init__(self, options: list[discord.SelectOption] | None = None):
        super().__init__(_("Choose a time zone"), "setup:zones:v1", options or [])

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        guild_id = await _server(interaction)
        await interaction.client.services.servers.set_up(guild_id, zone=values[0])
        await show_step(interaction, Step.CHECKINS)


class HourSelect(LastingSelect, template=r"setup:hours:v1:(?P<step>checkins|lookback|leads)"):
    """Chooses the hour of a step."""

    def __init__(self, step: str, chosen: time | None = None):
        custom_id = custom_id_of("setup:hours:v1", step)
        super().__init__(_("Choose an hour"), custom_id, hours.options(chosen) if chosen else [])
        self.step = step

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        guild_id, services = await _server(interaction), interaction.client.services
        hour = hours.named(values[0])
        step = step_named(self.step)
        if step is Step.CHECKINS:
            await services.servers.set_up(guild_id, prompt_time=hour)
        elif step is Step.LOOKBACK:
            await services.servers.set_up(guild_id, lookback_time=hour)
        else:
            await services.leads.set_up(guild_id, hour=hour)
        await show_step(interaction, step)


class DaySelect(LastingSelect, template=r"setup:days:v1"):
    """Chooses the day on which the week is looked back on."""

    def __init__(self, chosen: int | None = None):
        options = [
            discord.SelectOption(label=weekday_name(number), value=str(number), default=number == chosen)
            for number in WEEK
        ]
        super().__init__(_("Choose a day"), "setup:days:v1", options)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        await _take_day(interaction, values[0])


class DayButton(LastingButton, template=r"setup:day:v1:(?P<day>[0-6])"):
    """Has the week looked back on, on the usual day."""

    def __init__(self, day: str, at: time | None = None):
        hour = f"{at:%H:%M}" if at else ""
        label = _("Use {day}, {time}").format(day=weekday_name(int(day)), time=hour)
        super().__init__(label, custom_id_of("setup:day:v1", day), discord.ButtonStyle.success)
        self.day = day

    async def press(self, interaction: "Interaction") -> None:
        await _take_day(interaction, self.day)


class QuestionsSelect(LastingSelect, template=r"setup:ask:v1"):
    """Chooses what the daily prompt asks."""

    def __init__(self, chosen: str | None = None):
        options = [
            discord.SelectOption(label=_(label), value=name, default=name == chosen)
            for name, label in QUESTION_SETS.items()
            # Own ones are chosen by writing them down.
            if name != OWN_QUESTIONS or name == chosen
        ]
        super().__init__(_("Choose what is asked"), "setup:ask:v1", options)

    async def choose(self, interaction: "Interaction", values: list[str]) -> None:
        guild_id = await _server(interaction)
        await interaction.client.services.servers.set_up(guild_id, questions=values[0])
        await show_step(interaction, Step.QUESTIONS)


class OffButton(LastingButton, template=r"setup:off:v1:(?P<step>lookback|leads|curators)"):
    """Turns a step off; one that is off stays so."""

    def __init__(self, step: str):
        super().__init__(_("Turn off"), custom_id_of("setup:off:v1", step), discord.ButtonStyle.danger)
        self.step = step

    async def press(self, interaction: "Interaction") -> None:
        guild_id, services = await _server(interaction), interaction.client.services
        step = step_named(self.step)
        if step is Step.LOOKBACK:
            await services.servers.set_up(guild_id, lookback_weekday=NO_LOOKBACK)
        elif step is Step.LEADS:
            await services.leads.set_up(guild_id, channel_id=NO_CHANNEL)
        else:
            await services.curation.set_up(guild_id, None)
        await show_step(interaction, step)


BUTTONS = (
    StepsSelect,
    StepButton,
    OverviewButton,
    RightsButton,
    ChannelSelect,
    UseChannelButton,
    ZoneSelect,
    HourSelect,
    DaySelect,
    DayButton,
    QuestionsSelect,
    OffButton,
)


def _controls(step: Step, seen: Seen) -> list[discord.ui.Item[Any]]:
    """What can be chosen for a step of a server that is set up."""
    settings, channels = seen.settings, seen.settings.channels
    if settings.set_up is None:
        raise NotSetUp
    server, leads = settings.set_up.server, settings.leads.settings
    # A channel that is gone can't be shown as chosen.
    chosen = channels.get(step) if seen.missing.get(step) is not None else None
    guess = None if step in channels else seen.guesses.get(step)
    use = [] if guess is None else [UseChannelButton(step, str(guess.channel_id), guess.name)]
    if step is Step.CHECKINS:
        zones = ZoneSelect(hours.zone_options(server.zone, seen.now))
        return [ChannelSelect(step, chosen), zones, HourSelect(step, server.prompt_time), CityButton(NOW)]
    if step is Step.LOOKBACK:
        if server.lookback_weekday is None:
            return [DaySelect(), DayButton(str(USUAL_LOOKBACK_WEEKDAY), server.lookback_time)]
        return [DaySelect(server.lookback_weekday), HourSelect(step, server.lookback_time), OffButton(step)]
    if step is Step.LEADS:
        if leads.channel_id is None:
            return [ChannelSelect(step), *use]
        # The leads answer the button about what suits the server.
        wishes: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label=_("Which leads suit"), custom_id="leads:settings:v1"
        )
        return [ChannelSelect(step, chosen), HourSelect(step, leads.hour), OffButton(step), wishes]
    if step is Step.CURATORS:
        off = [OffButton(step)] if step in channels else []
        return [ChannelSelect(step, chosen), *use, *off]
    return [QuestionsSelect(server.questions), OwnQuestionsButton()]


def _next_button(step: Step) -> StepButton:
    label = shortened(_("Next: {step}").format(step=_(STEP_NAMES[step])), LABEL)
    return StepButton(step, label, discord.ButtonStyle.primary)


def _ways_on(step: Step, seen: Seen) -> list[discord.ui.Item[Any]]:
    following = after(step)
    ways: list[discord.ui.Item[Any]] = []
    if following is not None:
        ways.append(_next_button(following))
    posts_in = Step.CHECKINS if step is Step.LOOKBACK else step
    if seen.missing.get(posts_in, []) != []:
        ways.append(StepButton(step, _("Look again")))
        ways.append(RightsButton())
    return [*ways, OverviewButton()]


async def _take_channel(interaction: "Interaction", step: Step, channel_id: int) -> None:
    guild_id, services = await _server(interaction), interaction.client.services
    try:
        text_channel(interaction, channel_id)
    except ChannelNotUsable as error:
        # It went while the page was open; the page is made anew without it.
        await show_step(interaction, step, note=str(error))
        return
    if step is Step.CHECKINS:
        await services.servers.set_up(guild_id, checkin_channel_id=channel_id)
    elif step is Step.LEADS:
        await services.leads.set_up(guild_id, channel_id=channel_id)
    else:
        await services.curation.set_up(guild_id, channel_id)
    await show_step(interaction, step)
    if step is Step.CURATORS:
        # Suggestions may have waited for them to have one.
        await interaction.client.deliver(guild_id)


async def _take_day(interaction: "Interaction", day: str) -> None:
    guild_id = await _server(interaction)
    if not (day.isascii() and day.isdigit() and int(day) in WEEK):
        raise ButtonOutdated
    await interaction.client.services.servers.set_up(guild_id, lookback_weekday=int(day))
    await show_step(interaction, Step.LOOKBACK)


async def _server(interaction: "Interaction") -> int:
    """The server whose settings whoever pressed may change; raises ServerOnly, ManagersOnly and NotSetUp."""
    guild_id = guild_of(interaction)
    require_manager(interaction)
    if await interaction.client.services.servers.find(guild_id) is None:
        raise NotSetUp
    return guild_id
