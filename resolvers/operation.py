"""What a transport hands over to be executed, and how it is told that nothing can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resolvers.timing import Timing

if TYPE_CHECKING:
    from graphql import DocumentNode, OperationType

    from resolvers.viewer import Viewer


@dataclass(eq=False, slots=True)
class Operation:
    """One GraphQL operation of a parsed and validated document, ready to be executed.

    `name` is that of the chosen operation, also where the request left the choice to the document; `variables` are
    as the client sent them: not yet coerced, names that the document does not declare among them. `explain` says what
    the viewer wants, and may, be told of the way a query is answered: its `sql`, PostgreSQL's `plan`.
    """

    document: DocumentNode
    text: str
    name: str | None
    kind: OperationType
    variables: dict[str, Any]
    request_id: str
    viewer: Viewer
    explain: frozenset[str] = frozenset()
    timing: Timing = field(default_factory=Timing)


class Unavailable(Exception):  # noqa: N818 - a state of the house, not a fault of the code: it reads better without Error
    """Nothing can be executed at the moment; the same request may succeed later.

    `reason` is shown to clients: it names no host, user or statement.
    """

    def __init__(self, reason: str, *, retry_after_s: int = 5) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after_s = retry_after_s
