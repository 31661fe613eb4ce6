"""What a document's operations demand, held against every limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gateway.limits.answer import Answer
from gateway.limits.conditions import Conditions
from gateway.limits.counts import hold_counts
from gateway.limits.inputs import Inputs
from gateway.limits.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import DocumentNode, OperationDefinitionNode

    from gateway.limits.yardstick import Yardstick
    from gateway.settings import Settings


class Structure:
    """What can be told of a document that is not validated yet, so that validation has little to do."""

    def __init__(self, document: DocumentNode, settings: Settings) -> None:
        """Raises `Refusal` where the document alone, without variables, asks too much."""
        self.document = document
        self.outline = Outline(document)
        hold_counts(self.outline, settings)
        self.inputs = Inputs(self.outline, settings)
        self.conditions = Conditions(self.outline, settings)
        for operation, _ in self.outline.operations:
            self.conditions.hold(operation, {})


class Demands:
    """What operations of a valid document demand, with their variables."""

    def __init__(self, structure: Structure, yardstick: Yardstick) -> None:
        """Raises `Refusal` where an operation asks too much whatever its variables."""
        self._inputs = structure.inputs
        self._conditions = structure.conditions
        shapes = yardstick.shapes(structure.document)
        self._answer = Answer(shapes, structure.outline.order, yardstick.whole_schema, yardstick.settings)
        for operation, _ in structure.outline.operations:
            if not self._answer.varies:
                self._answer.hold(operation, {})

    def hold(self, operation: OperationDefinitionNode, variables: Mapping[str, Any]) -> None:
        """Raises `Refusal` when the variables are too much, or the operation asks too much with them."""
        if variables:
            self._inputs.hold(variables)
        if self._conditions.vary:
            self._conditions.hold(operation, variables)
        if self._answer.varies:
            self._answer.hold(operation, variables)
