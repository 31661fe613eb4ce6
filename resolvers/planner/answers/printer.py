"""The printer of answers: one statement whose one value is the JSON of an operation's data, as bytes."""

from __future__ import annotations

from resolvers.planner.answer import (
    Cell,
    Choice,
    Connection,
    Constants,
    Derived,
    Figured,
    Grouped,
    Hits,
    Listed,
    Named,
    Nodewise,
    One,
    References,
    Shape,
    Told,
    Typename,
    Value,
)
from resolvers.planner.answers.connections import connection
from resolvers.planner.answers.figures import figured, grouped
from resolvers.planner.answers.members import member
from resolvers.planner.answers.records import derived, listed
from resolvers.planner.answers.references import references
from resolvers.planner.answers.rows import choice, hits, named, nodewise, one
from resolvers.planner.clauses import masked
from resolvers.planner.parameters import Parameters, Statement, literal, quote
from resolvers.planner.slots import Slot

_VIEWER = {
    name: Slot(name, lambda given, n=n: given.viewer.settings[n])  # type: ignore[misc] # the default is its number
    for n, name in enumerate(("viewer.role", "viewer.operator_id", "viewer.contact_id", "viewer.company_id"))
}


def print_answer(shape: Shape) -> Statement:
    """The statement; the viewer's settings are made in it, before anything else of it is evaluated.

    They are the transaction's, which is the statement: with it they end. That the rest waits for them is what CASE
    promises: a subquery is evaluated when the branch it stands in is taken.
    """
    printer = AnswerPrinter()
    data = f"SELECT textsend(row_to_json(o$)::text) FROM (SELECT {printer.columns(shape, '')}) AS o$"
    made = " || ".join(
        f"set_config({literal(name)}, {printer.parameters.bind(slot, 'text')}, true)" for name, slot in _VIEWER.items()
    )
    sql = f"SELECT CASE WHEN s.made IS NOT NULL THEN ({data}) END FROM (SELECT {made} AS made OFFSET 0) AS s"
    return Statement(sql, tuple(printer.parameters.values))


def print_rows(rows: Named) -> Statement:
    """The statement whose one value is the JSON of rows, as bytes; for a transaction that knows its viewer."""
    printer = AnswerPrinter()
    return Statement(f"SELECT textsend(({printer.value(rows, '')})::text)", printer.parameters.values)


class AnswerPrinter:
    """Prints one answer."""

    def __init__(self) -> None:
        self.parameters = Parameters()
        self.equal: dict[str, str] = {}

    def columns(self, shape: Shape, row: str) -> str:
        return ", ".join(f"{self.value(entry.value, row)} AS {quote(entry.key)}" for entry in shape.entries)

    def value(self, value: Value, row: str) -> str:
        match value:
            case Typename(name):
                return literal(name)
            case Cell(column):
                sql = f"{row}.{quote(column.name)}"
                return masked(column, row, member(column.scalar, sql, many=column.array))
            case Told(name, scalar, many):
                return member(scalar, f"{row}.{quote(name)}", many=many)
            case Shape(_, inside):
                over = f"({row}.{quote(inside)})" if inside else row
                return f"(SELECT row_to_json(o$) FROM (SELECT {self.columns(value, over)}) AS o$)"
            case One():
                return one(value, row, self)
            case Choice():
                return choice(value, row, self)
            case Connection():
                return connection(value, row, self)
            case Figured():
                return figured(value, row, self)
            case Grouped():
                return grouped(value, row, self)
            case Derived():
                return derived(value, row, self)
            case Listed():
                return listed(value, row, self)
            case Nodewise():
                return nodewise(value, self)
            case References():
                return references(value, self)
            case Named():
                return named(value, self)
            case Hits():
                return hits(value, self)
            case Constants():
                return self._constants(value)
        raise TypeError(f"{type(value).__name__} stands in a connection only")

    def _constants(self, value: Constants) -> str:
        columns = ", ".join(
            f"{self.parameters.bind(constant, postgres)} AS {quote(name)}"
            for name, (constant, postgres) in value.values.items()
        )
        return (
            f"(SELECT row_to_json(o$) FROM (SELECT {columns}) AS v"
            f" CROSS JOIN LATERAL (SELECT {self.columns(value.shape, 'v')}) AS o$)"
        )
