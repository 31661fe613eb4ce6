"""Each table, value of a vocabulary and nullable column stands in the data, by the database's own catalogue."""

import re

from db.demo.sink import TABLES, columns_of, table_of
from tests.demo.conftest import Demo

# What triggers and migrations fill themselves is not ours.
_OURS = "n.nspname !~ '^(pg_|information_schema|platform|access|lifecycle)'"
_TABLES = f"""
SELECT n.nspname || '.' || c.relname AS name FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND {_OURS}
"""  # noqa: S608  composed of constants
_CHECKS = f"""
SELECT n.nspname || '.' || c.relname AS name, pg_get_constraintdef(k.oid) AS definition
FROM pg_catalog.pg_constraint AS k JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE k.contype = 'c' AND {_OURS}
"""  # noqa: S608  composed of constants
_COLUMNS = f"""
SELECT n.nspname || '.' || c.relname AS name, a.attname, a.attnotnull,
       greatest(a.attgenerated, a.attidentity) <> '' AS made
FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND {_OURS}
"""  # noqa: S608  composed of constants
_PARENTS = """
SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent
FROM pg_catalog.pg_constraint WHERE contype = 'f' AND conrelid <> confrelid
"""
_CREATION = """
SELECT min(created_at) > '2021-01-01', count(*) FILTER (WHERE extract(epoch FROM created_at) * 1000
    <> ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint), max(created_at) <= '2026-11-02T09:00Z' FROM {}
"""
_VOCABULARY = re.compile(r"CHECK \(\((\w+) = ANY \(ARRAY\[(.*)\]\)\)\)")
_LIFECYCLES = {"team.workflows", "team.workflow_states", "team.workflow_transitions"}


async def test_every_table_has_rows(demo: Demo) -> None:
    tables = {row["name"] for row in await demo.connection.fetch(_TABLES)}
    assert tables - _LIFECYCLES - demo.written.keys() == set()


async def test_the_loader_counts_what_it_wrote(demo: Demo) -> None:
    for table, count in demo.written.items():
        assert await demo.connection.fetchval(f"SELECT count(*) FROM {table}") == count  # noqa: S608  our own names


async def test_every_value_of_every_vocabulary_is_used(demo: Demo) -> None:
    missing = {}
    for name, definition in await demo.connection.fetch(_CHECKS):
        if found := _VOCABULARY.fullmatch(definition):
            column, words = found[1], set(re.findall(r"'([^']*)'::text", found[2]))
            rows = await demo.connection.fetch(f"SELECT DISTINCT {column} FROM {name}")  # noqa: S608  the catalogue's
            if unused := words - {row[0] for row in rows}:
                missing[f"{name}.{column}"] = unused
    assert missing == {}


async def test_every_nullable_column_is_null_here_and_filled_there(demo: Demo) -> None:
    wrong = []
    for name, column, required, _ in await demo.connection.fetch(_COLUMNS):
        if required:
            continue
        sql = f"SELECT bool_or({column} IS NULL) AND bool_or({column} IS NOT NULL) FROM {name}"  # noqa: S608  the catalogue's
        if not await demo.connection.fetchval(sql):
            wrong.append(f"{name}.{column}")
    assert wrong == []


async def test_the_rows_have_the_columns_of_their_tables(demo: Demo) -> None:
    columns: dict[str, set[str]] = {}
    for name, column, _, made in await demo.connection.fetch(_COLUMNS):
        if not made:
            columns.setdefault(name, set()).add(column)
    assert {".".join(table_of(row)): set(columns_of(row)) for row in TABLES} == {
        name: found for name, found in columns.items() if name not in _LIFECYCLES
    }


async def test_no_foreign_key_runs_against_the_order_of_writing(demo: Demo) -> None:
    order = {".".join(table_of(row)): at for at, row in enumerate(TABLES)}
    backward = [
        (child, parent)
        for child, parent in await demo.connection.fetch(_PARENTS)
        if child in order and parent in order and order[child] < order[parent]
    ]
    assert backward == []


async def test_ids_tell_when_their_rows_were_created_and_no_default_has_leaked_in(demo: Demo) -> None:
    for table in demo.written:
        found = await demo.connection.fetchrow(_CREATION.format(table))
        assert found is not None
        assert (table, *found) == (table, True, 0, True)


async def test_nothing_has_happened_after_the_present(demo: Demo) -> None:
    for name, column, _, _ in await demo.connection.fetch(_COLUMNS):
        if column in {"updated_at", "occurred_at", "resolved_at", "closed_at", "paid_at", "decided_at", "received_at"}:
            latest = f"SELECT max({column}) <= '2026-11-02T09:00Z' FROM {name}"  # noqa: S608  the catalogue's
            assert (name, column, await demo.connection.fetchval(latest)) == (name, column, True)
