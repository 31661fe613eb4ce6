"""Problems as they are declared: a record that says why a command was not done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

from schema.vocabulary.result import told

P = TypeVar("P")


@dataclass_transform(frozen_default=True, field_specifiers=(told,))
def _first(cls: type[P]) -> type[P]:
    """What all problems have is given by position, in its order."""
    return dataclass(frozen=True)(cls)


@_first
class Problem:
    """Why a command was not done."""

    code: str = told("What the problem is; stable.")
    message: str = told("What the problem is, and how to mend it, in words.")
    path: tuple[str, ...] = told("Where in the arguments; empty where it is about the whole.", default=(), kw_only=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(told,))
def problem(cls: type[P]) -> type[P]:
    """Makes a class a problem: `Conflict("SLOT_TAKEN", "…", path=("input", "slotId"))`."""
    return dataclass(frozen=True, kw_only=True)(cls)
