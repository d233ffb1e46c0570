"""Keeping a server's shelf: the queue, the list, files, the week's report, and the channel of curators."""

from typing import Any

import discord

from bot.errors import NotSetUp
from bot.resources.errors import (
    CuratorsOnly,
)
from bot.resources.exchange import read_file
from bot.services import Services
from tests.cogs.conftest import World, field, said
from tests.cogs.curators_desk import (
    BIRDS,
    buttons,
    choose,
    click,
    curate,
    find,
    suggest,
    text_of,
)
from tests.cogs.recent_checkins import pressed_with
from tests.small_shelf import NETS, stock

HEADER = "title,address,good_for,kind,level,topics,cost,maths,step"


# The queue, the list, and who may.


async def test_the_queue_is_there_without_a_channel_and_only_for_curators(
    world: World, curator: Any, services: Services
) -> None:
    await stock(services)
    assert "Nothing waits" in said(await curate(world, curator, "queue"))
    for number in range(10):
        typed = {"title": f"Bird {number} in PyTorch", "address": f"https://bird{number}.example"}
        await services.curation.suggest(world.guild.id, world.member.id, **{**BIRDS, **typed})
    assert "10 suggestions of yours wait" in said(await suggest(world))
    await suggest(world, member=world.admin, title="The last")
    shown = await curate(world, curator, "queue")
    assert "11 suggestions wait" in said(shown)
    assert "1. **Bird 0 in PyTorch**" in said(shown)
    following = await click(shown, curator, "Next")
    assert "11. **The last**" in said(following)
    first = await click(following, curator, "Back")
    page = await choose(first, curator, "curate:waiting:v1", 1)
    taken = await click(page, curator, "Accept")
    assert "10 suggestions wait" in said(await click(taken, curator, "See the queue"))

    (command,) = [c for c in await world.bot.tree.fetch_commands() if c.name == "curate"]
    assert command.default_member_permissions == discord.Permissions(manage_messages=True)
    world.guild.set_command_permissions(command, {world.guild.default_role: True})
    for name in ("queue", "list", "export", "week"):
        assert said(await curate(world, world.member, name)) == str(CuratorsOnly())
    for custom_id in (
        "curate:decide:v1:accept:2",
        "curate:edit:v1:s2",
        "curate:off:v1:1",
        "curate:queue:v1:0",
    ):
        assert said(await pressed_with(world, custom_id, world.member)) == str(CuratorsOnly())
    assert len(await services.curation.queue(world.guild.id)) == 10
    world.env.errors.clear()


async def test_the_catalogue_is_hidden_here_and_brought_back(
    world: World, curator: Any, services: Services
) -> None:
    ids = await stock(services)
    page = await curator.slash(world.channel, "resource show", resource=str(ids[NETS.title]))
    assert "Hide it here" in buttons(page)
    hidden = await click(page, curator, "Hide it here")
    assert "Other servers do." in str(hidden.response.embeds[0].footer.text)
    assert NETS.title not in await find(world, "nets by hand")
    listed = await curate(world, curator, "list")
    assert f"- **{NETS.title}** · course · taken off" in said(listed)
    page = await choose(listed, curator, "curate:own:v1", ids[NETS.title])
    back = await click(page, curator, "Bring it back")
    assert back.response.embeds[0].author.name == "Back on the shelf"
    assert NETS.title in await find(world, "nets by hand")
    assert "as I brought it" in said(await curate(world, curator, "list"))


async def test_a_link_that_works_after_all_is_nobodys_dead_link_any_more(
    world: World, curator: Any, services: Services
) -> None:
    number = (await stock(services))[NETS.title]
    member = world.guild.id, curator.id
    await services.resources.report_dead(world.guild.id, 4711, number)
    page = await curator.slash(world.channel, "resource show", resource=str(number))
    assert "1 member says" in said(page)
    noted = await click(page, curator, "The link works")
    assert "nobody's report of it counts any more" in said(noted)
    assert (await services.resources.show(*member, number)).reported == 0
    again = await click(noted, curator, "Look at it")
    assert "The link works" not in buttons(again)


# Files.


