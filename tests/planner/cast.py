"""Who asks in these tests: managers of two operators, and programs of vendors with work at each."""

from __future__ import annotations

from db.pool import Connection
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole

_OPERATORS = "SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id"
_VENDOR = """
SELECT v.principal FROM access.ticket_viewers AS v JOIN directory.companies AS c ON c.id = v.principal
JOIN team.tickets AS t ON t.id = v.ticket_id
WHERE t.operator_id = $1 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
"""

Cast = dict[str, Viewer]


async def find_manager(connection: Connection) -> Viewer:
    """A manager of the first operator."""
    return Viewer(ViewerRole.MANAGER, (await connection.fetch(_OPERATORS))[0]["id"], None)


async def find_cast(connection: Connection) -> Cast:
    """Every viewer by name; whoever is of the second operator is an "other"."""
    cast: Cast = {}
    for prefix, (operator,) in zip(("", "other "), await connection.fetch(_OPERATORS), strict=True):
        cast[f"{prefix}manager"] = Viewer(ViewerRole.MANAGER, operator, None)
        cast[f"{prefix}vendor"] = Viewer(
            ViewerRole.VENDOR, operator, None, await connection.fetchval(_VENDOR, operator)
        )
    return cast
