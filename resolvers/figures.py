"""Aggregates and groups of a connection while they are resolved."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from graphql import FieldNode

from resolvers.bad_input import BadInput
from resolvers.batch import Batch
from resolvers.planner.measures import measure_names
from resolvers.planner.plan import Figures, Groups, Parents
from resolvers.selection import needed_columns, subfields
from resolvers.zones import find_zone
from schema.supergraph.aggregates import Function, Measure, group_columns, measures
from schema.vocabulary.column import Column

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
        self._by = _by(entity.name, group_columns(entity), arguments["by"])
        asked = subfields(self.fields.get("key", []), connection.fragments)
        for column in needed_columns(entity, asked):
            if column not in self._by and column.name != "id":
                names = ", ".join(other.field for other in self._by)
                raise BadInput(f"groups.key asks for {column.field}, but rows are grouped by {names}. Add it to `by`.")
        bucket, zone = arguments.get("bucket"), _zone(arguments["timeZone"])
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


def _by(entity: str, known: dict[str, Column], names: list[Any]) -> tuple[Column, ...]:
    if not names:
        raise BadInput(f"groups.by is empty. Name what rows of {entity} should have in common, or ask for aggregate.")
    return tuple(dict.fromkeys(known[name.value] for name in names))


def _zone(name: str) -> str:
    if find_zone(name) is None:
        raise BadInput(f"groups.timeZone: {name[:100]!r} is no time zone. Use an IANA name, as America/Denver.")
    return name
