"""Drift: where the declarations and the live database disagree, each difference with its fix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from resolvers.catalogue import Catalogue, LiveColumn, LiveIndex
from schema.assembly.graph import Graph
from schema.enums import TicketStatus
from schema.vocabulary.column import Column
from schema.vocabulary.edge import Edge
from schema.vocabulary.entity import Entity

_TYPES = {"timestamptz": "timestamp with time zone"}
_SEARCH = "search_document"
_MIGRATION = "Write a migration"
_OWNER = ("operator_id", "operator_id")


@dataclass(frozen=True)
class Difference:
    """Where two things that should agree do not, and what to do about it."""

    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.fix}."


def domains(graph: Graph) -> list[str]:
    """The PostgreSQL schemas that the graph is over."""
    return sorted({entity.domain for entity in graph})


def drift(graph: Graph, catalogue: Catalogue) -> list[Difference]:
    """Every difference, by table."""
    differences = list(_undeclared_tables(graph, catalogue))
    for entity in graph:
        if entity.table not in catalogue.columns:
            differences.append(Difference(entity.table, "there is no such table", f"{_MIGRATION} that creates it"))
            continue
        for check in (_columns, _comments, _keys, _indexes, _vocabularies):
            differences += check(entity, catalogue)
    if catalogue.states and catalogue.states != {status.value for status in TicketStatus}:
        odd = ", ".join(sorted(catalogue.states ^ {status.value for status in TicketStatus}))
        where = "team.workflow_states"
        differences.append(Difference(where, f"its names differ from TicketStatus in {odd}", "Make the two agree"))
    return differences


def _undeclared_tables(graph: Graph, catalogue: Catalogue) -> Iterator[Difference]:
    for table in sorted(set(catalogue.columns) - set(graph.by_table)):
        yield Difference(table, "no entity is bound to it", f'Declare one with @entity("{table}")')


def _columns(entity: Entity, catalogue: Catalogue) -> Iterator[Difference]:
    live = catalogue.columns[entity.table]
    for name in sorted(set(live) - set(entity.columns) - {_SEARCH}):
        yield Difference(f"{entity.table}.{name}", "it is not declared", f"Add it to {entity.name}")
    if entity.search and _SEARCH not in live:
        yield Difference(f"{entity.table}.{_SEARCH}", "search needs it", f"{_MIGRATION} that adds it")
    for column in entity.columns.values():
        where = f"{entity.table}.{column.name}"
        if column.name not in live:
            yield Difference(where, "there is no such column", f"{_MIGRATION} that adds it, or take it off the entity")
        else:
            yield from _column(where, column, live[column.name])


def _column(where: str, column: Column, live: LiveColumn) -> Iterator[Difference]:
    expected = _TYPES.get(column.scalar.postgres, column.scalar.postgres) + "[]" * column.array
    if live.type != expected:
        yield Difference(where, f"it is {live.type}, declared as {column.scalar.name} ({expected})", "Make them agree")
    if live.nullable != column.nullable:
        words = "may be null" if live.nullable else "is NOT NULL"
        yield Difference(where, f"it {words}, declared otherwise", "Annotate it `| None`, or migrate")
    ordered = column.order or column.natural_key
    if ordered and column.scalar.postgres == "text" and live.collation != "C":
        yield Difference(where, f"it is ordered by but collated {live.collation}", f'{_MIGRATION} to COLLATE "C"')


def _comments(entity: Entity, catalogue: Catalogue) -> Iterator[Difference]:
    fix = "Run `python -m gateway migrate`, which writes descriptions into the database"
    if catalogue.comments[entity.table] != entity.description:
        yield Difference(entity.table, "its comment is not its description", fix)
    for name, live in catalogue.columns[entity.table].items():
        if name in entity.columns and live.comment != entity.columns[name].description:
            yield Difference(f"{entity.table}.{name}", "its comment is not its description", fix)


def _keys(entity: Entity, catalogue: Catalogue) -> Iterator[Difference]:
    declared = {(edge.target.table, frozenset(_pairs(edge))): edge for edge in _foreign_keys(entity)}
    live = {(key.target, key.pairs) for key in catalogue.keys[entity.table]}
    for found, edge in declared.items():
        if found not in live:
            columns = ", ".join(own for own, _ in _pairs(edge))
            yield Difference(
                f"{entity.table} ({columns})", f"{edge.field} has no foreign key", f"{_MIGRATION} that adds one"
            )
    for target, pairs in sorted(live - set(declared), key=str):
        if {own for own, _ in pairs} != {"operator_id"}:
            columns = ", ".join(sorted(own for own, _ in pairs))
            fix = f"Declare it in {entity.name} with one(…)"
            yield Difference(f"{entity.table} ({columns})", f"its foreign key to {target} is no edge", fix)


def _pairs(edge: Edge) -> tuple[tuple[str, str], ...]:
    """The columns of the foreign key: those of the link, and the operator's where both sides have one."""
    return (_OWNER, *edge.link.pairs) if edge.source.owned and edge.target.owned else edge.link.pairs


