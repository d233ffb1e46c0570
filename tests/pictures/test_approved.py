"""Pictures beside the ones that were looked at and approved.

To approve anew: AUTODIDACT_APPROVE_PICTURES=1 python -m pytest tests/pictures, then look at what is in
tests/pictures/approved.
"""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from cogs.pictures.calendar import draw_calendar
from cogs.pictures.panel import HIGHEST
from tests.pictures.samples import FRIDAY, MIRA, SAMPLES, account

APPROVED = Path(__file__).parent / "approved"
LARGEST_FILE = 60_000

MEAN_AT_MOST = 1.0
"""Of 255, over all channels of all pixels: other versions of FreeType smooth letters a little otherwise."""

DIFFERENT_AT_MOST = 0.002
"""The share of pixels that may differ by more than a quarter of the scale in a channel."""

QUARTER = 64


def opened(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("RGBA")


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The mean difference of all channels, and the share of pixels that differ much in one of them."""
    between = ImageChops.difference(one, other)
    mean = sum(ImageStat.Stat(between).mean) / 4
    most = between.getchannel(0)
    for channel in (1, 2, 3):
        most = ImageChops.lighter(most, between.getchannel(channel))
    return mean, sum(most.histogram()[QUARTER:]) / (one.width * one.height)


def differs(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return True
    mean, share = difference(one, other)
    return mean > MEAN_AT_MOST or share > DIFFERENT_AT_MOST


@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_looks_as_it_was_approved(name: str, only_inter: None, tmp_path: Path) -> None:
    path = APPROVED / f"{name}.png"
    drawn = SAMPLES[name]()
    if os.environ.get("AUTODIDACT_APPROVE_PICTURES"):
        path.write_bytes(drawn)
    (tmp_path / path.name).write_bytes(drawn)
    assert not differs(opened(drawn), opened(path.read_bytes())), f"see {tmp_path / path.name}"


def test_approved_pictures_are_small_and_none_is_left_over() -> None:
    files = {path.stem: path.stat().st_size for path in APPROVED.glob("*.png")}
    assert set(files) == set(SAMPLES)
    assert max(files.values()) < LARGEST_FILE


def test_the_comparison_sees_a_line_of_text_that_is_gone(only_inter: None) -> None:
    whole = opened(SAMPLES["progress"]())
    lacking = whole.copy()
    lacking.paste((0x1C, 0x1E, 0x29, 255), (474, 540, 920, 580))
    assert differs(whole, lacking)


def test_the_comparison_sees_a_different_day_mark_in_every_week(only_inter: None) -> None:
    whole = opened(SAMPLES["progress"]())
    lacking = whole.copy()
    lacking.paste((0x1C, 0x1E, 0x29, 255), (119, 127, 920, 153))
    assert differs(whole, lacking)


def test_a_picture_is_clear_around_its_panel_and_nowhere_else(only_inter: None) -> None:
    image = opened(SAMPLES["progress"]())
    clear = image.getchannel("A").point(lambda value: 255 * (value < 255))
    assert clear.getpixel((0, 0)) == clear.getpixel((image.width - 1, image.height - 1)) == 255
    assert clear.crop((40, 40, image.width - 40, image.height - 40)).getbbox() is None


@pytest.mark.parametrize("days", [1, 7, 35, 62, 93, 124, 186, 217, 248, 300, 366])
def test_a_calendar_of_any_range_is_not_cut_off(days: int, only_inter: None) -> None:
    first = FRIDAY - timedelta(days=days - 1)
    image = opened(draw_calendar(account(first), MIRA))
    assert image.height < HIGHEST - 60


def test_pictures_keep_a_shape_that_discord_shows_480_pixels_wide(only_inter: None) -> None:
    # Discord shows a picture at most 550 wide and 350 high on a large screen.
    image = opened(SAMPLES["progress"]())
    assert min(550, 350 * image.width / image.height) >= 450
