"""Commands are declared, and handled, or every mistake is told at once."""

from __future__ import annotations

from types import ModuleType

import pytest
from graphql import parse, validate

from resolvers.commands import handlers
from resolvers.commands.contract.handlers import collect
from schema.assembly.graph import Graph, assemble
from schema.assembly.mistakes import AssemblyError
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.supergraph import build_supergraph
from tests.commands import trial
from tests.schema.declarations import module

_GRAPH = assemble(DOMAINS, COMMANDS)
_WORDS = """
from datetime import datetime
from uuid import UUID
from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given, part
from schema.vocabulary.result import each, record, told
from schema.vocabulary.role import STAFF, ViewerRole
"""
_GOOD = '''
@command(by=STAFF, gives={"ticket": "Ticket"}, subject="ticket_id", example="mutation { nudge }")
class Nudge:
    """Nudges a ticket."""
    ticket_id: UUID = given("The ticket.", of="Ticket")
'''


def _mistakes(text: str) -> str:
    with pytest.raises(AssemblyError) as caught:
        assemble(DOMAINS, [_module(text)])
    return str(caught.value)


def _module(text: str) -> ModuleType:
    return module(_WORDS + text)


def test_every_declared_command_has_its_handler() -> None:
    assert collect(handlers.MODULES, _GRAPH).keys() == {command.cls for command in _GRAPH.commands.values()}


@pytest.mark.parametrize("name", sorted(_GRAPH.commands))
def test_every_example_is_a_mutation_of_its_command(name: str) -> None:
    example = _GRAPH.commands[name].example
    assert f"{name}(" in example
    assert validate(_SCHEMA.graphql, parse(example)) == []


_SCHEMA = build_supergraph(_GRAPH)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'subject="ticket_id"',
            'subject="tiket_id"',
            "its subject tiket_id is no value of its input. Did you mean ticket_id",
        ),
        ('of="Ticket"', 'of="Tikcet"', "Nudge.ticket_id: Tikcet is no entity. Did you mean Ticket"),
        ('{"ticket": "Ticket"}', '{"ticket": "Tikcet"}', "Nudge.ticket: Tikcet is no entity. Did you mean Ticket"),
        ('{"ticket": "Ticket"}', '{"all": each("Each.", "Tikcet")}', "Nudge.all: Tikcet is no entity"),
        ('{"ticket": "Ticket"}', '{"events": each("Each.", "Ticket")}', "Nudge.events: every payload has this already"),
        ('{"ticket": "Ticket"}', '{"events": "Ticket"}', "Nudge.events: every payload has this already"),
        ('{"ticket": "Ticket"}', '{"made": int}', "Nudge.made: has no description"),
        (
            '{"ticket": "Ticket"}',
            '{"made": told("How many.", bytes)}',
            "Nudge.made: <class 'bytes'> is nothing that can be told",
        ),
        (', of="Ticket"', "", "Nudge.ticket_id: an id is of an entity, and nothing else is"),
        ("ticket_id: UUID =", "ticket_id: UUID | None =", "Nudge: its subject is not one id"),
        ("ticket_id: UUID =", "ticket_id: list[UUID] =", "Nudge: its subject is not one id"),
        ("ticket_id: UUID =", "ticket_id: UUID | Omitted =", "Nudge.ticket_id: annotation and default disagree"),
        ('    """Nudges a ticket."""', "", "Nudge: has no description"),
        ("mutation { nudge }", "", "Nudge: has no example"),
        ("by=STAFF", "by=STAFF | {ViewerRole.ANALYST}", "Nudge: names no role, or the analyst's"),
        ("by=STAFF", "by=set()", "Nudge: names no role, or the analyst's"),
        ('given("The ticket."', 'given(" "', "Nudge.ticket_id: has no description"),
        ("class Nudge", "class Nudge2", ""),
        (
            'ticket_id: UUID = given("The ticket.", of="Ticket")',
            "ticket_id: UUID",
            "Nudge.ticket_id: is no value. Assign given(…)",
        ),
        (
            'of="Ticket")',
            'of="Ticket")\n    expected_version: int = given("It.")',
            "every command has this value already",
        ),
        (
            'of="Ticket")',
            'of="Ticket")\n    when: date = given("It.")',
            "its annotations name date, which is not there",
        ),
    ],
)
def test_a_mistake_is_told_with_its_fix(old: str, new: str, told: str) -> None:
    assert old in _GOOD
    if told:
        assert told in _mistakes(_GOOD.replace(old, new))
    else:
        assemble(DOMAINS, [_module(_GOOD.replace(old, new))])


def test_a_command_that_is_declared_twice_is_told() -> None:
    with pytest.raises(AssemblyError, match="Nudge: is declared twice"):
        assemble(DOMAINS, [_module(_GOOD), _module(_GOOD)])


def _unhandled() -> tuple[Graph, ModuleType]:
    declared = _module(_GOOD)
    handling = ModuleType("handling")
    return assemble(DOMAINS, [declared]), handling


def test_a_command_without_a_handler_is_told() -> None:
    graph, handling = _unhandled()
    with pytest.raises(AssemblyError, match="Nudge: has no handler"):
        collect([handling], graph)


def test_a_handler_without_a_command_is_told() -> None:
    with pytest.raises(AssemblyError, match="Remark is not declared"):
        collect([trial], assemble(DOMAINS))


def test_a_graph_without_commands_has_no_mutation() -> None:
    assert build_supergraph(assemble(DOMAINS)).graphql.mutation_type is None
