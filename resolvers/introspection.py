"""Introspection: questions about the schema alone need no database, and their answers never change."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

import orjson
from graphql import ExecutionResult, GraphQLSchema, OperationDefinitionNode, execute_sync

from resolvers.operation import Operation
from resolvers.selection import root_fields

_MOST = 64


class Introspection:
    """Answers what asks about the schema alone, once for each schema, text and set of variables: the standard question
    takes graphql-core half a second. Bounded; the answer asked for longest ago goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()

    async def answer(self, operation: Operation, schema: GraphQLSchema) -> ExecutionResult | bytes | None:
        """A finished body, or errors; None where the operation asks for more than the schema."""
        if not _only_introspects(operation):
            return None
        key = (schema, operation.text, operation.name, orjson.dumps(operation.variables))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        result = await asyncio.to_thread(
            execute_sync,
            schema,
            operation.document,
            variable_values=operation.variables,
            operation_name=operation.name,
        )
        if result.errors:
            return result
        body = self._kept[key] = orjson.dumps({"data": result.data})
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return body


def _only_introspects(operation: Operation) -> bool:
    names = {
        name
        for definition in operation.document.definitions
        if isinstance(definition, OperationDefinitionNode)
        and (operation.name is None or (definition.name and definition.name.value == operation.name))
        for name in root_fields(definition, operation.document)
    }
    return all(name.startswith("__") for name in names) and names != {"__typename"}