async def test_what_is_taken_out_as_a_file_comes_back_as_it_was_and_to_no_other_server(
    world: World, curator: Any, services: Services
) -> None:
    empty = await curate(world, curator, "export", format="TOML")
    (file,) = empty.response.attachments
    assert (file.filename, b"# [[resource]]" in await file.read()) == ("resources.toml", True)
    text = (
        f"{HEADER}\r\n'=Sums,https://sums.example/,Adds what counts.,course,anyone,python,free,no,learn\r\n"
        "Ärger,https://a.example/,Names what people are cross about.,book,anyone,career,paid,no,hunt\r\n"
    )
    taken = await curate(world, curator, "import", file=("own.csv", text.encode()))
    assert "2 new, 0 changed, 0 as before." in said(taken)
    (file,) = (await curate(world, curator, "export", format="TOML")).response.attachments
    toml = await file.read()
    own = [resource.entry for resource in await services.curation.own(world.guild.id)]
    assert read_file(file.filename, toml) == own
    changed = toml.decode().replace("Ärger", "Zorn")
    new = toml.decode().partition("[[resource]]")[2].partition("[[resource]]")[0]
    new = "[[resource]]" + new.replace("=Sums", "Products").replace("sums.example", "products.example")
    taken = await curate(world, curator, "import", file=("own.toml", (changed + new).encode()))
    assert "1 new, 1 changed, 1 as before." in said(taken)
    assert "Sums" in await find(world, "sums")
    elsewhere = await services.resources.find(1, 2, "ärger")
    assert "Ärger" not in [one.resource.entry.title for one in elsewhere.found]


async def test_a_faulty_file_is_refused_with_its_lines_and_changes_nothing(
    world: World, curator: Any, services: Services
) -> None:
    row = "Title {n},https://a.example/{n},short,course,beginner,python,free,no,learn\r\n"
    text = f"{HEADER}\r\n" + "".join(row.format(n=number) for number in range(12))
    refused = await curate(world, curator, "import", file=("own.csv", text.encode()))
    assert "12 things in it are not as they should be" in said(refused)
    assert "line 2: Title 0: good_for: it has fewer than 10 characters" in said(refused)
    assert "line 11:" in said(refused)
    assert "line 12:" not in said(refused)
    assert "and 2 more" in said(refused)
    large = await curate(world, curator, "import", file=("own.csv", b"x" * 2_500_000))
    assert "the file has 2442 KB, and 2048 KB is the most" in said(large)
    assert await services.curation.own(world.guild.id) == []


# The week.


async def test_on_monday_curators_hear_what_was_missed_and_what_waits(
    world: World, desk: Any, curator: Any, services: Services
) -> None:
    # 1 January 2026 is a Thursday; in Berlin the report is due on Monday, the 5th, at 9.
    assert "Nothing to tell so far." in said(await curate(world, curator, "week"))
    for query in ("xylophone ``` tuning", "xylophone ``` tuning", "qqqq wwww"):
        await find(world, query)
    await suggest(world)
    early = await curate(world, curator, "week")
    assert "2 × xylophone ''' tuning\n1 × qqqq wwww" in said(early)
    assert "On Monday" in str(early.response.embeds[0].footer.text)
    await world.pass_time(days=4, hours=7)
    assert len(world.posted(desk)) == 1
    await world.pass_time(hours=2)
    report = world.posted(desk)[-1]
    assert "the week before Monday, 5 January" in text_of(report)
    assert "2 × xylophone ''' tuning" in text_of(report)
    assert str(world.member.id) not in text_of(report)
    assert "1 suggestion waits" in text_of(report)
    assert "1 suggestion waits" in said(await click(report, curator, "See the queue"))


async def test_members_say_that_a_link_is_dead_and_curators_open_it_from_the_report(
    world: World, desk: Any, curator: Any, services: Services
) -> None:
    ids = await stock(services)
    page = await world.member.slash(world.channel, "resource show", resource=str(ids[NETS.title]))
    await click(page, world.member, "Link is dead")
    await world.pass_time(days=4, hours=9)
    (report,) = world.posted(desk)
    assert f"- **{NETS.title}** · 1 member" in text_of(report)
    opened = await curator.select(report, [str(ids[NETS.title])])
    assert opened.ephemeral
    assert "Hide it here" in buttons(opened)


# Settings.


async def test_the_curators_channel_is_set_shown_and_let_go_of(world: World, services: Services) -> None:
    await stock(services)
    me = world.bot.user
    assert me is not None
    closed = world.guild.create_text_channel(
        "closed", overwrites={me: discord.PermissionOverwrite(embed_links=False)}
    )
    early = await world.admin.slash(world.channel, "setup", curators_channel=closed)
    assert said(early) == str(NotSetUp())
    world.expect_error(NotSetUp)
    world.env.errors.clear()
    await world.set_up()
    await suggest(world)
    card = await world.admin.slash(world.channel, "setup", curators_channel=closed)
    embed = card.response.embeds[0]
    # Monday, 5 January 2026, 09:00 in Berlin is 08:00 UTC, which is 1767600000 seconds after 1970.
    assert field(embed, "Resources") == (
        f"Curators hear of each suggestion in <#{closed.id}>, and of the week on Mondays (<t:1767600000:R>)"
    )
    assert "**Embed Links**" in field(embed, "My rights in the curators' channel")
    # What waited before they had a channel is shown in it.
    assert len(world.posted(closed)) == 1
    ended = await click(card, world.admin, "Tell curators nothing")
    assert "told of nothing any more" in said(ended)
    card = await world.admin.slash(world.channel, "setup")
    assert "No channel for curators" in field(card.response.embeds[0], "Resources")
