"""Debian's chromium as tests drive it: offline, and watched."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Generator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request

_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def required(program: str, package: str) -> str:
    """The program's path; skips the test where there is none, but never in CI."""
    found = shutil.which(program)
    if found is None:
        assert os.environ.get("CI") != "true", f"CI must have {program}"
        pytest.skip(f"needs {program}: apt-get install {package}")
    return found


@contextmanager
def browsing() -> Generator[Browser]:
    """A browser that finds no host but this machine's loopback."""
    chromium = required("chromium", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What pages did that they should not have done, and what they asked for."""

    address: str
    requests: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """From now on."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    @property
    def away(self) -> list[str]:
        """Requests to other hosts than the gateway's; what is in the page itself is none."""
        local = (f"{self.address}/", "data:", "blob:")
        return [url for url in self.requests if not url.startswith(local)]

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.violations.append(message.text)
