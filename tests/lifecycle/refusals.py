"""Statements that the database refuses, and with what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from db.pool import Connection


@dataclass(frozen=True)
class Refusal:
    """What a program can read of it."""

    state: str
    detail: dict[str, Any]

    @property
    def code(self) -> str:
        code: str = self.detail["code"]
        return code

    @property
    def missing(self) -> list[str]:
        """The codes of what is missing for a transition."""
        return [lack["code"] for lack in self.detail["missing"]]


async def tried(connection: Connection, sql: str, *values: object) -> Refusal | None:
    """Runs a statement in a savepoint: why it was refused, or None; a fault that is no refusal is raised."""
    try:
        async with connection.transaction():
            await connection.execute(sql, *values)
    except asyncpg.PostgresError as error:
        if not str(error.sqlstate).startswith("TK"):
            raise
        return Refusal(str(error.sqlstate), json.loads(error.detail or "{}"))
    return None


async def refused(connection: Connection, sql: str, *values: object) -> Refusal:
    """The same for one that must be refused."""
    refusal = await tried(connection, sql, *values)
    if refusal is None:
        pytest.fail(f"not refused: {sql} {values}")
    return refusal
