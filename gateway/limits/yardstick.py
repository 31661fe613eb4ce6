"""What a schema measures: how long its lists are, and how large an answer is that tells all of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graphql import get_introspection_query, parse

from gateway.limits.answer import extent_of
from gateway.limits.averages import averages
from gateway.limits.outline import Outline
from gateway.limits.shape import Shapes

if TYPE_CHECKING:
    from graphql import DocumentNode, GraphQLSchema

    from gateway.limits.averages import Averages
    from gateway.settings import Settings


@dataclass(frozen=True)
class Yardstick:
    """Of one schema; measured when it is first needed."""

    schema: GraphQLSchema
    settings: Settings

    def shapes(self, document: DocumentNode) -> Shapes:
        """Those of a document that is valid by the schema."""
        return Shapes(self.schema, self._averages, document, self.settings)

    @cached_property
    def whole_schema(self) -> float:
        """How many values tell everything about it."""
        question = parse(
            get_introspection_query(
                specified_by_url=True,
                directive_is_repeatable=True,
                schema_description=True,
                input_value_deprecation=True,
            )
        )
        outline, shapes = Outline(question), self.shapes(question)
        (operation,) = shapes.operations.values()
        return extent_of(operation, shapes, outline.order, {}).schema_values

    @cached_property
    def _averages(self) -> Averages:
        return averages(self.schema)
