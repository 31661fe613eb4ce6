"""Stays of guests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from schema.enums import ReservationStatus
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one
from schema.vocabulary.entity import entity
from schema.vocabulary.row import Edited
from schema.vocabulary.sight import seen

if TYPE_CHECKING:
    from schema.directory import Contact
    from schema.property import Property


@entity("reservations.reservations", sight=[seen("guest_contact_id", among="me")])
class Reservation(Edited):
    """A guest's stay at a home; no two confirmed stays of a home overlap."""

    home: One[Property] = one(
        "property_id", "The home.", name="property", reverse=many("reservations", "Stays at this home.")
    )
    guest: One[Contact | None] = one(
        "guest_contact_id", "Who stays.", reverse=many("reservations", "This person's stays.")
    )
    confirmation_code: str = column("The code the guest knows it by.", natural_key="code")
    starts_on: date = column("The day of arrival.", order=True)
    ends_on: date = column("The day of departure.", order=True)
    status: ReservationStatus = column("Whether it takes place.")
    channel: str | None = column("Where it was booked.")
