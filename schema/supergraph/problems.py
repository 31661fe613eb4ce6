"""Problems in Strawberry: an interface, and a type for each kind."""

from __future__ import annotations

from functools import cache
from typing import Any

from schema import problems
from schema.assembly.mistakes import Mistakes
from schema.assembly.results import Results
from schema.supergraph.define import define_interface, define_object
from schema.supergraph.records import item_fields
from schema.vocabulary.problem import Problem
from schema.vocabulary.result import Record


@cache
def problem_records() -> dict[type, Record]:
    """What all kinds of problems tell, and what each tells by itself."""
    mistakes = Mistakes()
    results = Results({}, mistakes)
    kinds = [kind for kind in vars(problems).values() if isinstance(kind, type) and issubclass(kind, Problem)]
    records = {kind: results.record(kind) for kind in kinds}
    mistakes.settle()
    return records


@cache
def problem_types() -> list[Any]:
    """The classes of all kinds of problems, made types of every graph that has commands."""
    records = problem_records()
    interface = records[Problem]
    define_interface(Problem, interface.description, item_fields(interface))
    return [
        define_object(kind, records[kind].description, item_fields(records[kind]), (Problem,))
        for kind in records
        if kind is not Problem
    ]
