"""What a client of the router is told while a subgraph is down, and what is left when the fleet ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.db.home import reachable_home
from tests.federation.fleet import Scene, scene
from tests.house.node import Node

_CHECKOUT = Path(__file__).resolve().parents[2]
_SOME = ("directory", "property", "team")
_PATIENCE = 60
_PEOPLE = """
query People {
  tickets(first: 3, orderBy: [CREATED_AT_DESC]) {
    nodes { number title property { code } participants(first: 3) { nodes { role contact { fullName } } } }
  }
}"""


@pytest.fixture(scope="module")
def stage(node: Node) -> Iterator[Scene]:  # noqa: ARG001 - the router is a program for it
    with scene(_SOME, beside=False) as found:
        yield found


def test_a_subgraph_that_is_killed_costs_its_part_only_and_answers_again_when_it_is_back(stage: Scene) -> None:
    before = stage.routed(_PEOPLE).whole
    directory, router = stage.fleet.subgraphs["directory"], stage.fleet.router
    assert router is not None
    directory.process.kill()

    down = stage.routed(_PEOPLE)
    contacts = [
        each.pop("contact") for ticket in down.data["tickets"]["nodes"] for each in ticket["participants"]["nodes"]
    ]
    assert set(contacts) == {None}
    told = [{**error["extensions"], "path": error["path"][-2:]} for error in down.errors]
    assert told == [
        {"code": "SUBGRAPH_UNAVAILABLE", "serviceName": "directory", "path": ["contact", "fullName"]}
    ] * len(contacts)

    stage.fleet.restart("directory")
    assert stage.fleet.subgraphs["directory"].url == directory.url
    assert stage.routed(_PEOPLE).whole == before
    for ticket in before["tickets"]["nodes"]:
        for each in ticket["participants"]["nodes"]:
            assert each.pop("contact")
    assert down.data == before
    assert stage.fleet.router is router


def test_pages_of_a_subgraph_that_is_down_are_null_beside_what_others_tell(stage: Scene) -> None:
    query = """{
      properties(first: 2) { nodes { code tickets(first: 1) { nodes { number } } } }
      tickets(first: 1) { nodes { number } }
    }"""
    before = stage.routed(query).whole
    stage.fleet.subgraphs["team"].process.kill()
    try:
        down = stage.routed(query)
    finally:
        stage.fleet.restart("team")
    for home in before["properties"]["nodes"]:
        assert home.pop("tickets")["nodes"] is not None
    assert before.pop("tickets")["nodes"]
    assert down.data == {
        "properties": {"nodes": [{**home, "tickets": None} for home in before["properties"]["nodes"]]},
        "tickets": None,
    }
    assert {error["extensions"]["code"] for error in down.errors} == {"SUBGRAPH_UNAVAILABLE"}


def test_what_needs_no_other_subgraph_is_whole_while_all_others_are_down(stage: Scene) -> None:
    query = "{ properties(first: 3) { nodes { code name } } }"
    before = stage.routed(query).whole
    others = [domain for domain in _SOME if domain != "property"]
    for domain in others:
        stage.fleet.subgraphs[domain].process.kill()
    try:
        assert stage.routed(query).whole == before
    finally:
        for domain in others:
            stage.fleet.restart(domain)


def test_a_root_field_of_a_subgraph_that_is_down_is_an_error_that_names_it(stage: Scene) -> None:
    stage.fleet.subgraphs["team"].process.end()
    try:
        answer = stage.routed("{ tickets(first: 1) { nodes { number } } }")
    finally:
        stage.fleet.restart("team")
    assert answer.data == {"tickets": None}
    assert [error["extensions"] for error in answer.errors] == [{"code": "SUBGRAPH_UNAVAILABLE", "serviceName": "team"}]
    assert "127.0.0.1" not in answer.errors[0]["message"]


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("text/plain", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("application/json", 421, "HOST_NOT_SERVED"),
    ],
)
def test_a_web_page_cannot_ask_the_router_behind_its_readers_back(
    stage: Scene, kind: str, status: int, code: str
) -> None:
    """Neither by a form, nor by a name of its own that leads to this machine."""
    host = "pages.example" if status == httpx.codes.MISDIRECTED_REQUEST else "127.0.0.1"
    headers = {"content-type": kind, "host": host, "origin": "http://pages.example"}
    answer = stage.client.post(f"{stage.fleet.address}/graphql", content=b"query={__typename}", headers=headers)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with reachable_home() as found:
        yield found


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda told: told.name)
def test_when_the_program_is_ended_nothing_of_it_is_left(node: Node, home: Path, told: signal.Signals) -> None:  # noqa: ARG001 - as above
    given = [f"GATEWAY_DATA_HOME={home}", "DATABASE_URL="]
    words = [sys.executable, "-m", "deploy.federation", "geo", "--port=0"]
    with subprocess.Popen(  # noqa: S603 - our own program
        ["/usr/bin/env", *given, *words], cwd=_CHECKOUT, stdout=subprocess.PIPE, text=True
    ) as program:
        try:
            said = _said(program)
            address = said.partition("serves on ")[2].split()[0]
            (pid,) = (int(line.rpartition("pid ")[2]) for line in said.splitlines() if " pid " in line)
            assert _answers(address)
            assert _has_a_database(home)
            program.send_signal(told)
            assert program.wait(_PATIENCE) == 0
        finally:
            program.kill()
    assert not _answers(address)
    assert not _runs(pid)
    assert not _has_a_database(home)


def _said(program: subprocess.Popen[str]) -> str:
    """What it says until it serves."""
    assert program.stdout is not None
    said = ""
    for line in program.stdout:
        said += line
        if "Ctrl-C stops all of it." in line:
            return said
    raise AssertionError(said)


def _answers(address: str) -> bool:
    try:
        return httpx.post(address, json={"query": "{ __typename }"}, timeout=_PATIENCE).is_success
    except httpx.ConnectError:
        return False


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _has_a_database(home: Path) -> bool:
    """Whether a PostgreSQL runs there."""
    return any(home.glob("pg*/postmaster.pid"))
