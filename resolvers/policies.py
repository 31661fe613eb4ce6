"""Row-level security as the declarations have it: policies and grants, written into the database and compared with it.

Staff reads and writes what is its operator's; outsiders read what `sight` says and write nothing. A table without a
policy shows nothing to either, so a table is closed until this has run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from db.pool import Connection
from resolvers.drift import Difference, domains
from resolvers.planner.parameters import quote, table
from schema.assembly.graph import Graph
from schema.assembly.prospect import prospect
from schema.vocabulary.entity import Entity
from schema.vocabulary.role import OUTSIDERS, ViewerRole
from schema.vocabulary.sight import Sight

STAFF, OUTSIDER = "gateway_staff", "gateway_outsider"
_WRITTEN_BY_TRIGGERS = {"audit.events"}
_OWNED = "operator_id = (SELECT access.operator())"
_SHARED = "(SELECT access.operator()) IS NOT NULL"

_LIVE_POLICIES = """
SELECT n.nspname || '.' || c.relname AS table, p.polname AS name, obj_description(p.oid, 'pg_policy') AS mark,
       md5(concat_ws('|', p.polcmd, p.polpermissive, p.polroles::regrole[], pg_get_expr(p.polqual, p.polrelid),
                     pg_get_expr(p.polwithcheck, p.polrelid))) AS print
FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = ANY ($1::text[])
"""
_LIVE_TABLES = """
SELECT n.nspname || '.' || c.relname AS table, c.relrowsecurity AS secured,
       ARRAY(SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
             WHERE has_table_privilege('gateway_staff', c.oid, privilege)) AS staff,
       ARRAY(SELECT a.attname::text FROM pg_attribute AS a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND has_column_privilege('gateway_outsider', c.oid, a.attnum, 'SELECT')) AS outsider,
       has_any_column_privilege('gateway_outsider', c.oid, 'INSERT, UPDATE')
         OR has_table_privilege('gateway_outsider', c.oid, 'DELETE, TRUNCATE') AS outsider_writes
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1::text[])
"""


@dataclass(frozen=True)
class Policy:
    """A policy as it is declared."""

    table: str
    name: str
    sql: str

    @property
    def mark(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Change:
    """A difference between what is declared and what is there, and the statements that mend it."""

    difference: Difference
    statements: tuple[str, ...]


async def write_policies(connection: Connection, graph: Graph) -> int:
    """Writes policies and grants that differ, in one transaction; gives the number of changes."""
    async with connection.transaction():
        schemas = ", ".join(quote(domain) for domain in domains(graph))
        await connection.execute(f"GRANT USAGE ON SCHEMA {schemas} TO {STAFF}, {OUTSIDER}")
        changes = await policy_changes(connection, graph)
        for change in changes:
            for statement in change.statements:
                await connection.execute(statement)
        declared = {(policy.table, policy.name): policy for entity in graph for policy in declared_policies(entity)}
        for row in await connection.fetch(_LIVE_POLICIES, domains(graph)):
            policy = declared.get((row["table"], row["name"]))
            if policy is None:  # of a table that no entity is bound to
                continue
            mark = f"{policy.mark} {row['print']}"
            if row["mark"] != mark:
                comment = f"COMMENT ON POLICY {quote(row['name'])} ON {table(row['table'])} IS '{mark}'"
                await connection.execute(comment)
    return len(changes)


async def policy_changes(connection: Connection, graph: Graph) -> list[Change]:
    """What has to change for the database to protect rows as it is declared."""
    policies: dict[str, dict[str, tuple[str | None, str]]] = {}
    for row in await connection.fetch(_LIVE_POLICIES, domains(graph)):
        policies.setdefault(row["table"], {})[row["name"]] = (row["mark"], row["print"])
    tables = {row["table"]: row for row in await connection.fetch(_LIVE_TABLES, domains(graph))}
    columns = outsider_columns(graph)
    changes: list[Change] = []
    for entity in graph:
        if live := tables.get(entity.table):
            changes += _security(entity, secured=live["secured"])
            changes += _policies(entity, policies.get(entity.table, {}))
            changes += _staff_grants(entity, set(live["staff"]))
            changes += _outsider_grants(
                entity, columns[entity.table], set(live["outsider"]), writes=live["outsider_writes"]
            )
    return changes


def declared_policies(entity: Entity) -> list[Policy]:
    """The policies of an entity's table: one for staff, one for each sight of outsiders."""
    where = _OWNED if entity.owned else _SHARED
    command = "ALL" if entity.owned else "SELECT"
    check = f" WITH CHECK ({where})" if entity.owned else ""
    place = table(entity.table)
    staff = f"CREATE POLICY staff ON {place} FOR {command} TO {STAFF} USING ({where}){check}"
    policies = [Policy(entity.table, "staff", staff)]
    for n, sight in enumerate(entity.sight):
        sql = f"CREATE POLICY outsider_{n} ON {place} FOR SELECT TO {OUTSIDER} USING ({_condition(sight)})"
        policies.append(Policy(entity.table, f"outsider_{n}", sql))
    return policies


