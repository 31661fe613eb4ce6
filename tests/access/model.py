"""Who sees which rows, in plain Python: written from the specification, not from the declarations or the policies."""

from __future__ import annotations

from collections.abc import Iterator

from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.access.rights import Rights, rights_of
from tests.access.world import Ids, Row, World

OF_TICKETS = (
    "maintenance.jobs",
    "messaging.threads",
    "team.ticket_participants",
    "team.ticket_photos",
)
STAFF = {ViewerRole.ADMIN, ViewerRole.MANAGER, ViewerRole.AGENT, ViewerRole.ANALYST, ViewerRole.SYSTEM}


def visible(world: World, viewer: Viewer) -> dict[str, Ids]:
    """The ids that a viewer sees, for every table."""
    if viewer.role in STAFF:
        return {table: _of_operator(world, viewer, table) for table in world.tables}
    rights = rights_of(world, viewer)
    return {table: set[object]() for table in world.tables} | dict(_of_outsider(world, viewer, rights))  # type: ignore[return-value] # ids


def _of_operator(world: World, viewer: Viewer, table: str) -> Ids:
    """What is its operator's, and what is nobody's."""
    return world.ids(table, lambda r: r.get("operator_id", viewer.operator_id) == viewer.operator_id)


def _of_outsider(world: World, viewer: Viewer, rights: Rights) -> Iterator[tuple[str, Ids]]:
    tickets = rights.tickets
    yield "team.tickets", tickets
    for table in OF_TICKETS:
        yield table, world.ids(table, lambda r: r["ticket_id"] in tickets)
    yield (
        "team.ticket_comments",
        world.ids("team.ticket_comments", lambda r: r["ticket_id"] in tickets and r["visibility"] == "public"),
    )
    threads = world.ids("messaging.threads", lambda r: r["ticket_id"] in tickets)
    yield "messaging.messages", world.ids("messaging.messages", lambda r: r["thread_id"] in threads)
    yield (
        "audit.events",
        world.ids(
            "audit.events",
            lambda r: r["ticket_id"] in tickets and r["event_type"] in {"ticket_created", "status_changed"},
        ),
    )
    yield "team.team_members", world.values("team.tickets", "current_agent_id", lambda r: r["id"] in tickets)
    yield "directory.companies", _companies(world, viewer)
    yield "directory.contacts", _contacts(world, viewer, rights)
    yield "property.properties", _properties(world, viewer, tickets)
    yield "reservations.reservations", _stays(world, viewer)
    money = dict(_money(world, viewer, rights))
    yield from money.items()
    papers = world.values("finance.documents", "file_id", lambda r: r["id"] in money["finance.documents"])
    yield "files.files", papers | world.values("team.ticket_photos", "file_id", lambda r: r["ticket_id"] in tickets)


def _money(world: World, viewer: Viewer, rights: Rights) -> Iterator[tuple[str, Ids]]:
    """Quotes, decisions, papers and payments: a homeowner's of its tickets, a vendor's its own, nobody else's."""
    if viewer.role is ViewerRole.HOMEOWNER:
        for table in (
            "maintenance.quotes",
            "maintenance.approvals",
            "finance.documents",
            "finance.payments",
            "team.ticket_transactions",
        ):
            yield table, world.ids(table, lambda r: r["ticket_id"] in rights.tickets)
        links = "team.ticket_transactions"
        yield (
            "finance.transactions",
            world.values(links, "transaction_id", lambda r: r["ticket_id"] in rights.tickets),
        )
    elif viewer.role is ViewerRole.VENDOR:
        quotes = world.ids(
            "maintenance.quotes", lambda r: r["vendor_id"] == viewer.company_id and r["ticket_id"] in rights.tickets
        )
        yield "maintenance.quotes", quotes
        yield "maintenance.approvals", world.ids("maintenance.approvals", lambda r: r["quote_id"] in quotes)
        yield "maintenance.visit_slots", world.ids("maintenance.visit_slots", lambda r: r["quote_id"] in quotes)
        yield "finance.documents", world.ids("finance.documents", lambda r: _bought(r) and _assigned(r, rights))
        yield "finance.payments", world.ids("finance.payments", lambda r: _assigned(r, rights))
    else:
        yield "finance.documents", set()
    if viewer.role is ViewerRole.TENANT:
        yield (
            "maintenance.visit_slots",
            world.ids("maintenance.visit_slots", lambda r: r["ticket_id"] in rights.tickets),
        )


def _bought(row: Row) -> bool:
    return row["kind"] in {"purchase_order", "purchase_invoice"}


def _assigned(row: Row, rights: Rights) -> bool:
    return row["ticket_id"] in rights.assigned


def _companies(world: World, viewer: Viewer) -> Ids:
    """Its own, and the operator's."""
    return world.ids(
        "directory.companies",
        lambda r: r["operator_id"] == viewer.operator_id and r["id"] in {viewer.company_id, viewer.operator_id},
    )


def _contacts(world: World, viewer: Viewer, rights: Rights) -> Ids:
    """Itself, participants, and for a vendor the tenants of approved work."""
    return (
        me(world, viewer)
        | world.values("team.ticket_participants", "contact_id", lambda r: r["ticket_id"] in rights.tickets)
        | tenants_of_approved_work(world, rights)
    )


def _properties(world: World, viewer: Viewer, tickets: Ids) -> Ids:
    """Its tickets', and where it lives, will live, stays or stayed, and what it owns."""
    mine = me(world, viewer)
    return (
        world.values("team.tickets", "property_id", lambda r: r["id"] in tickets)
        | world.values(
            "property.tenancies",
            "property_id",
            lambda r: r["contact_id"] in mine and (r["ends_on"] is None or r["ends_on"] >= world.today),
        )
        | world.values("reservations.reservations", "property_id", lambda r: r["guest_contact_id"] in mine)
        | world.ids("property.properties", lambda r: r["homeowner_id"] in mine)
    )


def _stays(world: World, viewer: Viewer) -> Ids:
    mine = me(world, viewer)
    return world.ids("reservations.reservations", lambda r: r["guest_contact_id"] in mine)


def me(world: World, viewer: Viewer) -> Ids:
    """The viewer's own contact, if it is one of its operator's."""
    return world.ids(
        "directory.contacts", lambda r: r["id"] == viewer.contact_id and r["operator_id"] == viewer.operator_id
    )


def tenants_of_approved_work(world: World, rights: Rights) -> Ids:
    """Whom a vendor may call."""
    return world.values("maintenance.jobs", "tenant_contact_id", lambda r: r["ticket_id"] in rights.approved)
