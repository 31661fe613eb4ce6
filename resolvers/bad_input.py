"""Refusals of what a client wrote: GraphQL errors that say what was wrong, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from graphql import GraphQLError, Node


class BadInput(GraphQLError):  # noqa: N818 - what a client wrote, not a fault
    """An argument that cannot be followed."""

    def __init__(self, message: str, nodes: Sequence[Node] | None = None) -> None:
        super().__init__(message, nodes, extensions={"code": "BAD_USER_INPUT"})
