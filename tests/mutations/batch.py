"""Many commands of one viewer in one operation, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson
from graphql import DocumentNode, GraphQLSchema, OperationType, parse, validate

from resolvers.commands.contract.mutation import MutationExecutor
from resolvers.executor import Executor
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from tests.commands.player import Player
from tests.mutations.verdict import Lack, Told

_PROBLEMS = """
problems {
  __typename code path message
  ... on Forbidden { role }
  ... on TransitionRefused { from to allowed missing { code role } }
}
"""
_STEPS = "query ($id: ID!) { ticket(id: $id) { availableTransitions { to open wantsReason missing { code role } } } }"


@cache
def _mutation(schema: GraphQLSchema, command: str, number: int) -> tuple[str, DocumentNode]:
    kind = f"{command[:1].upper()}{command[1:]}Input"
    variables = ", ".join(f"$i{n}: {kind}!" for n in range(number))
    fields = " ".join(f"c{n}: {command}(input: $i{n}) {{ events {{ id }} {_PROBLEMS} }}" for n in range(number))
    return _valid(schema, f"mutation ({variables}) {{ {fields} }}")


@cache
def _valid(schema: GraphQLSchema, text: str) -> tuple[str, DocumentNode]:
    document = parse(text)
    assert validate(schema, document) == []
    return text, document


async def send(player: Player, command: str, inputs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The payload of each input, in order."""
    if not inputs:
        return []
    text, document = _mutation(player.supergraph.graphql, command, len(inputs))
    variables = {f"i{n}": given for n, given in enumerate(inputs)}
    operation = Operation(document, text, None, OperationType.MUTATION, variables, "a-request", player.viewer)
    executor = MutationExecutor(player.supergraph, player.pool, PageLimits(), player.handlers)
    result = await executor.execute(operation)
    assert not result.errors, result.errors
    data = orjson.loads(orjson.dumps(result.data))
    return [data[f"c{n}"] for n in range(len(inputs))]


async def steps_told(player: Player, ticket: str) -> dict[str, tuple[bool, bool, tuple[Lack, ...]]] | None:
    """`availableTransitions`: open, wanting a reason, and what is missing; None where there is no such ticket."""
    text, document = _valid(player.supergraph.graphql, _STEPS)
    operation = Operation(document, text, None, OperationType.QUERY, {"id": ticket}, "a-request", player.viewer)
    result = await Executor(player.supergraph, player.pool, PageLimits()).execute(operation, player.viewer)
    assert not result.errors, result.errors
    found = orjson.loads(orjson.dumps(result.data))["ticket"]
    return found and {
        step["to"].lower(): (step["open"], step["wantsReason"], _lacks(step)) for step in found["availableTransitions"]
    }


def _lacks(told: dict[str, Any]) -> tuple[Lack, ...]:
    return tuple((lack["code"], lack["role"]) for lack in told.get("missing", ()))


def refusal(payload: dict[str, Any]) -> Told | None:
    """The one problem of a payload; None where it is done."""
    if not payload["problems"]:
        return None
    (problem,) = payload["problems"]
    return Told(
        kind=problem["__typename"],
        code=problem["code"],
        role=problem.get("role"),
        missing=_lacks(problem),
        way=tuple(problem[end].lower() for end in ("from", "to") if end in problem),
        allowed=tuple(status.lower() for status in problem.get("allowed", ())),
        path=tuple(problem["path"]) if problem["__typename"] == "NotFound" else (),
    )
