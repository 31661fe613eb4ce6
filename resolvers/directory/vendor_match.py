"""Which company somebody speaks for, by a telephone number or an e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from resolvers.commands.contract.work import Work

# A record that takes no work any more is a stale duplicate; then the one that was given work last.
_COMPANY = """
SELECT c.id FROM directory.companies AS c
LEFT JOIN directory.vendor_profiles AS p ON p.company_id = c.id
LEFT JOIN LATERAL (
    SELECT max(j.vendor_assigned_at) AS at FROM maintenance.jobs AS j WHERE j.assigned_vendor_id = c.id) AS used ON true
WHERE c.operator_id = $1 AND c.kind = $2 AND c.id IN (
    SELECT m.id FROM directory.companies AS m WHERE m.operator_id = $1 AND (m.phone = $3 OR m.email = $4)
    UNION ALL
    SELECT k.company_id FROM directory.contacts AS k WHERE k.operator_id = $1 AND (k.phone = $3 OR k.email = $4))
ORDER BY c.active AND coalesce(p.active, true) DESC, used.at DESC NULLS LAST, c.id DESC
LIMIT 1
"""


async def vendor_by_contact(
    work: Work, operator: UUID, *, phone: str | None = None, email: str | None = None
) -> UUID | None:
    """The vendor that can be reached there, itself or by somebody who speaks for it; none where nobody can.

    Of several records the active one, then the one that was used last. Both addresses in the form in which
    `resolvers.directory.addresses` reads them.
    """
    return await company_by_contact(work, operator, "vendor", phone=phone, email=email)


async def company_by_contact(
    work: Work, operator: UUID, kind: str, *, phone: str | None, email: str | None
) -> UUID | None:
    """The same for companies of any kind."""
    found: UUID | None = await work.value(_COMPANY, operator, kind, phone, email)
    return found
