"""The viewer: who is asking."""

from __future__ import annotations

from dataclasses import dataclass
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
