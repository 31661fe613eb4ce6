"""The thing that executes, as the HTTP face sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from graphql import ExecutionResult, GraphQLSchema

    from resolvers.operation import Operation
    from resolvers.viewer import Viewer


class Engine(Protocol):
    """Executes operations against one schema."""

    async def schema_of(self, viewer: Viewer) -> GraphQLSchema:
        """The schema as the viewer sees it: its documents are validated against it, `/schema.graphql` prints it.

        Viewers of one role get the very same object.
        """
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
