"""A gateway with demo data and a browser, for all tests; a page that is watched for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from db.binaries import find_binaries
from tests.console.browser import Watch, browsing
from tests.console.packages import installed
from tests.console.picture import Picture
from tests.console.screen import SOON, Screen
from tests.process.gateway import Gateway, new_home

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from playwright.sync_api import Browser, Page

    Visiting = Callable[[str], tuple[Page, Watch]]
    Opening = Callable[..., Screen]


@pytest.fixture(scope="module")
def browser() -> Generator[Browser]:
    """No longer than a file's tests: while it is there, no other loop runs in the process."""
    expect.set_options(timeout=SOON)
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="session")
def gateway() -> Generator[Gateway]:
    with new_home(find_binaries(None)) as home, home.serving() as gateway:
        yield gateway


@pytest.fixture(scope="session")
def npm() -> str:
    """With the console's packages."""
    return installed()


@pytest.fixture
def visiting(browser: Browser) -> Generator[Visiting]:
    """A page for an address, of a browser that has never been there; nothing it does may be forbidden."""
    contexts = []
    watches = []

    def visited(address: str) -> tuple[Page, Watch]:
        context = browser.new_context(viewport={"width": 1500, "height": 850})
        context.set_default_timeout(SOON)
        contexts.append(context)
        watch = Watch(address)
        watches.append(watch)
        watch.over(context)
        return context.new_page(), watch

    yield visited
    for context in contexts:
        context.close()
    for watch in watches:
        assert watch.requests
        assert (watch.away, watch.violations, watch.errors) == ([], [], [])


@pytest.fixture
def opening(visiting: Visiting) -> Opening:
    """Opens the console of an address."""

    def opened(address: str, fragment: str = "") -> Screen:
        return Screen.opened(*visiting(address), fragment)

    return opened


@pytest.fixture
def screen(gateway: Gateway, opening: Opening) -> Screen:
    """The console of the demo."""
    return opening(gateway.address)


@pytest.fixture
def picture(gateway: Gateway, visiting: Visiting) -> Picture:
    """The workflows of the demo."""
    return Picture.opened(*visiting(gateway.address))
