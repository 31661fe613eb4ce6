"""Writing down companies, and what vendors can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from resolvers.commands.contract.edit import edit, written
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Forbidden, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.duplicates import refuse_duplicate
from resolvers.commands.spelling import spelled
from resolvers.directory.vendor_match import company_by_contact
from schema.commands.companies import CreateCompany, UpdateCompany, UpdateVendorProfile
from schema.enums import CompanyKind
from schema.vocabulary.role import MANAGERS

# In the order of the declaration.
_CREATE = """
INSERT INTO directory.companies (operator_id, name, kind, email, phone, tax_id, number, external_id, external_user_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
"""
_KIND = "SELECT kind FROM directory.companies WHERE id = $1"
_SPEAKS_FOR = "SELECT true FROM directory.contacts WHERE id = $1 AND company_id = $2"
_PROFILE = "SELECT id FROM directory.vendor_profiles WHERE company_id = $1"
_CREATE_PROFILE = """
INSERT INTO directory.vendor_profiles (operator_id, company_id, specialties, active, primary_contact_id, preferred_rank)
VALUES ($1, $2, coalesce($3::text[], '{}'), coalesce($4, true), $5, $6) RETURNING id
"""
_WORKS_NO_MORE = """
DELETE FROM directory.vendor_service_areas WHERE vendor_profile_id = $1 AND area_id <> ALL ($2::uuid[])
"""
_WORKS = """
INSERT INTO directory.vendor_service_areas (operator_id, vendor_profile_id, area_id)
SELECT $1, $2, a.id FROM unnest($3::uuid[]) AS a (id) ON CONFLICT (vendor_profile_id, area_id) DO NOTHING
"""


@handles(CreateCompany)
async def create_company(work: Work, given: CreateCompany) -> Given:
    """Raises Refused for an operator, and for a company that is known already, unless that is meant."""
    operator = work.viewer.operator_id
    if given.kind is CompanyKind.OPERATOR:
        message = "Operators are not made by a command. Write down a vendor or an association."
        raise Refused(Invalid("KIND_NOT_ALLOWED", message, path=("input", "kind")))
    values = await spelled(work, written(given, besides={"allow_duplicate"}))

    async def find(name: str, address: str) -> UUID | None:
        phone, email = (address, None) if name == "phone" else (None, address)
        return await company_by_contact(work, operator, given.kind.value, phone=phone, email=email)

    if not given.allow_duplicate:
        await refuse_duplicate(work, values, find)
    return {"company": await work.value(_CREATE, operator, *values.values())}


@handles(UpdateCompany)
async def update_company(work: Work, given: UpdateCompany) -> Given:
    """Raises Refused for an agent who changes the operator itself."""
    if given.company_id == work.viewer.operator_id and work.viewer.role not in MANAGERS:
        message = "Only a manager changes the operator's own company."
        raise Refused(Forbidden("OWN_COMPANY", message, path=("input", "companyId"), role="manager"))
    values = await spelled(work, written(given, besides={"company_id"}))
    await edit(work, "directory.companies", given.company_id, values)
    return {"company": given.company_id}


@handles(UpdateVendorProfile)
async def update_vendor_profile(work: Work, given: UpdateVendorProfile) -> Given:
    """Raises Refused for a company that is no vendor, and for a contact who does not speak for it."""
    if await work.value(_KIND, given.company_id) != CompanyKind.VENDOR.value:
        message = "This company is no vendor. Choose a vendor, or write it down as one."
        raise Refused(Conflict("NOT_A_VENDOR", message, path=("input", "companyId")))
    values = written(given, besides={"company_id"})
    areas = values.pop("service_area_ids", None)
    if "specialties" in values:
        values["specialties"] = list(dict.fromkeys(values["specialties"]))
    await _refuse_stranger(work, given.company_id, values.get("primary_contact_id"))
    profile = await _write_profile(work, given.company_id, values)
    if areas is not None:
        await _write_areas(work, profile, areas)
    return {"vendor_profile": profile}


async def _refuse_stranger(work: Work, company: UUID, contact: UUID | None) -> None:
    if contact is not None and not await work.value(_SPEAKS_FOR, contact, company):
        message = "They do not speak for this vendor. Choose somebody who does, or give them its companyId first."
        raise Refused(Conflict("NOT_ITS_CONTACT", message, path=("input", "primaryContactId")))


async def _write_profile(work: Work, company: UUID, values: dict[str, Any]) -> UUID:
    profile: UUID | None = await work.value(_PROFILE, company)
    if profile is not None:
        await edit(work, "directory.vendor_profiles", profile, values)
        return profile
    columns = ("specialties", "active", "primary_contact_id", "preferred_rank")
    made: UUID = await work.value(
        _CREATE_PROFILE, work.viewer.operator_id, company, *(values.get(name) for name in columns)
    )
    return made


async def _write_areas(work: Work, profile: UUID, areas: Sequence[UUID]) -> None:
    await work.run(_WORKS_NO_MORE, profile, list(areas))
    await work.run(_WORKS, work.viewer.operator_id, profile, list(areas))
