"""The steps that the manual tells: the very documents that are played."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_DOCS = Path(__file__).resolve().parents[2] / "docs"
# ```graphql, then a line that says who does it and where the ticket stands then, then one named operation.
_STEP = re.compile(
    r"```graphql\n(?P<text># the (?P<who>\w+)(?: → (?P<status>\w+))?\n(?:mutation|query) (?P<name>\w+).*?)```",
    re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """A step as it is told: who does what, and the status of the ticket behind it, where that is said."""

    name: str
    who: str
    status: str | None
    text: str

    def has(self, variable: str) -> bool:
        return f"${variable}:" in self.text


def _steps() -> Iterator[Step]:
    for page in ("commands.md", "stories.md"):
        for match in _STEP.finditer((_DOCS / page).read_text(encoding="utf-8")):
            yield Step(match["name"], match["who"], match["status"], match["text"])


STEPS = {step.name: step for step in _steps()}
