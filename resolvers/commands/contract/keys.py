"""Idempotency keys: a command that comes again under its key is told again, and not done again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson

from resolvers.commands.contract.codes import Code
from resolvers.commands.contract.payload import Payload
from resolvers.commands.contract.problems import KeyReused, Refused
from resolvers.commands.contract.reading import Reading
from resolvers.commands.contract.transaction import Transaction
from resolvers.viewer import Viewer
from schema.supergraph.inputs import IDEMPOTENCY_KEY
from schema.vocabulary.command import Command

# Waits for a transaction that has the same key, until it is known what became of it. Some old keys go on the way.
_CLAIM = """
WITH forgotten AS (
    DELETE FROM access.command_keys WHERE (operator_id, principal, key) IN (
        SELECT k.operator_id, k.principal, k.key FROM access.command_keys AS k
        WHERE k.created_at < now() - interval '48 hours' ORDER BY k.created_at LIMIT 10 FOR UPDATE SKIP LOCKED)
)
INSERT INTO access.command_keys (operator_id, principal, key, command, input_hash) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING RETURNING true
"""
_KNOWN = """
SELECT command, input_hash, outcome FROM access.command_keys WHERE operator_id = $1 AND principal = $2 AND key = $3
"""
_KEEP = """
UPDATE access.command_keys SET outcome = $4::text::jsonb WHERE operator_id = $1 AND principal = $2 AND key = $3
"""


class KeyVanished(Exception):  # noqa: N818 - a state
    """The key was there when it was claimed, and gone when it was read: old keys are thrown away. Claim it again."""


class Key:
    """A key that a viewer sent with a command."""

    def __init__(self, command: Command, reading: Reading, viewer: Viewer) -> None:
        self._command = command
        self._reading = reading
        self._place = (viewer.operator_id, principal(viewer), reading.key)

    async def claim(self, transaction: Transaction) -> Payload | None:
        """None where the key is new, and now this transaction's; else what came of the command before.

        Raises Refused where the key was for something else.
        """
        mine = await transaction.rows(_CLAIM, *self._place, self._command.name, self._reading.hash)
        if mine:
            return None
        known = await transaction.rows(_KNOWN, *self._place)
        if not known:
            raise KeyVanished
        return self._replayed(known[0])

    async def keep(self, transaction: Transaction, payload: Payload) -> None:
        """Writes what came of the command, for the next time."""
        outcome = orjson.dumps({"told": payload.told, "events": [str(key) for key in payload.events]}).decode()
        await transaction.rows(_KEEP, *self._place, outcome)

    def _replayed(self, known: Any) -> Payload:
        if (known["command"], known["input_hash"]) != (self._command.name, self._reading.hash):
            message = "This idempotency key came with another command or another input before. Use a new one."
            raise Refused(KeyReused(Code.KEY_REUSED, message, path=("input", IDEMPOTENCY_KEY)))
        outcome = orjson.loads(known["outcome"])
        return Payload(outcome["told"], [UUID(key) for key in outcome["events"]])


def principal(viewer: Viewer) -> str:
    """Whose key it is: somebody in one role."""
    return "/".join(str(part) for part in (viewer.role.value, viewer.contact_id or "", viewer.company_id or ""))
