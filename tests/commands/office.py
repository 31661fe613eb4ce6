"""What tests of commands find there: rows written by the owner's hand, and a look at what a command has done."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

from db.pool import Connection
from tests.commands.player import Player

_EVENTS = "SELECT event_type FROM audit.events WHERE entity_id = $1 ORDER BY sequence"
_ALL_EVENTS = "SELECT count(*) FROM audit.events"
_HOMES = "SELECT id FROM property.properties WHERE operator_id = $1 ORDER BY id LIMIT 1 OFFSET $2"
_NUMBERS = count(1)


class Office:
    """Writes rows of one operator. Ids leave it as clients send them."""

    def __init__(self, owner: Connection, operator: UUID) -> None:
        self._owner = owner
        self.operator = operator

    async def write(self, table: str, **values: Any) -> str:
        """A row's id."""
        columns = ", ".join(("operator_id", *values))
        numbers = ", ".join(f"${n}" for n in range(1, len(values) + 2))
        sql = f"INSERT INTO {table} ({columns}) VALUES ({numbers}) RETURNING id"  # noqa: S608 - the tests' own names
        return str(await self._owner.fetchval(sql, self.operator, *values.values()))

    async def read(self, table: str, **keys: Any) -> list[dict[str, Any]]:
        """The rows that have these values, the oldest first."""
        condition = " AND ".join(f"{name} = ${n}" for n, name in enumerate(keys, start=1))
        sql = f"SELECT * FROM {table} WHERE {condition} ORDER BY id"  # noqa: S608 - the tests' own names
        return [dict(row) for row in await self._owner.fetch(sql, *keys.values())]

    async def row(self, table: str, **keys: Any) -> dict[str, Any]:
        """The only one."""
        (row,) = await self.read(table, **keys)
        return row

    async def events(self, entity: str) -> list[str]:
        """What happened to a row."""
        return [row["event_type"] for row in await self._owner.fetch(_EVENTS, entity)]

    async def home(self, n: int = 0) -> str:
        return str(await self._owner.fetchval(_HOMES, self.operator, n))

    async def contact(self, kind: str) -> str:
        return await self.write("directory.contacts", full_name=f"Somebody {next(_NUMBERS)}", kind=kind)

    async def member(self, **values: Any) -> str:
        """A member of staff, with a contact of its own."""
        contact = await self.contact("staff")
        return await self.write("team.team_members", name="A colleague", contact_id=contact, **values)

    async def company(self, kind: str = "vendor") -> str:
        return await self.write("directory.companies", name=f"Company {next(_NUMBERS)}", kind=kind)

    async def repair(self, vendor: str | None = None) -> str:
        """A ticket of type maintenance with its job."""
        home = await self.home()
        values = {"ticket_type": "maintenance", "title": "A pipe", "source": "phone", "property_id": home}
        ticket = await self.write("team.tickets", **values)
        job = {"ticket_id": ticket, "issue_type": "plumbing", "urgency": "routine"}
        await self.write("maintenance.jobs", **job, assigned_vendor_id=vendor)
        return ticket

    async def end(self, ticket: str, status: str) -> None:
        """Closes or cancels a general ticket."""
        if status == "closed":
            await self._owner.execute("UPDATE team.tickets SET status = 'resolved' WHERE id = $1", ticket)
        reason = ", cancel_reason = 'not_needed'" * (status == "cancelled")
        await self._owner.execute(f"UPDATE team.tickets SET status = '{status}'{reason} WHERE id = $1", ticket)  # noqa: S608 - as above

    async def refused(self, player: Player, command: str, selection: str = "", **given: Any) -> Any:
        """The one reason why a command is not done, which has changed nothing: every change has its event."""
        before = await self._owner.fetchval(_ALL_EVENTS)
        problem = await player.problem(command, selection, **given)
        assert await self._owner.fetchval(_ALL_EVENTS) == before
        return problem

    async def acting(self, player: Player, member: str) -> Player:
        """The player in the place of another member of staff."""
        row = await self.row("team.team_members", id=member)
        return replace(player, viewer=replace(player.viewer, contact_id=row["contact_id"]))

    def speaking(self, player: Player, company: str) -> Player:
        """The player as somebody who speaks for a vendor."""
        return replace(player, viewer=replace(player.viewer, contact_id=None, company_id=UUID(company)))
