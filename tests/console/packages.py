"""The packages that the console is built of, as its lock names them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.console.browser import required

WEB = Path(__file__).resolve().parents[2] / "web"


def ran(*words: str) -> None:
    """A program in the console's project, to its good end."""
    done = subprocess.run(words, cwd=WEB, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout + done.stderr


def installed() -> str:
    """The path of npm, once the packages are there; where they cannot be had it skips, but not in CI."""
    required("node", "nodejs")
    npm = required("npm", "npm")
    if not (WEB / "node_modules" / ".package-lock.json").is_file():
        try:
            ran(npm, "ci")
        except AssertionError:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip("needs the console's packages: make console")
    return npm
