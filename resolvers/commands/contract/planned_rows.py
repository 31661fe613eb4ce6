"""The rows that payloads tell of, read by the planner: finished JSON beside what graphql-core executes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Self
from uuid import UUID

import orjson
from graphql import ExecutionResult, GraphQLResolveInfo

from resolvers.operation import Operation
from resolvers.planner.declined import Declined
from resolvers.planner.payloads import PayloadPlans, Place
from resolvers.planner.planner import Planner
from resolvers.planner.slots import Given
from resolvers.session import Session


class PlannedRows:
    """Of one mutation. graphql-core sees their fields without a selection, and is given their values in the end."""

    def __init__(self, plans: PayloadPlans, given: Given) -> None:
        self._plans = plans
        self._given = given
        self._found: dict[Place, bytes] = {}

    @classmethod
    def of(cls, planner: Planner | None, operation: Operation) -> Self | None:
        """None where the executor reads them."""
        try:
            return cls(*planner.payloads(operation)) if planner else None
        except Declined:
            return None

    def trimmed(self, operation: Operation) -> Operation:
        """The mutation without what is selected of rows."""
        return replace(operation, document=self._plans.document)

    def has(self, info: GraphQLResolveInfo[Any]) -> bool:
        return _place(info) in self._plans.plans

    async def read(self, info: GraphQLResolveInfo[Any], ids: list[UUID], session: Session) -> bool:
        """Whether there is anything to tell."""
        place = _place(info)
        statement = self._plans.plans[place].bound(replace(self._given, ids=ids))
        ((found,),) = await session.fetch(statement)
        if found is not None:
            self._found[place] = found
        return found is not None

    def put_into(self, result: ExecutionResult) -> ExecutionResult:
        """The result with the rows."""
        for (command, field), found in self._found.items():
            payload = (result.data or {}).get(command)
            if payload is not None:
                payload[field] = orjson.Fragment(found)
        return result


def _place(info: GraphQLResolveInfo[Any]) -> Place | tuple[Any, ...]:
    return tuple(info.path.as_list())
