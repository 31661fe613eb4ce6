"""Who asks: the demo's viewers, as the settings that policies read."""

from __future__ import annotations

from collections.abc import Mapping

from db.pool import Pool
from gateway.viewers.demo import find_demo_viewers

Viewers = Mapping[str, Mapping[str, str]]
"""Settings by the role that plays; '' where there is nobody."""


async def demo_viewers(dsn: str) -> Viewers:
    async with Pool.open(dsn, size=1) as pool:
        found = await find_demo_viewers(pool)
    return {
        role.value: {
            "viewer.role": role.value,
            "viewer.operator_id": str(viewer.operator_id),
            "viewer.contact_id": str(viewer.contact_id or ""),
            "viewer.company_id": str(viewer.company_id or ""),
        }
        for role, viewer in found.items()
    }
