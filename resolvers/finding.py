"""Finding rows whose entity is not known beforehand: by id, by text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, TypeAlias
from uuid import UUID

from resolvers.bad_input import BadInput
from resolvers.planner.filters import scalar_value
from resolvers.planner.pages import PageLimits
from resolvers.planner.plan import Compare, Found, Located, Predicate
from resolvers.planner.printer import print_plan
from resolvers.session import Session
from schema.supergraph.comparisons import Operator
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from schema.vocabulary.scalar import ID

Scopes: TypeAlias = Mapping[str, tuple[Entity, Predicate]]
LoadById: TypeAlias = Callable[[Entity, list[Any]], Awaitable[dict[Any, Any]]]

_LONGEST_TEXT = 200


class NodeFinder:
    """Finds rows of any entity by id: one statement locates them all, then one for each entity found loads them."""

    def __init__(self, session: Session, scopes: Scopes, limits: PageLimits, load: LoadById) -> None:
        self._session = session
        self._scopes = scopes
        self._limits = limits
        self._load = load

    async def one(self, value: str) -> Any:
        (row,) = await self._find([scalar_value(ID, value, "node.id")])
        return row

    async def many(self, values: list[str]) -> list[Any]:
        """The rows in the order of their ids, None where there is none."""
        if len(values) > self._limits.maximum:
            raise BadInput(f"nodes.ids names {len(values)} ids; at most {self._limits.maximum} are found at once.")
        return await self._find([scalar_value(ID, value, f"nodes.ids[{n}]") for n, value in enumerate(values)])

    async def _find(self, ids: list[UUID]) -> list[Any]:
        located = await self._session.fetch(print_plan(Located(tuple(self._scopes.values()), tuple(set(ids)))))
        rows = await load_rows([(record["entity"], record["id"]) for record in located], self._scopes, self._load)
        return [rows.get(key) for key in ids]


class TextFinder:
    """Finds rows by text: one statement ranks them, then one for each entity found loads them."""

    def __init__(self, session: Session, scopes: Scopes, limits: PageLimits, load: LoadById) -> None:
        self._session = session
        self._scopes = scopes
        self._limits = limits
        self._load = load

    async def find(self, arguments: Mapping[str, Any]) -> list[Any]:
        """Hits of rank and node, the best first."""
        text = arguments["text"].strip()
        if not text or len(text) > _LONGEST_TEXT:
            raise BadInput(f"search.text has {len(text)} characters. Write between 1 and {_LONGEST_TEXT}.")
        names = [kind.value for kind in arguments.get("types") or ()]
        entities = [
            entity for entity, _ in self._scopes.values() if entity.search and entity.name in (names or self._scopes)
        ]
        limit = self._limits.size(arguments.get("first"), "search.first")
        found = await self._session.fetch(print_plan(Found(tuple(entities), text, limit)))
        rows = await load_rows([(record["entity"], record["id"]) for record in found], self._scopes, self._load)
        return [SimpleNamespace(rank=record["rank"], node=rows[record["id"]]) for record in found]


def sought(keys: Sequence[tuple[str, Column]], arguments: Mapping[str, Any], field: str) -> Predicate:
    """The condition of a lookup by one of an entity's keys; null is as what was not written.

    Raises:
        BadInput: when not exactly one is given.
    """
    given = [(name, column) for name, column in keys if arguments.get(name) is not None]
    if len(given) != 1:
        names = " and ".join(name for name, _ in given)
        wrong = f"{names} ask for two rows at once" if given else f"no {' or '.join(name for name, _ in keys)} is given"
        raise BadInput(f"{field}: {wrong}. Give one of them.")
    ((name, column),) = given
    return Compare(column, Operator.EQ, scalar_value(column.scalar, arguments[name], f"{field}.{name}"))


async def load_rows(located: list[tuple[str, Any]], scopes: Scopes, load: LoadById) -> dict[Any, Any]:
    """Rows by id, for ids whose entities are known."""
    by_entity: dict[str, list[Any]] = {}
    for name, key in located:
        by_entity.setdefault(name, []).append(key)
    rows: dict[Any, Any] = {}
    for name, keys in by_entity.items():
        rows.update(await load(scopes[name][0], keys))
    return rows
