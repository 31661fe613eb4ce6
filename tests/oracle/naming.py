"""Aliases: short ones, names of other fields, and such as are as long as PostgreSQL's identifiers may be, or longer."""

from __future__ import annotations

from collections.abc import Sequence

from tests.oracle.chance import Chance

_ODD = [
    "_parent",
    "_cursor",
    "_o0",
    "r",
    "k0",
    "p",
    "n",
    "count",
    "select",
    "null",
    "true",
    "Id",
    "ID",
    "_",
    "__x",
    "data",
]
_LONGEST_IDENTIFIER = 63


def alias(chance: Chance, names: Sequence[str]) -> str:
    """An alias; `names` are those of the fields beside it."""
    if chance.happens(0.0015):
        return "x" * (_LONGEST_IDENTIFIER + chance.randint(1, 9))
    if chance.happens(0.04):
        return "y" * (_LONGEST_IDENTIFIER - 1) + chance.choice("abc")
    match chance.randrange(6):
        case 0 | 1:
            return chance.choice(names)
        case 2:
            return chance.choice(_ODD)
        case _:
            return chance.choice("abcxyz") + str(chance.randrange(1000))
