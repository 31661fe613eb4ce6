"""Duplicates: a second record of somebody who is known by a telephone number or an e-mail address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from resolvers.commands.contract.problems import Conflict, Refused
from resolvers.commands.contract.work import Work

# Of two who write down the same address at once, one waits and finds the other's.
_ONE_BY_ONE = """
SELECT pg_advisory_xact_lock(hashtextextended($1::uuid || ' ' || a.address, 0)) FROM unnest($2::text[]) AS a (address)
"""


async def refuse_duplicate(
    work: Work, values: Mapping[str, Any], find: Callable[[str, str], Awaitable[UUID | None]]
) -> None:
    """Raises Refused where `find` knows somebody by the phone or the e-mail; it is given "phone" or "email"."""
    addresses = {name: values[name] for name in ("phone", "email") if values.get(name) is not None}
    if not addresses:
        return
    await work.run(_ONE_BY_ONE, work.viewer.operator_id, sorted(addresses.values()))
    for name, address in addresses.items():
        existing = await find(name, address)
        if existing is not None:
            message = f"{address} is known already. Use that record, or say allowDuplicate: true."
            raise Refused(Conflict("DUPLICATE", message, path=("input", name), existing=existing))
