"""The viewer: who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from schema.vocabulary.role import ViewerRole


@dataclass(frozen=True)
class Viewer:
    """Somebody with a role at an operating company.

    `contact_id` is None for a program; `company_id` is the company of a vendor's contact, None for everybody else.
    `may_write` is false for an analyst, and where the credentials are for reading only.
    """

    role: ViewerRole
    operator_id: UUID
    contact_id: UUID | None
    company_id: UUID | None = None
    may_write: bool = True

    @cached_property
    def settings(self) -> tuple[str, str, str, str]:
        """What policies know of a viewer: role, operator, contact and company; '' where there is none."""
        return (self.role.value, str(self.operator_id), str(self.contact_id or ""), str(self.company_id or ""))
