"""What the columns of visible rows hold: their values, or nothing where a mask lies on them."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLObjectType

from db.pool import Connection
from resolvers.viewer import Viewer
from schema.vocabulary.entity import Entity
from tests.access.asking import Asking, Seat
from tests.access.cast import GRAPH_NAMES, OUTSIDER_NAMES
from tests.access.columns import OUTSIDE, TABLES, hidden, masked, shown
from tests.access.world import Row, World
from tests.graph.catalogue import camel
from tests.graph.plainly import seen

_ROWS = 150


@pytest.mark.parametrize("name", [name for name in GRAPH_NAMES if name in OUTSIDER_NAMES])
async def test_columns_hold_their_values_and_masked_ones_only_where_they_concern_the_viewer(
    name: str, asking: Asking, cast: dict[str, Viewer], world: World
) -> None:
    seat, viewer = asking[name], cast[name]
    unmasked = shown(world, viewer)
    parts = [
        f"{e.plural}(first: {_ROWS}, orderBy: [ID_ASC]) {{ nodes {{ {_columns(seat, e)} }} }}" for e in seat.entities
    ]
    data = await seat.ask(f"{{ {' '.join(parts)} }}")
    for entity in seat.entities:
        rows = seat.model.rows(entity)[:_ROWS]
        expected = [_seen(seat, entity, row) for row in rows]
        for row, values in zip(rows, expected, strict=True):
            for column in masked(viewer.role, entity.table):
                if row["id"] not in unmasked[entity.table, column]:
                    values[camel(column)] = None
        assert data[entity.plural]["nodes"] == expected, entity.name


def _types(seat: Seat, entity: Entity) -> dict[str, str]:
    odd = hidden(seat.client.viewer.role, entity.table)
    return {column: kind for column, kind in seat.world.live.columns[entity.table].items() if column not in odd}


def _columns(seat: Seat, entity: Entity) -> str:
    return " ".join(camel(column) for column in _types(seat, entity))


def _seen(seat: Seat, entity: Entity, row: Row) -> dict[str, Any]:
    kind = seat.client.supergraph.graphql.type_map[entity.name]
    assert isinstance(kind, GraphQLObjectType)
    return seen(row, _types(seat, entity), kind)


def test_every_mask_shows_a_value_to_somebody_and_keeps_one_back(
    asking: Asking, cast: dict[str, Viewer], world: World
) -> None:
    for table, column in (
        ("directory.contacts", "phone"),
        ("directory.contacts", "email"),
        ("maintenance.jobs", "access_notes"),
    ):
        told, kept = 0, 0
        for name in OUTSIDER_NAMES:
            if column in masked(cast[name].role, table):
                rows = {key for key in asking[name].sees[table] if world.tables[table][key][column]}
                told += len(rows & shown(world, cast[name])[table, column])
                kept += len(rows - shown(world, cast[name])[table, column])
        assert told, (table, column)
        assert kept, (table, column)


async def test_the_outsiders_database_role_reads_the_columns_that_some_outsider_sees(
    owner: Connection, world: World
) -> None:
    for table, columns in world.live.columns.items():
        roles = [role for role in OUTSIDE if table in TABLES[role]]
        expected = {column for column in columns if any(column not in hidden(role, table) for role in roles)}
        granted = await owner.fetch(
            "SELECT a.attname::text AS name FROM pg_attribute AS a WHERE a.attrelid = $1::regclass AND a.attnum > 0"
            " AND NOT a.attisdropped AND has_column_privilege('gateway_outsider', a.attrelid, a.attnum, 'SELECT')",
            table,
        )
        assert {row["name"] for row in granted} == expected, table
