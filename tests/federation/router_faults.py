"""What Hive Gateway 2.15.1 answers wrongly, whoever is behind it: operations that cannot be compared through it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    parse,
)

from deploy.federation.subgraph import SCHEMAS

_KEY = re.compile(r'@key\(fields: "(\w+)"\)')
_KEYS = {key for path in SCHEMAS.glob("*.graphql") for key in _KEY.findall(path.read_text(encoding="utf-8"))}


class Fault(Enum):
    """Each with what it leads to."""

    ONLY_TYPENAME = "nothing but __typename in a fragment is sent on as an empty operation, or not at all"
    TAKEN_KEY = "another field under the name of a key, such as `id`, meets the key that the router adds"
    HALF_SKIPPED = "a field that is asked for twice, first with @skip or @include, is left out as if both had it"
    SKIPPED_KEY = "so is a key with a directive, when the router needs it itself"


def faults_of(text: str) -> set[Fault]:
    """Those that a document would meet."""
    return set(_Reading(parse(text)).faults())


class _Reading:
    """A document, its selections merged as they are when it is executed."""

    def __init__(self, document: DocumentNode) -> None:
        self._operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
        fragments = [each for each in document.definitions if isinstance(each, FragmentDefinitionNode)]
        self._fragments = {fragment.name.value: fragment.selection_set for fragment in fragments}

    def faults(self) -> Iterator[Fault]:
        for operation in self._operations:
            yield from self._in([operation.selection_set])

    def _in(self, sets: list[SelectionSetNode]) -> Iterator[Fault]:
        merged: dict[str, list[tuple[FieldNode, bool]]] = {}
        for field, conditional in self._fields(sets, conditional=False):
            merged.setdefault(field.alias.value if field.alias else field.name.value, []).append((field, conditional))
        names = {field.name.value for fields in merged.values() for field, _ in fields}
        if names == {"__typename"} and any(not isinstance(each, FieldNode) for one in sets for each in one.selections):
            yield Fault.ONLY_TYPENAME
        for key, fields in merged.items():
            if key in _KEYS and fields[0][0].name.value != key:
                yield Fault.TAKEN_KEY
            if len(fields) > 1 and fields[0][1]:
                yield Fault.HALF_SKIPPED
            elif key in _KEYS and fields[0][1]:
                yield Fault.SKIPPED_KEY
            if below := [field.selection_set for field, _ in fields if field.selection_set]:
                yield from self._in(below)

    def _fields(self, sets: Iterable[SelectionSetNode], *, conditional: bool) -> Iterator[tuple[FieldNode, bool]]:
        """All fields, and whether a directive of theirs or around them may leave them out."""
        for each in (selection for one in sets for selection in one.selections):
            left_out = conditional or bool(each.directives)
            if isinstance(each, FieldNode):
                yield each, left_out
            elif isinstance(each, FragmentSpreadNode):
                yield from self._fields([self._fragments[each.name.value]], conditional=left_out)
            elif isinstance(each, InlineFragmentNode):
                yield from self._fields([each.selection_set], conditional=left_out)
