"""Writing down who lives where."""

from __future__ import annotations

from resolvers.commands.contract.edit import edit
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.work import Given, Work
from schema.commands.tenancies import EndTenancy, RecordTenancy

_RECORD = """
INSERT INTO property.tenancies (operator_id, property_id, contact_id, unit, starts_on, ends_on)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
"""


@handles(RecordTenancy)
async def record_tenancy(work: Work, given: RecordTenancy) -> Given:
    """That one person's tenancies of one home do not overlap is the database's to say."""
    values = (given.property_id, given.contact_id, given.unit, given.starts_on, given.ends_on)
    return {"tenancy": await work.value(_RECORD, work.viewer.operator_id, *values)}


@handles(EndTenancy)
async def end_tenancy(work: Work, given: EndTenancy) -> Given:
    """Before it starts it cannot end, which is the database's to say."""
    await edit(work, "property.tenancies", given.tenancy_id, {"ends_on": given.ends_on})
    return {"tenancy": given.tenancy_id}
