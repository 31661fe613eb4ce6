"""Documents, parsed and validated once each."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)

from gateway.refusal import Refusal

if TYPE_CHECKING:
    from graphql import GraphQLSchema

    from gateway.settings import Settings

_MOST_ERRORS = 20
_MOST_COMMENTS = 2_000
# A kept document takes about a hundred times its text: this is 60 MB at most.
_KEPT_CHARACTERS = 512 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """A valid document and its operations in their order."""

    node: DocumentNode
    text: str
    operations: tuple[OperationDefinitionNode, ...]

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The one to execute. Raises `Refusal` when there is none by this name, or several and no name."""
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
        self._rules = (*specified_rules, *(() if settings.introspection else (NoSchemaIntrospectionCustomRule,)))
        self._suggestions = settings.suggestions
        self._tokens = settings.document_tokens
        self._most = settings.documents_kept
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._characters = 0

    def get(self, text: str) -> Document:
        """The document of this text. Raises `Refusal` when it does not parse or is not valid."""
        document = self._kept.get(text)
        if document is None:
            document = self._read(text)
            self._keep(document)
        else:
            self._kept.move_to_end(text)
        return document

    def __len__(self) -> int:
        return len(self._kept)

    def _read(self, text: str) -> Document:
        try:
            node = parse(text, max_lexical_tokens=self._tokens, max_comments=_MOST_COMMENTS)
        except GraphQLSyntaxError as error:
            raise Refusal.of_document("GRAPHQL_PARSE_FAILED", [error]) from error
        errors = self._validated(node)
        if errors:
            raise Refusal.of_document("GRAPHQL_VALIDATION_FAILED", errors)
        return Document(node, text, tuple(d for d in node.definitions if isinstance(d, OperationDefinitionNode)))

    def _validated(self, node: DocumentNode) -> list[GraphQLError]:
        return validate(self._schema, node, self._rules, _MOST_ERRORS, hide_suggestions=not self._suggestions)

    def _keep(self, document: Document) -> None:
        if len(document.text) > _KEPT_CHARACTERS // 8:
            return
        self._kept[document.text] = document
        self._characters += len(document.text)
        while len(self._kept) > self._most or self._characters > _KEPT_CHARACTERS:
            text, _ = self._kept.popitem(last=False)
            self._characters -= len(text)
