"""Trials: an operation answered in both ways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError

from resolvers.failure import failure
from resolvers.operation import Operation
from resolvers.planner.declined import Declined
from tests.graph.client import is_fault
from tests.oracle.seat import Seat

_WORDS = 80
_MOST_TOLD = 3
_NULS = (r"\u0000", r"\x00")  # as a document and as Python write it


class Verdict(Enum):
    """What came of a trial."""

    EQUAL = "both ways answer the same bytes"
    DECLINED = "the planner leaves to the executor what the executor answers"
    REFUSED = "the executor tells an error, and the planner leaves it to do so"
    STRICT = "PostgreSQL refuses the planner a U+0000, to which the executor does not come"
    DIFFERENT = "the two ways answer different bytes"
    BOLD = "the planner answers what the executor tells an error about"
    FAILED = "the planner fails"
    FAULT = "the executor fails"

    @property
    def is_good(self) -> bool:
        return self in {Verdict.EQUAL, Verdict.DECLINED, Verdict.REFUSED, Verdict.STRICT}


@dataclass(frozen=True)
class Trial:
    """A verdict with what it rests on."""

    verdict: Verdict
    executor: str
    planner: str
    declined: str = ""
    """The coordinate that the planner declined for, and why."""

    @property
    def failure(self) -> str:
        """What somebody failed with; nothing where nobody did."""
        told = {Verdict.FAILED: self.planner, Verdict.FAULT: self.executor}.get(self.verdict, "")
        return told[:_WORDS]


async def tried(seat: Seat, text: str, name: str | None, variables: dict[str, Any]) -> Trial:
    """Asks both. Raises `gateway.refusal.Refusal` when the gateway would not ask either."""
    operation = seat.operation(text, name, variables)
    answer, errors = await _executed(seat, operation)
    if any(is_fault(error) for error in errors):
        return Trial(Verdict.FAULT, _told(errors), "")
    try:
        body = (await seat.planner.answer(operation, seat.pool)).decode()
    except Declined as declined:
        return Trial(Verdict.REFUSED if errors else Verdict.DECLINED, answer or _told(errors), "", str(declined))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the trial found
        return Trial(_failed(error, errors, operation), answer or _told(errors), repr(error))
    if errors:
        return Trial(Verdict.BOLD, _told(errors), body)
    return Trial(Verdict.EQUAL if body == answer else Verdict.DIFFERENT, answer, body)


async def _executed(seat: Seat, operation: Operation) -> tuple[str, list[GraphQLError]]:
    """The executor's body, or its errors."""
    try:
        result: ExecutionResult = await seat.executor.execute(operation, seat.viewer)
    except Exception as error:  # noqa: BLE001 - a fault of ours, told by what it is
        return "", [GraphQLError(str(error), path=[], original_error=error)]
    if result.errors:
        return "", result.errors
    return orjson.dumps({"data": result.data}).decode(), []


def _failed(error: Exception, errors: list[GraphQLError], operation: Operation) -> Verdict:
    """What it is that the planner's statement failed: no fault where a value was the client's."""
    if not isinstance(failure(error), GraphQLError):
        return Verdict.FAILED
    if errors:
        return Verdict.REFUSED
    return Verdict.STRICT if any(nul in f"{operation.text}{operation.variables!r}" for nul in _NULS) else Verdict.FAILED


def _told(errors: list[GraphQLError]) -> str:
    faults = [f"{error.message} {error.path} {error.original_error!r}" for error in errors if is_fault(error)]
    return "\n".join([*faults, *(error.message for error in errors)][:_MOST_TOLD])
