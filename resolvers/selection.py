"""Looking ahead: which fields a selection asks for, through fragments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from schema.vocabulary.column import Column
from schema.vocabulary.entity import Entity

Fragments = Mapping[str, FragmentDefinitionNode]


def subfields(nodes: Iterable[FieldNode], fragments: Fragments) -> dict[str, list[FieldNode]]:
    """The fields selected below some fields, by name, whatever types their fragments are on.

    That may be more than is resolved, for a fragment's type may not fit and a directive may skip; never less.
    """
    return _fields([node.selection_set for node in nodes], fragments)


def root_fields(operation: OperationDefinitionNode, document: DocumentNode) -> Iterable[str]:
    """The names of the fields that an operation selects at the root."""
    definitions = document.definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    return _fields([operation.selection_set], fragments)


def _fields(waiting: list[SelectionSetNode | None], fragments: Fragments) -> dict[str, list[FieldNode]]:
    found: dict[str, list[FieldNode]] = {}
    seen: set[str] = set()
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
    """The columns behind some fields of an entity: their own, and those that edges and derived fields start from."""
    wanted = {"id"}
    for field in fields:
        if column := entity.column_of(field):
            wanted.add(column.name)
        elif edge := entity.edges.get(field) or entity.derived.get(field):
            wanted.update(edge.link.own)
    return tuple(column for name, column in entity.columns.items() if name in wanted)
