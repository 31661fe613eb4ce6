"""The console as a person uses it: by what it says, its keyboard and its buttons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.console.browser import Watch

SOON = 15_000


@dataclass
class Screen:
    """A page that shows the console."""

    page: Page
    watch: Watch

    @classmethod
    def opened(cls, page: Page, watch: Watch, fragment: str = "") -> Screen:
        """Once it can be typed into."""
        page.goto(f"{watch.address}/graphiql{fragment}")
        screen = cls(page, watch)
        expect(screen.editor.locator(".view-line").first).to_be_visible()
        return screen

    @property
    def editor(self) -> Locator:
        return self.page.get_by_label("Operation Editor")

    @property
    def result(self) -> Locator:
        return self.page.get_by_label("Result Window").locator(".view-lines")

    @property
    def strip(self) -> Locator:
        """Where it says what went wrong."""
        return self.page.locator(".failure")

    @property
    def who(self) -> Locator:
        return self.page.get_by_label("You are")

    @property
    def table(self) -> Locator:
        return self.page.get_by_role("table")

    def knows_schema(self) -> None:
        """Waits until fields can be completed."""
        expect(self.page.get_by_label("Re-fetch GraphQL schema")).to_be_enabled()

    def clear(self) -> None:
        """Empties the editor, and stays in it."""
        self.editor.locator(".view-lines").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")

    def write(self, query: str) -> None:
        """As if it was pasted: the editor closes no brackets by itself."""
        self.clear()
        self.page.keyboard.insert_text(query)

    def run(self) -> None:
        self.page.get_by_role("button", name="Execute query").click()

    def ask(self, query: str) -> None:
        self.write(query)
        self.run()

    def open(self, plugin: str) -> None:
        """A panel at the left."""
        self.page.get_by_role("button", name=f"Show {plugin}").click()

    def look(self, panel: str) -> None:
        """At the result, in another way."""
        self.page.get_by_role("tab", name=panel, exact=True).click()

    def column(self, number: int) -> list[str]:
        """The cells that are drawn."""
        return self.table.locator(f"tbody tr:not([aria-hidden]) td:nth-child({number})").all_inner_texts()
