"""Companies that the operator deals with, and what is known of vendors."""

from __future__ import annotations

from uuid import UUID

from schema.enums import CompanyKind
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.role import STAFF

_PHONE = "Where to call it. A number without its country is one of the operator's own; it is kept in E.164 form."
_NUMBER = "Its vendor or customer number in accounting."
_EXTERNAL = "Its record's name in the accounting system."
_USER = "Its user's name in the identity provider."


@command(
    by=STAFF,
    gives={"company": "Company"},
    example="""mutation {
  createCompany(input: {name: "Ridgeline Plumbing", kind: VENDOR, phone: "+1 970 555 0171"}) {
    company { id phone }
    problems { code message path ... on Conflict { existing } }
  }
}""",
)
class CreateCompany:
    """Writes down a vendor or an association. One that is reached there already is a duplicate, unless that is meant.

    A vendor is reached by its own telephone number and e-mail, and by those of the people who speak for it.
    """

    name: str = given("Its trading name.", longest=200)
    kind: CompanyKind = given("What it is to us; an operator is not made by a command.")
    email: str | None = given("Where to write to it.", longest=254)
    phone: str | None = given(_PHONE, longest=40)
    tax_id: str | None = given("Its tax number.", longest=50)
    number: str | None = given(_NUMBER, longest=50)
    external_id: str | None = given(_EXTERNAL, longest=200)
    external_user_id: str | None = given(_USER, longest=200)
    allow_duplicate: bool = given("Whether it may share number or e-mail with another one.", default=False)


@command(
    by=STAFF,
    subject="company_id",
    gives={"company": "Company"},
    example="""mutation {
  updateCompany(input: {companyId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", active: false}) {
    company { name active version }
    problems { code message path }
  }
}""",
)
class UpdateCompany:
    """Changes what is known of a company; the operator's own is a manager's. What is left out stays as it is."""

    company_id: UUID = given("The company.", of="Company")
    name: str | Omitted = given("Its trading name.", default=OMITTED, longest=200)
    email: str | Omitted | None = given("Where to write to it.", default=OMITTED, longest=254)
    phone: str | Omitted | None = given(_PHONE, default=OMITTED, longest=40)
    active: bool | Omitted = given("Whether we still work with it.", default=OMITTED)
    tax_id: str | Omitted | None = given("Its tax number.", default=OMITTED, longest=50)
    number: str | Omitted | None = given(_NUMBER, default=OMITTED, longest=50)
    external_id: str | Omitted | None = given(_EXTERNAL, default=OMITTED, longest=200)
    external_user_id: str | Omitted | None = given(_USER, default=OMITTED, longest=200)


@command(
    by=STAFF,
    subject="company_id",
    gives={"vendor_profile": "VendorProfile"},
    example="""mutation {
  updateVendorProfile(input: {
    companyId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", specialties: ["plumbing", "heating"], preferredRank: 1
  }) {
    vendorProfile { specialties preferredRank serviceAreas { nodes { area { name } } } }
    problems { code message path }
  }
}""",
)
class UpdateVendorProfile:
    """Says what a vendor can do, where, and when it is asked. The first time, that makes its profile."""

    company_id: UUID = given("The vendor.", of="Company")
    specialties: list[str] | Omitted = given(
        "The kinds of trouble it mends, such as plumbing; they take the place of the former ones.",
        default=OMITTED,
        longest=60,
        most_items=50,
    )
    active: bool | Omitted = given(
        "Whether it takes new work; an inactive record is a stale duplicate.", default=OMITTED
    )
    primary_contact_id: UUID | Omitted | None = given(
        "Whom to ask first: somebody who speaks for it.", default=OMITTED, of="Contact"
    )
    preferred_rank: int | Omitted | None = given(
        "Its place in the order of preference; 1 is asked first.", default=OMITTED, least=1, most=10_000
    )
    service_area_ids: list[UUID] | Omitted = given(
        "The areas where it works; they take the place of the former ones.", default=OMITTED, of="Area", most_items=500
    )
