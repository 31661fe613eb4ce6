"""What a driver's error means, as plain data: the one place where PostgreSQL's codes are read."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import asyncpg

from db.pool import PoolClosedError, PoolTimeoutError

Kind: TypeAlias = Literal["unavailable", "timeout", "invalid", "conflict", "refused", "denied", "fault"]
"""What can be done about it: try later, ask for less, send other values, read again and retry, do what the detail says,
ask for a right, or, for a fault, mend our code."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the database did not do what it was asked.

    Attributes:
        kind: What can be done about it.
        code: What happened; stable.
        message: PostgreSQL's or the driver's words. They may name what a viewer must not know.
        sqlstate: PostgreSQL's code, when it was PostgreSQL that refused.
        constraint: The constraint that was broken; triggers may name one too.
        table: The table, with its schema.
        column: The column.
        detail: More words, often with values of the row.
        hint: PostgreSQL's or a trigger's advice.
    """

    kind: Kind
    code: str
    message: str
    sqlstate: str | None = None
    constraint: str | None = None
    table: str | None = None
    column: str | None = None
    detail: str | None = None
    hint: str | None = None


# By the whole SQLSTATE, or its class (the first two). Source: PostgreSQL's documentation, appendix A.
_MEANINGS: dict[str, tuple[Kind, str]] = {
    "08": ("unavailable", "CONNECTION_LOST"),
    "0A000": ("fault", "UNSUPPORTED"),
    "22": ("invalid", "VALUE_INVALID"),
    "22003": ("invalid", "VALUE_OUT_OF_RANGE"),
    "22P05": ("invalid", "TEXT_INVALID"),
    "22021": ("invalid", "TEXT_INVALID"),
    "23": ("invalid", "CONSTRAINT_VIOLATED"),
    "23001": ("conflict", "ROW_PROTECTED"),
    "23502": ("invalid", "VALUE_MISSING"),
    "23503": ("invalid", "REFERENCE_BROKEN"),
    "23505": ("conflict", "VALUE_TAKEN"),
    "23514": ("invalid", "CHECK_VIOLATED"),
    "23P01": ("invalid", "RANGE_OVERLAPS"),
    "25006": ("denied", "READ_ONLY"),
    "25P03": ("timeout", "TRANSACTION_IDLE"),
    "25P04": ("timeout", "TRANSACTION_TIMED_OUT"),
    "28": ("unavailable", "LOGIN_REFUSED"),
    "3D000": ("unavailable", "DATABASE_MISSING"),
    "40": ("conflict", "TRANSACTION_ABORTED"),
    "40001": ("conflict", "SERIALIZATION_FAILED"),
    "40P01": ("conflict", "DEADLOCK"),
    "42501": ("denied", "PRIVILEGE_MISSING"),
    "53": ("unavailable", "RESOURCES_EXHAUSTED"),
    "53300": ("unavailable", "TOO_MANY_CONNECTIONS"),
    "55P03": ("conflict", "LOCKED"),
    "57014": ("timeout", "STATEMENT_TIMED_OUT"),
    "57P01": ("unavailable", "SERVER_STOPPED"),
    "57P02": ("unavailable", "SERVER_STOPPED"),
    "57P03": ("unavailable", "SERVER_STARTING"),
    "57P04": ("unavailable", "DATABASE_MISSING"),
    "58": ("unavailable", "SERVER_FAILED"),
    "P0001": ("invalid", "RAISED"),
    # Ours: what the lifecycle's triggers refuse, with JSON in the detail. Source: lifecycle.refuse.
    "TK001": ("refused", "TRANSITION_REFUSED"),
    "TK002": ("refused", "NOT_NOW"),
    "TK003": ("refused", "LIMIT_EXCEEDED"),
    "TK004": ("refused", "ROLE_NEEDED"),
    "TK005": ("fault", "COLUMN_FOLLOWS"),
}
_FAULT: tuple[Kind, str] = ("fault", "STATEMENT_FAILED")


def refusal(error: BaseException) -> Refusal | None:
    """What an error of the driver means; None when it is not one."""
    match error:
        case asyncpg.PostgresError():
            return _server(error)
        case PoolTimeoutError():
            return Refusal("unavailable", "POOL_EXHAUSTED", str(error))
        case PoolClosedError():
            return Refusal("unavailable", "POOL_CLOSED", str(error))
        case TimeoutError() if error.errno is None:  # asyncio's: a deadline of ours, not the network's
            return Refusal("timeout", "DEADLINE_PASSED", str(error) or "the deadline passed")
        case OSError():
            return Refusal("unavailable", "CONNECTION_FAILED", str(error) or type(error).__name__)
        case asyncpg.InterfaceError() | asyncpg.InternalClientError():
            return _driver(error)
    return None


def _server(error: asyncpg.PostgresError) -> Refusal:
    sqlstate = str(error.sqlstate)
    kind, code = _MEANINGS.get(sqlstate) or _MEANINGS.get(sqlstate[:2]) or _FAULT
    table = f"{error.schema_name}.{error.table_name}" if error.table_name else None
    return Refusal(
        kind=kind,
        code=code,
        message=str(error.args[0]),
        sqlstate=sqlstate,
        constraint=error.constraint_name,
        table=table,
        column=error.column_name,
        detail=error.detail,
        hint=error.hint,
    )


def _driver(error: asyncpg.InterfaceError | asyncpg.InternalClientError) -> Refusal:
    """An error that asyncpg found by itself; it tells some apart by their words only."""
    message = str(error)
    # The second: PostgreSQL has said that it ends the connection, and the socket's own end has not come yet.
    if "connection is closed" in message or message.startswith("cannot switch to state"):
        return Refusal("unavailable", "CONNECTION_LOST", message)
    return Refusal("fault", "DRIVER_FAILED", message)
