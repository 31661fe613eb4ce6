"""The ground that operations of one viewer are made on."""

from __future__ import annotations

from dataclasses import dataclass

from graphql import GraphQLSchema

from schema.assembly.graph import Graph
from tests.oracle.stock import Stock
from tests.oracle.uses import Uses


@dataclass(frozen=True, eq=False)
class Ground:
    """What the viewer may ask for, what of it was asked for before, and values that it may find."""

    graph: Graph
    schema: GraphQLSchema
    stock: Stock
    uses: Uses
