"""Bodies as discord.py makes them: nothing is complained of without cause, and what it lets pass is found."""

from datetime import timedelta

import discord
import pytest
from discord import app_commands

from tests.discord_limits import violations


class CheckIn(discord.ui.Modal, title="Check in"):
    done: discord.ui.Label[discord.ui.Modal] = discord.ui.Label(
        text="What did you get done?",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, max_length=1000),
    )
    kind: discord.ui.Label[discord.ui.Modal] = discord.ui.Label(
        text="What kind of work was it?",
        description="One is enough.",
        component=discord.ui.RadioGroup(
            options=[discord.RadioGroupOption(label=kind) for kind in ("Learning", "Building")]
        ),
    )


def modal_body(modal: discord.ui.Modal) -> dict[str, object]:
    return {"type": 9, "data": modal.to_dict()}


def layout_body(layout: discord.ui.LayoutView) -> dict[str, object]:
    return {"flags": 1 << 15, "components": layout.to_components()}  # type: ignore[no-untyped-call]


async def test_a_modal_is_well() -> None:
    assert violations("POST", "/interactions/1/token/callback", modal_body(CheckIn())) == []


async def test_a_modal_title_that_discord_py_lets_pass_is_found() -> None:
    body = modal_body(CheckIn(title="t" * 46))
    assert violations("POST", "/interactions/1/token/callback", body) == [
        "data.title: 46 characters, at most 45"
    ]


async def test_a_view_of_buttons_and_selects_is_well() -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Check in", custom_id="checkin:1"))
    view.add_item(discord.ui.Button(label="Read", url="https://example.org"))
    view.add_item(discord.ui.Select(options=[discord.SelectOption(label="Monday")]))
    view.add_item(discord.ui.ChannelSelect(placeholder="Where?"))
    body = {"content": "hello", "components": view.to_components()}
    assert violations("POST", "/channels/1/messages", body) == []


async def test_a_label_that_discord_py_lets_pass_is_found() -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="l" * 81, custom_id="checkin:1"))
    body = {"content": "hello", "components": view.to_components()}
    assert violations("POST", "/channels/1/messages", body) == [
        "components[0].components[0].label: 81 characters, at most 80"
    ]


async def test_a_layout_is_well() -> None:
    layout = discord.ui.LayoutView()
    thumbnail: discord.ui.Thumbnail[discord.ui.LayoutView] = discord.ui.Thumbnail("https://example.org/a.png")
    button: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(
        label="Check in", custom_id="checkin:1"
    )
    layout.add_item(
        discord.ui.Container(
            discord.ui.TextDisplay("# Monday"),
            discord.ui.Section("What did you show?", accessory=thumbnail),
            discord.ui.Separator(),
            discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://progress.png")),
            discord.ui.ActionRow(button),
        )
    )
    body = layout_body(layout)
    assert violations("POST", "/channels/1/messages", body) == []


async def test_five_thousand_characters_that_discord_py_lets_pass_are_found() -> None:
    layout = discord.ui.LayoutView()
    layout.add_item(discord.ui.TextDisplay("x" * 2500))
    layout.add_item(discord.ui.TextDisplay("x" * 2500))
    body = layout_body(layout)
    assert violations("POST", "/channels/1/messages", body) == ["components: 5000 characters, at most 4000"]


def test_an_embed_is_well() -> None:
    embed = discord.Embed(title="Monday", description="Three days in a row", colour=0x5865F2)
    embed.set_author(name="Ada", icon_url="https://example.org/a.png").set_footer(text="Autodidact")
    embed.add_field(name="Done", value="The parser").set_image(url="attachment://progress.png")
    assert violations("POST", "/channels/1/messages", {"embeds": [embed.to_dict()]}) == []


@pytest.mark.parametrize(
    "allowed",
    [
        discord.AllowedMentions.none(),
        discord.AllowedMentions.all(),
        discord.AllowedMentions(everyone=True, users=[discord.Object(1)], roles=False),
    ],
    ids=["none", "all", "everyone-and-one"],
)
def test_allowed_mentions_are_well(allowed: discord.AllowedMentions) -> None:
    body = {"content": "hello", "allowed_mentions": allowed.to_dict()}
    assert violations("POST", "/channels/1/messages", body) == []


def test_a_poll_is_well() -> None:
    poll = (
        discord.Poll("Which?", timedelta(hours=24))
        .add_answer(text="This")
        .add_answer(text="That", emoji="\u2728")
    )
    assert violations("POST", "/channels/1/messages", {"poll": poll._to_dict()}) == []


class Translator(app_commands.Translator):
    """Translates every description to one of `length` characters, in each language, and no names."""

    def __init__(self, length: int) -> None:
        self.length = length

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        is_description = context.location in (
            app_commands.TranslationContextLocation.command_description,
            app_commands.TranslationContextLocation.group_description,
            app_commands.TranslationContextLocation.parameter_description,
        )
        return "d" * self.length if is_description and locale is discord.Locale.german else None


def command_tree() -> app_commands.CommandTree[discord.Client]:
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    routine = app_commands.Group(name="routine", description="Your days")

    @routine.command(name="set", description="Set your days")
    @app_commands.describe(zone="Your zone", hour="The hour", days="Which days")
    @app_commands.choices(days=[app_commands.Choice(name="Every day", value="all")])
    async def set_routine(
        interaction: discord.Interaction, zone: str, hour: app_commands.Range[int, 0, 23], days: str = "all"
    ) -> None: ...

    @set_routine.autocomplete("zone")
    async def zones(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return []

    @tree.context_menu(name="Show Progress")
    async def show_progress(interaction: discord.Interaction, member: discord.Member) -> None: ...

    tree.add_command(routine)
    return tree


async def translated(tree: app_commands.CommandTree[discord.Client], length: int) -> list[dict[str, object]]:
    commands = [*tree.get_commands(), *tree.get_commands(type=discord.AppCommandType.user)]
    return [await command.get_translated_payload(tree, Translator(length)) for command in set(commands)]


async def test_a_command_tree_is_well() -> None:
    assert violations("PUT", "/applications/1/commands", await translated(command_tree(), 100)) == []


async def test_a_translation_that_discord_py_lets_pass_is_found() -> None:
    said = violations("PUT", "/applications/1/commands", await translated(command_tree(), 101))
    assert sorted(said) == [
        f"/routine{part}.description_localizations[de]: 101 characters, at most 100"
        for part in (" set days", " set hour", " set zone", " set", "")
    ]
