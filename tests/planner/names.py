"""The names and texts that may stand in a planned statement: those of declarations, those of SQL, and nobody's else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from schema.vocabulary.derived import Merged

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from schema.assembly.graph import Graph
    from schema.vocabulary.entity import Entity
    from schema.vocabulary.result import Item
    from tests.planner.parsed import Parsed

_OURS = re.compile(r"[a-z]{1,2}[0-9]*\$?[0-9]*|_[a-z]+|made|node|data|entity|rank|count|ordinality")
"""Aliases of the printer."""
_SQL = frozenset(
    [
        "pg_catalog",
        "access",
        "platform",
        "lifecycle",
        "C",
        "fold",
        "me",
        "role",
        "contact_id",
        "operator_id",
        "to_json",
        "row_to_json",
        "textsend",
        "set_config",
        "array_to_json",
        "coalesce",
        "array_agg",
        "row_number",
        "cardinality",
        "unnest",
        "jsonb_to_recordset",
        "translate",
        "encode",
        "convert_to",
        "json_build_array",
        "to_char",
        "date_trunc",
        "timezone",
        "upper",
        "strpos",
        "starts_with",
        "right",
        "length",
        "sum",
        "avg",
        "min",
        "max",
        "percentile_cont",
        "text",
        "uuid",
        "int4",
        "int8",
        "bool",
        "float8",
        "numeric",
        "date",
        "timestamp",
        "timestamptz",
        "jsonb",
        "=",
        "<>",
        "<",
        ">",
        "<=",
        ">=",
        "||",
        "@>",
        "&&",
        "+",
        "-",
        "#>>",
    ]
)
_TEXTS = frozenset({"\n", "UTF8", "base64", "UTC", 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"', "[]", "{}", ""})
_SETTINGS = frozenset({"viewer.role", "viewer.operator_id", "viewer.contact_id", "viewer.company_id"})


class Names:
    """What may stand in a statement over a graph. No dataclass: a failing example would print the whole graph."""

    def __init__(self, graph: Graph) -> None:
        declared = (name for entity in graph for name in _of(entity))
        self._declared = frozenset(part for name in declared for part in name.split("."))
        self._texts = _TEXTS | _SETTINGS | {"Query", "Viewer", "Operator"} | {entity.name for entity in graph}

    def strange(self, found: Parsed, keys: Collection[str]) -> set[str]:
        """Names that nobody declared, and that are no keys of the answer; texts that no one wrote for the printer."""
        names = found.names - self._declared - _SQL - set(keys)
        return {name for name in names if not _OURS.fullmatch(name)} | found.texts - self._texts


def _of(entity: Entity) -> Iterator[str]:
    yield entity.table
    yield f"search_{entity.table.replace('.', '_')}"
    yield from (column.name for column in entity.columns.values())
    yield from (f"access.{sight.among}" for sight in entity.sight)
    for edge in entity.edges.values():
        yield from (name for pair in edge.link.pairs for name in pair)
        if through := edge.link.through:
            yield from (through.table, through.own, through.target)
    for derived in entity.derived.values():
        if isinstance(derived, Merged):
            yield derived.view.table
            yield from (column.name for column in derived.view.columns.values())
        else:
            yield derived.function
            yield from _items(derived.item)


def _items(item: Item) -> Iterator[str]:
    yield item.name
    for inner in item.record.items if item.record else ():
        yield from _items(inner)
