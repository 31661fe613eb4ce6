"""The page of workflows and timelines as a person uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.console.browser import Watch


@dataclass
class Picture:
    """A page that shows them."""

    page: Page
    watch: Watch

    @classmethod
    def opened(cls, page: Page, watch: Watch, fragment: str = "") -> Picture:
        """Once a workflow is drawn."""
        page.goto(f"{watch.address}/workflows{fragment}")
        picture = cls(page, watch)
        expect(picture.states.first).to_be_visible()
        return picture

    @property
    def who(self) -> Locator:
        return self.page.get_by_label("You are")

    @property
    def failure(self) -> Locator:
        """Where it says what went wrong."""
        return self.page.locator(".failure")

    @property
    def states(self) -> Locator:
        return self.page.locator(".state")

    @property
    def steps(self) -> Locator:
        """Where it says who may take a step, and what must hold."""
        return self.page.get_by_role("complementary", name="Steps")

    @property
    def items(self) -> Locator:
        """Of the timeline, in words."""
        return self.page.get_by_role("list", name="Items").get_by_role("listitem")

    def choose(self, workflow: str) -> None:
        """Draws another workflow."""
        self.page.get_by_label("Draw").select_option(workflow)
        expect(self.page.get_by_role("group", name=workflow)).to_be_visible()

    def state(self, name: str) -> Locator:
        return self.page.locator(f".state[data-state={name}]")

    def counts(self) -> dict[str, int]:
        """How many tickets are said to stand in each state, from top to bottom."""
        return {
            state.get_attribute("data-state") or "": int(state.get_attribute("data-count") or "")
            for state in self.states.all()
        }

    def arrows(self) -> list[str]:
        return [arrow.get_attribute("data-step") or "" for arrow in self.page.locator(".arrow").all()]

    def draw_timeline(self, number: str) -> None:
        """Of the ticket with the number."""
        self.page.get_by_label("Number").fill(number)
        self.page.keyboard.press("Enter")
