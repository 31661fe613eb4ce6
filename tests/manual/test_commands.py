"""What the manual says of commands is what is declared, written and kept in the database."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from db.pool import Connection
from schema.assembly.command_list import command_list
from schema.assembly.graph import assemble
from schema.domains import COMMANDS, DOMAINS
from tests.manual.codes import codes

_DOCS = Path(__file__).resolve().parents[2] / "docs"
_TOLD = re.compile(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", re.MULTILINE)


def _page(name: str) -> str:
    return (_DOCS / name).read_text(encoding="utf-8")


def test_the_manual_lists_every_command_with_its_roles() -> None:
    assert command_list(assemble(DOMAINS, COMMANDS)) in _page("commands.md")


def test_the_manual_lists_every_code_once_and_no_other() -> None:
    told = [code for row in _TOLD.findall(_page("problems.md")) for code in re.findall(r"[A-Z_]+", row)]
    assert sorted(told) == sorted(set(told))
    assert {"missing": codes() - set(told), "unknown": set(told) - codes()} == {"missing": set(), "unknown": set()}


@pytest.mark.parametrize("workflow", ["general", "maintenance"])
async def test_the_manual_draws_a_workflow_as_it_is(connection: Connection, workflow: str) -> None:
    drawn = await connection.fetchval("SELECT mermaid FROM lifecycle.mermaid($1)", [workflow])
    assert f"```mermaid\n{drawn}\n```" in _page("lifecycles.md")


async def test_the_manual_explains_every_guard_and_no_other(connection: Connection) -> None:
    rows = await connection.fetch("SELECT DISTINCT unnest(guards) AS guard FROM team.workflow_transitions")
    told = re.findall(r"^\| `([a-z_]+)` \|", _page("lifecycles.md"), re.MULTILINE)
    assert sorted(told) == sorted(row["guard"] for row in rows)
