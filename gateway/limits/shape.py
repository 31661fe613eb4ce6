"""The shape of an answer: which lists stand in which, for a valid document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_list_type,
)

from gateway.limits.size import Fixed, Length, PageSize, page_size

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLSchema

    from gateway.limits.averages import Averages
    from gateway.settings import Settings

Size: TypeAlias = Fixed | PageSize | Length
_ONE = Fixed(1)
_LISTED = ("ids", "representations")
_SIZES = frozenset({"first", "last", *_LISTED})


@dataclass(slots=True)
class Selection:
    """What is selected of one object: how many leaves, which objects, which fragments."""

    leaves: int = 0
    objects: list[Objects] = field(default_factory=list)
    spreads: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Objects:
    """A field that gives one object or a list of some.

    `size` is None for a list as long as the page of the connection that it stands in; `page` is how long such lists
    below this field are.
    """

    size: Size | None
    page: Size
    is_row: bool
    is_schema: bool
    below: Selection


class Shapes:
    """The shapes of a document's operations and fragments."""

    def __init__(self, schema: GraphQLSchema, averages: Averages, document: DocumentNode, settings: Settings) -> None:
        self._schema = schema
        self._averages = averages
        self._settings = settings
        self.operations: dict[int, Selection] = {}
        """By the id of the operation's node."""
        self.variables: set[str] = set()
        """Those that say how long a list is."""
        self.fragments: dict[str, Selection] = {}
        for node in document.definitions:
            if isinstance(node, OperationDefinitionNode):
                root = schema.get_root_type(node.operation)
                self.operations[id(node)] = self._selection(root, node.selection_set)
            elif isinstance(node, FragmentDefinitionNode):
                on = schema.get_type(node.type_condition.name.value)
                self.fragments[node.name.value] = self._selection(on, node.selection_set)

    def _selection(self, parent: GraphQLNamedType | None, node: SelectionSetNode) -> Selection:
        found = Selection()
        self._collect(found, parent, node)
        return found

    def _collect(self, found: Selection, parent: GraphQLNamedType | None, node: SelectionSetNode) -> None:
        for selection in node.selections:
            if isinstance(selection, FragmentSpreadNode):
                found.spreads.append(selection.name.value)
            elif isinstance(selection, FieldNode):
                self._field(found, parent, selection)
            else:
                condition = selection.type_condition  # type: ignore[attr-defined] # an inline fragment
                on = self._schema.get_type(condition.name.value) if condition else parent
                self._collect(found, on, selection.selection_set)  # type: ignore[attr-defined]

    def _field(self, found: Selection, parent: GraphQLNamedType | None, node: FieldNode) -> None:
        if parent is None:
            raise LookupError(f"{node.name.value} is selected of nothing: the document is not valid")
        definition = self._schema.get_field(parent, node.name.value)  # type: ignore[arg-type] # it is composite
        if definition is None:
            raise LookupError(f"{parent.name} has no field {node.name.value}: the document is not valid")
        size, page = self._sizes(parent, definition, node)
        if node.selection_set is None and size in (None, _ONE):
            found.leaves += 1
            return
        kind = get_named_type(definition.type)
        found.objects.append(
            Objects(
                size=size,
                page=page,
                is_row=isinstance(size, PageSize) or is_abstract_type(kind) or "id" in getattr(kind, "fields", ()),
                is_schema=node.name.value in ("__schema", "__type"),
                below=self._selection(kind, node.selection_set) if node.selection_set else Selection(),
            )
        )

    def _sizes(self, parent: GraphQLNamedType, definition: GraphQLField, node: FieldNode) -> tuple[Size | None, Size]:
        """How many objects the field gives, and how long the lists of a page below it are."""
        is_list = is_list_type(get_nullable_type(definition.type))
        arguments = {a.name.value: a.value for a in node.arguments or () if a.name.value in _SIZES}
        self.variables.update(value.name.value for value in arguments.values() if isinstance(value, VariableNode))
        page = page_size(tuple(arguments[name] for name in ("first", "last") if name in arguments), self._settings)
        if "first" in definition.args:
            return (page, page) if is_list else (_ONE, page)
        if is_list and (listed := [arguments[name] for name in _LISTED if name in arguments]):
            return Length(listed[0]), page
        average = self._averages.get((parent.name, node.name.value))
        if average is not None:
            return Fixed(average), page
        return None if is_list else _ONE, page
