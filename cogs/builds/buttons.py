"""The lasting buttons of builds; each acts for whoever presses it."""

from typing import TYPE_CHECKING

import discord

from bot.builds.errors import BuildOver, NotInBuild, TooLateToCorrect
from bot.builds.service import may_correct
from bot.inputs import quoted
from bot.texts import gettext as _
from cogs.builds import answers
from cogs.builds.forms import BUILD, About, baseline_form
from cogs.ui.buttons import LastingButton, view_of
from cogs.ui.feature import guild_of
from cogs.ui.lasting import NONCE, custom_id_of
from cogs.ui.replies import reply

if TYPE_CHECKING:
    from cogs.client import Autodidact

    Interaction = discord.Interaction[Autodidact]

# Of the buttons under a message one names it, by which the message is found after a crash.
_UNDER_A_MESSAGE = rf"(?:{NONCE}:)?{BUILD}"
_MAYBE_AGAIN = r"(?::d(?P<draft>[0-9a-f]{16}))?"


class JoinButton(LastingButton, template=rf"build:in:v1:{_UNDER_A_MESSAGE}"):
    """Takes the presser in."""

    def __init__(self, build: int | str, nonce: str | None = None):
        super().__init__(_("I'm in"), custom_id_of("build:in:v1", nonce, build), discord.ButtonStyle.success)
        self.build_id = int(build)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        build = await interaction.client.services.builds.join(guild_id, interaction.user.id, self.build_id)
        await reply(interaction, embed=answers.joined_card(build), view=view_of(LeaveButton(build.id)))
        await interaction.client.deliver(guild_id)


class LeaveButton(LastingButton, template=rf"build:out:v1:{BUILD}"):
    """Takes the presser out."""

    def __init__(self, build: int | str):
        super().__init__(_("I'm out"), custom_id_of("build:out:v1", build))
        self.build_id = int(build)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        build = await interaction.client.services.builds.leave(guild_id, interaction.user.id, self.build_id)
        await reply(interaction, embed=answers.left_card(build))
        await interaction.client.deliver(guild_id)


class ThereButton(LastingButton, template=rf"build:there:v1:{_UNDER_A_MESSAGE}{_MAYBE_AGAIN}"):
    """Opens the form that asks where the baseline can be seen, or one that was refused as it was sent."""

    def __init__(self, build: int | str, nonce: str | None = None, draft: str | None = None):
        label = _("Open the form again") if draft else _("Baseline is there")
        custom_id = custom_id_of("build:there:v1", nonce, build, draft and f"d{draft}")
        super().__init__(label, custom_id, discord.ButtonStyle.primary)
        self.build_id, self.draft = int(build), draft

    async def press(self, interaction: "Interaction") -> None:
        build = await interaction.client.services.builds.find(guild_of(interaction), self.build_id)
        if not build.is_running:
            raise BuildOver(title=quoted(build.text.title))
        if interaction.user.id not in build.members:
            raise NotInBuild
        kept = interaction.client.drafts.find(self.draft) if self.draft else None
        await interaction.response.send_modal(baseline_form(About.THERE, build.id, kept or {}))


class CorrectButton(LastingButton, template=rf"build:correct:v1:{_UNDER_A_MESSAGE}{_MAYBE_AGAIN}"):
    """Opens the form in which a baseline's link can be put right, for a day."""

    def __init__(self, build: int | str, nonce: str | None = None, draft: str | None = None):
        label = _("Open the form again") if draft else _("Correct the link")
        custom_id = custom_id_of("build:correct:v1", nonce, build, draft and f"d{draft}")
        super().__init__(label, custom_id)
        self.build_id, self.draft = int(build), draft

    async def press(self, interaction: "Interaction") -> None:
        services = interaction.client.services
        build = await services.builds.find(guild_of(interaction), self.build_id)
        if not may_correct(build, interaction.user.id, services.clock.now()):
            raise TooLateToCorrect
        kept = interaction.client.drafts.find(self.draft) if self.draft else None
        await interaction.response.send_modal(
            baseline_form(About.CORRECTED, build.id, kept or {"link": build.link})
        )


class MoveOnButton(LastingButton, template=rf"build:move_on:v1:{BUILD}"):
    """Asks whoever is in, or manages the server, whether the team is to move on."""

    def __init__(self, build: int | str):
        super().__init__(_("Move on"), custom_id_of("build:move_on:v1", build))
        self.build_id = int(build)

    async def press(self, interaction: "Interaction") -> None:
        build = await interaction.client.services.builds.find(guild_of(interaction), self.build_id)
        if not build.is_running:
            raise BuildOver(title=quoted(build.text.title))
        if interaction.user.id not in build.members and not _manages(interaction):
            raise NotInBuild
        await reply(interaction, embed=answers.really_card(build), view=view_of(ReallyMoveOnButton(build.id)))


class ReallyMoveOnButton(LastingButton, template=rf"build:moving_on:v1:{BUILD}"):
    """Has a team move on; it stands under the question whether it is to."""

    def __init__(self, build: int | str):
        super().__init__(
            _("Yes, move on"), custom_id_of("build:moving_on:v1", build), discord.ButtonStyle.danger
        )
        self.build_id = int(build)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        view = await interaction.client.services.polls.move_on(
            guild_id, interaction.user.id, self.build_id, manages=_manages(interaction)
        )
        card = answers.moved_on_card(view.builds, self.build_id)
        await interaction.response.edit_message(embed=card, view=None)
        await interaction.client.deliver(guild_id)


class TwoTeamsButton(LastingButton, template=rf"build:two_teams:v1:{BUILD}"):
    """Has a second team build the idea that about as many wanted."""

    def __init__(self, build: int | str):
        super().__init__(_("Two teams"), custom_id_of("build:two_teams:v1", build))
        self.build_id = int(build)

    async def press(self, interaction: "Interaction") -> None:
        guild_id = guild_of(interaction)
        await interaction.client.services.polls.two_teams(
            guild_id, interaction.user.id, self.build_id, manages=_manages(interaction)
        )
        await reply(interaction, embed=answers.two_teams_card())
        await interaction.client.deliver(guild_id)


def _manages(interaction: "Interaction") -> bool:
    return interaction.permissions.manage_guild


BUTTONS = (
    JoinButton,
    LeaveButton,
    ThereButton,
    CorrectButton,
    MoveOnButton,
    ReallyMoveOnButton,
    TwoTeamsButton,
)
