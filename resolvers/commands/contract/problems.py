"""Refusals: how a handler says that its command cannot be done, and every kind of problem that it may name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from schema.problems import (
    Conflict,
    Forbidden,
    Invalid,
    KeyReused,
    LimitExceeded,
    Missing,
    NotFound,
    RecentChange,
    TransitionRefused,
    VersionConflict,
)
from schema.vocabulary.problem import Problem

__all__ = [
    "Conflict",
    "Forbidden",
    "Invalid",
    "KeyReused",
    "LimitExceeded",
    "Missing",
    "NotFound",
    "Problem",
    "RecentChange",
    "Refused",
    "TransitionRefused",
    "VersionConflict",
    "at",
]


class Refused(Exception):  # noqa: N818 - what becomes of the command, not a fault
    """The command is not done: `raise Refused(Conflict("SLOT_TAKEN", "…", path=("input", "slotId")))`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{problem.code}: {problem.message}" for problem in problems))
        self.problems = problems


def at(problems: Iterable[Problem], path: tuple[str, ...]) -> tuple[Problem, ...]:
    """The same problems, with another place in the arguments."""
    return tuple(replace(problem, path=path) for problem in problems)
