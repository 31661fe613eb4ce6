"""The currency of an amount."""

from __future__ import annotations

from resolvers.commands.contract.work import Work
from resolvers.commands.spelling import spelled

_USUAL = "SELECT currency FROM directory.operator_settings WHERE operator_id = $1"


async def currency_of(work: Work, given: str | None) -> str:
    """The currency that was said, else the operator's. Raises Refused for what is none."""
    if given is None:
        usual: str = await work.value(_USUAL, work.viewer.operator_id)
        return usual
    found: str = (await spelled(work, {"currency": given}))["currency"]
    return found
