"""Scalars: what a column holds, in Python, in PostgreSQL and in GraphQL.

One rule keeps every way of answering equal to the byte: String, Int, Boolean, ID and enums are native; every other
scalar leaves SQL as finished text, from the one expression that stands here.
"""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NewType
from uuid import UUID

import orjson

BigInt = NewType("BigInt", int)
Json = NewType("Json", object)

_INT8 = 2**63
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
_HEX = "[0-9a-fA-F]"
_UUID = re.compile(f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}")


@dataclass(frozen=True)
class Scalar:
    """A kind of value.

    `postgres` is the type of its parameters; `output` the SQL expression that prints it, with `{}` for the column;
    `parse` turns what a client wrote into what the driver takes (and leaves alone what it made before); it raises
    ValueError with the mending in words. `raw` marks printed text that is JSON already; `native` what PostgreSQL's JSON
    prints as this very text by itself. Sessions are in UTC.
    """

    name: str
    python: Any
    postgres: str
    output: str = "{}"
    parse: Callable[[Any], Any] = lambda value: value
    raw: bool = False
    native: bool = False
    number: bool = False
    enum: type[enum.Enum] | None = None

    @property
    def ordered(self) -> bool:
        """Whether `<` means something to a reader: numbers, moments and text, but not keys or vocabularies."""
        return self.enum is None and self.name not in {"ID", "Boolean", "JSON"}

    @property
    def moment(self) -> bool:
        """Whether it can be cut into hours, days, weeks and months."""
        return self.name in {"DateTime", "Date"}


def _uuid(value: Any) -> UUID:
    if isinstance(value, UUID):
        return value
    if not _UUID.fullmatch(str(value)):
        raise ValueError(
            f"{str(value)[:40]!r} is not an id: ids are UUIDs such as 018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"
        )
    return UUID(value)


def _big_int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str) or not re.fullmatch(r"[+-]?[0-9]{1,19}", str(value)):
        raise ValueError(f"{value!r} is not a BigInt: write whole digits, as a number or a string")
    number = int(value)
    if not -_INT8 <= number < _INT8:
        raise ValueError(f"{value} does not fit a BigInt (64 bits)")
    return number


def _decimal(value: Any) -> decimal.Decimal:
    try:
        if isinstance(value, bool) or len(text := str(value)) > 100 or not _DECIMAL.fullmatch(text):
            raise decimal.InvalidOperation
        number = decimal.Decimal(text)
    except decimal.InvalidOperation:
        number = decimal.Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 100:
        raise ValueError(f"{str(value)[:40]!r} is not a Decimal: write digits such as 12.50, as a number or a string")
    return number


def _int(value: Any) -> int:
    if not re.fullmatch(r"-?\d{1,10}", str(value)) or not -(2**31) <= int(value) < 2**31:
        raise ValueError(f"{value!r} is not an Int: write whole digits up to 2147483647")
    return int(value)


def _float(value: Any) -> float:
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{str(value)[:40]!r} is not a Float: write a number such as 0.25")
    return number


def _moment(value: Any) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    try:
        moment = dt.datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"{value!r} is not a DateTime: write it with its offset, as in 2026-11-02T09:00:00Z")
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError:
        raise ValueError(f"{value!r} is outside the years 1 to 9999") from None


def moment_text(moment: dt.datetime) -> str:
    """The moment as SQL prints it: in UTC, without zeros behind its seconds."""
    at = moment.astimezone(dt.UTC)
    fraction = f".{at.microsecond:06}".rstrip("0") if at.microsecond else ""
    return f"{at.replace(microsecond=0, tzinfo=None).isoformat()}{fraction}+00:00"


def _date(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is not a Date: write it as 2026-11-02") from None


def _json(value: Any) -> Any:
    try:
        whole = orjson.loads(orjson.dumps(value)) == value
    except (TypeError, ValueError) as error:
        raise ValueError(f"this is no JSON that can be compared ({error})") from None
    if not whole:
        raise ValueError("JSON has no infinite numbers")
    return value


ID = Scalar("ID", UUID, "uuid", parse=_uuid)
STRING = Scalar("String", str, "text")
INT = Scalar("Int", int, "integer", parse=_int, number=True)
BOOLEAN = Scalar("Boolean", bool, "boolean")
BIG_INT = Scalar("BigInt", BigInt, "bigint", "({})::text", _big_int, number=True)
DECIMAL = Scalar("Decimal", decimal.Decimal, "numeric", "({})::text", _decimal, number=True)
FLOAT = Scalar("Float", float, "double precision", "({})::text", _float, raw=True, number=True)
DATE_TIME = Scalar(
    "DateTime",
    dt.datetime,
    "timestamptz",
    "(to_json({}) #>> '{{}}')",
    _moment,
    native=True,
)
DATE = Scalar("Date", dt.date, "date", "({})::text", _date, native=True)
JSON = Scalar("JSON", Json, "jsonb", "({})::text", _json, raw=True)

SCALARS = {s.python: s for s in (ID, STRING, INT, BOOLEAN, BIG_INT, DECIMAL, FLOAT, DATE_TIME, DATE, JSON)}


@cache
def vocabulary(kind: type[enum.Enum]) -> Scalar:
    """The scalar of a closed vocabulary: text in PostgreSQL, an enum in GraphQL.

    Raises:
        ValueError: when SQL, which prints a value in upper case, would not print the name of its member.
    """
    if odd := [member for member in kind if member.name != str(member.value).upper()]:
        names = ", ".join(f"{member.name} = {member.value!r}" for member in odd)
        raise ValueError(f"{kind.__name__}: {names}. Name each member as its value in upper case.")
    return Scalar(kind.__name__, kind, "text", parse=lambda member: kind(member).value, enum=kind)
