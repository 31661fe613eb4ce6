"""Documents, parsed, validated and held against the limits once each."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    MaxIntrospectionDepthRule,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OverlappingFieldsCanBeMergedRule,
    specified_rules,
    validate,
)

from gateway.limits.demands import Demands, Structure
from gateway.limits.introspection import IntrospectionDepthRule
from gateway.limits.overlap import overlap_rule
from gateway.limits.text import parsed
from gateway.limits.yardstick import Yardstick
from gateway.refusal import Refusal
from gateway.unfit import refuse_unfit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import ASTValidationRule, GraphQLSchema

    from gateway.settings import Settings

# Each may bring suggestions, which take 8 ms to find among the fields of a large type.
_MOST_ERRORS = 8
# A kept document takes about a hundred times its text: this is 60 MB at most.
_KEPT_CHARACTERS = 512 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document and its operations in their order."""

    node: DocumentNode
    text: str
    operations: tuple[OperationDefinitionNode, ...]
    demands: Demands
    hushed: GraphQLSchema | None
    """Where suggestions are off: the schema that variables must fit, for an engine would suggest what fits."""

    def operation(self, name: str | None, variables: Mapping[str, Any]) -> OperationDefinitionNode:
        """The one to execute.

        Raises `Refusal` when there is none by this name, or several and no name, or when it asks too much with these
        variables (as they were sent).
        """
        operation = self._named(name)
        self.demands.hold(operation, variables)
        if self.hushed is not None:
            refuse_unfit(self.hushed, operation, variables)
        return operation

    def _named(self, name: str | None) -> OperationDefinitionNode:
        if name is None and len(self.operations) == 1:
            return self.operations[0]
        for operation in self.operations:
            if name is not None and operation.name is not None and operation.name.value == name:
                return operation
        raise Refusal.because(None, "OPERATION_RESOLUTION_FAILURE", self._unresolved(name))

    def _unresolved(self, name: str | None) -> str:
        names = ", ".join(operation.name.value for operation in self.operations if operation.name) or "none has a name"
        if not self.operations:
            return "The document has no operation, only fragments. Add a query or a mutation."
        if name is None:
            return f"The document has {len(self.operations)} operations: say which in 'operationName' ({names})."
        return f"The document has no operation named '{name[:100]}'. Its operations: {names}."


class Documents:
    """The valid documents used last, by their text; what is refused is not kept.

    Bounded by number and by the length of all texts. Nothing here awaits, so that requests cannot interleave.
    """

    def __init__(self, schema: GraphQLSchema, settings: Settings) -> None:
        self._schema = schema
        self._settings = settings
        self._yardstick = Yardstick(schema, settings)
        self._rules = _rules(settings)
        self._most = settings.documents_kept
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0
        self.hits = 0
        self.misses = 0

    def get(self, text: str) -> Document:
        """The document of this text. Raises `Refusal` when it does not parse or is not valid."""
        document = self._kept.get(text)
        if document is None:
            self.misses += 1
            document = self._read(text)
            self._keep(document)
        else:
            self.hits += 1
            self._kept.move_to_end(text)
        return document

    def __len__(self) -> int:
        return len(self._kept)

    def _read(self, text: str) -> Document:
        try:
            node = parsed(text, self._settings)
        except GraphQLSyntaxError as error:
            raise Refusal.of_document("GRAPHQL_PARSE_FAILED", [error]) from error
        structure = Structure(node, self._settings)
        errors = self._validated(node)
        if errors:
            raise Refusal.of_document("GRAPHQL_VALIDATION_FAILED", errors)
        demands = Demands(structure, self._yardstick)
        operations = tuple(operation for operation, _ in structure.outline.operations)
        return Document(node, text, operations, demands, None if self._settings.suggestions else self._schema)

    def _validated(self, node: DocumentNode) -> list[GraphQLError]:
        hidden = not self._settings.suggestions
        return validate(self._schema, node, self._rules, _MOST_ERRORS, hide_suggestions=hidden)

    def _keep(self, document: Document) -> None:
        if len(document.text) > _KEPT_CHARACTERS // 8:
            return
        self._kept[document.text] = document
        self._characters += len(document.text)
        while len(self._kept) > self._most or self._characters > _KEPT_CHARACTERS:
            text, _ = self._kept.popitem(last=False)
            self._characters -= len(text)


def _rules(settings: Settings) -> tuple[type[ASTValidationRule], ...]:
    """graphql-core's, with ours in the place of those that have limits."""
    introspection = IntrospectionDepthRule if settings.introspection else NoSchemaIntrospectionCustomRule
    ours: dict[type[ASTValidationRule], type[ASTValidationRule]] = {
        MaxIntrospectionDepthRule: introspection,
        OverlappingFieldsCanBeMergedRule: overlap_rule(settings),
    }
    return tuple(ours.get(rule, rule) for rule in specified_rules)
