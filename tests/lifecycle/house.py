"""Who is who at the operators of house.sql."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from db.pool import Connection

HOUSE = Path(__file__).with_name("house.sql")


def _id(number: int) -> UUID:
    return UUID(f"00000000-0000-7000-8000-0000000000{number:02}")


OPERATOR, NEIGHBOUR = _id(1), _id(2)
KAURI, TUI, CANOS = _id(11), _id(12), _id(13)
FINN, GRACE, HANA, IAN, JANE, KIM, LEO = _id(41), _id(42), _id(51), _id(52), _id(53), _id(61), _id(62)
AROHA, BEN, CARLA = _id(21), _id(22), _id(23)
AROHA_AT_WORK, BEN_AT_WORK, CARLA_AT_WORK = _id(71), _id(72), _id(73)
RATA_4 = _id(81)
LIMIT = 50_000
"""Up to here a quote needs no decision, in cents."""
CARLAS_LIMIT = 90_000
"""Up to here the agent decides."""


@dataclass(frozen=True)
class Viewer:
    """Somebody who acts through the gateway."""

    role: str
    contact: UUID | None = None
    company: UUID | None = None


ADMIN, MANAGER, AGENT = Viewer("admin", AROHA), Viewer("manager", BEN), Viewer("agent", CARLA)
ANALYST, SYSTEM = Viewer("analyst", CARLA), Viewer("system")
VENDOR, OTHER_VENDOR = Viewer("vendor", _id(31), KAURI), Viewer("vendor", _id(32), TUI)
TENANT, OTHER_TENANT = Viewer("tenant", FINN), Viewer("tenant", GRACE)
OWNER, CO_OWNER, OTHER_OWNER = Viewer("homeowner", HANA), Viewer("homeowner", IAN), Viewer("homeowner", JANE)
GUEST, OTHER_GUEST = Viewer("guest", KIM), Viewer("guest", LEO)
CAST = {
    "admin": ADMIN,
    "manager": MANAGER,
    "agent": AGENT,
    "analyst": ANALYST,
    "system": SYSTEM,
    "vendor": VENDOR,
    "another vendor": OTHER_VENDOR,
    "tenant": TENANT,
    "another tenant": OTHER_TENANT,
    "owner": OWNER,
    "co-owner": CO_OWNER,
    "another owner": OTHER_OWNER,
    "requestor": GUEST,
    "another guest": OTHER_GUEST,
}

_SETTINGS = """
SELECT set_config('viewer.role', $1, true), set_config('viewer.operator_id', $2, true),
       set_config('viewer.contact_id', $3, true), set_config('viewer.company_id', $4, true)
"""


@asynccontextmanager
async def acting(connection: Connection, viewer: Viewer | None) -> AsyncIterator[None]:
    """Statements as a handler runs them for the viewer; without one, as a client of the database itself."""
    if viewer is None:
        yield
        return
    values = viewer.role, str(OPERATOR), str(viewer.contact or ""), str(viewer.company or "")
    await connection.execute(_SETTINGS, *values)
    await connection.execute("SET LOCAL ROLE gateway_staff")
    yield
    await connection.execute("RESET ROLE")
    await connection.execute(_SETTINGS, "", "", "", "")
