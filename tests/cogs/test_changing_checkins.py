"""Changing check-ins of the last week, and what is kept and shown of each."""

import pytest

from bot.errors import NotSetUp
from bot.services import Services
from tests.cogs.conftest import World, said, shown_values
from tests.cogs.recent_checkins import (
    NEW_YEAR,
    cards,
    choose,
    days_of,
    delete,
    links,
    options,
    press,
    recent,
    with_card_in_archived_thread,
)


async def test_the_check_ins_of_the_last_week_are_listed_for_their_member_alone(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="On New Year's Day")
    await world.check_in(world.admin, done="Another person's work")
    await world.pass_time(days=1)
    await world.check_in(done="The day after\nwith a second line")
    shown = await recent(world)
    assert shown.ephemeral
    assert options(shown) == [
        ("Friday, 2 January", "2026-01-02", "The day after with a second line"),
        ("Thursday, 1 January", NEW_YEAR, "On New Year's Day"),
    ]
    assert "Another person's work" not in said(shown)
    assert "The day after with a second line" in said(shown)


async def test_before_the_first_check_in_the_list_says_where_it_begins(world: World) -> None:
    await world.set_up()
    shown = await recent(world)
    assert "/checkin" in said(shown)
    assert shown.response.components == []


async def test_before_the_set_up_the_list_says_whom_to_ask(world: World) -> None:
    assert "/setup" in said(await recent(world))
    world.expect_error(NotSetUp)


