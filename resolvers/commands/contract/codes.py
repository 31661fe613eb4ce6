"""The codes of problems that the contract itself finds; commands and the database have codes of their own."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Code(StrEnum):
    """What may be wrong with any command. Clients rely on them: none changes its meaning."""

    READ_ONLY = "READ_ONLY"
    ROLE_NEEDED = "ROLE_NEEDED"
    NOT_FOUND = "NOT_FOUND"
    KEY_REUSED = "KEY_REUSED"
    VERSION_CONFLICT = "VERSION_CONFLICT"
    VERSION_NOT_COUNTED = "VERSION_NOT_COUNTED"
    TRY_AGAIN = "TRY_AGAIN"
    TRANSITION_REFUSED = "TRANSITION_REFUSED"

    ID_MALFORMED = "ID_MALFORMED"
    VALUE_MISSING = "VALUE_MISSING"
    TEXT_EMPTY = "TEXT_EMPTY"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    TEXT_UNPRINTABLE = "TEXT_UNPRINTABLE"
    NUMBER_OUT_OF_RANGE = "NUMBER_OUT_OF_RANGE"
    MOMENT_OUT_OF_RANGE = "MOMENT_OUT_OF_RANGE"
    LIST_TOO_LONG = "LIST_TOO_LONG"
    LIST_REPEATS = "LIST_REPEATS"
    JSON_TOO_LARGE = "JSON_TOO_LARGE"
