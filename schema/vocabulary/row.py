"""What every table has, so that no declaration repeats it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.vocabulary.column import column


class Shared:
    """A row that all operators share."""

    id: UUID = column("Its key: a time-ordered UUID that finds one row of the whole graph.")
    created_at: datetime = column("When the row was written.")


class Owned(Shared):
    """A row that belongs to an operating company."""

    operator_id: UUID = column("The operating company whose data this is.")


class Edited(Owned):
    """A row that changes after it was written."""

    updated_at: datetime = column("When the row last changed.")
    version: int = column("Counts its changes; commands compare it so that none overwrites another's.")
