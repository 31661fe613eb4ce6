"""What each role sees, as a table for people: rendered from the declarations that policies are made of."""

from __future__ import annotations

from collections.abc import Iterator

from schema.assembly.graph import Graph
from schema.vocabulary.entity import Entity
from schema.vocabulary.role import OUTSIDERS, ViewerRole
from schema.vocabulary.sight import Sight

_HEAD = (
    "| table | vendor | tenant, guest | homeowner | never | only in some rows |\n| --- | --- | --- | --- | --- | --- |"
)
_ORDER = (ViewerRole.VENDOR, ViewerRole.TENANT, ViewerRole.HOMEOWNER)


def overview(graph: Graph) -> str:
    """A Markdown table: of each table that outsiders see, which rows, and which columns not or not always."""
    seen = sorted((entity for entity in graph if entity.sight), key=lambda entity: entity.table)
    unseen = ", ".join(sorted(f"`{entity.table}`" for entity in graph if not entity.sight))
    rows = "\n".join(f"| {' | '.join(_cells(entity))} |" for entity in seen)
    return f"{_HEAD}\n{rows}\n\nNothing of {unseen}.\n"


def _cells(entity: Entity) -> Iterator[str]:
    yield f"`{entity.table}`"
    for role in _ORDER:
        yield "; ".join(_rows(sight) for sight in entity.sight if role in sight.by) or "none"
    columns = entity.columns.values()
    yield ", ".join(f"`{c.name}`{_by(c.hidden_from)}" for c in columns if c.hidden_from) or "none"
    yield ", ".join(f"`{c.name}` ({c.mask.among}{_by(c.mask.by)})" for c in columns if c.mask) or "none"


def _rows(sight: Sight) -> str:
    only = "".join(f", {column} {' or '.join(values)}" for column, values in sight.only.items())
    return f"`{sight.column}` in {sight.among}{only}"


def _by(roles: frozenset[ViewerRole]) -> str:
    return "" if roles == OUTSIDERS else f" for {', '.join(sorted(role.value for role in roles))}"
