"""Somebody at the demo's page, in a headless Chromium: types commands, presses buttons, looks."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from playwright.async_api import Browser, Locator, Page, ViewportSize
from playwright.async_api import TimeoutError as PlaywrightTimeout

PATIENCE = (1_200, 2_500, 5_000, 10_000)
"""Milliseconds for each attempt at something."""

DRAWN_ANEW_IN = 700


class Visitor:
    """Drives one page; what must show before the next step is always named, so that nothing is raced."""

    def __init__(self, page: Page):
        self.page = page

    @classmethod
    async def open(cls, browser: Browser, address: str, width: int, height: int) -> "Visitor":
        """A visitor on a new page."""
        # The page's own policy forbids what Playwright needs in order to wait for something on it.
        context = await browser.new_context(
            bypass_csp=True, viewport=ViewportSize(width=width, height=height)
        )
        page = await context.new_page()
        await page.goto(address)
        await page.wait_for_function("window.simcordPreview && window.simcordPreview.ready")
        return cls(page)

    def message(self, text: str) -> Locator:
        """The newest message that says something."""
        return self.page.locator(".channel-message", has_text=text).last

    async def press(self, button: Locator, until: Locator) -> None:
        """Press until something shows; simcord turns down what falls into the moment of an update."""
        for patience in PATIENCE:
            await button.click()
            with suppress(PlaywrightTimeout):
                await until.wait_for(timeout=patience)
                return
        await until.wait_for(timeout=PATIENCE[-1])

    async def choose(self, message: Locator, option: str, until: Locator) -> None:
        """Choose what contains some words from the select under a message, until something shows."""
        for patience in PATIENCE:
            # What simcord turns down stays chosen and is not sent again, so that it had better not be.
            await self.page.wait_for_timeout(DRAWN_ANEW_IN)
            with suppress(PlaywrightTimeout):
                await message.get_by_role("combobox").click(timeout=patience)
                await message.get_by_role("option").filter(has_text=option).first.click(timeout=patience)
                await until.wait_for(timeout=patience)
                return
        await until.wait_for(timeout=PATIENCE[-1])

    async def command(
        self, name: str, answer: str, typed: Mapping[str, str] | None = None, *, required: str = ""
    ) -> Locator:
        """Type a slash command and some of its options, send it, and answer the message that replies.

        `required` goes into the option that a command cannot do without, which is open from the start.
        """
        page = self.page
        chosen, more = page.locator(".command-chip"), page.locator(".command-ghost")
        # Selects under messages have options as well, which are hidden.
        suggested = page.locator("[role=listbox] [role=option]:visible")
        for patience in PATIENCE:
            await page.get_by_role("textbox").last.press_sequentially(f"/{name}")
            await suggested.first.wait_for()
            await page.keyboard.press("Enter")
            with suppress(PlaywrightTimeout):
                await chosen.wait_for(timeout=patience)
                break
            await page.keyboard.press("Escape")
        await page.keyboard.type(required)
        for number, (option, value) in enumerate((typed or {}).items()):
            if number:
                await more.click()
            await suggested.filter(has_text=option).first.click()
            await page.get_by_label(option, exact=True).press_sequentially(value)
        await self.press(page.get_by_role("button", name="Send", exact=True), until=self.message(answer))
        return self.message(answer)

    async def look_as(self, name: str) -> None:
        """Look through somebody else's eyes."""
        picker = self.page.get_by_label("Viewing as")
        await picker.select_option(label=name)
        await picker.locator("option:checked", has_text=name).wait_for(state="attached")
        # The page is drawn anew for the other eyes, and says nothing when it is done.
        await self.page.wait_for_timeout(DRAWN_ANEW_IN)


class Demo:
    """A running demo, whose keys can be pressed."""

    def __init__(self, process: asyncio.subprocess.Process, address: str):
        self._process = process
        self.address = address

    def press(self, key: str) -> None:
        """Press a key on its terminal."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{key}\n".encode())


@asynccontextmanager
async def running_demo() -> AsyncIterator[Demo]:
    """The demo in a process of its own, on any port; it is ended afterwards."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "demo",
        "--port",
        "0",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            if match := re.search(r"http://127\.0\.0\.1:\d+/\S+", line.decode()):
                yield Demo(process, match[0])
                break
        else:
            raise RuntimeError("the demo did not start")
    finally:
        if process.returncode is None:
            await process.communicate(b"q\n")
