"""Aggregates and groups of a connection while they are resolved."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from graphql import FieldNode

from resolvers.batch import Batch
from resolvers.planner.grouping import group_keys, refuse_ungrouped, time_zone
from resolvers.planner.measures import measure_names
from resolvers.planner.plan import Figures, Groups, Parents
from resolvers.selection import needed_columns, subfields
from schema.supergraph.aggregates import Function, Measure, measures

if TYPE_CHECKING:
    from resolvers.connection import ConnectionRequest


class Figured:
    """The measures that a selection asks for, and how a record of them is presented."""

    def __init__(self, connection: ConnectionRequest, nodes: list[FieldNode]) -> None:
        self.fields = subfields(nodes, connection.fragments)
        found: list[Measure] = []
        for function in Function:
            known = measures(connection.scope.entity, function)
            asked = subfields(self.fields.get(function.value, []), connection.fragments)
            found += [known[name] for name in asked if name in known]
        self.measures = tuple(found)

    def present(self, record: Any) -> SimpleNamespace:
        """count, and for each function its measures by column."""
        functions: dict[Function, SimpleNamespace] = {function: SimpleNamespace() for function in Function}
        for measure, name in zip(self.measures, measure_names(self.measures), strict=True):
            setattr(functions[measure.function], measure.column.name, record[name])
        figures = {function.name.lower(): values for function, values in functions.items()}
        return SimpleNamespace(count=record["count"], **figures)


class FigureRequest(Figured):
    """What one `aggregate` field asks for."""

    def __init__(self, connection: ConnectionRequest, nodes: list[FieldNode]) -> None:
        super().__init__(connection, nodes)

        def plan(parents: Parents | None) -> Figures:
            return Figures(connection.scope.entity, self.measures, connection.where, parents)

        self.batch = Batch(connection.session, connection.scope.link, plan)


class GroupRequest(Figured):
    """What one `groups` field asks for.

    Raises:
        BadInput: when it cannot be grouped like that.
    """

    def __init__(self, connection: ConnectionRequest, nodes: list[FieldNode], arguments: Mapping[str, Any]) -> None:
        super().__init__(connection, nodes)
        entity = connection.scope.entity
        self._by = group_keys(entity, arguments["by"])
        asked = subfields(self.fields.get("key", []), connection.fragments)
        for column in needed_columns(entity, asked):
            if column.name != "id":
                refuse_ungrouped(column, self._by)
        bucket, zone = arguments.get("bucket"), time_zone(arguments["timeZone"])
        limit = connection.limits.size(arguments.get("first"), "groups.first")

        def plan(parents: Parents | None) -> Groups:
            return Groups(
                entity=entity,
                by=self._by,
                bucket=bucket,
                time_zone=zone,
                measures=self.measures,
                order=arguments["orderBy"],
                limit=limit,
                where=connection.where,
                parents=parents,
            )

        self.batch = Batch(connection.session, connection.scope.link, plan)

    def present(self, record: Any) -> SimpleNamespace:
        """The figures, with `key` beside them."""
        figures = super().present(record)
        figures.key = SimpleNamespace(**{column.name: record[column.name] for column in self._by})
        return figures
