"""The guide for analysts, played: its pictures are what the console shows.

No pixels are compared: fonts and browsers differ by machine. `UPDATE_SCREENSHOTS=1` takes the pictures anew.
"""

from __future__ import annotations

import base64
import os
import re
import struct
from typing import TYPE_CHECKING

import pytest

from tests.console.browser import Watch
from tests.console.scenes import COLOURS, GUIDE, HEIGHT, SCENES, WIDTH, Scene
from tests.console.screen import SOON

if TYPE_CHECKING:
    from collections.abc import Generator

    from playwright.sync_api import Browser, Page

    from tests.process.gateway import Gateway

PICTURES = GUIDE.parent / "analysts"
HEAVIEST = 200_000
_SHOWN = re.compile(r"!\[([^\]]*)\]\(analysts/([\w-]+)\.png\)")
_FEWEST_COLOURS = 20  # antialiased letters alone have more
_PAINTED = """async (picture) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
  const canvas = Object.assign(document.createElement('canvas'), {width: image.width, height: image.height});
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas;
}"""


@pytest.fixture
def stage(browser: Browser, gateway: Gateway) -> Generator[tuple[Page, Watch]]:
    """A page as the guide's reader may have it: in light colours, in UTC, still."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=1,
        color_scheme="light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    context.set_default_timeout(SOON)
    watch = Watch(gateway.address)
    watch.over(context)
    yield context.new_page(), watch
    context.close()
    assert (watch.away, watch.violations, watch.errors) == ([], [], [])


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_picture_shows_what_the_guide_says(stage: tuple[Page, Watch], scene: Scene) -> None:
    page, watch = stage
    scene.play(page, watch)
    taken = page.screenshot(clip=scene.clip, animations="disabled", caret="hide", scale="css")
    file = PICTURES / f"{scene.name}.png"
    if os.environ.get("UPDATE_SCREENSHOTS") == "1":
        file.write_bytes(taken)
    assert _measures(taken) == _measures(file.read_bytes())
    assert _colours(page, taken) > _FEWEST_COLOURS


def test_a_blank_picture_would_be_found_out(stage: tuple[Page, Watch]) -> None:
    page, _ = stage
    assert _colours(page, page.screenshot()) < _FEWEST_COLOURS


def _colours(page: Page, picture: bytes) -> int:
    """How many different ones it has; the page is left, since its policy loads no picture."""
    page.goto("about:blank")
    count: int = page.evaluate_handle(_PAINTED, base64.b64encode(picture).decode()).evaluate(COLOURS)
    return count


def _measures(picture: bytes) -> tuple[int, int]:
    """Width and height. Source: the PNG specification's IHDR."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_the_guide_shows_each_picture_once_and_says_in_words_what_is_on_it() -> None:
    shown = _SHOWN.findall(GUIDE.read_text(encoding="utf-8"))
    assert sorted(name for _, name in shown) == sorted(scene.name for scene in SCENES)
    assert all(len(words) > 20 for words, _ in shown)


def test_every_picture_that_is_kept_is_shown_and_is_light() -> None:
    kept = {path.stem: path.stat().st_size for path in PICTURES.iterdir()}
    assert sorted(kept) == sorted(scene.name for scene in SCENES)
    assert [name for name, size in kept.items() if size > HEAVIEST] == []
