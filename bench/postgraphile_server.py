"""PostGraphile over the same database, in a process of its own; what it needs, npm installs by its lock file."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from bench.gateway import Started
from bench.viewers import Viewers
from gateway.settings import Settings
from resolvers.policies import STAFF

_FOLDER = Path(__file__).parent / "postgraphile"
_INSTALLED = _FOLDER / "node_modules"
# The gateway's domains.
_SCHEMAS = (
    *("team", "maintenance", "property", "reservations", "finance"),
    *("directory", "geo", "files", "messaging", "audit"),
)
_PATIENCE = 60


def install() -> None:
    """PostGraphile and the node that it wants, unless they are there as the lock file has them."""
    lock, known = _FOLDER / "package-lock.json", _INSTALLED / ".bench-lock.json"
    if known.exists() and known.read_bytes() == lock.read_bytes():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is needed to install PostGraphile: install node, of whatever version")
    subprocess.run([npm, "ci", "--silent"], cwd=_FOLDER, check=True)  # noqa: S603 - as the lock file has it
    shutil.copyfile(lock, known)


@contextmanager
def serve(dsn: str, known: Viewers) -> Iterator[Started]:
    """Served with as many connections as the gateway has, of the same role."""
    told = {
        "socket": re.findall(r"host=([^&]+)", dsn)[0],
        "pool": Settings(database_url=None).pool_size,
        "role": STAFF,
        "schemas": _SCHEMAS,
        "viewers": known,
    }
    environment = [
        "NODE_ENV=production",
        "GRAPHILE_ENV=production",
        f"BENCH_POSTGRAPHILE={orjson.dumps(told).decode()}",
    ]
    with subprocess.Popen(  # noqa: S603 - our own program
        ["/usr/bin/env", *environment, _INSTALLED / ".bin" / "node", "server.mjs"],
        cwd=_FOLDER,
        stdout=subprocess.PIPE,
        text=True,
    ) as popen:
        try:
            yield Started(_port(popen), popen.pid, 0)
        finally:
            popen.terminate()
            popen.wait(_PATIENCE)


def _port(popen: subprocess.Popen[str]) -> int:
    assert popen.stdout is not None
    for line in popen.stdout:
        if "serves on " in line:
            return int(line.rpartition(":")[2])
    raise RuntimeError("PostGraphile did not start")
