"""Where the stories happen: homes, and people who move there and work there, made by commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from schema.vocabulary.role import GUEST, HOMEOWNER, TENANT, VENDOR
from tests.stories.door import Door
from tests.stories.person import Person

_HOMES = """query ($today: Date!) {
  properties(first: 200, orderBy: [CODE_ASC], where: {
    active: {eq: true}, approvalLimitCents: {isNull: true}, homeowner: {}
    tenancies: {none: {or: [{endsOn: {isNull: true}}, {endsOn: {gte: $today}}]}}
  }) { nodes { id } }
}"""
_STAYS = """{
  reservations(first: 1, orderBy: [CONFIRMATION_CODE_ASC], where: {
    status: {eq: CONFIRMED}, guestContactId: {isNull: false}
  }) { nodes { id operatorId guestContactId propertyId } }
}"""
_OWNER = "query ($id: ID!) { property(id: $id) { operatorId homeownerId } }"
Cast = dict[str, Person]


@dataclass(frozen=True)
class Stay:
    """A confirmed stay."""

    reservation: str
    operator: str
    guest: str
    home: str


class Town:
    """Of the demo's first operator."""

    def __init__(self, door: Door, manager: Person, agent: Person, clockwork: Person) -> None:
        self._door = door
        self._staff: Cast = {"manager": manager, "agent": agent, "clockwork": clockwork}
        self._manager = manager
        self._homes: Iterator[str] = iter(self._vacant())
        self._numbers = count(1)

    def _vacant(self) -> list[str]:
        today = datetime.now(UTC).date().isoformat()
        return [node["id"] for node in self._manager.ask(_HOMES, today=today)["properties"]["nodes"]]

    def vacant_home(self) -> str:
        """Another one each time."""
        return next(self._homes)

    def stay(self) -> Stay:
        (found,) = self._manager.ask(_STAYS)["reservations"]["nodes"]
        return Stay(found["id"], found["operatorId"], found["guestContactId"], found["propertyId"])

    def hotel(self, stay: Stay) -> Cast:
        """Staff, and the guest."""
        return {**self._staff, "guest": self._door.somebody(GUEST, stay.operator, stay.guest)}

    def cast(self, home: str) -> Cast:
        """Staff, the home's owner, a tenant who has just moved in, a vendor and its rival."""
        told = self._manager.ask(_OWNER, id=home)["property"]
        operator: str = told["operatorId"]
        owner = self._door.somebody(HOMEOWNER, operator, told["homeownerId"])
        people = {"tenant": self.tenant(operator, home), "owner": owner}
        return {**self._staff, **people, "vendor": self.vendor(operator), "rival": self.vendor(operator)}

    def tenant(self, operator: str, home: str) -> Person:
        """Lives there since yesterday."""
        contact = self._contact("TENANT")
        since = datetime.now(UTC).date() - timedelta(days=1)
        self._manager.do("recordTenancy", propertyId=home, contactId=contact, startsOn=since.isoformat())
        return self._door.somebody(TENANT, operator, contact)

    def vendor(self, operator: str) -> Person:
        """A plumber with a company of her own."""
        number = next(self._numbers)
        made = self._manager.do("createCompany", "company { id }", name=f"Ridgeline Plumbing {number}", kind="VENDOR")
        company: str = made["company"]["id"]
        self._manager.do("updateVendorProfile", companyId=company, specialties=["plumbing"])
        return self._door.somebody(VENDOR, operator, self._contact("VENDOR", companyId=company), company)

    def _contact(self, kind: str, **more: Any) -> str:
        number = next(self._numbers)
        given = {"fullName": f"Lena Ortiz {number}", "phone": f"+1303555{2000 + number}", **more}
        made: str = self._manager.do("createContact", "contact { id }", kind=kind, **given)["contact"]["id"]
        return made
