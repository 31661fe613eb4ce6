"""Payloads of commands: the rows that they tell of, each field by one statement, in the command's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLField,
    GraphQLSchema,
    NameNode,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    visit,
)

from resolvers.planner.answers.printer import print_rows
from resolvers.planner.composition.composer import Composer
from resolvers.planner.plans import Plan
from resolvers.planner.selection.fields import Field
from resolvers.planner.slots import Given, Slot
from schema.supergraph.field import meaning_of
from schema.supergraph.meaning import Outcome, Tell
from schema.vocabulary.command import EVENT
from schema.vocabulary.result import RowResult

_NAME = SelectionSetNode(selections=(FieldNode(name=NameNode(value="__typename")),))
Place = tuple[str, str]
"""The keys, in the response, of a command and of a field of its payload."""


@dataclass(frozen=True)
class PayloadPlans:
    """Plans of the rows that a mutation's payloads tell of; `document` is the mutation without what they read."""

    document: DocumentNode
    plans: Mapping[Place, Plan]

    @property
    def size(self) -> int:
        """Characters of SQL."""
        return sum(len(plan.sql) for plan in self.plans.values())

    def held(self, given: Given) -> PayloadPlans:
        """Themselves, when all that the request brings can be asked for.

        Raises:
            BadInput: when it cannot.
        """
        for plan in self.plans.values():
            plan.bound(given)
        return self


def payload_plans(
    schema: GraphQLSchema,
    document: DocumentNode,
    fields: tuple[Field, ...],
    composer: Composer,
    checks: dict[Slot, None],
) -> PayloadPlans:
    """The plans of the rows below the fields of a mutation's root.

    Raises:
        Declined: where one cannot be planned.
        BadInput: where an argument cannot be followed.
    """
    plans: dict[Place, Plan] = {}
    for command in fields:
        for field in command.only if command.definition else ():
            found = _told(field.definition) if field.definition else None
            if found is not None:
                entity, single = found
                plans[command.key, field.key] = Plan(print_rows(composer.named(entity, field, single=single)), checks)
    info = TypeInfo(schema)
    return PayloadPlans(visit(document, TypeInfoVisitor(info, _Trimming(schema, info))), plans)


def _told(definition: GraphQLField) -> tuple[str, bool] | None:
    """The entity that a payload's field tells rows of, and whether of one."""
    match meaning_of(definition):
        case Tell(RowResult() as result):
            return result.entity, not result.many
        case Outcome.EVENTS:
            return EVENT, False
    return None


class _Trimming(Visitor):
    """Takes away what payloads' fields select of rows."""

    def __init__(self, schema: GraphQLSchema, info: TypeInfo) -> None:
        super().__init__()
        root = schema.mutation_type
        self._payloads = {get_named_type(field.type) for field in root.fields.values()} if root else set()
        self._info = info

    def enter_field(self, node: FieldNode, *_: Any) -> FieldNode | None:
        definition = self._info.get_field_def()
        if definition is None or node.name.value == "__typename" or self._info.get_parent_type() not in self._payloads:
            return None
        if _told(definition) is None:
            return None
        return FieldNode(
            alias=node.alias, name=node.name, arguments=node.arguments, directives=node.directives, selection_set=_NAME
        )
