"""The packages that the console is built of, as its lock names them."""

from __future__ import annotations

import subprocess

from tests.house.node import find_node
from tests.house.source import CHECKOUT

WEB = CHECKOUT / "web"


def ran(*words: str) -> None:
    """A program in the console's project, to its good end."""
    done = subprocess.run(words, cwd=WEB, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout + done.stderr


def installed() -> str:
    """The path of npm, once the packages are there; where they cannot be had it skips, but not in CI."""
    return find_node(WEB).npm
