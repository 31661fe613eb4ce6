"""Members of staff, as commands name them: whose time it is, and who still works here."""

from __future__ import annotations

from uuid import UUID

from resolvers.commands.contract.problems import Conflict, Forbidden, Invalid, Refused
from resolvers.commands.contract.work import Work
from schema.vocabulary.role import MANAGERS

# Locked, so that what the same member does at the same moment comes before or after.
_HOLD = """
SELECT id, name, active FROM team.team_members
WHERE CASE WHEN $1::uuid IS NULL THEN contact_id = $2 ELSE id = $1 END
FOR NO KEY UPDATE
"""
_INACTIVE = "SELECT name FROM team.team_members WHERE id = $1 AND NOT active"
_OWN = "SELECT id FROM team.team_members WHERE contact_id = $1"


async def own_member(work: Work) -> UUID | None:
    """The viewer's own place in the staff, if it has one."""
    found: UUID | None = await work.value(_OWN, work.viewer.contact_id)
    return found


async def hold_member(work: Work, named: UUID | None) -> UUID:
    """The member that was named, else the viewer itself. Raises Refused where that is nobody who works here now."""
    if named is not None:
        await refuse_others(work, named)
    member = await work.row(_HOLD, named, work.viewer.contact_id)
    if member is None:
        message = "You have no place in the staff yourself. Say whose it is."
        raise Refused(Invalid("MEMBER_NEEDED", message, path=("input", "memberId")))
    if not member["active"]:
        message = f"{member['name']} no longer works here."
        raise Refused(Conflict("MEMBER_INACTIVE", message, path=("input", "memberId")))
    found: UUID = member["id"]
    return found


async def refuse_others(work: Work, member: UUID, *, path: tuple[str, ...] = ("input", "memberId")) -> None:
    """Raises Refused where an agent speaks for another member."""
    if work.viewer.role not in MANAGERS and member != await own_member(work):
        message = "An agent logs its own time. A manager may log anybody's."
        raise Refused(Forbidden("OWN_TIME_ONLY", message, path=path, role="manager"))


async def refuse_inactive(work: Work, agent: UUID | None, *, path: tuple[str, ...] = ("input", "agentId")) -> None:
    """Raises Refused where tickets would go to a member who no longer works here."""
    if agent is not None and (name := await work.value(_INACTIVE, agent)) is not None:
        raise Refused(Conflict("MEMBER_INACTIVE", f"{name} no longer works here. Name somebody else.", path=path))
