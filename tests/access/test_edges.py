"""Edges lead to what a viewer sees, and to nothing else: followed, filtered by and ordered by, in both directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from schema.assembly.names import upper_snake
from schema.supergraph.orders import orders
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity
from tests.access.asking import Asking, Seat
from tests.access.cast import GRAPH_NAMES

everybody = pytest.mark.parametrize("name", GRAPH_NAMES)
_PARENTS = 8


@everybody
async def test_edges_lead_to_what_the_viewer_sees(name: str, asking: Asking) -> None:
    seat = asking[name]
    parts, variables = [], {}
    for entity in seat.entities:
        if entity.edges:
            variables[f"v{entity.name}"] = [str(key) for key in seat.some_seen(entity, _PARENTS)]
            parts.append(
                f"{entity.plural}(where: {{id: {{in: $v{entity.name}}}}}) {{ nodes {{ id {_followed(entity)} }} }}"
            )
    declared = ", ".join(f"${variable}: [ID!]!" for variable in variables)
    data = await seat.ask(f"query ({declared}) {{ {' '.join(parts)} }}", **variables)
    for entity in seat.entities:
        if entity.edges:
            assert len(data[entity.plural]["nodes"]) == len(variables[f"v{entity.name}"])
            for node in data[entity.plural]["nodes"]:
                _check(seat, entity, node)


def _followed(entity: Entity) -> str:
    many = "(first: 1000) { totalCount aggregate { count } nodes { id } }"
    return " ".join(f"{edge.field} {many if edge.many else '{ id }'}" for edge in entity.edges.values())


def _check(seat: Seat, entity: Entity, node: dict[str, Any]) -> None:
    row = next(row for row in seat.model.rows(entity) if str(row["id"]) == node["id"])
    for edge in entity.edges.values():
        expected = sorted(str(other["id"]) for other in seat.model.follow(edge, row))
        found = node[edge.field]
        if edge.many:
            assert found["totalCount"] == found["aggregate"]["count"] == len(expected), (entity.name, edge.field)
            assert sorted(other["id"] for other in found["nodes"]) == expected[:1000], (entity.name, edge.field)
        else:
            assert ([found["id"]] if found else []) == expected, (entity.name, edge.field)


@everybody
async def test_filters_through_edges_count_what_the_viewer_sees(name: str, asking: Asking) -> None:
    seat = asking[name]
    asked = list(_filters(seat))
    parts = (f"f{n}: {entity.plural}(where: {where}) {{ totalCount }}" for n, (entity, where, _) in enumerate(asked))
    found = await seat.ask(f"{{ {' '.join(parts)} }}")
    for n, (entity, where, expected) in enumerate(asked):
        assert found[f"f{n}"]["totalCount"] == expected, (entity.name, where)


def _filters(seat: Seat) -> Iterator[tuple[Entity, str, int]]:
    """Filters that an edge leads somewhere, with the number of rows for which it does."""
    for entity in seat.entities:
        rows = seat.model.rows(entity)
        for edge in entity.edges.values():
            leading = sum(bool(seat.model.follow(edge, row)) for row in rows)
            if edge.many:
                yield entity, f"{{{edge.field}: {{some: {{}}}}}}", leading
                yield entity, f"{{{edge.field}: {{none: {{}}}}}}", len(rows) - leading
            else:
                yield entity, f"{{{edge.field}: {{}}}}", leading


@everybody
async def test_orders_by_edges_see_no_value_of_a_row_that_the_viewer_does_not_see(name: str, asking: Asking) -> None:
    seat = asking[name]
    asked = [(entity, key) for entity in seat.entities for key in _orders(entity)]
    parts = (
        f"o{n}: {entity.plural}(first: 60, orderBy: [{key}]) {{ nodes {{ id }} }}"
        for n, (entity, key) in enumerate(asked)
    )
    found = await seat.ask(f"{{ {' '.join(parts)} }}")
    for n, (entity, key) in enumerate(asked):
        expected = [str(row["id"]) for row in seat.model.ordered(entity, [key])[:60]]
        assert [node["id"] for node in found[f"o{n}"]["nodes"]] == expected, (entity.name, key)


def _orders(entity: Entity) -> list[str]:
    """One order by each edge that there is to order by: what is empty comes first."""
    keys: dict[Edge, str] = {key.edge: key.name for key in orders(entity).values() if key.edge and key.descending}
    return list(keys.values())


@everybody
async def test_aggregates_and_groups_are_of_what_the_viewer_sees(name: str, asking: Asking) -> None:
    seat = asking[name]
    parts = [
        f"{entity.plural} {{ aggregate {{ count min {{ createdAt }} countDistinct {{ id }} }}"
        f" groups(by: [{upper_snake(_grouped(entity).field)}], first: 1000) {{ count }} }}"
        for entity in seat.entities
    ]
    data = await seat.ask(f"{{ {' '.join(parts)} }}")
    for entity in seat.entities:
        rows, found = seat.model.rows(entity), data[entity.plural]
        least = min((row["created_at"] for row in rows), default=None)
        assert found["aggregate"]["count"] == found["aggregate"]["countDistinct"]["id"] == len(rows), entity.name
        assert (found["aggregate"]["min"]["createdAt"] or "")[:19] == (least.isoformat()[:19] if least else "")
        counts = Counter(row[_grouped(entity).name] for row in rows)
        assert sorted(group["count"] for group in found["groups"]) == sorted(counts.values())[:1000], entity.name


def _grouped(entity: Entity) -> Column:
    """A column by which there are few groups, as far as there is one."""
    columns = [column for column in entity.columns.values() if column.groupable]
    return next((column for column in columns if column.scalar.enum), entity.columns["created_at"])
