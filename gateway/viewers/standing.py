"""What somebody must be known by to act in a role."""

from __future__ import annotations

from uuid import UUID

from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole

# A company's vendor sees what the company was asked; the others see what is theirs.
# Source: api_keys_role_is_somebody, of access.api_keys.
NEEDS_COMPANY = frozenset({ViewerRole.VENDOR})
NEEDS_CONTACT = frozenset({ViewerRole.TENANT, ViewerRole.GUEST, ViewerRole.HOMEOWNER})
READS_ONLY = frozenset({ViewerRole.ANALYST})


class NobodyError(ValueError):
    """The role needs to be known by more than was said; the message says what."""


def standing(
    role: ViewerRole, operator: UUID, contact: UUID | None, company: UUID | None, *, may_write: bool = True
) -> Viewer:
    """The viewer; a company counts for a vendor only. Raises `NobodyError`."""
    if role in NEEDS_COMPANY and company is None:
        raise NobodyError(f"the role {role.value} needs a company")
    if role in NEEDS_CONTACT and contact is None:
        raise NobodyError(f"the role {role.value} needs a contact")
    kept = company if role in NEEDS_COMPANY else None
    return Viewer(role, operator, contact, kept, may_write and role not in READS_ONLY)
