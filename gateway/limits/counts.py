"""Bounds to how much an operation asks for, each fragment counted wherever it is spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import OperationType

from gateway.limits.bound import Bound
from gateway.limits.text import DEPTH

if TYPE_CHECKING:
    from gateway.limits.outline import Outline, Part
    from gateway.settings import Settings

OPERATIONS = Bound("document_operations", "The document has {} operations", "Send only the ones that are executed.")
VARIABLES = Bound(
    "operation_variables", "An operation declares {} variables", "Put values that belong together in one input object."
)
FIELDS = Bound(
    "operation_fields",
    "An operation selects {} fields, fragments counted wherever they are spread",
    "Select only what is shown, and ask for the rest in other requests.",
)
ROOT_FIELDS = Bound(
    "operation_root_fields",
    "An operation selects {} fields of its root",
    "Ask for many rows at once by `nodes(ids: …)` or a connection's `where`, not by a field for each.",
)
COMMANDS = Bound(
    "mutation_root_fields",
    "A mutation gives {} commands",
    "Send the others in another request, or use a command for many rows at once.",
)
ALIASES = Bound(
    "operation_aliases",
    "An operation has {} aliases, those in fragments counted wherever they are spread",
    "Ask for many rows at once by `nodes(ids: …)` or a connection's `where`, for figures by `groups`.",
)
DIRECTIVES = Bound(
    "operation_directives",
    "An operation has {} directives, those in fragments counted wherever they are spread",
    "Put @include and @skip on a fragment instead of on each of its fields.",
)


@dataclass(frozen=True, slots=True)
class _Counts:
    depth: int
    fields: int
    root_fields: int
    aliases: int
    directives: int


def hold_counts(outline: Outline, settings: Settings) -> None:
    """Takes time linear to the document. Raises `Refusal`."""
    OPERATIONS.hold(settings, len(outline.operations))
    known: dict[str, _Counts] = {}
    for name in outline.order:
        known[name] = _folded(outline.fragments[name], known)
    for operation, part in outline.operations:
        VARIABLES.hold(settings, len(operation.variable_definitions or ()))
        counts = _folded(part, known)
        DEPTH.hold(settings, counts.depth)
        DIRECTIVES.hold(settings, counts.directives)
        ALIASES.hold(settings, counts.aliases)
        ROOT_FIELDS.hold(settings, counts.root_fields)
        if operation.operation is OperationType.MUTATION:
            COMMANDS.hold(settings, counts.root_fields)
        FIELDS.hold(settings, counts.fields)


def _folded(part: Part, known: dict[str, _Counts]) -> _Counts:
    """With what it spreads; what is not known closes a circle or does not exist, and validation tells."""
    spread = [(known[name], depth, is_root) for name, depth, is_root in part.spreads if name in known]
    return _Counts(
        depth=max([part.depth, *(depth + counts.depth for counts, depth, _ in spread)]),
        fields=part.fields + sum(counts.fields for counts, _, _ in spread),
        root_fields=part.root_fields + sum(counts.root_fields for counts, _, is_root in spread if is_root),
        aliases=part.aliases + sum(counts.aliases for counts, _, _ in spread),
        directives=part.directives + sum(counts.directives for counts, _, _ in spread),
    )
