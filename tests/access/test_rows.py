"""Which rows each viewer sees: every table by SQL, and every entity by every way from the graph's root."""

from __future__ import annotations

import asyncpg
import pytest

from resolvers.viewer import Viewer
from tests.access.asking import Asking
from tests.access.cast import GRAPH_NAMES, NAMES, OUTSIDER_NAMES
from tests.access.columns import TABLES
from tests.access.sql import lent

everybody = pytest.mark.parametrize("name", GRAPH_NAMES)


@pytest.mark.parametrize("name", NAMES)
async def test_a_viewer_sees_its_rows_of_every_table_by_sql(name: str, asking: Asking, cast: dict[str, Viewer]) -> None:
    seat, viewer = asking[name], cast[name]
    async with lent(seat.client.pool, viewer) as connection:
        for table, ids in seat.sees.items():
            if not viewer.role.staff and table not in TABLES[viewer.role] and not _granted(table):
                assert not ids
                continue
            found = await connection.fetch(f"SELECT id FROM {table}")  # noqa: S608 - the catalogue's name
            assert {row["id"] for row in found} == ids, table
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == len(ids), table  # noqa: S608


def _granted(table: str) -> bool:
    return any(table in tables for tables in TABLES.values())


@pytest.mark.parametrize("name", OUTSIDER_NAMES)
async def test_tables_that_no_outsider_sees_are_closed_to_its_role(
    name: str, asking: Asking, cast: dict[str, Viewer]
) -> None:
    seat = asking[name]
    for table in seat.sees:
        if not _granted(table):
            async with lent(seat.client.pool, cast[name]) as connection:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(f"SELECT 1 FROM {table}")  # noqa: S608


def test_every_table_that_outsiders_see_is_seen_by_somebody(asking: Asking, cast: dict[str, Viewer]) -> None:
    for role, tables in TABLES.items():
        seats = [asking[name] for name in OUTSIDER_NAMES if cast[name].role is role]
        for table in tables:
            assert any(seat.sees[table] for seat in seats), (role, table)
            assert all(set(seat.world.tables[table]) - seat.sees[table] for seat in seats), (role, table)


@everybody
async def test_a_list_has_the_viewers_rows_on_all_its_pages(name: str, asking: Asking) -> None:
    seat = asking[name]
    page = "(first: 1000) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }"
    data = await seat.ask("{ " + " ".join(f"{entity.plural}{page}" for entity in seat.entities) + " }")
    for entity in seat.entities:
        found = data[entity.plural]
        ids = [node["id"] for node in found["nodes"]]
        assert found["totalCount"] == len(seat.sees[entity.table]), entity.name
        while found["pageInfo"]["hasNextPage"]:
            after = page.replace("(", f'(after: "{found["pageInfo"]["endCursor"]}", ', 1)
            found = (await seat.ask(f"{{ {entity.plural}{after} }}"))[entity.plural]
            ids += [node["id"] for node in found["nodes"]]
        assert sorted(ids) == sorted(map(str, seat.sees[entity.table])), entity.name


@everybody
async def test_node_and_nodes_find_what_the_viewer_sees_and_nothing_else(name: str, asking: Asking) -> None:
    seat = asking[name]
    ids: dict[str, bool] = {}
    for entity in seat.entities:
        ids |= {str(key): True for key in seat.some_seen(entity, 8)}
        ids |= {str(key): False for key in seat.some_unseen(entity, 8)}
    alone = " ".join(f'n{n}: node(id: "{key}") {{ id }}' for n, key in enumerate(list(ids)[::20]))
    data = await seat.ask(f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ id }} {alone} }}", ids=list(ids))
    found = {key: {"id": key} if seen else None for key, seen in ids.items()}
    assert data.pop("nodes") == list(found.values())
    assert list(data.values()) == list(found.values())[::20]


@everybody
async def test_nodes_of_tables_outside_the_viewers_graph_are_not_found(name: str, asking: Asking) -> None:
    seat = asking[name]
    tables = {entity.table for entity in seat.entities}
    ids = [str(row["id"]) for table in seat.world.tables if table not in tables for row in seat.world[table][:5]]
    if ids:
        assert await seat.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids) == {
            "nodes": [None] * len(ids)
        }


@everybody
async def test_lookups_find_what_the_viewer_sees_and_nothing_else(name: str, asking: Asking) -> None:
    seat = asking[name]
    fields, expected = [], []
    for entity in seat.entities:
        for key in seat.some_seen(entity, 3) + seat.some_unseen(entity, 3):
            row, found = seat.world.tables[entity.table][key], {"id": str(key)}
            if key not in seat.sees[entity.table]:
                found = {}
            fields.append(f'{entity.singular}(id: "{key}")')
            expected.append(found or None)
            for column in entity.natural_keys:
                if value := row[column.name]:
                    fields.append(
                        f'{entity.singular}By{_upper(str(column.natural_key))}({column.natural_key}: "{value}")'
                    )
                    expected.append(_with_key(seat.model.rows(entity), column.name, value))
    query = " ".join(f"f{n}: {field} {{ id }}" for n, field in enumerate(fields))
    assert list((await seat.ask(f"{{ {query} }}")).values()) == expected


def _upper(name: str) -> str:
    return name[0].upper() + name[1:]


def _with_key(rows: list[dict[str, object]], column: str, value: object) -> dict[str, str] | None:
    """What the viewer has by that key: numbers repeat from operator to operator."""
    return next(({"id": str(row["id"])} for row in rows if row[column] == value), None)
