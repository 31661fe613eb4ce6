"""A law of every command that is declared: wrong input is told as a problem, with its place, and nothing is done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from graphql import DocumentNode, OperationType, parse, validate

from db.pool import Connection
from resolvers.commands.contract.codes import Code
from resolvers.commands.contract.mutation import MutationExecutor
from resolvers.operation import Operation
from resolvers.planner.pages import PageLimits
from resolvers.pools import Pools
from resolvers.viewer import Viewer
from schema.assembly.graph import Graph, assemble
from schema.assembly.names import upper_first
from schema.assembly.prospect import prospect
from schema.domains import COMMANDS, DOMAINS
from schema.supergraph.supergraph import Supergraph, build_supergraph
from schema.vocabulary.command import Command
from schema.vocabulary.role import OUTSIDERS, ViewerRole
from tests.commands.bad_values import Bad, Known, Maker
from tests.commands.conftest import Cast
from tests.commands.office import Office
from tests.commands.player import Player

_COMMANDS = assemble(DOMAINS, COMMANDS).commands
_NAMES = sorted(_COMMANDS)
_TABLES = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1
"""

Told = set[tuple[str, str, tuple[str, ...]]]


class Desk:
    """Where commands are handed in; the document of each is read once."""

    def __init__(self, players: dict[ViewerRole, Player]) -> None:
        self._players = players
        self._documents: dict[tuple[ViewerRole, str], tuple[DocumentNode, str]] = {}

    async def problems(self, role: ViewerRole, command: Command, given: dict[str, Any]) -> Told:
        """Type, code and path of each; an error fails the test, and a command that is done."""
        player = self._players[role]
        variables = {"input": given}
        document, text = self._document(role, command)
        operation = Operation(document, text, None, OperationType.MUTATION, variables, "bad-input", player.viewer)
        executor = MutationExecutor(player.supergraph, player.pool, PageLimits(), player.handlers)
        result = await executor.execute(operation)
        assert not result.errors, (command.name, given, result.errors)
        problems = result.data[command.name]["problems"] if result.data else []
        assert problems, (command.name, given)
        return {(each["__typename"], each["code"], tuple(each["path"])) for each in problems}

    def _document(self, role: ViewerRole, command: Command) -> tuple[DocumentNode, str]:
        if (role, command.name) not in self._documents:
            text = (
                f"mutation ($input: {upper_first(command.name)}Input!) {{ {command.name}(input: $input) "
                "{ problems { __typename code message path } } }"
            )
            document = parse(text)
            assert validate(self._players[role].supergraph.graphql, document) == []
            self._documents[role, command.name] = (document, text)
        return self._documents[role, command.name]


@pytest.fixture(scope="module")
async def known(owner: Connection, graph: Graph, cast: Cast) -> Known:
    """A row of every entity that commands name: what demo data of this size lack is written first."""
    await _quoted(Office(owner, cast["manager"].operator_id))
    own, foreign = {}, {}
    operators = cast["manager"].operator_id, cast["neighbour"].operator_id
    for entity in graph:
        among = "operator_id = $1" if entity.owned else "$1::uuid IS NOT NULL"
        sql = f"SELECT id FROM {entity.table} WHERE {among} ORDER BY id DESC LIMIT 1"  # noqa: S608 - a declared name
        mine, theirs = [await owner.fetchval(sql, operator) for operator in operators]
        if mine is not None:
            own[entity.name] = str(mine)
        if theirs is not None and entity.owned:
            foreign[entity.name] = str(theirs)
    return Known(own, foreign)


@pytest.fixture(scope="module")
def desk(
    graph: Graph, cast: Cast, pools: Pools, players: dict[str, Player], supergraphs: dict[ViewerRole, Supergraph]
) -> Desk:
    """Everybody: staff of the first operator, and outsiders of whom it has no record."""
    manager = players["manager"]
    found = {}
    for role in ViewerRole:
        viewer = replace(cast["manager"], role=role, may_write=role is not ViewerRole.ANALYST)
        if role in OUTSIDERS:
            viewer = Viewer(role, viewer.operator_id, uuid4(), uuid4() if role is ViewerRole.VENDOR else None)
        elif role is ViewerRole.SYSTEM:
            viewer = Viewer(role, viewer.operator_id, None)
        alike = role in OUTSIDERS and supergraphs[role] is manager.supergraph
        supergraph = build_supergraph(prospect(graph, role)) if alike else supergraphs[role]
        found[role] = Player(supergraph, pools.of(viewer), manager.handlers, viewer)
    return Desk(found)


