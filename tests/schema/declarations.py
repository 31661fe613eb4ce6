"""Makes modules of declarations from text, as a developer would write them."""

import sys
from itertools import count
from types import ModuleType

_PREAMBLE = """
from __future__ import annotations
from datetime import datetime
from decimal import Decimal
from uuid import UUID
from schema.enums import Priority
from schema.vocabulary.column import column
from schema.vocabulary.derived import derived, merged
from schema.vocabulary.edge import Many, One, Through, many, one, path, single
from schema.vocabulary.entity import entity
from schema.vocabulary.result import record, told
from schema.vocabulary.row import Edited, Owned, Shared
from schema.vocabulary.scalar import BigInt, Json
"""
_numbers = count()


def module(text: str) -> ModuleType:
    """A module of that text, with the vocabulary imported."""
    made = ModuleType(f"declarations_{next(_numbers)}")
    sys.modules[made.__name__] = made
    exec(compile(_PREAMBLE + text, made.__name__, "exec"), vars(made))  # noqa: S102 - the test's own text
    return made
