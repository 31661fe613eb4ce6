"""Which tickets concern an outsider, and where its work is approved: from the sources, without the table of rights."""

from __future__ import annotations

from dataclasses import dataclass

from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.access.world import Ids, Row, World


@dataclass(frozen=True)
class Rights:
    """What an outsider's rights to rows begin from."""

    tickets: Ids
    assigned: Ids
    approved: Ids


def rights_of(world: World, viewer: Viewer) -> Rights:
    """A vendor's hang on its company, the others' on the person."""
    if viewer.role is not ViewerRole.VENDOR:
        return Rights(_of_person(world, viewer), set(), set())
    company = viewer.company_id

    def ours(row: Row) -> bool:
        return bool(row["operator_id"] == viewer.operator_id)

    assigned = world.values("maintenance.jobs", "ticket_id", lambda r: ours(r) and r["assigned_vendor_id"] == company)
    linked = world.values(
        "team.ticket_vendors",
        "ticket_id",
        lambda r: ours(r) and r["vendor_id"] == company and r["role"] in {"quoting", "assigned", "supplier"},
    )
    quotes = world.ids("maintenance.quotes", lambda r: r["vendor_id"] == company)
    agreed = world.values(
        "maintenance.approvals",
        "ticket_id",
        lambda r: (
            r["quote_id"] in quotes
            and r["revoked_at"] is None
            and (r["decision"] == "approved" or r["required"] is False)
        ),
    )
    overridden = world.values("maintenance.jobs", "ticket_id", lambda r: r["gate_override"] is not None)
    return Rights(assigned | linked, assigned, assigned & (agreed | overridden))


def _of_person(world: World, viewer: Viewer) -> Ids:
    me = viewer.contact_id

    def mine(row: Row, column: str) -> bool:
        return bool(row["operator_id"] == viewer.operator_id and row[column] == me)

    return (
        world.ids("team.tickets", lambda r: mine(r, "requestor_contact_id") or mine(r, "homeowner_id"))
        | world.values("team.ticket_participants", "ticket_id", lambda r: mine(r, "contact_id"))
        | world.values("team.ticket_homeowners", "ticket_id", lambda r: mine(r, "homeowner_id"))
        | world.values("maintenance.jobs", "ticket_id", lambda r: mine(r, "tenant_contact_id"))
    )
