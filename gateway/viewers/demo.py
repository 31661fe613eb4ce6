"""The demo's viewers: one of each role, found in the data."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from pathlib import Path

from db.pool import Pool
from gateway.refusal import Refusal
from gateway.viewers.lookup import look_up
from gateway.viewers.standing import standing
from resolvers.operation import Unavailable
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole

HEADER = b"x-demo-viewer"
_VIEWERS = (Path(__file__).parent / "demo_viewers.sql").read_text(encoding="utf-8")
_ROLES = {role.value: role for role in ViewerRole}


async def find_demo_viewers(pool: Pool) -> dict[ViewerRole, Viewer]:
    """By role; a role that nobody in the data could play is left out. Raises `Unavailable`."""
    rows = await look_up(pool, _VIEWERS)
    found = [standing(_ROLES[row["role"]], row["operator_id"], row["contact_id"], row["company_id"]) for row in rows]
    return {viewer.role: viewer for viewer in found}


class DemoViewers:
    """Whom a request plays by its header `X-Demo-Viewer`; looked for once, a missing one again each time."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: dict[ViewerRole, Viewer] = {}
        self._looking = asyncio.Lock()

    async def named(self, name: str | None) -> Viewer:
        """The viewer by a role's name, a manager by none.

        Raises `Refusal` for a name that is no role's, `Unavailable` while the data have nobody for it.
        """
        role = ViewerRole.MANAGER if name is None else _ROLES.get(name.strip().lower())
        if role is None:
            raise _unknown(name or "")
        if (viewer := self._known.get(role)) is not None:
            return viewer
        async with self._looking:  # one looks for all who wait: of many data it takes a second
            if role not in self._known:
                self._known = await find_demo_viewers(self._pool)
        if role not in self._known:
            raise Unavailable(
                f"The data have nobody who could be the demo's {role.value}. Run `python -m gateway demo`."
            )
        return self._known[role]


def _unknown(name: str) -> Refusal:
    known = ", ".join(_ROLES)
    message = f"The header X-Demo-Viewer names '{name[:100]}', whom the demo does not have. It has {known}."
    return Refusal.because(HTTPStatus.BAD_REQUEST, "UNKNOWN_DEMO_VIEWER", message)
