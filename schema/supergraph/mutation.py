"""The Mutation root: a field for each command, whatever the role."""

from __future__ import annotations

from typing import Any

from strawberry.types.field import StrawberryField

from schema.assembly.graph import Graph
from schema.assembly.names import upper_first
from schema.supergraph.define import list_of, new_object
from schema.supergraph.field import argument, read_field
from schema.supergraph.inputs import input_type
from schema.supergraph.meaning import Outcome, Perform, Tell
from schema.supergraph.records import item_annotation
from schema.vocabulary.command import EVENT, Command
from schema.vocabulary.problem import Problem
from schema.vocabulary.result import EachResult, Result, RowResult


def mutation_type(graph: Graph, objects: dict[str, Any]) -> Any:
    """The class of Mutation. Payloads tell no rows of entities that the graph does not have."""
    fields = [
        read_field(
            Perform(command),
            command.name,
            _payload(command, objects) | None,
            _described(command),
            [argument("input", input_type(command), "What it is given.")],
        )
        for command in graph.commands.values()
    ]
    words = "What may be done. Each field is a command in a transaction of its own, one after the other."
    return new_object("Mutation", words, fields)


def _described(command: Command) -> str:
    roles = ", ".join(sorted(role.value for role in command.by))
    return f"{command.description}\n\nFor the roles {roles}.\n\n```graphql\n{command.example}\n```"


def _payload(command: Command, objects: dict[str, Any]) -> Any:
    fields = [field for result in command.results if (field := _result(command, result, objects)) is not None]
    if EVENT in objects:
        events = "What happened by this command, in order, as far as you may know."
        fields.append(read_field(Outcome.EVENTS, "events", list_of(objects[EVENT]), events))
    fields.append(_problems("Why the command was not done; empty when it was."))
    return new_object(f"{upper_first(command.name)}Payload", f"What came of `{command.name}`.", fields)


def _problems(description: str) -> StrawberryField:
    return read_field(Outcome.PROBLEMS, "problems", list_of(Problem), description)


def _result(command: Command, result: Result, objects: dict[str, Any]) -> StrawberryField | None:
    """A row may be out of sight and a value missing from a refused command, hence null; a list is empty then."""
    if isinstance(result, EachResult):
        annotation = list_of(_each(command, result, objects))
    elif not isinstance(result, RowResult):
        annotation = item_annotation(result)
        annotation = annotation if result.many and not result.nullable else annotation | None
    elif result.entity in objects:
        annotation = list_of(objects[result.entity]) if result.many else objects[result.entity] | None
    else:
        return None
    return read_field(Tell(result), result.field, annotation, result.description)


def _each(command: Command, result: EachResult, objects: dict[str, Any]) -> Any:
    """What came of one row is a small payload."""
    fields = [_result(command, part, objects) for part in (result.key, result.row)]
    told = [*filter(None, fields), _problems("Why nothing was done with it; empty where something was.")]
    return new_object(f"{upper_first(command.name)}Result", f"What came of one row of `{command.name}`.", told)
