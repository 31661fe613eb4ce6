"""The arguments of what finds rows by a key, by ids, or by text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from resolvers.bad_input import BadInput
from resolvers.planner.filters import scalar_value, scalar_values
from resolvers.planner.pages import PageLimits
from resolvers.planner.plan import Compare, Found, Predicate
from resolvers.planner.slots import settled
from schema.supergraph.comparisons import Operator
from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity
from schema.vocabulary.scalar import ID

_LONGEST_TEXT = 200


def sought(keys: Sequence[tuple[str, Column]], arguments: Mapping[str, Any], field: str) -> Predicate:
    """The condition of a lookup by one of an entity's keys; null is as what was not written.

    Raises:
        BadInput: when not exactly one is given.
    """
    given = [(name, column) for name, column in keys if arguments.get(name) is not None]
    if len(given) != 1:
        names = " and ".join(name for name, _ in given)
        wrong = f"{names} ask for two rows at once" if given else f"no {' or '.join(name for name, _ in keys)} is given"
        raise BadInput(f"{field}: {wrong}. Give one of them.")
    ((name, column),) = given
    return Compare(column, Operator.EQ, scalar_value(column.scalar, arguments[name], f"{field}.{name}"))


def node_id(value: Any) -> Any:
    """The one id of `node`, in a list; or its slot."""
    return settled([scalar_value(ID, value, "node.id")], list)


def node_ids(values: Any, limits: PageLimits) -> Any:
    """The ids of `nodes`, or their slot.

    Raises:
        BadInput: when they are too many.
    """
    return scalar_values(ID, settled(values, partial(_few, most=limits.maximum)), "nodes.ids")


def text_search(searchable: Iterable[Entity], arguments: Mapping[str, Any], limits: PageLimits) -> Found:
    """What `search` is to find.

    Raises:
        BadInput: when the text is empty or too long.
    """
    names = {kind.value for kind in arguments.get("types") or ()}
    return Found(
        tuple(entity for entity in searchable if not names or entity.name in names),
        settled(arguments["text"], _text),
        limits.size(arguments.get("first"), "search.first"),
    )


def _few(values: list[str], most: int) -> list[str]:
    if len(values) > most:
        raise BadInput(f"nodes.ids names {len(values)} ids; at most {most} are found at once.")
    return values


def _text(text: str) -> str:
    found = text.strip()
    if not found or len(found) > _LONGEST_TEXT:
        raise BadInput(f"search.text has {len(found)} characters. Write between 1 and {_LONGEST_TEXT}.")
    return found
