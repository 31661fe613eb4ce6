"""Seats: viewers at the graph, with all that their operations are made of and answered by."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphql import OperationType

from db.pool import Pool
from gateway.documents import Documents
from resolvers.executor import Executor
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from resolvers.planner.planner import Planner
from resolvers.viewer import Viewer
from schema.supergraph.supergraph import Supergraph
from tests.oracle.ground import Ground

LIMITS = PageLimits()


@dataclass(eq=False)
class Seat:
    """A viewer by name. Seats of a role share the documents and the planner, as they do in the gateway."""

    name: str
    viewer: Viewer
    supergraph: Supergraph
    pool: Pool
    documents: Documents
    planner: Planner
    ground: Ground
    cursors: dict[Any, list[str]] = field(default_factory=dict)
    """Those found for wishes before."""

    @cached_property
    def executor(self) -> Executor:
        return Executor(self.supergraph, self.pool, LIMITS)

    def operation(self, text: str, name: str | None, variables: dict[str, Any]) -> Operation:
        """The operation as the endpoint makes it. Raises `gateway.refusal.Refusal` when it would refuse it."""
        document = self.documents.get(text)
        chosen = document.operation(name, variables)
        told = chosen.name.value if chosen.name else None
        return Operation(document.node, text, told, OperationType.QUERY, variables, "oracle", self.viewer)
