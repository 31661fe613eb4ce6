"""Writing down people."""

from __future__ import annotations

from uuid import UUID

from resolvers.commands.contract.edit import edit, written
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.duplicates import refuse_duplicate
from resolvers.commands.spelling import spelled
from schema.commands.contacts import CreateContact, UpdateContact

# In the order of the declaration.
_CREATE = """
INSERT INTO directory.contacts (operator_id, full_name, kind, email, phone, company_id, locale, time_zone, number,
                                external_id, external_user_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
"""
# The same kind of person first, then the one that was changed last.
_BY_PHONE = """
SELECT id FROM directory.contacts WHERE operator_id = $1 AND phone = $2
ORDER BY kind = $3 DESC, updated_at DESC, id LIMIT 1
"""
_BY_EMAIL = """
SELECT id FROM directory.contacts WHERE operator_id = $1 AND email = $2
ORDER BY kind = $3 DESC, updated_at DESC, id LIMIT 1
"""
_FIND = {"phone": _BY_PHONE, "email": _BY_EMAIL}


@handles(CreateContact)
async def create_contact(work: Work, given: CreateContact) -> Given:
    """Raises Refused for somebody who is known already, unless that is meant."""
    operator = work.viewer.operator_id
    values = await spelled(work, written(given, besides={"allow_duplicate"}))

    async def find(name: str, address: str) -> UUID | None:
        found: UUID | None = await work.value(_FIND[name], operator, address, given.kind.value)
        return found

    if not given.allow_duplicate:
        await refuse_duplicate(work, values, find)
    return {"contact": await work.value(_CREATE, operator, *values.values())}


@handles(UpdateContact)
async def update_contact(work: Work, given: UpdateContact) -> Given:
    """Only what was written changes."""
    values = await spelled(work, written(given, besides={"contact_id"}))
    await edit(work, "directory.contacts", given.contact_id, values)
    return {"contact": given.contact_id}
