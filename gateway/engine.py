"""The thing that executes, as the HTTP face sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from graphql import ExecutionResult, GraphQLSchema

    from resolvers.operation import Operation


class Engine(Protocol):
    """Executes operations against one schema."""

    @property
    def schema(self) -> GraphQLSchema:
        """The schema that documents are validated against and that `/schema.graphql` prints."""
        ...

    async def execute(self, operation: Operation) -> ExecutionResult | bytes:
        """Answer one operation, or be cancelled: by a client that hangs up, a deadline, the end of the server.

        Bytes are a finished response body with `data`, passed through untouched. In a result, errors without a path
        and without data mean that the request was refused before it ran (its variables did not fit, say).

        Raises `Unavailable` (itself, or from a resolver) when nothing can be executed at the moment.
        """
        ...

    async def ready(self) -> str | None:
        """None when operations can be executed, otherwise the reason in words."""
        ...
