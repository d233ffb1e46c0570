"""What a newcomer does: type a slash, check in through the form, read the answer, press the button."""

import contextlib
import re

from playwright.async_api import Locator, Page, expect
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.demo.conftest import Demo


async def press(button: Locator, until: Locator) -> None:
    """Press until something shows; simcord's page turns down what falls into the moment of an update."""
    for _attempt in range(4):
        await button.click()
        with contextlib.suppress(PlaywrightTimeout):
            await until.wait_for(timeout=3_000)
            return
    await expect(until).to_be_visible()


async def test_a_slash_shows_the_commands(page: Page) -> None:
    await page.get_by_placeholder(re.compile("Message #check-ins")).press_sequentially("/")
    for command in ("/checkin", "/routine set", "/routine show"):
        await expect(page.get_by_text(command, exact=True).first).to_be_visible()


async def test_the_button_under_the_prompt_leads_to_a_check_in_that_the_others_see(
    page: Page, demo: Demo
) -> None:
    done, submit = page.get_by_label("What did you get done?"), page.get_by_role("button", name="Submit")
    await press(page.get_by_role("button", name="Check in").last, until=done)
    await done.fill("Clicked through the demo")
    await page.get_by_label("How many minutes?").fill("abc")
    await press(submit, until=page.get_by_text("“abc” is no number of minutes"))

    await press(page.get_by_role("button", name="Open the form again"), until=done)
    await expect(done).to_have_value("Clicked through the demo")
    await page.get_by_label("How many minutes?").fill("20")
    await press(submit, until=page.get_by_text(re.compile("Your streak")))
    await demo.line("Adaeze Okonkwo checked in: Clicked through the demo")

    demo.press("c")
    await expect(page.get_by_text("Clicked through the demo")).to_be_visible()


async def test_one_key_moves_the_world_on_and_says_what_was_sent_to_whom(page: Page, demo: Demo) -> None:
    before = demo.press("n")
    sent = await demo.line(r"\d\d:\d\d  (ping|prompt) in .* \(\d\d:\d\d in \w+\)", after=before)
    assert sent
    await demo.line("It is .*, in|It is .* in Berlin", after=before)


async def test_one_key_moves_the_page_to_another_channel(page: Page, demo: Demo) -> None:
    await expect(page.get_by_placeholder("Message #check-ins")).to_be_visible()
    before = demo.press("c")
    thread = (await demo.line("→ 2  the thread “(.+)”", after=before))[1]
    await expect(page.get_by_placeholder(f"Message #{thread}")).to_be_visible()


async def test_the_viewer_can_be_switched_among_members_and_an_admin(page: Page) -> None:
    picker = page.get_by_label("Viewing as")
    names = await picker.locator("option").all_inner_texts()
    assert len(names) >= 4
    admin = next(name for name in names if "Mira" in name)
    await picker.select_option(label=admin)
    composer = page.get_by_placeholder(re.compile("Message #check-ins"))
    await composer.press_sequentially("/")
    await expect(page.get_by_text("/setup", exact=True).first).to_be_visible()
