"""Batches: one statement for all rows of a level, by Strawberry's DataLoader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from strawberry.dataloader import DataLoader

from resolvers.planner.plan import Parents, Plan
from resolvers.planner.printer import print_plan
from resolvers.session import Session
from schema.vocabulary.edge import Link

Key = tuple[Any, ...]


class Batch:
    """Loads what a plan reads for each parent.

    `link` is None for what has no parents (a root's connection); then the one key is ().
    """

    def __init__(self, session: Session, link: Link | None, plan: Callable[[Parents | None], Plan]) -> None:
        self._session = session
        self._link = link
        self._plan = plan
        self._loader: DataLoader[Key, list[Any]] = DataLoader(self._load)

    def load(self, key: Key) -> Any:
        """A future of the parent's records, in the plan's order."""
        return self._loader.load(key)

    async def _load(self, keys: list[Key]) -> list[list[Any]]:
        """keys: n → n lists of records, same order."""
        if self._link is None:
            return [await self._session.fetch(print_plan(self._plan(None)))]
        records = await self._session.fetch(print_plan(self._plan(Parents(self._link, tuple(keys)))))
        children: list[list[Any]] = [[] for _ in keys]
        for record in records:
            children[record["_parent"]].append(record)
        return children


def key_of(link: Link, source: object) -> Key | None:
    """The parent's key, or None where a part is empty: nothing belongs to it."""
    key = tuple(getattr(source, column) for column in link.own)
    return None if None in key else key


def instance(cls: Any, record: Any) -> Any:
    """The record as an instance of its entity's class."""
    row = cls.__new__(cls)
    row.__dict__.update(record.items())
    return row
