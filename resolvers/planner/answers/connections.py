"""Connections as JSON: a page is read once, whatever is told of it."""

from __future__ import annotations

from collections.abc import Iterator

from resolvers.planner.answer import Choice, Connection, Edges, Entry, Nodes, PageFact, RowFact, Shape, Value
from resolvers.planner.answers.printing import Printing
from resolvers.planner.answers.rows import clause
from resolvers.planner.clauses import cursor, directed, order_joins, order_keys
from resolvers.planner.parameters import quote, table


def connection(value: Connection, row: str, printing: Printing) -> str:
    """The object of a connection."""
    return _Page(value, row, printing).object()


class _Page:
    def __init__(self, value: Connection, row: str, printing: Printing) -> None:
        self._value = value
        self._row = row
        self._printing = printing
        self._lists = [entry.value for entry in value.shape.entries if isinstance(entry.value, Nodes | Edges)]
        facts = set(_facts(value.shape))
        self._more = (PageFact.HAS_PREVIOUS if value.backward else PageFact.HAS_NEXT) in facts
        self._cursors = bool(facts & {PageFact.START, PageFact.END})
        self._reads = bool(self._lists) or self._more or self._cursors
        self._size = printing.parameters.bind(value.size, "bigint") if self._reads else ""

    def object(self) -> str:
        simple = not self._reads or (
            len(self._lists) == 1 and not (self._more or self._cursors or self._value.backward)
        )
        source = "" if simple else f" FROM ({self._gathered()}) AS p"
        columns = ", ".join(self._column(entry, simple=simple) for entry in self._value.shape.entries)
        return f"(SELECT row_to_json(o$) FROM (SELECT {columns}{source}) AS o$)"

    def _column(self, entry: Entry, *, simple: bool) -> str:
        return f"{self._member(entry.value, simple=simple)} AS {quote(entry.key)}"

    def _member(self, value: Value, *, simple: bool) -> str:
        match value:
            case Nodes() | Edges():
                if simple:
                    return f"array_to_json(ARRAY({self._read([value])}))"
                return f"coalesce(array_to_json(p.i{_place(self._lists, value)}), '[]')"
            case Shape(entries):
                columns = ", ".join(self._column(entry, simple=simple) for entry in entries)
                return f"(SELECT row_to_json(o$) FROM (SELECT {columns}) AS o$)"
            case PageFact():
                return self._fact(value)
        return self._printing.value(value, self._row)

    def _fact(self, fact: PageFact) -> str:
        match fact:
            case PageFact.START:
                return "p.c[1]"
            case PageFact.END:
                return "p.c[cardinality(p.c)]"
        if (fact is PageFact.HAS_PREVIOUS) is self._value.backward:
            return f"p.n > {self._size}"
        return self._printing.parameters.bind(self._value.bounded, "boolean")

    def _gathered(self) -> str:
        """The lists i0, i1 … and the cursors c of the page's rows, and how many rows were read."""
        names = [f"i{n}" for n in range(len(self._lists))] + ["c"] * self._cursors
        rows = f"({self._read(self._lists)}) AS r"
        if self._value.backward:
            rows = f"(SELECT r.*, row_number() OVER () AS n FROM {rows}) AS r"
            lists = [
                f"array_agg(r.{name} ORDER BY r.n DESC) FILTER (WHERE r.n <= {self._size}) AS {name}" for name in names
            ]
        else:
            page = f"[:{self._size}]" if self._more else ""
            lists = [f"(array_agg(r.{name})){page} AS {name}" for name in names]
        return f"SELECT {', '.join([*lists, 'count(*) AS n'])} FROM {rows}"

    def _read(self, lists: list[Nodes | Edges]) -> str:
        """The page's rows in the order that they are read in."""
        plan, parameters = self._value.rows, self._printing.parameters
        alias = parameters.alias()
        joins, join_sql = order_joins(plan.order, alias, parameters)
        where = clause(plan, self._row, alias, self._printing, joins)
        objects, told = "", []
        for n, item in enumerate(lists):
            if isinstance(item, Nodes) and isinstance(item.node, Choice):
                told.append(f"{self._printing.value(item.node, alias)} AS i{n}")
            else:
                objects += f" CROSS JOIN LATERAL (SELECT {self._object(item, alias, joins)}) AS o${n}"
                told.append(f"row_to_json(o${n}) AS i{n}")
        if self._cursors:
            told.append(f"{cursor(plan.order, plan.cursor, alias, joins, parameters)} AS c")
        sql = f"SELECT {', '.join(told)} FROM {table(plan.entity.table)} AS {alias}{join_sql}{objects} WHERE {where}"
        sql += f" ORDER BY {directed(order_keys(plan.order, alias, joins), plan.order)}"
        sql += f" LIMIT {self._size}{' + 1' * self._more}"
        return sql + (f" OFFSET {parameters.bind(plan.offset, 'bigint')}" if plan.offset else "")

    def _object(self, item: Nodes | Edges, alias: str, joins: dict[str, str]) -> str:
        if isinstance(item, Nodes):
            if isinstance(item.node, Choice):
                raise TypeError("a choice is no object of its own row")
            return self._printing.columns(item.node, alias)
        plan, parameters = self._value.rows, self._printing.parameters
        columns = []
        for entry in item.shape.entries:
            if entry.value is RowFact.CURSOR:
                sql = cursor(plan.order, plan.cursor, alias, joins, parameters)
            else:
                sql = self._printing.value(entry.value, alias)
            columns.append(f"{sql} AS {quote(entry.key)}")
        return ", ".join(columns)


def _facts(shape: Shape) -> Iterator[PageFact]:
    for entry in shape.entries:
        if isinstance(entry.value, PageFact):
            yield entry.value
        elif isinstance(entry.value, Shape):
            yield from _facts(entry.value)


def _place(lists: list[Nodes | Edges], value: Nodes | Edges) -> int:
    return next(n for n, each in enumerate(lists) if each is value)
