"""Derived fields while they are resolved: one statement for all rows of a level, whichever the function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import asyncpg
import orjson

from db.pool import Connection
from resolvers.batch import Batch
from resolvers.drift import Difference
from resolvers.planner.plan import Derivation, Parents, Plan, Rows
from resolvers.planner.printer import print_plan
from resolvers.session import Session
from schema.assembly.graph import Graph
from schema.vocabulary.derived import Derived, Merged
from schema.vocabulary.result import Item, Record


class DerivedRequest:
    """What one field of the document asks a function for."""

    def __init__(self, derived: Derived, session: Session) -> None:
        def plan(parents: Parents | None) -> Derivation:
            if parents is None:
                raise TypeError("a function derives of rows")
            return Derivation(derived, parents)

        self._derived = derived
        self._batch = Batch(session, derived.link, plan)

    async def of(self, source: object) -> Any:
        """What the function tells of a row: a list, or one or None."""
        item = self._derived.item
        records = await self._batch.load((getattr(source, self._derived.key.name),))
        if item.many:
            return [_told(item, record) for record in records]
        return _told(item, records[0]) if records else None


def _told(item: Item, record: Mapping[str, Any]) -> Any:
    return record[item.name] if item.record is None else _instance(item.record, record, "")


def _instance(record: Record, columns: Mapping[str, Any], path: str) -> SimpleNamespace:
    return SimpleNamespace(**{item.name: _value(item, columns, f"{path}{item.name}") for item in record.items})


def _value(item: Item, columns: Mapping[str, Any], path: str) -> Any:
    if item.record is None:
        return columns[path]
    return _listed(orjson.loads(columns[path])) if item.many else _instance(item.record, columns, f"{path}.")


def _listed(found: Sequence[Mapping[str, Any]]) -> list[SimpleNamespace]:
    return [SimpleNamespace(**each) for each in found]


async def derived_differences(connection: Connection, graph: Graph) -> list[Difference]:
    """Functions and views that are not as they are declared: a statement over them is prepared, and not run."""
    found: list[Difference] = []
    for entity in graph:
        for field, each in entity.derived.items():
            try:
                async with connection.transaction():
                    await connection.prepare(print_plan(_plan(each)).sql)
            except asyncpg.PostgresError as error:
                what = f"{each.function if isinstance(each, Derived) else each.view.table}: {error}"
                found.append(Difference(f"{entity.name}.{field}", what, "Write a migration that mends it"))
    return found


def _plan(each: Derived | Merged) -> Plan:
    parents = Parents(each.link, ((None,),))
    if isinstance(each, Derived):
        return Derivation(each, parents)
    return Rows(each.view, tuple(each.view.columns.values()), parents=parents)
