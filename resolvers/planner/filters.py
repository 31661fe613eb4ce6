"""Filter arguments as predicates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from resolvers.bad_input import BadInput
from resolvers.planner.plan import All, AnyOf, Compare, Not, Predicate, Quantifier, Related
from resolvers.planner.slots import settled
from schema.supergraph.comparisons import Operator
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity
from schema.vocabulary.scalar import Scalar


def filter_predicate(entity: Entity, where: Mapping[str, Any] | None, path: str = "where") -> Predicate:
    """The predicate of a `where` argument, by GraphQL names; null asks for nothing."""
    if where is None:
        return All()
    return All(tuple(_part(entity, name, value, f"{path}.{name}") for name, value in where.items()))


def scalar_value(scalar: Scalar, value: Any, path: str) -> Any:
    """The value, or its slot, as the driver takes it.

    Raises:
        BadInput: when it is no such scalar.
    """
    return settled(value, lambda found: _parsed(scalar, found, path))


def scalar_values(scalar: Scalar, values: Any, path: str) -> Any:
    """The same of a list, or of the slot of a list.

    Raises:
        BadInput: when one of them is no such scalar.
    """
    return settled(values, lambda found: [_parsed(scalar, each, f"{path}[{n}]") for n, each in enumerate(found)])


def _parsed(scalar: Scalar, value: Any, path: str) -> Any:
    try:
        return scalar.parse(value)
    except ValueError as error:
        raise BadInput(f"{path}: {error}") from None


_COMBINATIONS: dict[str, Callable[[tuple[Predicate, ...]], Predicate]] = {"and": All, "or": AnyOf}


def _part(entity: Entity, name: str, value: Any, path: str) -> Predicate:
    if name in _COMBINATIONS:
        parts = [filter_predicate(entity, item, f"{path}[{n}]") for n, item in enumerate(_said(value, path))]
        return _COMBINATIONS[name](tuple(parts))
    if name == "not":
        return Not(filter_predicate(entity, _said(value, path), path))
    if edge := entity.edges.get(name):
        return _edge(edge, _said(value, path), path)
    column = entity.column_of(name)
    if column is None:
        raise LookupError(f"{entity.name} has no field {name}")
    return All(tuple(_comparison(column, op, operand, f"{path}.{op}") for op, operand in _said(value, path).items()))


def _edge(edge: Edge, value: Mapping[str, Any], path: str) -> Predicate:
    if not edge.many:
        return Related(edge, Quantifier.SOME, filter_predicate(edge.target, value, path))
    return All(
        tuple(
            Related(edge, Quantifier(name), filter_predicate(edge.target, _said(part, f"{path}.{name}"), path))
            for name, part in value.items()
        )
    )


def _comparison(column: Column, name: str, operand: Any, path: str) -> Predicate:
    operator, operand = Operator(name), _said(operand, path)
    if operator is Operator.IS_NULL or column.scalar.name == "JSON":
        return Compare(column, operator, operand)
    if operator.takes_list:
        return Compare(column, operator, scalar_values(column.scalar, operand, path))
    return Compare(column, operator, scalar_value(column.scalar, operand, path))


def _said(value: Any, path: str) -> Any:
    """The value, which must not be null: a filter that forgot its value would find everything."""
    if value is None:
        raise BadInput(f"{path} is null. Leave it out, or use isNull to ask for what is empty.")
    return value.value if isinstance(value, Enum) else value
