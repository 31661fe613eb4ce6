"""One connection that several viewers use, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.pool import Pool
from resolvers.policies import OUTSIDER, STAFF

if TYPE_CHECKING:
    from resolvers.viewer import Viewer

SEEN = """{
    tickets(first: 500) { totalCount nodes { id number property { code } participants(first: 3) { totalCount } } }
    companies(first: 5) { totalCount nodes { name } }
    viewer { role operator { name } }
}"""
"""A query that tells every viewer something else."""
_VIEWER = """
SELECT concat(current_setting('viewer.role', true), current_setting('viewer.operator_id', true),
              current_setting('viewer.contact_id', true), current_setting('viewer.company_id', true))
"""


def single(login: str, viewer: Viewer, settings: dict[str, str] | None = None, **more: Any) -> Pool:
    """A pool of one connection for the viewer's class."""
    role = STAFF if viewer.role.staff else OUTSIDER
    return Pool.open(login, size=1, settings={"role": role, **(settings or {})}, **more)


async def is_nobody(pool: Pool) -> bool:
    """Whether its connection is at rest and knows no viewer."""
    async with pool.connection() as connection:
        return not connection.is_in_transaction() and await connection.fetchval(_VIEWER) == ""
