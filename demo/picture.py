"""`python -m demo.picture`: makes the README's pictures from the running demo, with Debian's Chromium."""

import asyncio
import io
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

from PIL import Image, ImageOps
from playwright.async_api import FloatRect, Locator, async_playwright

from cogs.pictures.names import Name
from cogs.pictures.progress import draw_progress
from demo import world
from demo.stage import open_stage
from demo.visitor import Demo, Visitor, running_demo

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
LEFT, WIDTH, HEIGHT = 256, 700, 1_900
"""Left of this is the preview's own list of messages; what is wider or higher does not fit."""

ABOVE, BELOW, COLOURS, SETTLING = 8, 10, 128, 900
BACKGROUND = "#323339"
WIDE, NARROW = 690, 640

PROMPT, THREAD, LEADS, PROJECTS, CURATORS = "1", "2", "4", "5", "9"
"""The keys that show the check-ins, the thread of the newest prompt, job leads, polls, and the curators."""

DONE = "41 of the 100 clips of phone numbers are in. Everybody says zero differently, so that is a finding."
NEXT = "The other 59, and ask the clinic which zero their callers use"
OWNER, BUDDY_AWAY, SEEKER = "Mira Kessler", "João Batista Moura", "Adaeze Okonkwo"
DRAWN = "adaeze"
SEARCHED, OPENED = "make my model understand speach", "Hugging Face Audio course"


class Photographer:
    """Takes pictures of messages on the page."""

    def __init__(self, visitor: Visitor, demo: Demo):
        self.visitor = visitor
        self.demo = demo

    async def take(self, name: str, first: Locator, last: Locator | None = None, width: int = NARROW) -> None:
        """A picture of the messages from one to another."""
        page = self.visitor.page
        last = last or first
        await last.scroll_into_view_if_needed()
        # Pictures are fetched when they come into sight, and what has one grows.
        await page.wait_for_function(
            "[...document.images].every(image => image.complete && image.naturalWidth)"
        )
        # In the middle: at its edge the channel's heading lies over the first line.
        await last.evaluate("message => message.scrollIntoView({block: 'center'})")
        await first.scroll_into_view_if_needed()
        # What the mouse is over or the keyboard is in looks different.
        await page.mouse.move(5, 5)
        await page.evaluate("document.activeElement.blur()")
        await page.wait_for_timeout(SETTLING)
        top, bottom = await first.bounding_box(), await last.bounding_box()
        assert top is not None
        assert bottom is not None
        y = max(top["y"] - ABOVE, 0)
        clip = FloatRect(x=LEFT, y=y, width=width, height=bottom["y"] + bottom["height"] - y)
        keep(name, await page.screenshot(clip=clip))

    async def show(self, key: str, until: str) -> None:
        """Have the page show another channel."""
        self.demo.press(key)
        await self.visitor.message(until).wait_for()


async def check_in(camera: Photographer) -> None:
    """The day's prompt, and the private answer to a check-in."""
    visitor, page = camera.visitor, camera.visitor.page
    done = page.get_by_label("What did you get done?")
    await visitor.press(page.get_by_role("button", name="Check in").last, until=done)
    await done.fill(DONE)
    await page.get_by_label("What is next?").fill(NEXT)
    await page.get_by_label("How many minutes?").fill("50")
    answer = visitor.message("due days in a row")
    await visitor.press(page.get_by_role("button", name="Submit"), until=answer)
    await page.get_by_text("@Adaeze Okonkwo").last.wait_for()
    await camera.take("check-in", visitor.message("Ten minutes of work count"), answer, width=WIDE)


async def look_back(camera: Photographer) -> None:
    """The week of the server."""
    await camera.take("look-back", camera.visitor.message("Our week"))


async def ledger(camera: Photographer) -> None:
    """Why the streak is what it is."""
    await camera.take("ledger", await camera.visitor.command("ledger", "Days with a story"))


async def week(camera: Photographer) -> None:
    """A member's own week."""
    await camera.take("week", await camera.visitor.command("week", "Your week"))


async def focus(camera: Photographer) -> None:
    """Who is in focus together, after one more has joined."""
    visitor = camera.visitor
    await camera.show(THREAD, "In focus now")
    join = visitor.page.get_by_role("button", name="Join for 50 minutes").last
    await visitor.press(join, until=visitor.message("In focus too"))
    together = visitor.page.locator(".channel-message", has_text="@Adaeze Okonkwo until").last
    await together.wait_for()
    await camera.take("focus", together)
    await camera.show(PROMPT, "Thursday, 5 March")


