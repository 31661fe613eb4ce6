"""Changing what the operator decided about how it works."""

from __future__ import annotations

from resolvers.commands.contract.edit import edit, written
from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.work import Given, Work
from resolvers.commands.spelling import spelled
from schema.commands.operator_settings import UpdateOperatorSettings


@handles(UpdateOperatorSettings)
async def update_operator_settings(work: Work, given: UpdateOperatorSettings) -> Given:
    """Only what was written changes."""
    values = await spelled(work, written(given, besides={"operator_setting_id"}))
    await edit(work, "directory.operator_settings", given.operator_setting_id, values)
    return {"operator_setting": given.operator_setting_id}
