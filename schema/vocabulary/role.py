"""Roles: in what capacity somebody asks."""

from __future__ import annotations

from enum import Enum
from functools import cached_property


class ViewerRole(Enum):
    """In what capacity somebody asks."""

    ADMIN = "admin"
    MANAGER = "manager"
    AGENT = "agent"
    ANALYST = "analyst"
    SYSTEM = "system"
    VENDOR = "vendor"
    TENANT = "tenant"
    GUEST = "guest"
    HOMEOWNER = "homeowner"

    @cached_property
    def staff(self) -> bool:
        """Whether it sees all of its operator's rows; the others see what concerns them."""
        return self not in OUTSIDERS


VENDOR, TENANT, GUEST, HOMEOWNER = ViewerRole.VENDOR, ViewerRole.TENANT, ViewerRole.GUEST, ViewerRole.HOMEOWNER
OUTSIDERS = frozenset({VENDOR, TENANT, GUEST, HOMEOWNER})
RESIDENTS = frozenset({TENANT, GUEST})
"""Those who never see a cost."""

STAFF = frozenset({ViewerRole.AGENT, ViewerRole.MANAGER, ViewerRole.ADMIN})
"""Those who do the operator's work by hand."""
MANAGERS = frozenset({ViewerRole.MANAGER, ViewerRole.ADMIN})
SYSTEM = ViewerRole.SYSTEM
"""The clockwork."""