async def test_the_list_offers_yesterday_while_it_is_open(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.plan()
    await world.pass_time(days=1, hours=8)
    shown = await recent(world)
    assert "Yesterday is still open" in said(shown)
    form = await press(world, shown, "Report yesterday")
    assert form.modal["title"] == "Check in for yesterday"


async def test_a_check_in_of_days_ago_is_shown_and_changed_with_its_card(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Half of it", next="The rest", blocked="Sleep", kind="learning", minutes="20")
    await world.pass_time(days=3)
    chosen = await choose(world, await recent(world), NEW_YEAR)
    assert chosen.ephemeral
    assert "Half of it\nNext: The rest\nBlocked by: Sleep" in said(chosen)
    form = await press(world, chosen, "Change it")
    assert form.modal["title"] == "Change your check-in"
    assert shown_values(form.modal) == {
        "done": "Half of it",
        "next": "The rest",
        "blocked": "Sleep",
        "kind": "learning",
        "minutes": "20",
    }
    answer = await world.submit(form, done="All of it", next="", blocked="", kind="showing", minutes="")
    assert "Changed" in said(answer)
    assert "Thursday, 1 January" in (answer.response.embeds[0].footer.text or "")
    await world.pass_time(seconds=10)
    (card,) = world.posted()
    assert card.embeds[0].description == "All of it"
    assert card.embeds[0].footer.text == "Showing · 1 Jan"
    assert card.embeds[0].fields == []


async def test_changing_a_day_changes_no_other_and_makes_none_late(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")
    for text in ("First", "Second", "Third"):
        await world.check_in(done=text)
        await world.pass_time(days=1)
    chosen = await choose(world, await recent(world), "2026-01-02")
    await world.submit(await press(world, chosen, "Change it"), done="Second, but better")
    assert [value[2] for value in options(await recent(world))] == ["Third", "Second, but better", "First"]
    assert await days_of(services, world) == ["done", "done", "done", "today"]


async def test_the_button_in_an_answer_changes_its_own_day_even_later(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    answer = await world.check_in(done="On the first")
    await world.pass_time(days=2)
    await world.check_in(done="On the third")
    form = await press(world, answer, "Change it")
    assert shown_values(form.modal)["done"] == "On the first"
    changed = await world.submit(form, done="Still on the first")
    assert "Thursday, 1 January" in (changed.response.embeds[0].footer.text or "")


async def test_a_change_that_is_refused_is_given_back_for_its_own_day(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="On the first")
    await world.pass_time(days=2)
    chosen = await choose(world, await recent(world), NEW_YEAR)
    refused = await world.submit(await press(world, chosen, "Change it"), done="Better", minutes="1441")
    assert "“1441” is no number of minutes" in said(refused)
    again = await press(world, refused, "Open the form again")
    assert again.modal["title"] == "Change your check-in"
    assert shown_values(again.modal) == {
        "done": "Better",
        "next": "",
        "blocked": "",
        "kind": "building",
        "minutes": "1441",
    }
    changed = await world.submit(again, minutes="1440")
    assert "Thursday, 1 January" in (changed.response.embeds[0].footer.text or "")
    await world.pass_time(seconds=10)
    (card,) = world.posted()
    assert card.embeds[0].footer.text == "Building · 1440 minutes · 1 Jan"


@pytest.mark.parametrize(
    ("typed", "shown"), [("0", "0 minutes"), ("1", "1 minute"), ("90 min", "90 minutes")]
)
async def test_minutes_are_kept_and_shown(world: World, typed: str, shown: str) -> None:
    await world.set_up()
    await world.check_in(minutes=typed)
    (card,) = world.posted()
    assert card.embeds[0].footer.text == f"Building · {shown} · 1 Jan"
    again = await world.member.slash(world.channel, "checkin")
    assert shown_values(again.modal)["minutes"] == typed.split()[0]


async def test_for_a_week_a_day_can_be_changed_and_then_no_more(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="A week ago")
    await world.pass_time(days=7, hours=23)
    list_of_the_last_moment = await recent(world)
    assert [value for _label, value, _text in options(list_of_the_last_moment)] == [NEW_YEAR]
    chosen = await choose(world, list_of_the_last_moment, NEW_YEAR)
    forms = [await press(world, chosen, "Change it") for _press in range(2)]
    asked = await press(world, chosen, "Delete it")
    await world.pass_time(hours=1)
    for answer in (
        await choose(world, list_of_the_last_moment, NEW_YEAR),
        await press(world, chosen, "Delete it"),
        await press(world, asked, "Delete for good"),
    ):
        assert answer.ephemeral
        assert "they can be changed for a week" in said(answer)
    pressed = await press(world, chosen, "Change it")
    assert pressed.modal is None
    assert pressed.ephemeral
    await world.submit(forms[0], done="Opened in time, sent within the hour of grace")
    await world.pass_time(hours=1)
    refused = await world.submit(forms[1], done="Sent too late")
    assert "they can be changed for a week" in said(refused)
    assert "Sent too late" in said(refused)
    assert cards(world) == ["Opened in time, sent within the hour of grace"]


async def test_links_are_kept_as_evidence_replaced_by_a_change_and_gone_with_the_check_in(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(
        done="Wrote https://example.org/post, and (https://example.org/code).",
        next="https://example.org/later",
    )
    assert await links(services) == ["https://example.org/post", "https://example.org/code"]
    (card,) = world.posted()
    assert "https://example.org/post" in (card.embeds[0].description or "")
    form = await world.member.slash(world.channel, "checkin")
    await world.submit(form, done="Wrote https://example.org/code and nothing else")
    assert await links(services) == ["https://example.org/code"]
    form = await world.member.slash(world.channel, "checkin")
    await world.submit(form, done="No link any more")
    assert await links(services) == []
    form = await world.member.slash(world.channel, "checkin")
    await world.submit(form, done="HTTPS://example.org/A https://example.org/A https://example.org/A")
    assert await links(services) == ["HTTPS://example.org/A", "https://example.org/A"]
    await delete(world)
    assert await links(services) == []


async def test_the_figure_on_the_card_is_the_one_the_member_chose(world: World, services: Services) -> None:
    await world.set_up(zone="Etc/UTC")

    async def footer_after_check_in() -> str:
        await world.check_in(minutes="50")
        footer = world.posted()[-1].embeds[0].footer.text or ""
        await world.pass_time(days=1)
        return footer

    assert await footer_after_check_in() == "Building · 50 minutes · 1 Jan"
    await world.member.slash(world.channel, "preferences", shown="streak")
    assert await footer_after_check_in() == "Building · 50 minutes · 2 Jan · 2 due days in a row"
    await world.member.slash(world.channel, "preferences", shown="consistency")
    assert await footer_after_check_in() == "Building · 50 minutes · 3 Jan · 3 of the last 3 due days"
    await world.member.slash(world.channel, "preferences", shown="nothing")
    assert await footer_after_check_in() == "Building · 50 minutes · 4 Jan"


@pytest.mark.parametrize("shown", ["streak", "consistency"])
async def test_nobody_is_shown_a_figure_of_nought(world: World, shown: str) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.plan(days="mon")
    await world.member.slash(world.channel, "preferences", shown=shown)
    await world.check_in(done="Extra, on a Thursday")
    (card,) = world.posted()
    assert card.embeds[0].footer.text == "Building · 1 Jan"


async def test_the_weeks_goals_stand_in_the_form_within_discords_limit(world: World) -> None:
    await world.set_up()
    form = await world.member.slash(world.channel, "checkin")
    assert "description" not in form.modal["components"][0]
    await world.member.slash(world.channel, "goal set", text="Ship the loader")
    form = await world.member.slash(world.channel, "checkin")
    assert form.modal["components"][0]["description"] == "This week: Ship the loader"
    for text in ("**Read** chapter three of the book, all of it, with every exercise at the end", "x" * 80):
        await world.member.slash(world.channel, "goal set", text=text)
    form = await world.member.slash(world.channel, "checkin")
    description = form.modal["components"][0]["description"]
    assert len(description) <= 100
    assert description.startswith("This week: Ship the loader · **Read** chapter")
    assert description.count(" · ") == 2
    assert description.endswith("x…")


async def test_a_goal_of_many_lines_stands_in_one(world: World, services: Services) -> None:
    await world.set_up()
    await services.goals.add(world.guild.id, world.member.id, "One\nTwo")
    form = await world.member.slash(world.channel, "checkin")
    assert "\n" not in form.modal["components"][0]["description"]


async def test_a_goal_that_was_kept_or_belongs_to_another_is_not_in_the_form(world: World) -> None:
    await world.set_up()
    await world.admin.slash(world.channel, "goal set", text="Not mine")
    card = await world.member.slash(world.channel, "goal set", text="Ship it")
    await world.member.click(card.response, label="Kept: Ship it")
    form = await world.member.slash(world.channel, "checkin")
    assert "description" not in form.modal["components"][0]


async def test_a_member_who_left_and_came_back_finds_everything_as_it_was(
    world: World, services: Services
) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Before I left")
    world.guild.remove_member(world.member)
    await world.pass_time(days=1)
    back = world.guild.add_member(world.member.user)
    shown = await recent(world, back)
    assert [text for _label, _value, text in options(shown)] == ["Before I left"]
    answer = await world.check_in(back, done="Back again")
    assert "**2 due days** in a row" in said(answer)
    chosen = await choose(world, shown, NEW_YEAR, back)
    asked = await press(world, chosen, "Delete it", back)
    assert "Deleted" in said(await press(world, asked, "Delete for good", back))
    await world.pass_time(minutes=1)
    assert cards(world) == ["Back again"]


async def test_a_change_while_the_card_is_on_its_way_is_not_lost(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    world.env.inject_error("POST", "/channels/*/messages", status=500, times=1)
    await world.check_in(done="First version")
    assert world.posted() == []
    form = await world.member.slash(world.channel, "checkin")
    await world.submit(form, done="Second version")
    await world.pass_time(minutes=1)
    assert cards(world) == ["Second version"]


async def test_a_card_in_a_thread_that_discord_has_archived_is_changed_too(world: World) -> None:
    thread = await with_card_in_archived_thread(world, "PATCH")
    chosen = await choose(world, await recent(world), NEW_YEAR)
    await world.submit(await press(world, chosen, "Change it"), done="Changed two days later")
    await world.pass_time(minutes=1)
    assert cards(world, thread) == ["Changed two days later"]
    assert {"archived": False} in [
        r.json for r in world.env.http_requests if r.path == f"/channels/{thread.id}"
    ]


async def test_a_member_is_told_if_a_card_cannot_be_changed(world: World) -> None:
    await world.set_up(zone="Etc/UTC")
    await world.check_in(done="Old text")
    await world.pass_time(minutes=1)
    world.env.inject_error(
        "PATCH", "/channels/*/messages/*", status=403, code=160005, message="Thread is locked", times=None
    )
    form = await world.member.slash(world.channel, "checkin")
    answer = await world.submit(form, done="New text")
    assert "Changed" in said(answer)
    texts = [notice.embeds[0].description or "" for notice in answer.followups]
    assert any("the thread is locked" in text for text in texts)