async def _quoted(office: Office) -> None:
    vendor = await office.company()
    repair = await office.repair(vendor)
    quote = {"ticket_id": repair, "vendor_id": vendor, "amount_cents": 1_000, "currency": "USD", "scope": "All of it"}
    slot = {"starts_at": datetime(2060, 1, 1, 9, tzinfo=UTC), "ends_at": datetime(2060, 1, 1, 11, tzinfo=UTC)}
    await office.write("maintenance.visit_slots", quote_id=await office.write("maintenance.quotes", **quote), **slot)
    await office.write("maintenance.escalations", ticket_id=repair, type="safety_risk")


@pytest.fixture(scope="module", autouse=True)
async def unchanged(owner: Connection, known: Known) -> AsyncIterator[None]:  # noqa: ARG001 - after its rows
    """Not a row of any table is another one after all these tests."""
    before = await _digests(owner)
    yield
    after = await _digests(owner)
    assert {table for table, digest in after.items() if digest != before[table]} == set()


async def _digests(owner: Connection) -> dict[str, str]:
    tables = [row[0] for row in await owner.fetch(_TABLES)]
    each = "SELECT '{0}' AS name, md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) AS digest FROM {0} AS t"
    rows = await owner.fetch(" UNION ALL ".join(each.format(table) for table in tables))
    return {row["name"]: row["digest"] for row in rows}


def _by(command: Command) -> ViewerRole:
    """Who gives a command here: staff where it may."""
    order: list[ViewerRole] = [ViewerRole.MANAGER, ViewerRole.SYSTEM, *ViewerRole]
    return next(role for role in order if role in command.by)


def _expected(bad: Bad) -> tuple[str, str, tuple[str, ...]]:
    return ("NotFound" if bad.code is Code.NOT_FOUND else "Invalid", bad.code.value, bad.path)


@pytest.mark.parametrize("name", _NAMES)
async def test_a_wrong_value_is_told_with_its_place(name: str, graph: Graph, known: Known, desk: Desk) -> None:
    command = graph.commands[name]
    wrong = []
    for bad in Maker(known).bad(command):
        given = {"idempotencyKey": "wrong anyway", **bad.given}
        told = await desk.problems(_by(command), command, given)
        # Beside an id that is wrong, one is unknown where the data have no such row at all.
        rest = {kind for kind, *_ in told - {_expected(bad)}}
        if _expected(bad) not in told or (rest and (rest != {"NotFound"} or bad.code is not Code.NOT_FOUND)):
            wrong.append((bad, told))
    assert wrong == []


@pytest.mark.parametrize("name", _NAMES)
async def test_whoever_may_not_give_a_command_is_told_so(name: str, graph: Graph, known: Known, desk: Desk) -> None:
    command = graph.commands[name]
    given = Maker(known).good(command.inputs)
    for role in set(ViewerRole) - command.by:
        code = Code.READ_ONLY if role is ViewerRole.ANALYST else Code.ROLE_NEEDED
        assert await desk.problems(role, command, given) == {("Forbidden", code.value, ())}, role


@pytest.mark.parametrize("name", _NAMES)
async def test_an_outsider_cannot_tell_what_is_hidden_from_what_is_not_there(
    name: str, graph: Graph, known: Known, desk: Desk
) -> None:
    command = graph.commands[name]
    targets = [each for each in command.inputs if each.word.of in known.foreign and each.word.of != "Company"]
    if not targets:
        return
    there = Maker(known).good(command.inputs)
    unknown = {each.field: [str(uuid4())] if each.many else str(uuid4()) for each in targets}
    for role in OUTSIDERS & command.by:
        told = await desk.problems(role, command, there)
        assert told == await desk.problems(role, command, {**there, **unknown}), role
        paths = {path[:2] for kind, _, path in told if kind == "NotFound"}
        assert {("input", each.field) for each in targets} <= paths, role


@pytest.mark.parametrize("name", [name for name in _NAMES if _COMMANDS[name].subject])
async def test_another_version_than_the_actual_one_is_told(name: str, graph: Graph, known: Known, desk: Desk) -> None:
    command = graph.commands[name]
    given = {**Maker(known).good(command.inputs), "expectedVersion": 999_999}
    ((kind, code, path),) = await desk.problems(_by(command), command, given)
    assert (kind, code) in {("VersionConflict", Code.VERSION_CONFLICT), ("Invalid", Code.VERSION_NOT_COUNTED)}
    assert path == ("input", "expectedVersion")
