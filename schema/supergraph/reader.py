"""How fields reach their data: a small protocol that the request's context carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from graphql import GraphQLResolveInfo

from schema.supergraph.meaning import Meaning


class Reader(Protocol):
    """Reads for one operation."""

    def read(
        self, meaning: Meaning, source: object, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> object:
        """The field's value, or an awaitable of it.

        `source` is what the parent field gave; `arguments` are by GraphQL name, input objects as mappings.
        """
        ...


class Context(Protocol):
    """What an execution's context carries for fields."""

    @property
    def reader(self) -> Reader: ...
