"""What breaks clients of the last release is listed, and refused unless it is accepted by name."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.node import Node
from tests.house.source import CHECKOUT

_RELEASED = """
type Query {
  ticket(id: ID!): Ticket
  tickets(first: Int): [Ticket!]!
}

type Ticket {
  number: String!
  status: Status!
  title: String
}

enum Status {
  OPEN
  CLOSED
}
"""
_BROKEN = (
    _RELEASED.replace("  title: String\n", "  summary: String\n")
    .replace("first: Int", "first: Int!")
    .replace("  CLOSED\n", "")
)
_NAMES = (
    "FIELD_REMOVED Ticket.title",
    "FIELD_ARGUMENT_TYPE_CHANGED Query.tickets.first",
    "ENUM_VALUE_REMOVED Status.CLOSED",
)


class Changes:
    """A release, what came after it, and what of that is accepted."""

    def __init__(self, node: Node, folder: Path) -> None:
        self._node = node
        self.released, self.supergraph = folder / "released.graphql", folder / "supergraph.graphql"
        self.accepted = folder / "accepted-changes.txt"
        self.released.write_text(_RELEASED)
        self.supergraph.write_text(_BROKEN)
        self.accepted.write_text("# Why it is so.\n\n")

    def tell(self, *words: str) -> subprocess.CompletedProcess[str]:
        files = ("--released", self.released, "--supergraph", self.supergraph, "--accepted", self.accepted)
        return self._node.run("changes.mjs", *files, *words)


@pytest.fixture
def changes(node: Node, tmp_path: Path) -> Changes:
    return Changes(node, tmp_path)


def test_nothing_breaks_clients_of_the_last_release_that_is_not_accepted(node: Node) -> None:
    told = node.run("changes.mjs")
    assert (told.returncode, told.stderr) == (0, ""), told.stdout


def test_what_breaks_clients_is_listed_by_name_and_refused(changes: Changes) -> None:
    told = changes.tell()
    assert told.returncode == 1
    assert [line.split(":")[0] for line in sorted(told.stdout.splitlines())] == [
        "3 breaking, 0 accepted, 1 other changes since the release",
        *sorted(f"BREAKS {name}" for name in _NAMES),
    ]


def test_what_is_accepted_by_name_with_a_reason_passes(changes: Changes) -> None:
    changes.accepted.write_text("".join(f"{name}: nobody asked for it\n" for name in _NAMES))
    told = changes.tell()
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines()[-1] == "0 breaking, 3 accepted, 1 other changes since the release"


def test_to_accept_one_is_not_to_accept_all(changes: Changes) -> None:
    changes.accepted.write_text(f"{_NAMES[0]}: nobody asked for it\n")
    told = changes.tell()
    assert told.returncode == 1
    assert f"accepted {_NAMES[0]}" in told.stdout.splitlines()
    assert told.stdout.count("BREAKS ") == 2


def test_what_is_accepted_and_is_not_so_is_refused(changes: Changes) -> None:
    changes.supergraph.write_text(_RELEASED)
    changes.accepted.write_text(f"{_NAMES[0]}: nobody asked for it\n")
    told = changes.tell()
    assert told.returncode == 1
    assert f"NOT SO {_NAMES[0]}" in told.stdout


@pytest.mark.parametrize("line", ["FIELD_REMOVED Ticket.title", "FIELD_REMOVED Ticket.title:", "everything: it is so"])
def test_nothing_is_accepted_without_its_name_and_a_reason(changes: Changes, line: str) -> None:
    changes.accepted.write_text(f"{line}\n")
    told = changes.tell()
    assert told.returncode == 2
    assert line in told.stderr


def test_what_is_only_added_breaks_nobody(changes: Changes) -> None:
    changes.supergraph.write_text(_RELEASED.replace("title: String", "title: String\n  summary: String"))
    told = changes.tell()
    assert (told.returncode, told.stdout) == (0, "0 breaking, 0 accepted, 1 other changes since the release\n")


def test_a_release_is_what_is_compared_with_from_then_on(changes: Changes) -> None:
    changes.accepted.write_text(f"{_NAMES[0]}: nobody asked for it\n")
    assert changes.tell("--release").returncode == 0
    assert changes.released.read_text() == _BROKEN
    told = changes.tell()
    assert (told.returncode, told.stdout) == (0, "0 breaking, 0 accepted, 0 other changes since the release\n")


def test_a_field_of_the_real_graph_that_goes_is_missed(node: Node, tmp_path: Path) -> None:
    file = tmp_path / "supergraph.graphql"
    shutil.copy(CHECKOUT / "graphql" / "released.graphql", file)
    text, words = file.read_text(encoding="utf-8"), "\n  number: String!\n"
    assert words in text
    file.write_text(text.replace(words, "\n  serial: String!\n", 1), encoding="utf-8")
    told = node.run("changes.mjs", "--supergraph", file)
    assert told.returncode == 1
    assert "BREAKS FIELD_REMOVED " in told.stdout
