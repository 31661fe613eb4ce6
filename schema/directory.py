"""Companies and people: who the graph is about."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from schema.enums import CompanyKind, ContactKind
from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one, single
from schema.vocabulary.entity import entity
from schema.vocabulary.row import Edited, Owned
from schema.vocabulary.scalar import BigInt
from schema.vocabulary.sight import masked, seen

if TYPE_CHECKING:
    from schema.geo import Area


_OWN_COMPANY = masked("id", among="my_company")
_SELF = masked("id", among="me")
_REACHABLE = masked("id", among="my_reachable_contacts")


@entity("directory.companies", search=True, sight=[seen("id", among="my_companies")])
class Company(Edited):
    """An operating company, a vendor, or an owners' association."""

    name: str = column("Its trading name.", order=True)
    kind: CompanyKind = column("What it is to us.")
    email: str | None = column("Where to write to it.", mask=_OWN_COMPANY)
    phone: str | None = column("Where to call it, in E.164 form.", mask=_OWN_COMPANY)
    active: bool = column("Whether we still work with it.", mask=_OWN_COMPANY)
    tax_id: str | None = column("Its tax number.", mask=_OWN_COMPANY)
    number: str | None = column("Its vendor or customer number in accounting.", natural_key="number", mask=_OWN_COMPANY)
    external_id: str | None = column("Its record's name in the accounting system.", mask=_OWN_COMPANY)
    external_user_id: str | None = column("Its user's name in the identity provider.", mask=_OWN_COMPANY)


@entity("directory.operator_settings", plural="operatorSettings")
class OperatorSetting(Edited):
    """What an operating company decided about how it works; one row each."""

    time_zone: str = column("Its time zone by IANA name; numbers and reports follow it.")
    currency: str = column("The currency of its limits (ISO 4217).")
    auto_approval_limit_cents: BigInt = column("Up to this amount a quote needs no decision, in cents.")
    tenant_response_timeout: int = column("How long a tenant may take to confirm a visit, in seconds.")
    visit_window: int = column("How long an offered visit slot is, in seconds.")
    message_window: int = column("Within how many seconds one sender's messages count as one.")
    auto_reply_cap: int = column("How many automatic replies one sender gets at most within a day.")
    recurring_catch_up_limit: int = column("How many missed occurrences of a rule are made up after an outage.")
    reopening_window: int = column("How long a resolved ticket stays open to reopening, in seconds.")


@entity("directory.contacts", search=True, sight=[seen("id", among="my_contacts")])
class Contact(Edited):
    """A person: guest, homeowner, tenant, staff or a vendor's."""

    full_name: str = column("The name in full.", order=True)
    email: str | None = column("Where to write to them.", mask=_SELF)
    phone: str | None = column("Where to call them, in E.164 form.", mask=_REACHABLE)
    kind: ContactKind = column("What they are to us.")
    company: One[Company | None] = one(
        "company_id",
        "The company they speak for.",
        reverse=many("contacts", "The people who speak for this company."),
    )
    locale: str | None = column("The language they read, as a BCP 47 tag.", mask=_SELF)
    time_zone: str | None = column("Where their clock is, by IANA name.", mask=_SELF)
    number: str | None = column("Their customer number in accounting.", natural_key="number", mask=_SELF)
    external_id: str | None = column("Their record's name in the accounting system.", mask=_SELF)
    external_user_id: str | None = column("Their user's name in the identity provider.", mask=_SELF)


@entity("directory.vendor_profiles")
class VendorProfile(Edited):
    """What is known of a vendor beyond its company: what it can do, where, and how well."""

    company: One[Company] = one(
        "company_id",
        "The vendor.",
        reverse=single("vendor_profile", "What is known of it as a vendor; none for other companies."),
    )
    specialties: list[str] = column("The kinds of trouble it mends, such as plumbing.")
    rating: Decimal | None = column("The average of its tenants' ratings, 1 to 5.", order=True)
    rating_count: int = column("How many ratings that average is of.")
    active: bool = column("Whether it takes new work; an inactive record is a stale duplicate.")
    primary_contact: One[Contact | None] = one(
        "primary_contact_id",
        "Whom to ask first.",
        reverse=many("primary_vendor_profiles", "The vendors whose first contact this person is."),
    )
    preferred_rank: int | None = column("Its place in the order of preference; 1 is asked first.", order=True)


@entity("directory.vendor_service_areas")
class VendorServiceArea(Owned):
    """An area where a vendor works."""

    vendor_profile: One[VendorProfile] = one(
        "vendor_profile_id", "The vendor.", reverse=many("service_areas", "Where it works.")
    )
    area: One[Area] = one("area_id", "The area.", reverse=many("vendor_service_areas", "The vendors that work here."))
