"""What PostgreSQL refuses, as problems: by its triggers' words, by the constraint's name, or by the kind of refusal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from db.refusals import Refusal, refusal
from resolvers.commands.contract.codes import Code
from resolvers.commands.contract.problems import (
    Conflict,
    Forbidden,
    Invalid,
    LimitExceeded,
    Missing,
    Problem,
    TransitionRefused,
)

BY_CONSTRAINT: Mapping[str, Problem] = {
    "time_entries_one_at_a_time": Conflict(
        "ENTRIES_OVERLAP", "The member has worked on something else then. End that first, or choose another time."
    ),
    "time_entries_end_after_start": Invalid(
        "ENDS_BEFORE_START", "It must end after it starts.", path=("input", "endedAt")
    ),
    "team_shifts_end_after_start": Invalid(
        "ENDS_BEFORE_START", "It must end after it starts.", path=("input", "endsAt")
    ),
    "tickets_other_reason_has_a_note": Invalid(
        "NOTE_MISSING", "Another reason than those listed needs a note that tells it.", path=("input", "note")
    ),
    "ticket_participants_ticket_id_contact_id_role_key": Conflict(
        "ALREADY_PARTICIPANT", "They take part in that role already."
    ),
    "tenancies_one_at_a_time": Conflict(
        "TENANCY_OVERLAPS", "They live there then already. End that tenancy first.", path=("input", "contactId")
    ),
    "tenancies_end_after_start": Invalid(
        "ENDS_BEFORE_START", "A tenancy ends on its first day at the earliest.", path=("input", "endsOn")
    ),
    "contacts_operator_id_number_key": Conflict(
        "NUMBER_TAKEN", "Another contact has this number.", path=("input", "number")
    ),
    "contacts_operator_id_external_id_key": Conflict(
        "EXTERNAL_ID_TAKEN", "Another contact has this name there.", path=("input", "externalId")
    ),
    "companies_operator_id_number_key": Conflict(
        "NUMBER_TAKEN", "Another company has this number.", path=("input", "number")
    ),
    "companies_operator_id_external_id_key": Conflict(
        "EXTERNAL_ID_TAKEN", "Another company has this name there.", path=("input", "externalId")
    ),
    "inventory_actions_quantity_check": Invalid(
        "QUANTITY_NOT_ABOVE_ZERO", "It must be above zero.", path=("input", "quantity")
    ),
    "ticket_inventory_events_quantity_used_check": Invalid(
        "QUANTITY_NOT_ABOVE_ZERO", "It must be above zero.", path=("input", "quantityUsed")
    ),
    "documents_operator_id_external_id_key": Conflict(
        "EXTERNAL_ID_TAKEN", "Another document has this name there.", path=("input", "externalId")
    ),
}
"""Constraints that say more than their kind does."""


def problem_of(error: BaseException) -> tuple[Problem, ...]:
    """Why the command cannot be done; nothing where the error is another attempt's, the house's or ours."""
    found = refusal(error)
    if found is None:
        return ()
    if known := BY_CONSTRAINT.get(found.constraint or ""):
        return (known,)
    match found.kind:
        case "refused":
            return (_told(found),)
        case "invalid":
            return (Invalid(found.code, _generic(found)),)
        case "conflict" if not may_retry(found):
            return (Conflict(found.code, _generic(found)),)
    return ()


def may_retry(found: Refusal | None) -> bool:
    """Whether the same command may succeed in another transaction: a deadlock, or what could not be serialised."""
    return found is not None and (found.sqlstate or "").startswith("40")


def _generic(found: Refusal) -> str:
    """Without PostgreSQL's words, which may tell of rows that the viewer must not know."""
    name = f" (constraint {found.constraint})" if found.constraint else ""
    if found.kind == "conflict":
        return f"Something else is in its place already{name}."
    return f"A value is not allowed here{name}."


def _told(found: Refusal) -> Problem:
    """By the detail of `lifecycle.refuse`."""
    detail: dict[str, Any] = orjson.loads(found.detail or "{}")
    code, message = detail.get("code", found.code), detail.get("message", found.message)
    match found.sqlstate:
        case "TK001":
            return TransitionRefused(
                Code.TRANSITION_REFUSED,
                message,
                from_status=detail["from"],
                to_status=detail["to"],
                allowed=detail["allowed"],
                missing=[Missing(**lacking) for lacking in detail["missing"]],
            )
        case "TK003":
            return LimitExceeded(code, message)
        case "TK004":
            return Forbidden(code, message, role=detail.get("role"))
    return Conflict(code, message)
