"""What a newcomer does: type a slash, check in through the form, read the answers, press the buttons.

All tests share one demo, since it takes a while to begin; each has a page of its own in the channel of the
check-ins, and does what no other one minds.
"""

import re
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from demo.visitor import Visitor
from tests.demo.conftest import Demo

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_OPTIONS = [
    # Chromium does not start as root, as it is on many CI machines, with its sandbox on.
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
]


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo() -> AsyncIterator[Demo]:
    demo = await Demo.start("--port", "0")
    yield demo
    await demo.end(lambda demo: demo.press("q"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed here (on Debian: apt install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(demo: Demo, browser: Browser) -> AsyncIterator[Visitor]:
    address = (await demo.line(r"http://127\.0\.0\.1:\d+/\S+"))[0]
    await demo.line("→ 1  #check-ins", after=demo.press("1"))
    visitor = await Visitor.open(browser, address, width=1280, height=900)
    yield visitor
    await visitor.page.close()


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor.page


async def test_a_slash_shows_the_commands(page: Page) -> None:
    await page.get_by_placeholder(re.compile("Message #check-ins")).press_sequentially("/")
    for command in ("/buddy find", "/checkin", "/progress", "/week"):
        await expect(page.get_by_text(command, exact=True).first).to_be_visible()


async def test_the_button_under_the_prompt_leads_to_a_check_in_that_the_others_see(
    page: Page, visitor: Visitor, demo: Demo
) -> None:
    done, submit = page.get_by_label("What did you get done?"), page.get_by_role("button", name="Submit")
    await visitor.press(page.get_by_role("button", name="Check in").last, until=done)
    await done.fill("Clicked through the demo")
    await page.get_by_label("How many minutes?").fill("abc")
    await visitor.press(submit, until=page.get_by_text("“abc” is no number of minutes"))

    await visitor.press(page.get_by_role("button", name="Open the form again"), until=done)
    await expect(done).to_have_value("Clicked through the demo")
    await page.get_by_label("How many minutes?").fill("20")
    await visitor.press(submit, until=page.get_by_text(re.compile("due days in a row")))
    await demo.line("Adaeze Okonkwo checked in: Clicked through the demo")

    demo.press("c")
    await expect(page.get_by_text("Clicked through the demo")).to_be_visible()


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


async def test_progress_is_a_picture_that_others_see_once_it_is_shared(page: Page, visitor: Visitor) -> None:
    answer = await visitor.command("progress", "Only you see this")
    picture = answer.get_by_role("img", name=re.compile("Progress of Adaeze Okonkwo"))
    await expect(picture).to_have_js_property("naturalWidth", 960)
    shared = visitor.message("shows what half a year came to")
    await visitor.press(page.get_by_role("button", name="Share").last, until=shared)
    await visitor.look_as("Mira Kessler")
    await expect(shared).to_be_visible()


async def test_who_joins_a_company_stands_in_its_message(page: Page, visitor: Visitor, demo: Demo) -> None:
    demo.press("2")
    company = visitor.message("In focus now")
    await expect(company).to_contain_text("@Mira Kessler until 18:31")
    join = page.get_by_role("button", name="Join for 50 minutes").last
    await visitor.press(join, until=visitor.message("In focus too"))
    await expect(company).to_contain_text("@Adaeze Okonkwo until 18:5")


async def test_direct_messages_are_seen_by_whom_they_go_to_and_lead_to_a_check_in(
    page: Page, visitor: Visitor, demo: Demo
) -> None:
    place = (await demo.line(r"(\d)  the direct messages of DeShawn Whitfield", after=demo.press("c")))[1]
    demo.press(place)
    await expect(page.get_by_label("Viewing as").locator("option:checked")).to_have_text("DeShawn Whitfield")
    await expect(visitor.message("It's your time")).to_contain_text("#check-ins")

    done = page.get_by_label("What did you get done?")
    await visitor.press(page.get_by_role("button", name="Check in").last, until=done)
    await done.fill("Did it from a direct message")
    submit = page.get_by_role("button", name="Submit")
    await visitor.press(submit, until=page.get_by_text("due days in a row"))
    await demo.line("DeShawn Whitfield checked in: Did it from a direct message")

    await visitor.look_as("Mira Kessler")
    await expect(page.get_by_placeholder("Message #check-ins")).to_be_visible()


async def test_the_look_back_and_the_preview_show_members_by_name(page: Page, visitor: Visitor) -> None:
    await expect(visitor.message("Our week")).to_contain_text(
        "@João Batista Moura Three people at my stop use it"
    )
    await visitor.look_as("Mira Kessler")
    await visitor.command("setup", "This server's settings")
    preview = page.get_by_role("button", name="Preview tomorrow").last
    await visitor.press(preview, until=visitor.message("as it will be posted"))
    seconds = re.compile(r"second ping: \W*@Adaeze Okonkwo\W*\(21:30\)")
    await expect(visitor.message("Preview of Friday")).to_contain_text(seconds)


async def test_a_lead_is_opened_from_the_digest_and_others_are_searched_for(
    visitor: Visitor, demo: Demo
) -> None:
    demo.press((await demo.line(r"(\d)  #job-leads", after=demo.press("c")))[1])
    await expect(visitor.message("Job leads · Tuesday, 3 March")).to_contain_text("gone from Hacker News")
    card = visitor.message("How to apply")
    await visitor.choose(visitor.message("Job leads · Monday, 2 March"), "Kettle & Crow", until=card)
    await expect(card).to_contain_text("No degree needed, half of us have none.")
    await expect(card).to_contain_text("3 of us applied here.")

    found = await visitor.command("leads search", "found", {"words": "audio", "place": "Nigeria"})
    await expect(found).to_contain_text("Lanternfish Labs")


async def test_the_tracker_shows_each_job_with_what_was_noted_about_it(visitor: Visitor) -> None:
    tracker = await visitor.command("leads tracker", "Your tracker")
    for line in ("Time to follow up", "Haystack Needle Co", "Offer", "Radio Iroko", "Ghosted"):
        await expect(tracker).to_contain_text(line)
    noted = visitor.message("Paid task: numbers spoken in three languages")
    await visitor.choose(tracker, "Listening Post", until=noted)
    await expect(noted).to_contain_text("Interviewing for 5 days")


async def test_what_is_pressed_once_the_bot_is_back_is_answered(visitor: Visitor, demo: Demo) -> None:
    demo.press((await demo.line(r"(\d)  #projects", after=demo.press("c")))[1])
    message = visitor.message("What we build in spring")
    await message.wait_for()
    await demo.line("The bot was ended and is back", after=demo.press("r"))
    ideas = visitor.message("17 ideas")
    await visitor.press(message.get_by_role("button", name="The ideas"), until=ideas)
    await expect(ideas).to_contain_text("Potholes from the bus window")
