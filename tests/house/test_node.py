"""Where node is not to be had, tests say so; in CI they fail."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.house.node import Node, find_node


def _program(folder: Path, name: str, line: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{line}\n")
    file.chmod(0o755)


@pytest.fixture
def node() -> Node:
    return find_node()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the only programs that are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


def test_without_node_tests_are_skipped_and_say_what_to_install(path: Path) -> None:
    assert list(path.iterdir()) == []
    with pytest.raises(pytest.skip.Exception, match="needs node ≥ 20: install nodejs and npm"):
        find_node()


def test_a_node_without_npm_or_from_before_20_does_not_do(path: Path) -> None:
    _program(path, "node", "echo v20.1.0")
    with pytest.raises(pytest.skip.Exception, match="needs node ≥ 20"):
        find_node()
    _program(path, "npm", "exit 0")
    _program(path, "node", "echo v18.20.4")
    with pytest.raises(pytest.skip.Exception, match="needs node ≥ 20"):
        find_node()


def test_in_ci_nothing_is_skipped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shutil.which("node") is None, path
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="needs node ≥ 20"):
        find_node()


def test_npm_does_not_run_where_its_packages_are_as_the_lock_has_them(node: Node, path: Path) -> None:
    (path / "node").symlink_to(node.program)
    _program(path, "npm", "exit 1")
    assert find_node().run("compose.mjs", "--help").returncode == 0
