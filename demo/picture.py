"""`python -m demo.picture`: makes the README's picture of the demo, with Debian's Chromium, into docs/."""

import asyncio
import re
import shutil
import sys
from pathlib import Path

from playwright.async_api import FloatRect, Page, async_playwright

PICTURE = Path(__file__).parents[1] / "docs" / "demo.png"
WIDTH, HEIGHT = 1180, 860
# Left of this is the preview's own list of messages, above it the preview's own controls.
LEFT, TOP = 256, 52
TYPED = "The baseline runs from raw data to a chart. 0.71 on the unseen month, and I know why not more."
NEXT = "Ask two people to try it on their own data"


async def take(address: str) -> None:
    """Check in on the page as its first viewer and take the picture of what is there then."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--force-device-scale-factor=1"],
        )
        context = await browser.new_context(bypass_csp=True, viewport={"width": WIDTH, "height": HEIGHT})
        page = await context.new_page()
        await page.goto(address)
        await page.wait_for_function("window.simcordPreview && window.simcordPreview.ready")
        await page.wait_for_timeout(1_500)
        await _check_in(page)
        await page.mouse.move(LEFT + 5, TOP + 5)
        await page.wait_for_timeout(1_500)
        clip = FloatRect(x=LEFT, y=TOP, width=WIDTH - LEFT, height=HEIGHT - TOP)
        await page.screenshot(path=PICTURE, clip=clip)
        await browser.close()


async def _check_in(page: Page) -> None:
    await page.get_by_role("button", name="Check in").last.click()
    await page.get_by_label("What did you get done?").fill(TYPED)
    await page.get_by_label("What is next?").fill(NEXT)
    await page.get_by_label("Building").check()
    await page.get_by_label("How many minutes?").fill("75")
    await page.wait_for_timeout(1_500)
    await page.get_by_role("button", name="Submit").click()
    await page.get_by_text("Your streak").wait_for()


async def main() -> None:
    """Start the demo, take the picture, end the demo."""
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
    assert process.stdin is not None
    async for line in process.stdout:
        if match := re.search(r"http://127\.0\.0\.1:\d+/\S+", line.decode()):
            await take(match[0])
            break
    process.stdin.write(b"q\n")
    await process.communicate()
    print(PICTURE)


if __name__ == "__main__":
    asyncio.run(main())
