"""The planner: one operation → one statement → the bytes of its answer."""

from __future__ import annotations

import time
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError, OperationDefinitionNode

from db.kept import Kept
from db.pool import Pool
from resolvers.explanation import explanation
from resolvers.operation import Operation
from resolvers.planner.answer import Shape
from resolvers.planner.answers.printer import print_answer
from resolvers.planner.composition.composer import Composer
from resolvers.planner.declined import Declined
from resolvers.planner.pages import PageLimits
from resolvers.planner.parameters import Statement
from resolvers.planner.payloads import PayloadPlans, payload_plans
from resolvers.planner.plans import Plan
from resolvers.planner.selection.fields import Field, select
from resolvers.planner.selection.variables import Variables
from resolvers.planner.slots import Given, Slot
from schema.supergraph.supergraph import Supergraph
from schema.vocabulary.role import ViewerRole

# Characters of documents, and of their SQL.
_MOST_DOCUMENTS = 1024 * 1024
_MOST_PLANS = 8 * 1024 * 1024


@dataclass(frozen=True)
class Stages:
    """What becomes of an operation: the fields it selects, the answer they ask for, the statement that gives it."""

    fields: tuple[Field, ...]
    answer: Shape
    plan: Plan


class Planner:
    """Plans the queries of one schema for one role; staff, who share a schema, share a planner."""

    def __init__(self, supergraph: Supergraph, role: ViewerRole, limits: PageLimits) -> None:
        self._schema = supergraph.graphql
        self._composer = Composer(supergraph.graph, role, limits)
        self._vocabularies = {
            column.scalar.enum.__name__
            for entity in supergraph.graph
            for column in entity.columns.values()
            if column.scalar.enum
        }
        self._variables: Kept[Variables] = Kept(_MOST_DOCUMENTS)
        self._payloads: Kept[PayloadPlans] = Kept(_MOST_DOCUMENTS)
        self.plans: Kept[Plan | Declined] = Kept(_MOST_PLANS)

    def plan(self, operation: Operation) -> Statement:
        """The statement that answers the operation, with this request's parameters.

        Raises:
            Declined: where there is none.
        """
        variables, coerced = self._coerced(operation)
        key = (operation.text, operation.name, variables.shape(coerced))
        try:
            plan = self.plans.get(key) or self._planned(operation, variables, coerced, key)
            if isinstance(plan, Declined):
                raise Declined(plan.coordinate, plan.why)
            return plan.bound(Given(coerced, operation.viewer))
        except GraphQLError as error:
            raise Declined("Query", "the executor tells what is wrong with an argument") from error

    def payloads(self, operation: Operation) -> tuple[PayloadPlans, Given]:
        """How the rows that a mutation's payloads tell of are read, and what this request brings for that.

        Raises:
            Declined: where some cannot be planned.
        """
        variables, coerced = self._coerced(operation)
        key, given = (operation.text, operation.name, variables.shape(coerced)), Given(coerced, operation.viewer)
        try:
            found = self._payloads.get(key)
            if found is None:
                fields, checks = self._selected(operation, variables, coerced)
                found = payload_plans(self._schema, operation.document, fields, self._composer, checks)
                self._payloads.put(key, found, found.size + len(operation.text))
            return found.held(given), given
        except GraphQLError as error:
            raise Declined("Mutation", "the executor tells what is wrong with an argument") from error

    def stages(self, operation: Operation) -> Stages:
        """Every stage, made anew.

        Raises:
            Declined: where there is no statement.
            BadInput: where an argument cannot be followed.
        """
        variables, coerced = self._coerced(operation)
        return self._stages(operation, variables, coerced)

    async def answer(self, operation: Operation, pool: Pool) -> bytes:
        """The body of the response, with the explanation that the operation wants.

        Raises:
            Declined: where no statement answers it: nothing was read.
            Exception: the driver's.
        """
        timing, began = operation.timing, time.perf_counter()
        try:
            statement = self.plan(operation)
        finally:
            planned = time.perf_counter()
            timing.plan_s += planned - began
        try:
            async with pool.connection() as connection:
                data = await pool.prepared(connection).value(statement.sql, statement.parameters)
        finally:
            timing.statement(statement.sql, time.perf_counter() - planned)
        if not operation.explain:
            answered = time.perf_counter()
            body: bytes = b'{"data":%b}' % data
            timing.bytes_s += time.perf_counter() - answered
            return body
        told = await explanation([statement], operation, pool)
        return b'{"data":%b,"extensions":%b}' % (data, orjson.dumps(told))

    def _coerced(self, operation: Operation) -> tuple[Variables, Mapping[str, Any]]:
        key = (operation.text, operation.name)
        variables = self._variables.get(key)
        if variables is None:
            variables = Variables(self._schema, _node(operation), self._vocabularies)
            self._variables.put(key, variables, len(operation.text))
        coerced = variables.coerced(operation.variables)
        if coerced is None:
            raise Declined("Query", "its variables do not fit")
        return variables, coerced

    def _planned(
        self, operation: Operation, variables: Variables, coerced: Mapping[str, Any], key: Hashable
    ) -> Plan | Declined:
        """Makes a plan, or notes why there is none, and keeps that."""
        plan: Plan | Declined
        size = len(operation.text)
        try:
            plan = self._stages(operation, variables, coerced).plan
            size += len(plan.sql)
        except Declined as declined:
            plan = Declined(declined.coordinate, declined.why)  # without its traceback, which holds the request
        self.plans.put(key, plan, size)
        return plan

    def _stages(self, operation: Operation, variables: Variables, coerced: Mapping[str, Any]) -> Stages:
        fields, checks = self._selected(operation, variables, coerced)
        if all(field.definition is None for field in fields):
            raise Declined("Query.__typename", "it takes no statement")
        answer = self._composer.root(fields)
        return Stages(fields, answer, Plan(print_answer(answer), checks))

    def _selected(
        self, operation: Operation, variables: Variables, coerced: Mapping[str, Any]
    ) -> tuple[tuple[Field, ...], dict[Slot, None]]:
        """The fields of the root, and the slots that get what is made of their arguments."""
        checks: dict[Slot, None] = {}
        lifted = variables.lifted(coerced, checks)
        return select(self._schema, operation.document, _node(operation), lifted), checks


def _node(operation: Operation) -> OperationDefinitionNode:
    """The operation in its document."""
    for definition in operation.document.definitions:
        if isinstance(definition, OperationDefinitionNode) and (
            operation.name is None or (definition.name is not None and definition.name.value == operation.name)
        ):
            return definition
    raise LookupError("the document has no such operation")
