"""Looking ahead: which fields a selection asks for, through fragments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, SelectionSetNode

from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity

Fragments = Mapping[str, FragmentDefinitionNode]


def subfields(nodes: Iterable[FieldNode], fragments: Fragments) -> dict[str, list[FieldNode]]:
    """The fields selected below some fields, by name, whatever types their fragments are on.

    That may be more than is resolved, for a fragment's type may not fit and a directive may skip; never less.
    """
    found: dict[str, list[FieldNode]] = {}
    seen: set[str] = set()
    waiting: list[SelectionSetNode | None] = [node.selection_set for node in nodes]
    while waiting:
        selection_set = waiting.pop()
        for selection in selection_set.selections if selection_set else ():
            if isinstance(selection, FieldNode):
                found.setdefault(selection.name.value, []).append(selection)
            elif isinstance(selection, FragmentSpreadNode):
                if selection.name.value not in seen:
                    seen.add(selection.name.value)
                    waiting.append(fragments[selection.name.value].selection_set)
            else:
                waiting.append(selection.selection_set)  # type: ignore[attr-defined] # an inline fragment
    return found


def needed_columns(entity: Entity, fields: Iterable[str]) -> tuple[Column, ...]:
    """The columns behind some fields of an entity: their own, and those that their edges start from."""
    wanted = {"id"}
    for field in fields:
        if column := entity.column_of(field):
            wanted.add(column.name)
        elif edge := entity.edges.get(field):
            wanted.update(edge.link.own)
    return tuple(column for name, column in entity.columns.items() if name in wanted)
