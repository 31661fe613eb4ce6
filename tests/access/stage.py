"""Changes of what rights to tickets come from: a few tickets, people and vendors, so that changes meet."""

from __future__ import annotations

from random import Random
from uuid import UUID

from db.pool import Connection

_LINKS = {
    "team.ticket_participants": ("contact_id", "people", ["requestor", "owner", "tenant", "guest", "vendor", "cc"]),
    "team.ticket_homeowners": ("homeowner_id", "people", ["owner", "co_owner"]),
    "team.ticket_vendors": ("vendor_id", "vendors", ["quoting", "assigned", "supplier", "declined"]),
}
_OWN = {
    "requestor_contact_id": ("team.tickets", "id", "people"),
    "homeowner_id": ("team.tickets", "id", "people"),
    "tenant_contact_id": ("maintenance.jobs", "ticket_id", "people"),
    "assigned_vendor_id": ("maintenance.jobs", "ticket_id", "vendors"),
}
_CAST = {
    "tickets": "SELECT j.ticket_id AS id FROM maintenance.jobs AS j JOIN team.tickets AS t ON t.id = j.ticket_id"
    " WHERE j.operator_id = $1 AND t.status NOT IN ('on_hold', 'closed', 'cancelled') ORDER BY 1 LIMIT 4",
    "people": "SELECT id FROM directory.contacts WHERE operator_id = $1 ORDER BY id LIMIT 3",
    "vendors": "SELECT id FROM directory.companies WHERE operator_id = $1 AND kind = 'vendor' ORDER BY id LIMIT 2",
}


class Stage:
    """Draws a change and makes it, in one statement over one row or several."""

    def __init__(self, connection: Connection, operator: UUID, random: Random) -> None:
        self._connection = connection
        self._operator = operator
        self._random = random
        self._ids: dict[str, list[UUID]] = {}

    async def change(self) -> None:
        for kind, sql in _CAST.items() if not self._ids else ():
            self._ids[kind] = [row["id"] for row in await self._connection.fetch(sql, self._operator)]
        await self._random.choice([self._insert, self._move, self._turn, self._delete, self._reassign])()

    def _some(self, kind: str) -> list[UUID]:
        return self._random.sample(self._ids[kind], self._random.randint(1, len(self._ids[kind])))

    async def _insert(self) -> None:
        table = self._random.choice(list(_LINKS))
        column, kind, roles = _LINKS[table]
        await self._connection.execute(
            f"INSERT INTO {table} (operator_id, ticket_id, {column}, role)"  # noqa: S608 - constants above
            " SELECT $1, t, w, $4 FROM unnest($2::uuid[]) AS t, unnest($3::uuid[]) AS w ON CONFLICT DO NOTHING",
            self._operator,
            self._some("tickets"),
            self._some(kind),
            self._random.choice(roles),
        )

    async def _move(self) -> None:
        """Rows change hands, or go from one ticket to another, unless one like that is there already."""
        table = self._random.choice(list(_LINKS))
        column, kind, _ = _LINKS[table]
        moved, kept = self._random.sample(["ticket_id", column], 2)
        ids = self._ids["tickets" if moved == "ticket_id" else kind]
        await self._connection.execute(
            f"UPDATE {table} AS r SET {moved} = $2 WHERE {moved} = $1 AND NOT EXISTS ("  # noqa: S608 - constants above
            f" SELECT FROM {table} AS s WHERE s.{moved} = $2 AND s.{kept} = r.{kept} AND s.role = r.role)",
            self._random.choice(ids),
            self._random.choice(ids),
        )

    async def _turn(self) -> None:
        """Declining ends a vendor's right, and asking it again begins it."""
        await self._connection.execute(
            "UPDATE team.ticket_vendors AS r SET role = $3 WHERE vendor_id = ANY ($1) AND role = $2 AND NOT EXISTS ("
            " SELECT FROM team.ticket_vendors AS s"
            " WHERE s.ticket_id = r.ticket_id AND s.vendor_id = r.vendor_id AND s.role = $3)",
            self._some("vendors"),
            *self._random.sample(_LINKS["team.ticket_vendors"][2], 2),
        )

    async def _delete(self) -> None:
        table = self._random.choice(list(_LINKS))
        column, kind, roles = _LINKS[table]
        await self._connection.execute(
            f"DELETE FROM {table} WHERE {column} = ANY ($1) AND role = ANY ($2) AND ticket_id = ANY ($3)",  # noqa: S608 - constants above
            self._some(kind),
            self._random.sample(roles, self._random.randint(1, len(roles))),
            self._some("tickets"),
        )

    async def _reassign(self) -> None:
        """A ticket's or a job's own person or vendor, on several at once; also nobody any more."""
        column = self._random.choice(list(_OWN))
        table, key, kind = _OWN[column]
        also = ", vendor_assigned_at = CASE WHEN $1::uuid IS NOT NULL THEN now() END" * (kind == "vendors")
        await self._connection.execute(
            f"UPDATE {table} SET {column} = $1{also} WHERE {key} = ANY ($2)",  # noqa: S608 - constants above
            self._random.choice([None, *self._ids[kind]]),
            self._some("tickets"),
        )
