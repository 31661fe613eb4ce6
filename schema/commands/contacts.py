"""People: who they are, and how to reach them."""

from __future__ import annotations

from uuid import UUID

from schema.enums import ContactKind
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.role import STAFF

_PHONE = "Where to call them. A number without its country is one of the operator's own; it is kept in E.164 form."
_LOCALE = "The language they read, as a BCP 47 tag."
_ZONE = "Where their clock is, by IANA name."
_NUMBER = "Their customer number in accounting."
_EXTERNAL = "Their record's name in the accounting system."
_USER = "Their user's name in the identity provider."


@command(
    by=STAFF,
    gives={"contact": "Contact"},
    example="""mutation {
  createContact(input: {fullName: "Lena Ortiz", kind: TENANT, phone: "+1 970 555 0134", email: "lena@example.com"}) {
    contact { id phone email }
    problems { code message path ... on Conflict { existing } }
  }
}""",
)
class CreateContact:
    """Writes down a person. Somebody with the same telephone number or e-mail is a duplicate, unless that is meant."""

    full_name: str = given("The name in full.", longest=200)
    kind: ContactKind = given("What they are to us.")
    email: str | None = given("Where to write to them.", longest=254)
    phone: str | None = given(_PHONE, longest=40)
    company_id: UUID | None = given("The company they speak for.", of="Company")
    locale: str | None = given(_LOCALE, longest=35)
    time_zone: str | None = given(_ZONE, longest=100)
    number: str | None = given(_NUMBER, longest=50)
    external_id: str | None = given(_EXTERNAL, longest=200)
    external_user_id: str | None = given(_USER, longest=200)
    allow_duplicate: bool = given("Whether they may share number or e-mail with somebody else.", default=False)


@command(
    by=STAFF,
    subject="contact_id",
    gives={"contact": "Contact"},
    example="""mutation {
  updateContact(input: {contactId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", phone: "(970) 555-0135", email: null}) {
    contact { phone email version }
    problems { code message path }
  }
}""",
)
class UpdateContact:
    """Changes what is known of a person. What is left out stays as it is; null empties what may be empty."""

    contact_id: UUID = given("The person.", of="Contact")
    full_name: str | Omitted = given("The name in full.", default=OMITTED, longest=200)
    kind: ContactKind | Omitted = given("What they are to us.", default=OMITTED)
    email: str | Omitted | None = given("Where to write to them.", default=OMITTED, longest=254)
    phone: str | Omitted | None = given(_PHONE, default=OMITTED, longest=40)
    company_id: UUID | Omitted | None = given("The company they speak for.", default=OMITTED, of="Company")
    locale: str | Omitted | None = given(_LOCALE, default=OMITTED, longest=35)
    time_zone: str | Omitted | None = given(_ZONE, default=OMITTED, longest=100)
    number: str | Omitted | None = given(_NUMBER, default=OMITTED, longest=50)
    external_id: str | Omitted | None = given(_EXTERNAL, default=OMITTED, longest=200)
    external_user_id: str | Omitted | None = given(_USER, default=OMITTED, longest=200)
