"""A process of the fleet, which writes what it has to say into a file."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

CHECKOUT = Path(__file__).resolve().parents[2]
_PATIENCE = 120.0  # seconds for a start, with nine others beside it on a machine that has other work too
_GRACE = 15.0  # seconds for an end; the gateway lets requests finish for ten
_STEP = 0.05

T = TypeVar("T")


class StartError(Exception):
    """A process ended, or was silent, when it should have begun to serve; the message ends with what it wrote."""


class Process:
    """One of ours, ended by `end`.

    It stays in our process group, so that Ctrl-C and a terminal that closes reach it too.
    """

    def __init__(self, name: str, words: Sequence[str], log: Path, settings: Mapping[str, object]) -> None:
        """Start it: its environment is ours with these settings."""
        self.name = name
        self._log = log
        given = [f"{variable}={value}" for variable, value in settings.items()]
        with log.open("w", encoding="utf-8") as said:
            self._popen = subprocess.Popen(  # noqa: S603 - our own programs
                ["/usr/bin/env", *given, *words],
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def said(self) -> str:
        """All that it has written."""
        return self._log.read_text(encoding="utf-8")

    def until(self, ready: Callable[[], T | None]) -> T:
        """What `ready` gives once it gives something. Raises `StartError` when the process does not come so far."""
        deadline = time.monotonic() + _PATIENCE
        while (found := ready()) is None:
            if self._popen.poll() is not None:
                raise StartError(f"{self.name} ended with status {self._popen.returncode}:\n{self.said}")
            if time.monotonic() > deadline:
                raise StartError(f"{self.name} did not serve within {_PATIENCE:g} seconds:\n{self.said}")
            time.sleep(_STEP)
        return found

    def ask_to_end(self) -> None:
        """Returns at once."""
        if self._popen.poll() is None:
            self._popen.terminate()

    def end(self) -> None:
        """By force, if it takes too long."""
        self.ask_to_end()
        try:
            self._popen.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """As a crash would."""
        self._popen.kill()
        self._popen.wait()
