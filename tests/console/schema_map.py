"""The page of the schema map as a person uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.console.browser import Watch

_ID = "TYPE::"


@dataclass
class SchemaMap:
    """A page that shows it."""

    page: Page
    watch: Watch

    @classmethod
    def opened(cls, page: Page, watch: Watch, fragment: str = "") -> SchemaMap:
        """Once entities are drawn."""
        page.goto(f"{watch.address}/schema-map{fragment}")
        schema_map = cls(page, watch)
        expect(schema_map.entities.first).to_be_visible()
        return schema_map

    @property
    def who(self) -> Locator:
        return self.page.get_by_label("You are")

    @property
    def around(self) -> Locator:
        return self.page.get_by_label("Around")

    @property
    def steps(self) -> Locator:
        return self.page.get_by_label("Steps")

    @property
    def failure(self) -> Locator:
        """Where it says what went wrong."""
        return self.page.locator(".failure")

    @property
    def entities(self) -> Locator:
        """As boxes."""
        return self.page.locator(".canvas .node")

    @property
    def edges(self) -> Locator:
        """As arrows."""
        return self.page.locator(".canvas .edge")

    @property
    def panel(self) -> Locator:
        """Voyager's words beside the picture."""
        return self.page.locator(".canvas .doc-panel")

    def entity(self, name: str) -> Locator:
        return self.page.locator(f"[id='{_ID}{name}']")

    def names(self) -> set[str]:
        """Of the entities that are drawn."""
        return {(entity.get_attribute("id") or "").removeprefix(_ID) for entity in self.entities.all()}
