"""Node, with the packages of a folder, as tests run the programs there."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from tests.house.source import CHECKOUT

FEDERATION = CHECKOUT / "deploy" / "federation"
_OLDEST = 20
_WISH = f"needs node ≥ {_OLDEST}: install nodejs and npm"
_PATIENCE = 600


@dataclass(frozen=True)
class Node:
    """A node that is new enough, beside the packages as the lock file has them."""

    program: str
    npm: str
    folder: Path

    def run(self, script: str, *arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Runs a program of the folder to its end, whatever that is."""
        words = [self.program, str(self.folder / script), *map(str, arguments)]
        return subprocess.run(words, input=stdin, capture_output=True, text=True, timeout=_PATIENCE)  # noqa: S603, PLW1510 - our own program; its status is what tests look at


def find_node(folder: Path = FEDERATION) -> Node:
    """Node; where it or the folder's packages cannot be had, the test is skipped, in CI it fails."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None or _version(program) < _OLDEST:
        _give_up(_WISH)
    _install(npm, folder)
    return Node(program, npm, folder)


def _version(program: str) -> int:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)  # noqa: S603 - as found
    found = re.match(r"v(\d+)\.", told.stdout)
    return int(found[1]) if found else 0


def _install(npm: str, folder: Path) -> None:
    """One process at a time; npm runs only where the lock file is another than the installed one's."""
    stamp = folder / "node_modules" / ".installed-lock.json"
    with (folder / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = lock.read()
        if stamp.exists() and stamp.read_bytes() == wanted:
            return
        told = subprocess.run(  # noqa: S603 - as the lock file has it
            [npm, "ci", "--no-progress", "--loglevel=error"], cwd=folder, capture_output=True, text=True, check=False
        )
        if told.returncode != 0:
            _give_up(f"npm could not install the packages of {folder.name}: {told.stderr.strip()[-500:]}")
        stamp.write_bytes(wanted)


def _give_up(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
