"""What is checked before any handler runs: whether the viewer may, sees what the input names, and knows its version."""

from __future__ import annotations

from typing import Any

from resolvers.commands.contract.codes import Code
from resolvers.commands.contract.problems import Forbidden, Invalid, NotFound, RecentChange, Refused, VersionConflict
from resolvers.commands.contract.reading import Reading, Target
from resolvers.commands.contract.transaction import Transaction
from resolvers.planner.parameters import quote, table
from resolvers.planner.plan import All, Located
from resolvers.planner.printer import print_plan
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph
from schema.supergraph.inputs import EXPECTED_VERSION
from schema.vocabulary.command import Command
from schema.vocabulary.entity import Entity
from schema.vocabulary.role import ViewerRole

_EVENTS_SINCE = """
SELECT id FROM audit.events WHERE entity_id = $1 AND (details ->> 'version')::integer > $2 ORDER BY sequence LIMIT 100
"""
# With the viewer's own eyes: neither hidden events nor names of people that it does not see.
_CHANGES = """
SELECT e.event_type, e.actor_type, c.full_name AS actor,
       to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS occurred_at
FROM audit.events AS e LEFT JOIN directory.contacts AS c ON c.id = e.actor_id
WHERE e.id = ANY ($1::uuid[]) ORDER BY e.sequence
"""
_LEAST_FIRST = ("agent", "manager", "admin", "system", "vendor", "tenant", "guest", "homeowner")


def refuse_role(command: Command, viewer: Viewer) -> None:
    """Raises Refused when the viewer may not give this command at all; that depends on nothing else."""
    if not viewer.may_write or viewer.role is ViewerRole.ANALYST:
        message = "These credentials are for reading only. Come with a role and a key that may write."
        raise Refused(Forbidden(Code.READ_ONLY, message))
    if viewer.role not in command.by:
        able = sorted((role.value for role in command.by), key=_LEAST_FIRST.index)
        message = f"A {viewer.role.value} may not do this; these may: {', '.join(able)}."
        raise Refused(Forbidden(Code.ROLE_NEEDED, message, role=able[0]))


class Checks:
    """Of one command's input. `graph` is the viewer's prospect: what it does not have, the viewer cannot see."""

    def __init__(self, command: Command, reading: Reading, viewer: Viewer, graph: Graph) -> None:
        self._reading = reading
        self._viewer = viewer
        self._graph = graph
        self._subject = _target(command, reading)

    async def hold(self, transaction: Transaction) -> None:
        """Locks the subject. Raises Refused where a row is out of sight, or the subject's version another one."""
        unseen = await self._unseen(transaction)
        subject = self._subject
        if subject is not None and subject not in unseen:
            record = await self._lock(transaction, subject)
            if record is None:
                unseen.append(subject)
            elif not unseen:
                await self._hold_version(transaction, subject, record)
        if unseen:
            raise Refused(*(_not_found(target) for target in self._reading.targets if target in unseen))

    async def _unseen(self, transaction: Transaction) -> list[Target]:
        """The targets that the viewer does not see. To staff, a lock shows whether its subject is there."""
        own = self._subject if self._viewer.role.staff else None
        asked = [target for target in self._reading.targets if target is not own]
        entities = {target.entity for target in asked if target.entity in self._graph.entities}
        if not entities:
            return asked
        scopes = tuple((self._graph.entities[name], All()) for name in sorted(entities))
        located = print_plan(Located(scopes, tuple({target.id for target in asked})))
        records = await transaction.seen(located.sql, *located.parameters)
        seen = {(record["entity"], record["id"]) for record in records}
        return [target for target in asked if (target.entity, target.id) not in seen]

    async def _lock(self, transaction: Transaction, subject: Target) -> Any:
        """The subject's version, or anything else where it has none; None where there is no such row."""
        entity = self._graph.entities[subject.entity]
        column = "version" if _has_versions(entity) else "id"
        sql = f"SELECT {quote(column)} FROM {table(entity.table)} WHERE id = $1 FOR NO KEY UPDATE"  # noqa: S608 - names from declarations
        records = await transaction.rows(sql, subject.id)
        return records[0][0] if records else None

    async def _hold_version(self, transaction: Transaction, subject: Target, actual: Any) -> None:
        expected, path = self._reading.expected_version, ("input", EXPECTED_VERSION)
        if expected is None or expected == actual:
            return
        if not _has_versions(self._graph.entities[subject.entity]):
            message = f"Versions of {subject.entity} are not counted. Leave it out."
            raise Refused(Invalid(Code.VERSION_NOT_COUNTED, message, path=path))
        since = [record["id"] for record in await transaction.rows(_EVENTS_SINCE, subject.id, expected)]
        changes = [RecentChange(**change) for change in await transaction.seen(_CHANGES, since)] if since else []
        message = f"It is at version {actual}, not {expected}. Look at what has changed, then send the actual version."
        conflict = VersionConflict(
            Code.VERSION_CONFLICT, message, path=path, expected=expected, actual=actual, changes=changes
        )
        raise Refused(conflict)


def _target(command: Command, reading: Reading) -> Target | None:
    if command.subject is None:
        return None
    path = ("input", command.subject.field)
    return next(target for target in reading.targets if target.path == path)


def _has_versions(entity: Entity) -> bool:
    return "version" in entity.columns


def _not_found(target: Target) -> NotFound:
    return NotFound(Code.NOT_FOUND, f"There is no {target.entity} {target.id} that you can see.", path=target.path)
