"""Figures and groups of a connection, as answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from resolvers.planner.answer import Figured, Grouped, Shape, Told, Value
from resolvers.planner.composition.shaping import attribute, shaped
from resolvers.planner.grouping import group_keys, time_zone
from resolvers.planner.pages import PageLimits
from resolvers.planner.plan import Figures, Groups, Outer, Predicate
from resolvers.planner.selection.fields import Field
from schema.supergraph.aggregates import Function, Measure, measures
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from schema.vocabulary.scalar import INT


class Figuring:
    """Composes the figures over the rows of one connection."""

    def __init__(self, entity: Entity, where: Predicate, parents: Outer | None, limits: PageLimits) -> None:
        self._entity = entity
        self._where = where
        self._parents = parents
        self._limits = limits

    def count(self) -> Figured:
        return Figured(Figures(self._entity, (), self._where, self._parents), Told("count", INT))

    def aggregate(self, field: Field) -> Figured:
        measured = _Measured(self._entity)
        shape = shaped(field.only, measured.value)
        return Figured(Figures(self._entity, measured.all, self._where, self._parents), shape)

    def groups(self, field: Field, key: Callable[[Sequence[Field], Sequence[Column]], Shape]) -> Grouped:
        """`key` makes an object of what the rows of a group have in common.

        Raises:
            BadInput: when they cannot be grouped like that.
        """
        given, measured = field.arguments, _Measured(self._entity)
        by = group_keys(self._entity, given["by"])

        def value(part: Field) -> Value:
            return key(part.only, by) if part.name == "key" else measured.value(part)

        shape = shaped(field.only, value)
        groups = Groups(
            entity=self._entity,
            by=by,
            bucket=given.get("bucket"),
            time_zone=time_zone(given["timeZone"]),
            measures=measured.all,
            order=given["orderBy"],
            limit=self._limits.size(given.get("first"), "groups.first"),
            where=self._where,
            parents=self._parents,
        )
        return Grouped(groups, shape)


class _Measured:
    """The measures that fields ask for, by the names that a plan prints them by."""

    def __init__(self, entity: Entity) -> None:
        self._entity = entity
        self._found: dict[tuple[Function, str], tuple[str, Measure]] = {}

    @property
    def all(self) -> tuple[Measure, ...]:
        return tuple(measure for _, measure in self._found.values())

    def value(self, field: Field) -> Value:
        """`count`, or the object of a function."""
        if field.name == "count":
            return Told("count", INT)
        function = Function(field.name)
        known = measures(self._entity, function)
        return shaped(field.only, lambda inner: self._told(function, attribute(inner), known[inner.name]))

    def _told(self, function: Function, column: str, measure: Measure) -> Told:
        name, _ = self._found.setdefault((function, column), (f"m{len(self._found)}", measure))
        return Told(name, measure.scalar)
