"""What is asked: an operation, in the words of each schema, and what its requests rotate over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from bench.http_client import request

_FOLDER = Path(__file__).parent
GATEWAY, POSTGRAPHILE = "operations", "postgraphile"
"""The two schemas, by the folders that hold operations in their words."""

QUERIES = ("list", "project", "ticket", "wide")
MUTATION = "transition"

Variables = Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """An operation with its decks: what clients ask one after the other, over and over.

    Clients share a deck, each beginning elsewhere; or each has one of its own, where it must not meet another.
    """

    name: str
    decks: tuple[tuple[Variables, ...], ...]
    viewers: tuple[str, ...] = ("manager", "admin", "agent")
    """The demo's viewers that take turns; they see the same rows."""

    def document(self, schema: str) -> str:
        return (_FOLDER / schema / f"{self.name}.graphql").read_text(encoding="utf-8")

    def requests(self, schema: str) -> list[list[bytes]]:
        """Each deck's HTTP requests, complete."""
        return [[self._request(schema, variables, n) for n, variables in enumerate(deck)] for deck in self.decks]

    def _request(self, schema: str, variables: Variables, n: int) -> bytes:
        body = orjson.dumps({"query": self.document(schema), "variables": _spoken(variables, schema)})
        return request(body, {"x-demo-viewer": self.viewers[n % len(self.viewers)]})


def _spoken(variables: Variables, schema: str) -> Variables:
    """PostGraphile has the text that the table has where the gateway has an enum."""
    status = variables.get("status")
    return {**variables, "status": status.lower()} if status and schema == POSTGRAPHILE else variables
