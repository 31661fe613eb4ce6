"""Variables that do not fit, told without names of the schema that are like theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import get_variable_values

from gateway.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLSchema, OperationDefinitionNode

_MOST_ERRORS = 8


def refuse_unfit(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> None:
    """Raises `Refusal` for what an engine would refuse too, but with "Did you mean …"."""
    definitions = operation.variable_definitions or ()
    found = get_variable_values(schema, definitions, dict(variables), _MOST_ERRORS, hide_suggestions=True)
    if isinstance(found, list):
        raise Refusal.of_document("BAD_USER_INPUT", found)