def outsider_columns(graph: Graph) -> dict[str, set[str]]:
    """The columns that some outsider sees, in whatever row, by table."""
    found: dict[str, set[str]] = {entity.table: set() for entity in graph}
    for role in OUTSIDERS:
        for entity in prospect(graph, role):
            found[entity.table] |= set(entity.columns)
    return found


def _condition(sight: Sight) -> str:
    """Conditions without OR, over leakproof operators, so that indexes are used beneath them."""
    parts = [f"{quote(sight.column)} IN (SELECT id FROM access.{quote(sight.among)})"]
    for column, values in sight.only.items():
        parts.append(f"{quote(column)} = ANY ({_array(values)})")
    if sight.by != OUTSIDERS:
        parts.append(f"(SELECT access.role()) = ANY ({_array(_names(sight.by))})")
    return " AND ".join(parts)


def _names(roles: frozenset[ViewerRole]) -> tuple[str, ...]:
    return tuple(sorted(role.value for role in roles))


def _array(values: tuple[str, ...]) -> str:
    return "ARRAY[" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + "]::text[]"


def _security(entity: Entity, *, secured: bool) -> Iterator[Change]:
    if not secured:
        statement = f"ALTER TABLE {table(entity.table)} ENABLE ROW LEVEL SECURITY"
        yield _change(entity.table, "row-level security is off", statement)


def _policies(entity: Entity, live: dict[str, tuple[str | None, str]]) -> Iterator[Change]:
    declared = {policy.name: policy for policy in declared_policies(entity)}
    for name, policy in declared.items():
        mark, print_ = live.get(name, (None, ""))
        if mark != f"{policy.mark} {print_}":
            drop = f"DROP POLICY IF EXISTS {quote(name)} ON {table(entity.table)}"
            yield _change(f"{entity.table} policy {name}", "it is not as declared", drop, policy.sql)
    for name in sorted(set(live) - set(declared)):
        drop = f"DROP POLICY {quote(name)} ON {table(entity.table)}"
        yield _change(f"{entity.table} policy {name}", "it is not declared", drop)


def _staff_grants(entity: Entity, staff: set[str]) -> Iterator[Change]:
    place = table(entity.table)
    wanted = {"SELECT"} if not entity.owned else {"SELECT", "INSERT", "UPDATE", "DELETE"}
    if entity.table in _WRITTEN_BY_TRIGGERS:
        wanted -= {"INSERT", "UPDATE", "DELETE"}
    if staff != wanted:
        revoke, grant = (
            f"REVOKE ALL ON {place} FROM {STAFF}",
            f"GRANT {', '.join(sorted(wanted))} ON {place} TO {STAFF}",
        )
        yield _change(entity.table, f"{STAFF} may {', '.join(sorted(staff)) or 'nothing'}", revoke, grant)


def _outsider_grants(entity: Entity, columns: set[str], outsider: set[str], *, writes: bool) -> Iterator[Change]:
    place = table(entity.table)
    if outsider != columns or writes:
        statements = [f"REVOKE ALL ON {place} FROM {OUTSIDER}, PUBLIC"]
        if columns:
            names = ", ".join(quote(column) for column in sorted(columns))
            statements.append(f"GRANT SELECT ({names}) ON {place} TO {OUTSIDER}")
        odd = ", ".join(sorted(outsider ^ columns)) or "writes"
        yield _change(entity.table, f"{OUTSIDER}'s rights differ in {odd}", *statements)


def _change(where: str, what: str, *statements: str) -> Change:
    fix = "Run `python -m gateway migrate`, which writes policies and grants"
    return Change(Difference(where, what, fix), statements)
