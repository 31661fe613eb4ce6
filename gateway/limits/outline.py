"""What a document asks for in outline: every selection is looked at once, whatever spreads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, OperationDefinitionNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphql import ArgumentNode, DocumentNode, SelectionNode, SelectionSetNode, ValueNode


@dataclass(slots=True)
class Part:
    """An operation or a fragment by itself; what it spreads is named, not followed."""

    depth: int = 0
    fields: int = 0
    root_fields: int = 0
    """Fields that do not stand in another field of this part."""
    aliases: int = 0
    directives: int = 0
    spreads: list[tuple[str, int, bool]] = field(default_factory=list)
    """Names of fragments, each with the depth that it stands at and whether it stands in no field."""
    arguments: list[ArgumentNode] = field(default_factory=list)
    """Those of its fields and directives."""
    defaults: dict[str, ValueNode] = field(default_factory=dict)
    """Those of its variables, by name."""


class Outline:
    """The parts of a document that is not validated yet: names may be unknown, fragments go in circles."""

    def __init__(self, document: DocumentNode) -> None:
        self.operations: list[tuple[OperationDefinitionNode, Part]] = []
        self.fragments: dict[str, Part] = {}
        for node in document.definitions:
            if isinstance(node, OperationDefinitionNode):
                self.operations.append((node, _part(node)))
            elif isinstance(node, FragmentDefinitionNode):
                self.fragments[node.name.value] = _part(node)
        self.order = tuple(self._innermost_first())
        """The fragments, each behind those that it spreads; in a circle, one of them comes first."""

    @property
    def parts(self) -> Iterator[Part]:
        yield from (part for _, part in self.operations)
        yield from self.fragments.values()

    def _innermost_first(self) -> Iterator[str]:
        seen: set[str] = set()
        for root in self.fragments:
            path = [(root, self._spread_by(root))] if root not in seen else []
            seen.add(root)
            while path:
                name, spreads = path[-1]
                inner = next((spread for spread in spreads if spread not in seen), None)
                if inner is None:
                    path.pop()
                    yield name
                else:
                    seen.add(inner)
                    path.append((inner, self._spread_by(inner)))

    def _spread_by(self, name: str) -> Iterator[str]:
        return (spread for spread, _, _ in self.fragments[name].spreads if spread in self.fragments)


def _part(node: OperationDefinitionNode | FragmentDefinitionNode) -> Part:
    part = Part()
    _note_directives(part, node)
    for definition in node.variable_definitions or ():
        _note_directives(part, definition)
        if definition.default_value is not None:
            part.defaults[definition.variable.name.value] = definition.default_value
    waiting: list[tuple[SelectionSetNode, int, bool]] = [(node.selection_set, 1, True)]
    while waiting:
        selections, depth, is_root = waiting.pop()
        part.depth = max(part.depth, depth)
        for selection in selections.selections:
            _note(part, selection, depth, is_root=is_root)
            below = getattr(selection, "selection_set", None)
            if below:
                waiting.append((below, depth + 1, is_root and not isinstance(selection, FieldNode)))
    return part


def _note(part: Part, selection: SelectionNode, depth: int, *, is_root: bool) -> None:
    _note_directives(part, selection)
    if isinstance(selection, FragmentSpreadNode):
        part.spreads.append((selection.name.value, depth, is_root))
    elif isinstance(selection, FieldNode):
        part.fields += 1
        part.root_fields += is_root
        part.aliases += selection.alias is not None
        part.arguments += selection.arguments or ()


def _note_directives(part: Part, node: object) -> None:
    for directive in getattr(node, "directives", None) or ():
        part.directives += 1
        part.arguments += directive.arguments or ()
