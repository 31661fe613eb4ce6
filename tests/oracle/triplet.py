"""Triplets: an operation, the SQL that it is planned as, and its answer, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

FOLDER = Path(__file__).parent / "triplets"
_MARK = "# "


@dataclass(frozen=True)
class Triplet:
    """The operation; `.sql` and `.json` stand beside it."""

    path: Path
    text: str
    viewer: str
    variables: dict[str, Any]
    name: str | None

    @classmethod
    def read(cls, path: Path) -> Triplet:
        """The file's first lines are comments: `# viewer: "agent"`, and so on, each value in JSON."""
        text = path.read_text(encoding="utf-8")
        known: dict[str, Any] = {}
        for line in text.splitlines():
            if not line.startswith(_MARK):
                break
            key, _, value = line.removeprefix(_MARK).partition(": ")
            known[key] = orjson.loads(value)
        return cls(path, text, known["viewer"], known.get("variables", {}), known.get("operation"))

    @classmethod
    def all(cls) -> list[Triplet]:
        return [cls.read(path) for path in sorted(FOLDER.glob("*.graphql"))]

    @property
    def sql(self) -> Path:
        return self.path.with_suffix(".sql")

    @property
    def json(self) -> Path:
        return self.path.with_suffix(".json")


def written(text: str, viewer: str, variables: dict[str, Any], name: str | None) -> str:
    """A triplet's first file."""
    head = [f"viewer: {_json(viewer)}"]
    if name is not None:
        head.append(f"operation: {_json(name)}")
    if variables:
        head.append(f"variables: {_json(variables)}")
    return "".join(f"{_MARK}{line}\n" for line in head) + text


def readable(body: str) -> str:
    """An answer with its members in their order, a line each."""
    return orjson.dumps(orjson.loads(body), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
