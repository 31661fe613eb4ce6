"""Saying what time went to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Invalid, Refused, at
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.members import refuse_others
from resolvers.planner.parameters import quote, table
from schema.commands.timesheet import AllocateTime, Allocation

_TABLES = {
    "ticket_id": "team.ticket_time_entries",
    "inspection_id": "property.inspection_time_entries",
    "shift_id": "team.shift_time_entries",
}
_MEMBER = "SELECT member_id FROM team.time_entries WHERE id = $1"
# Behind the entry, which is the command's subject, and in the order that all keep.
_HOLD_TICKETS = "SELECT FROM team.tickets WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE"


@dataclass(frozen=True)
class _Share:
    """A row to be written: its table, what tells it from others, and its seconds."""

    table: str
    key: tuple[tuple[str, Any], ...]
    seconds: int
    path: tuple[str, ...]


@handles(AllocateTime)
async def allocate_time(work: Work, given: AllocateTime) -> Given:
    """Takes back first what is taken back, so that it is free for the others. The sums are the database's to hold."""
    shares = list(_shares(given))
    await refuse_others(work, await work.value(_MEMBER, given.time_entry_id), path=("input", "timeEntryId"))
    await work.run(_HOLD_TICKETS, [each.ticket_id for each in given.allocations if each.ticket_id is not None])
    for share in sorted(shares, key=lambda share: share.seconds > 0):
        async with work.attempt() as attempt:
            await _write(work, share)
        if attempt.problems:
            raise Refused(*at(attempt.problems, share.path))
    return {"time_entry": given.time_entry_id}


def _shares(given: AllocateTime) -> Iterator[_Share]:
    """Raises Refused for none at all, for one that goes nowhere or to several things, and for one said twice."""
    if not given.allocations:
        raise Refused(Invalid("NOTHING_SAID", "Say what the time went to.", path=("input", "allocations")))
    known = set()
    for n, allocation in enumerate(given.allocations):
        path = ("input", "allocations", str(n))
        share = _share(given.time_entry_id, allocation, path)
        if share.key in known:
            message = "The same thing stands above in the same role. Say it once."
            raise Refused(Invalid("ALLOCATION_REPEATS", message, path=path))
        known.add(share.key)
        yield share


def _share(entry: UUID, allocation: Allocation, path: tuple[str, ...]) -> _Share:
    named = [(name, key) for name in _TABLES if (key := getattr(allocation, name)) is not None]
    if len(named) != 1:
        message = "Name one thing that the time went to: a ticket, an inspection or a shift."
        raise Refused(Invalid("ALLOCATION_TARGET", message, path=path))
    (name, _), *_ = named
    role = () if name == "shift_id" else (("role", allocation.role.value),)
    return _Share(_TABLES[name], (("time_entry_id", entry), *named, *role), allocation.seconds, path)


async def _write(work: Work, share: _Share) -> None:
    place, keys = table(share.table), dict(share.key)
    same = " AND ".join(f"{quote(name)} = ${n}" for n, name in enumerate(keys, start=1))
    if share.seconds == 0:
        await work.run(f"DELETE FROM {place} WHERE {same}", *keys.values())  # noqa: S608 - names from the table above
        return
    values = (*keys.values(), share.seconds)
    change = f"UPDATE {place} SET allocated_seconds = ${len(values)} WHERE {same} RETURNING id"  # noqa: S608 - as above
    if await work.row(change, *values) is None:
        columns = ", ".join(map(quote, ("operator_id", *keys, "allocated_seconds")))
        numbers = ", ".join(f"${n}" for n in range(1, len(values) + 2))
        await work.run(
            f"INSERT INTO {place} ({columns}) VALUES ({numbers})",  # noqa: S608 - as above
            work.viewer.operator_id,
            *values,
        )
