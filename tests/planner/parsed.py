"""SQL as PostgreSQL's own parser reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from pglast.parser import parse_sql_json

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = {"sval", "relname", "schemaname", "catalogname", "aliasname", "name", "colname", "ctename", "refname"}


@dataclass(frozen=True)
class Parsed:
    """One statement: its tree without the places in the text, the names in it, and the texts between quotes."""

    tree: Any
    names: frozenset[str]
    texts: frozenset[str]


def parsed(sql: str) -> Parsed:
    """The statement, which must be one, and a SELECT that changes nothing by its own form."""
    (statement,) = orjson.loads(parse_sql_json(sql))["stmts"]
    assert list(statement["stmt"]) == ["SelectStmt"]
    tree = _placeless(statement["stmt"])
    found = list(_strings(tree, quoted=False))
    assert not {kind for kind, _ in found} & {"IntoClause", "LockingClause", "CommonTableExpr"}
    return Parsed(
        tree,
        frozenset(value for kind, value in found if kind == "name"),
        frozenset(value for kind, value in found if kind == "text"),
    )


def _placeless(node: Any) -> Any:
    match node:
        case dict():
            return {key: _placeless(value) for key, value in node.items() if not key.endswith("location")}
        case list():
            return [_placeless(item) for item in node]
    return node


def _strings(node: Any, *, quoted: bool) -> Iterator[tuple[str, str]]:
    """Names and texts by kind, and the kinds of all nodes."""
    match node:
        case dict():
            for key, value in node.items():
                if key in _NAMES and isinstance(value, str):
                    yield ("text" if quoted else "name"), value
                elif key[:1].isupper():
                    yield key, key
                    yield from _strings(value, quoted=key == "A_Const")
                else:
                    yield from _strings(value, quoted=quoted)
        case list():
            for item in node:
                yield from _strings(item, quoted=quoted)
