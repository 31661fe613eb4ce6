"""A database in which every role sees something at both operators, and desks where each slice is asked of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

from db.demo.load import load
from db.demo.triggers import lifecycle_at_rest
from resolvers.policies import write_policies
from schema.assembly.prospect import prospect
from schema.assembly.slice import slice_of
from schema.supergraph.supergraph import build_supergraph
from schema.vocabulary.role import ViewerRole
from tests.planner.desk import Desk

if TYPE_CHECKING:
    from schema.assembly.graph import Graph

_SCALE = 0.1
_SCRIPTS = Path(__file__).parents[2] / "access"

CAST = ("first manager", "second analyst", "first busy vendor", "first tenant", "first guest", "first homeowner")
"""Whoever asks here, of those that the tests of access know: each kind of viewer."""


async def furnish(dsn: str, graph: Graph) -> str:
    """The owner's address of the database, with policies and the data of both operators in it."""
    connection = await asyncpg.connect(dsn)
    try:
        await write_policies(connection, graph)
        await load(connection, scale=_SCALE)
        async with connection.transaction(), lifecycle_at_rest(connection):
            for script in ("furnish.sql", "scene.sql"):
                await connection.execute((_SCRIPTS / script).read_text(encoding="utf-8"))
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return dsn


class Desks:
    """A desk for each slice in the prospect of each role, made when somebody first asks at it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._made: dict[tuple[str, ViewerRole], Desk] = {}

    def of(self, domain: str, role: ViewerRole) -> Desk:
        """Staff share one."""
        key = (domain, ViewerRole.MANAGER if role.staff else role)
        if key not in self._made:
            self._made[key] = Desk(build_supergraph(slice_of(prospect(self.graph, key[1]), domain)), key[1])
        return self._made[key]
