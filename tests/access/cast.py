"""Who asks in these tests: viewers of every role at both operators, found in the data by what sets them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.access.world import Row, World

OPERATORS = ("first", "second")
_STAFF = ("admin", "manager", "agent", "analyst", "system")
_VENDORS = ("busy vendor", "former vendor", "asked vendor", "vendor's program", "idle vendor", "miscast vendor")
_PEOPLE = (
    "tenant",
    "tenant on approved work",
    "former tenant",
    "guest",
    "guest without a ticket",
    "homeowner",
    "homeowner and participant",
    "participant who owns a home",
)
_STRANGERS = ("stranger", "strange vendor")
STAFF_NAMES = [f"first {name}" for name in _STAFF] + ["second manager", "second analyst"]
OUTSIDER_NAMES = [f"{operator} {name}" for operator in OPERATORS for name in (*_VENDORS, *_PEOPLE, *_STRANGERS)]
NAMES = STAFF_NAMES + OUTSIDER_NAMES
_ONCE = ("idle", "program", "miscast", "asked", "former", "approved", "guest", "who owns", "strange")
GRAPH_NAMES = ["first manager", "second analyst"] + [
    name for name in OUTSIDER_NAMES if name.startswith("first") or not any(word in name for word in _ONCE)
]
"""Those who go through the whole graph: staff shares one schema, each kind of outsider is there once or more."""


def find_cast(world: World) -> dict[str, Viewer]:
    """Every viewer by name."""
    first, second = sorted(row["id"] for row in world["directory.companies"] if row["kind"] == "operator")
    cast: dict[str, Viewer] = {}
    for name, operator, other in (("first", first, second), ("second", second, first)):
        for part, viewer in _of_operator(world, operator, other):
            cast[f"{name} {part}"] = viewer
    return cast


def _of_operator(world: World, operator: UUID, other: UUID) -> Iterator[tuple[str, Viewer]]:
    member = next(row for row in world["team.team_members"] if row["operator_id"] == operator)
    for name in _STAFF:
        contact = None if name == "system" else member["contact_id"]
        yield name, Viewer(ViewerRole(name), operator, contact, may_write=name != "analyst")
    yield from _vendors(world, operator)
    yield from _people(world, operator)
    stranger = most(row["requestor_contact_id"] for row in _own(world, "team.tickets", other))
    yield "stranger", Viewer(ViewerRole.TENANT, operator, stranger)
    yield "strange vendor", _vendor(world, operator, most(_assigned(world, other)))


def _vendors(world: World, operator: UUID) -> Iterator[tuple[str, Viewer]]:
    links = _own(world, "team.ticket_vendors", operator)
    busy = most(_assigned(world, operator))
    yield "busy vendor", _vendor(world, operator, busy)
    yield "vendor's program", Viewer(ViewerRole.VENDOR, operator, None, busy)
    quoted = {(row["ticket_id"], row["vendor_id"]) for row in _own(world, "maintenance.quotes", operator)}
    yield (
        "former vendor",
        _vendor(
            world,
            operator,
            most(
                row["vendor_id"]
                for row in links
                if row["role"] == "declined" and (row["ticket_id"], row["vendor_id"]) in quoted
            ),
        ),
    )
    paid = {row["ticket_id"] for row in _own(world, "finance.payments", operator)}
    asked = (row["vendor_id"] for row in links if row["role"] == "quoting" and row["ticket_id"] in paid)
    yield "asked vendor", _vendor(world, operator, most(asked))
    known = {row["vendor_id"] for row in links} | set(_assigned(world, operator))
    idle = [
        row["id"]
        for row in _own(world, "directory.companies", operator)
        if row["kind"] != "operator" and row["id"] not in known
    ]
    yield "idle vendor", _vendor(world, operator, idle[0])
    staying = {row["guest_contact_id"] for row in _own(world, "reservations.reservations", operator)}
    participants = _own(world, "team.ticket_participants", operator, role="vendor")
    on_a_ticket = (row["contact_id"] for row in participants if row["contact_id"] in staying)
    contact = world.tables["directory.contacts"][most(on_a_ticket)]
    yield "miscast vendor", Viewer(ViewerRole.VENDOR, operator, contact["id"], contact["company_id"])


def _people(world: World, operator: UUID) -> Iterator[tuple[str, Viewer]]:
    jobs, tickets = _own(world, "maintenance.jobs", operator), _own(world, "team.tickets", operator)
    stays = [row["guest_contact_id"] for row in _own(world, "reservations.reservations", operator)]
    asking = [row["requestor_contact_id"] for row in tickets]
    yield "tenant", Viewer(ViewerRole.TENANT, operator, most(row["tenant_contact_id"] for row in jobs))
    approved = {row["ticket_id"] for row in _own(world, "maintenance.approvals", operator, decision="approved")}
    on_work = (row["tenant_contact_id"] for row in jobs if row["ticket_id"] in approved)
    yield "tenant on approved work", Viewer(ViewerRole.TENANT, operator, most(on_work))
    tenancies = _own(world, "property.tenancies", operator)
    lasting = {row["contact_id"] for row in tenancies if row["ends_on"] is None or row["ends_on"] >= world.today}
    gone = (row["contact_id"] for row in tenancies if row["contact_id"] not in lasting)
    yield "former tenant", Viewer(ViewerRole.TENANT, operator, most(gone))
    yield "guest", Viewer(ViewerRole.GUEST, operator, most(contact for contact in asking if contact in stays))
    on_tickets = {row["contact_id"] for row in _own(world, "team.ticket_participants", operator)} | set(asking)
    silent = (contact for contact in stays if contact not in on_tickets)
    yield "guest without a ticket", Viewer(ViewerRole.GUEST, operator, most(silent))
    yield "homeowner", Viewer(ViewerRole.HOMEOWNER, operator, most(row["homeowner_id"] for row in tickets))
    owners = {row["homeowner_id"] for row in tickets}
    copied = (row["contact_id"] for row in _own(world, "team.ticket_participants", operator, role="cc"))
    both = most(contact for contact in copied if contact in owners)
    yield "homeowner and participant", Viewer(ViewerRole.HOMEOWNER, operator, both)
    yield "participant who owns a home", Viewer(ViewerRole.TENANT, operator, both)


def _vendor(world: World, operator: UUID, company: UUID) -> Viewer:
    """The company's first contact."""
    contacts = [row["id"] for row in world["directory.contacts"] if row["company_id"] == company]
    return Viewer(ViewerRole.VENDOR, operator, min(contacts, default=None), company)


def _own(world: World, table: str, operator: UUID, **values: Any) -> list[Row]:
    values["operator_id"] = operator
    return [row for row in world[table] if all(row[column] == value for column, value in values.items())]


def _assigned(world: World, operator: UUID) -> list[UUID | None]:
    return [row["assigned_vendor_id"] for row in _own(world, "maintenance.jobs", operator)]


def most(ids: Iterable[UUID | None]) -> UUID:
    """The id that comes most often, the smaller among equals."""
    counts = Counter(key for key in ids if key is not None)
    return min(counts, key=lambda key: (-counts[key], key))