def _foreign_keys(entity: Entity) -> list[Edge]:
    return [edge for edge in entity.edges.values() if edge.forward and not edge.many]


def _indexes(entity: Entity, catalogue: Catalogue) -> Iterator[Difference]:
    live = catalogue.indexes[entity.table]
    lead = ("operator_id",) if entity.owned else ()
    wanted = {edge.link.own: f"the edge {edge.field}" for edge in _foreign_keys(entity)}
    wanted |= {(*lead, column.name): f"the order by {column.field}" for column in entity.orders}
    wanted[*lead, "id"] = "the order by id"
    for columns, reason in wanted.items():
        if not any(index.columns[: len(columns)] == columns and index.method == "btree" for index in live):
            names = ", ".join(columns)
            fix = f"{_MIGRATION} with CREATE INDEX ON {entity.table} ({names}, id)"
            yield Difference(entity.table, f"no index is under {reason}", fix)
    yield from _unique_keys(entity, lead, live)
    if entity.search and not any(index.columns == (_SEARCH,) and index.method == "gin" for index in live):
        fix = f"{_MIGRATION} with CREATE INDEX ON {entity.table} USING gin ({_SEARCH} gin_trgm_ops)"
        yield Difference(entity.table, "no trigram index is under search", fix)


def _unique_keys(entity: Entity, lead: tuple[str, ...], live: list[LiveIndex]) -> Iterator[Difference]:
    unique = {index.columns for index in live if index.unique}
    for column in entity.natural_keys:
        if (*lead, column.name) not in unique:
            fix = f"{_MIGRATION} that makes ({', '.join((*lead, column.name))}) unique"
            yield Difference(entity.table, f"its natural key {column.name} is not unique", fix)
    for edge in _foreign_keys(entity):
        backs = (back for back in edge.target.edges.values() if back.target is entity and back.link == edge.link.back)
        if any(not back.many for back in backs) and edge.link.own not in unique:
            fix = f"{_MIGRATION} that makes ({', '.join(edge.link.own)}) unique, or declare its way back with many(…)"
            yield Difference(entity.table, f"{edge.field} leads back to one row but is not unique", fix)


def _vocabularies(entity: Entity, catalogue: Catalogue) -> Iterator[Difference]:
    held_by_key = {own for key in catalogue.keys[entity.table] for own, _ in key.pairs}
    for column in entity.columns.values():
        kind = column.scalar.enum
        if kind is None or column.array or column.name in held_by_key or kind is TicketStatus:
            continue
        live = catalogue.vocabularies.get((entity.table, column.name))
        if live is None:
            what = f"no CHECK holds it to {kind.__name__}"
            yield Difference(f"{entity.table}.{column.name}", what, f"{_MIGRATION} that adds one")
        elif live != (names := {str(member.value) for member in kind}):
            odd = ", ".join(sorted(live ^ names))
            what = f"its CHECK and {kind.__name__} differ in {odd}"
            yield Difference(f"{entity.table}.{column.name}", what, "Make the two agree")
