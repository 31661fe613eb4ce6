"""How soon the console can be used: python -m bench.console. Needs chromium, and what `make test` installs."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.gateway import started
from bench.homes import new_home
from bench.report import Figure, figure, tell
from bench.settings import BenchSettings
from tests.console.browser import Watch, browsing
from tests.console.screen import Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

_RESULTS = Path(__file__).parent / "console.json"
_TYPING, _KNOWING = "until it can be typed into", "until it completes fields"


def main() -> None:
    """The console of gateways that have just started, in browsers that have never been there, and that have."""
    tell(measure_console(BenchSettings()), "from the address until the console can be used", _RESULTS)


def measure_console(settings: BenchSettings) -> list[Figure]:
    """Medians; the floor is the front page in the same browser, a few lines of HTML."""
    waits: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    floors: list[float] = []
    with new_home() as home, browsing() as browser:
        for _ in range(settings.starts):
            with started(GATEWAY_DATA_HOME=str(home)) as gateway:
                address = f"http://127.0.0.1:{gateway.port}"
                floors.append(_front(browser, address))
                for visit, seconds in _visits(browser, address).items():
                    for what, taken in seconds.items():
                        waits[visit, what].append(taken)
    floor = median(floors)
    figures = [figure(f"{visit}, {what}", 1, "s", median(taken), floor) for (visit, what), taken in waits.items()]
    return [*figures, figure("the floor: the front page", 1, "s", floor, None)]


def _visits(browser: Browser, address: str) -> dict[str, dict[str, float]]:
    """The gateway prepares its answer about the schema for the first visitor; a browser keeps what it loaded once."""
    stranger, other = browser.new_context(), browser.new_context()
    first = _visit(stranger, address)
    found = {"the gateway's first visitor": first, "another": _visit(other, address), "again": _visit(other, address)}
    for context in (stranger, other):
        context.close()
    return found


def _visit(context: BrowserContext, address: str) -> dict[str, float]:
    page = context.new_page()
    began = time.perf_counter()
    screen = Screen.opened(page, Watch(address))
    typing = time.perf_counter() - began
    screen.knows_schema()
    knowing = time.perf_counter() - began
    page.close()
    return {_TYPING: typing, _KNOWING: knowing}


def _front(browser: Browser, address: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    began = time.perf_counter()
    page.goto(address)
    taken = time.perf_counter() - began
    context.close()
    return taken


if __name__ == "__main__":
    main()
