"""What the graph should say, worked out in plain Python over rows that plain SQL gave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from resolvers.viewer import Viewer
from schema.assembly.graph import Graph
from schema.supergraph.orders import orders
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity
from tests.graph.plainly import Plain

Row = dict[str, Any]


class Model:
    """The rows of one operator, and what is shared."""

    def __init__(self, graph: Graph, tables: dict[str, list[Row]]) -> None:
        self.graph = graph
        self._tables = tables
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Row]]] = {}

    @classmethod
    async def of(cls, graph: Graph, plain: Plain, viewer: Viewer) -> Model:
        return cls(graph, {entity.table: await plain.rows(viewer, entity.table) for entity in graph})

    def entity(self, name: str) -> Entity:
        return self.graph.entities[name]

    def rows(self, entity: Entity) -> list[Row]:
        return self._tables[entity.table]

    def follow(self, edge: Edge, row: Row) -> list[Row]:
        """The rows that an edge leads to, by id."""
        found = self._equal(
            edge.target.table,
            tuple(other for _, other in edge.link.pairs),
            tuple(row[own] for own, _ in edge.link.pairs),
        )
        if through := edge.link.through:
            links = self._equal(through.table, (through.own,), (row[through.own],))
            beside = {link[through.target] for link in links}
            return [other for other in found if other["id"] in beside]
        return found

    def ordered(self, entity: Entity, names: Sequence[str], rows: Iterable[Row] | None = None) -> list[Row]:
        """The rows in an order: what is null is greatest, text goes by code points, ties by id as the last key goes."""
        keys = [orders(entity)[name] for name in names]
        found = sorted(
            self.rows(entity) if rows is None else rows,
            key=lambda row: row["id"],
            reverse=bool(keys) and keys[-1].descending,
        )
        for key in reversed(keys):
            values = {row["id"]: self._value(row, key.column.name, key.edge) for row in found}
            present = [row for row in found if values[row["id"]] is not None]
            absent = [row for row in found if values[row["id"]] is None]
            # sorted() keeps the order of equals, backwards too
            present = sorted(present, key=lambda row: values[row["id"]], reverse=key.descending)
            found = [*absent, *present] if key.descending else [*present, *absent]
        return found

    def _value(self, row: Row, column: str, edge: Edge | None) -> Any:
        if edge is None:
            return row[column]
        others = self.follow(edge, row)
        return others[0][column] if others else None

    def _equal(self, table: str, columns: tuple[str, ...], values: tuple[Any, ...]) -> list[Row]:
        """The rows that have these values; null equals nothing."""
        if None in values:
            return []
        if (table, columns) not in self._indexes:
            index = self._indexes[table, columns] = defaultdict(list)
            for row in self._tables[table]:
                index[tuple(row[column] for column in columns)].append(row)
        return self._indexes[table, columns].get(values, [])