async def goals_and_buddy(camera: Photographer) -> None:
    """The goals of the week, and a buddy who is away."""
    await camera.visitor.look_as(BUDDY_AWAY)
    goals = await camera.visitor.command("goal list", "Your goals")
    await camera.take("goals-and-buddy", goals, await camera.visitor.command("buddy show", "Your buddy"))


async def preview(camera: Photographer) -> None:
    """The settings, and whom the next day's messages would reach."""
    visitor = camera.visitor
    await visitor.look_as(OWNER)
    settings = await visitor.command("setup", "This server's settings")
    button = visitor.page.get_by_role("button", name="Preview tomorrow").last
    await visitor.press(button, until=visitor.message("as it will be posted"))
    await camera.take("setup", settings, visitor.message("Preview of"))


async def job_leads(camera: Photographer) -> None:
    """The summary of the month, a digest, a lead opened from it, a search, a watch, and the tracker."""
    visitor, page = camera.visitor, camera.visitor.page
    await visitor.look_as(SEEKER)
    await camera.show(LEADS, "Job leads · Wednesday, 4 March")
    await camera.take("job-leads", visitor.message("The hiring thread of"), visitor.message("3 March"))
    card = visitor.message("How to apply")
    await visitor.choose(visitor.message("Job leads · Monday, 2 March"), "Kettle & Crow", until=card)
    await camera.take("lead", card)
    asked = {"words": "data", "place": "UK"}
    found = await visitor.command("leads search", "leads found", asked)
    watches = visitor.message("Now watching for")
    await visitor.press(page.get_by_role("button", name="Watch this").last, until=watches)
    await camera.take("search-and-watch", found, watches)
    await camera.take("tracker", await visitor.command("leads tracker", "Your tracker"))
    await camera.show(PROMPT, "Thursday, 5 March")


async def resources(camera: Photographer) -> None:
    """What a search finds, the page of a resource with what comes next, and the curators' channel."""
    visitor = camera.visitor
    await visitor.look_as(SEEKER)
    found = await visitor.command("resource find", "Understood as", required=SEARCHED)
    await camera.take("find", found)
    page = await visitor.command("resource show", "For the step", required=OPENED)
    await camera.take("resource", page, await visitor.command("resource next", "Something else"))
    await visitor.look_as(OWNER)
    await camera.show(CURATORS, "Resources: the week before")
    report, suggestion = visitor.message("Resources: the week before"), visitor.message("bird calls")
    await camera.take("curators", report, suggestion)
    await camera.show(PROMPT, "Thursday, 5 March")


async def polls(camera: Photographer) -> None:
    """A result with its chart, what is built of it, a poll that collects, and a card of it."""
    visitor, page = camera.visitor, camera.visitor.page
    await visitor.look_as(OWNER)
    await camera.show(PROJECTS, "The pick")
    await camera.take("poll-result", visitor.message("The pick"))
    await camera.take("build", visitor.message("Being built"))
    collecting = visitor.message("What we build in spring")
    await camera.take("poll", collecting)
    panel = visitor.message("Phase:")
    await visitor.press(collecting.get_by_role("button", name="Steer"), until=panel)
    opened = visitor.message("The voting is open")
    await visitor.press(panel.get_by_role("button", name="Open the voting"), until=opened)
    card = visitor.message("Which of these four is best?")
    await visitor.press(page.get_by_role("button", name="Vote").last, until=card)
    await camera.take("card", card)
    await camera.show(PROMPT, "Thursday, 5 March")


SHOTS: tuple[Callable[[Photographer], Awaitable[None]], ...] = (
    look_back,
    check_in,
    ledger,
    week,
    focus,
    goals_and_buddy,
    job_leads,
    resources,
    polls,
    preview,
)


async def progress() -> None:
    """The picture that /progress answers with, as the bot draws it."""
    async with open_stage(world.load()) as stage:
        actor = stage.actors[DRAWN]
        figures = await stage.services.progress.figures(stage.guild.id, actor.id)
    person = stage.people[actor.id]
    path = FOLDER / "progress.png"
    path.write_bytes(draw_progress(figures, Name(person.name, person.username)))
    print(path)


def keep(name: str, png: bytes) -> None:
    """Store a picture, in as few colours as it needs."""
    path = FOLDER / f"{name}.png"
    image = ImageOps.expand(Image.open(io.BytesIO(png)).convert("RGB"), (0, 0, 0, BELOW), fill=BACKGROUND)
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path)


async def main() -> None:
    """Make every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    await progress()
    async with running_demo() as demo, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--force-device-scale-factor=1"],
        )
        camera = Photographer(await Visitor.open(browser, demo.address, LEFT + WIDTH, HEIGHT), demo)
        for shot in SHOTS:
            await shot(camera)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
