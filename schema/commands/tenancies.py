"""Tenancies: who lives where, from when to when."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from schema.vocabulary.command import command
from schema.vocabulary.given import given
from schema.vocabulary.role import STAFF


@command(
    by=STAFF,
    gives={"tenancy": "Tenancy"},
    example="""mutation {
  recordTenancy(input: {
    propertyId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", contactId: "018f4e2b-0d6c-7f00-8a11-5b3c7d9e1f20",
    startsOn: "2026-12-01"
  }) {
    tenancy { id startsOn endsOn contact { fullName } }
    problems { code message path }
  }
}""",
)
class RecordTenancy:
    """Writes down that somebody lives in a home. They see its tickets that concern them while they do."""

    property_id: UUID = given("The home.", of="Property")
    contact_id: UUID = given("The tenant.", of="Contact")
    unit: str | None = given("The unit, where a home has several.", longest=60)
    starts_on: date = given("The first day.")
    ends_on: date | None = given("The last day; open if left out.")


@command(
    by=STAFF,
    subject="tenancy_id",
    gives={"tenancy": "Tenancy"},
    example="""mutation {
  endTenancy(input: {tenancyId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", endsOn: "2027-03-31"}) {
    tenancy { startsOn endsOn }
    problems { code message path }
  }
}""",
)
class EndTenancy:
    """Says when a tenancy ends, also where that is another day than was said before."""

    tenancy_id: UUID = given("The tenancy.", of="Tenancy")
    ends_on: date = given("The last day.")
