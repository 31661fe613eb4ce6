"""The columns of what a function derives: those of its record, and of records inside, down to single values."""

from __future__ import annotations

from collections.abc import Iterator

from resolvers.planner.parameters import Parameters, quote, table
from resolvers.planner.plan import Derivation, Parents
from schema.vocabulary.result import Item


def derivation_select(plan: Derivation, parameters: Parameters) -> str:
    """`_parent` and the columns, by their paths; what the function gives of a key keeps its order."""
    if not isinstance(plan.parents, Parents):
        raise TypeError("a statement of its own derives of several rows")
    derived, (values,) = plan.derived, zip(*plan.parents.keys, strict=True)
    keys = parameters.bind(list(values), f"{derived.key.scalar.postgres}[]")
    columns = "".join(f", {sql} AS {quote(path)}" for path, sql in _columns(derived.item))
    return (
        f"SELECT (p.n - 1)::integer AS _parent{columns} FROM unnest({keys}) WITH ORDINALITY AS p (k, n)"
        f" JOIN {table(derived.function)}({keys}) WITH ORDINALITY AS f (_key) ON f._key = p.k"
        f" ORDER BY p.n, f.ordinality"
    )


def _columns(item: Item) -> Iterator[tuple[str, str]]:
    if item.record is None:
        yield from _leaves(item, item.name, f"f.{quote(item.name)}")
        return
    for inner in item.record.items:
        yield from _leaves(inner, inner.name, f"f.{quote(inner.name)}")


def _leaves(item: Item, path: str, sql: str) -> Iterator[tuple[str, str]]:
    """A value as its scalar prints it, a list of records as JSON, a record by what is inside."""
    if item.scalar is not None:
        yield path, sql if item.many else item.scalar.output.format(sql)
    elif item.many:
        yield path, f"{sql}::text"
    else:
        for inner in item.record.items if item.record else ():
            yield from _leaves(inner, f"{path}.{inner.name}", f"({sql}).{quote(inner.name)}")
