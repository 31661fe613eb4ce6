"""Reading JSON that strangers wrote."""

from __future__ import annotations

import json
from typing import NoReturn

import orjson

# Deeper values would pass orjson's own limit and then fail in code that follows them by recursion.
_DEEPEST = 128
# The shortest integer that orjson reads as a float, silently losing digits, has 19: beyond -2^63. A regular expression
# takes ten times as long to find it as a query's text takes to be read.
_LONG_INTEGER = b"0" * 19
_OUTLINE = bytes.maketrans(b"123456789[", b"0" * 9 + b"{")
"""All digits alike, and all that opens a level."""


class JsonRefused(ValueError):  # noqa: N818 - a refusal, in the words of the house
    """The text is not JSON, or is JSON that no request needs. The message says what and where."""


def read_json(text: bytes) -> object:
    """The value, every number in it as it was written. Raises `JsonRefused`.

    Refused beyond what is not JSON: NaN, Infinity, floats beyond a double, integers beyond 64 bits (they would lose
    digits), and nesting deeper than 128.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise JsonRefused(str(error)) from error
    outline = text.translate(_OUTLINE)
    if outline.count(b"{") > _DEEPEST and _is_deep(value):
        raise JsonRefused(f"it is nested deeper than {_DEEPEST} levels")
    if _LONG_INTEGER in outline:
        _refuse_long_integers(text)
    return value


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return False
    return True


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _refuse_long_integers(text: bytes) -> None:
    """Reads the text again, slowly: only the parser knows digits in a string from digits of a number."""

    def refuse(digits: str) -> NoReturn:
        shown = digits if len(digits) <= 24 else f"{digits[:24]}…"
        raise JsonRefused(f"it has the integer {shown}, which is beyond 64 bits; send it as a string")

    def integer(digits: str) -> int:
        return refuse(digits) if len(digits) > 20 or not -(2**63) <= int(digits) < 2**64 else 0

    json.loads(text, parse_int=integer)
