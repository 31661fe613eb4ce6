"""Which columns a role sees of the rows that it sees, and which are empty in most: from the specification."""

from __future__ import annotations

from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.access.model import STAFF, me, tenants_of_approved_work
from tests.access.rights import rights_of
from tests.access.world import Ids, World

VENDOR, TENANT, GUEST, HOMEOWNER = ViewerRole.VENDOR, ViewerRole.TENANT, ViewerRole.GUEST, ViewerRole.HOMEOWNER
ALL = {VENDOR, TENANT, GUEST, HOMEOWNER}
OUTSIDE = (VENDOR, TENANT, GUEST, HOMEOWNER)

_OF_ALL = {
    "team.tickets",
    "team.ticket_comments",
    "team.ticket_participants",
    "team.ticket_photos",
    "team.team_members",
    "maintenance.jobs",
    "messaging.threads",
    "messaging.messages",
    "audit.events",
    "directory.companies",
    "directory.contacts",
    "property.properties",
    "reservations.reservations",
    "files.files",
}
_OF_PAYERS = {"maintenance.quotes", "maintenance.approvals", "finance.documents", "finance.payments"}
TABLES: dict[ViewerRole, set[str]] = {
    VENDOR: _OF_ALL | _OF_PAYERS | {"maintenance.visit_slots"},
    HOMEOWNER: _OF_ALL | _OF_PAYERS | {"finance.transactions", "team.ticket_transactions"},
    TENANT: _OF_ALL | {"maintenance.visit_slots"},
    GUEST: _OF_ALL,
}
"""The tables of which an outsider may see rows."""

_HIDDEN: dict[str, dict[str, set[ViewerRole]]] = {
    "team.tickets": {
        "notes": ALL,
        "active_time_seconds": ALL,  # time
        "escalated_at": ALL,  # escalations
        "current_team_id": ALL,  # teams
    },
    "maintenance.jobs": {
        "estimated_cost_cents": {VENDOR, TENANT, GUEST},
        "cost_variance_cents": {VENDOR, TENANT, GUEST},  # it would tell the estimate
        "cost_variance_percent": {VENDOR, TENANT, GUEST},
        "actual_cost_cents": {TENANT, GUEST},
        "access_notes": {GUEST, HOMEOWNER},  # "vendors also": nobody else but who lives there
    },
    "maintenance.visit_slots": {"quote_id": {TENANT}},
    "property.properties": {"approval_limit_cents": {VENDOR, TENANT, GUEST}, "resort_id": ALL},
    "team.team_members": dict.fromkeys(("contact_id", "team_id", "manager_id", "approval_limit_cents", "active"), ALL),
    "messaging.messages": {"sender": ALL},  # contact details
    "audit.events": {"details": ALL, "request_id": ALL},
    "files.files": {"storage_key": ALL},
}
_COMPANY = {"email", "phone", "active", "tax_id", "number", "external_id", "external_user_id"}
_CONTACT = {"email", "phone", "locale", "time_zone", "number", "external_id", "external_user_id"}
_MASKED: dict[str, dict[str, set[ViewerRole]]] = {
    "directory.companies": dict.fromkeys(_COMPANY, ALL),
    "directory.contacts": dict.fromkeys(_CONTACT, ALL),
    "maintenance.jobs": {"access_notes": {VENDOR, TENANT}},
}


def hidden(role: ViewerRole, table: str) -> set[str]:
    """Columns that do not exist for the role."""
    return {column for column, roles in _HIDDEN.get(table, {}).items() if role in roles}


def masked(role: ViewerRole, table: str) -> set[str]:
    """Columns that are empty in rows that do not concern it so closely."""
    return {column for column, roles in _MASKED.get(table, {}).items() if role in roles}


def shown(world: World, viewer: Viewer) -> dict[tuple[str, str], Ids]:
    """For each masked column, the rows where it has its value."""
    if viewer.role in STAFF:
        return {}
    mine, rights = me(world, viewer), rights_of(world, viewer)
    own = {viewer.company_id} if viewer.company_id else set()
    rows: dict[tuple[str, str], Ids] = {}
    rows |= {("directory.companies", column): own for column in masked(viewer.role, "directory.companies")}
    rows |= {("directory.contacts", column): mine for column in masked(viewer.role, "directory.contacts")}
    rows["directory.contacts", "phone"] = mine | tenants_of_approved_work(world, rights)
    if viewer.role is TENANT:
        rows["maintenance.jobs", "access_notes"] = world.ids(
            "maintenance.jobs", lambda r: r["tenant_contact_id"] in mine
        )
    if viewer.role is VENDOR:
        rows["maintenance.jobs", "access_notes"] = world.ids(
            "maintenance.jobs", lambda r: r["ticket_id"] in rights.approved
        )
    return rows
