"""The watch over pages sees what it shall see, so that its silence means something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.console.browser import Watch
from tests.gateway.house import House, served

if TYPE_CHECKING:
    from collections.abc import Generator

    from playwright.sync_api import Browser, Page

ELSEWHERE = "http://elsewhere.example/picture.png"
LOADS = f"() => new Promise(done => {{ const i = new Image(); i.onerror = i.onload = done; i.src = '{ELSEWHERE}' }})"


@pytest.fixture
def watched(browser: Browser) -> Generator[tuple[Page, Watch]]:
    with served(House()) as address:
        context = browser.new_context()
        watch = Watch(address)
        watch.over(context)
        page = context.new_page()
        page.goto(f"{address}/graphiql")
        yield page, watch
        context.close()


def test_a_picture_from_elsewhere_violates_the_policy(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    page.evaluate(LOADS)
    assert any(ELSEWHERE in violation for violation in watch.violations)


def test_a_script_in_the_page_violates_the_policy(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    code = "const s = document.createElement('script'); s.text = 'window.ran = true'; document.body.append(s)"
    page.evaluate(code)
    assert page.evaluate("window.ran") is None
    assert any("script-src" in violation for violation in watch.violations)


def test_a_request_to_elsewhere_is_seen_where_no_policy_forbids_it(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    assert watch.away == []
    page.goto("about:blank")
    page.evaluate(LOADS)
    assert watch.away == [ELSEWHERE]


def test_an_error_of_the_page_is_seen(watched: tuple[Page, Watch]) -> None:
    page, watch = watched
    page.evaluate("setTimeout(() => { throw new Error('forgotten') })")
    page.wait_for_timeout(100)
    assert any("forgotten" in error for error in watch.errors)
