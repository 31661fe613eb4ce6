"""The gateway in a process of its own, and how long it takes until it is ready."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gateway.settings import Settings

_CHECKOUT = Path(__file__).resolve().parent.parent
_PATIENCE = 60
_VARIABLES = ("DATABASE_URL", "PG_BINDIR", *(f"GATEWAY_{name.upper()}" for name in Settings.model_fields))


@dataclass(frozen=True)
class Started:
    """A gateway that is ready."""

    port: int
    pid: int
    seconds: float
    """From the process's first moment until /readyz says so."""


@contextmanager
def started(**settings: str) -> Iterator[Started]:
    """`serve` with these settings and no others; stopped at the end, its own server too."""
    given = [f"{name}={value}" for name, value in {"PORT": "0", "GATEWAY_LOG_LEVEL": "warning", **settings}.items()]
    clean = [word for name in _VARIABLES for word in ("-u", name)]
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own program
        ["/usr/bin/env", *clean, *given, sys.executable, "-m", "gateway", "serve"],
        cwd=_CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as popen:
        try:
            port = _port(popen)
            _wait_until_ready(port)
            yield Started(port, popen.pid, time.perf_counter() - began)
        finally:
            if popen.poll() is None:
                os.killpg(popen.pid, signal.SIGINT)
                popen.wait(_PATIENCE)


def _port(popen: subprocess.Popen[str]) -> int:
    assert popen.stdout is not None
    for line in popen.stdout:
        if "serves on " in line:
            return int(line.partition("serves on ")[2].split()[0].rpartition(":")[2])
    raise RuntimeError("the gateway did not start")


def _wait_until_ready(port: int) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=_PATIENCE) as answer:
        if answer.status != 200:
            raise RuntimeError(f"/readyz: {answer.read().decode()}")
