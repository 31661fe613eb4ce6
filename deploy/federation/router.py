"""Hive Gateway before the subgraphs, with a supergraph that was composed of them."""

from __future__ import annotations

import shutil
import socket
import subprocess
import urllib.request
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

import orjson

from deploy.federation.process import Process, StartError
from deploy.federation.subgraph import SCHEMAS, Subgraph

_HERE = Path(__file__).parent
_PROGRAM = _HERE / "node_modules" / "@graphql-hive" / "gateway" / "dist" / "bin.js"
_CONFIG = _HERE / "gateway.config.mjs"
_HOST = "127.0.0.1"
_TRIES = 3


class CompositionError(Exception):
    """The subgraphs cannot be composed, or no program is there to do it; the message says what to do."""


def compose(subgraphs: Iterable[Subgraph], folder: Path) -> Path:
    """The supergraph of subgraphs that serve, as a file of the folder; `api/` beside it has what clients see."""
    schemas, api, supergraph = folder / "subgraphs", folder / "api", folder / "supergraph.graphql"
    for made in (schemas, api):
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
    urls = {subgraph.domain: subgraph.url for subgraph in subgraphs}
    for domain in urls:
        shutil.copy(SCHEMAS / f"{domain}.graphql", schemas)
    words = ["--urls", "-", "--subgraphs", str(schemas), "--supergraph", str(supergraph), "--api", str(api)]
    told = subprocess.run(  # noqa: S603 - our own program
        [_node(), str(_HERE / "compose.mjs"), *words], input=orjson.dumps(urls), capture_output=True, check=False
    )
    if told.returncode:
        raise CompositionError(told.stderr.decode().strip())
    return supergraph


def route(supergraph: Path, port: int, folder: Path) -> tuple[Process, str]:
    """The router, once it answers, and its address; with port 0, one that is free is found for it.

    Raises `StartError` when it does not come to answer.
    """
    for _ in range(0 if port else _TRIES - 1):
        with suppress(StartError):  # somebody took the port before the router did
            return _route(supergraph, _free_port(), folder)
    return _route(supergraph, port or _free_port(), folder)


def _route(supergraph: Path, port: int, folder: Path) -> tuple[Process, str]:
    words = [_node(), str(_PROGRAM), "supergraph", str(supergraph), "--host", _HOST, "--port", str(port)]
    settings = {"NODE_ENV": "production", "FORK": 1}
    router = Process("router", [*words, "--config-path", str(_CONFIG)], folder / "router.log", settings)
    address = f"http://{_HOST}:{port}"
    try:
        router.until(lambda: True if _answers(f"{address}/readiness") else None)
    except BaseException:
        router.end()
        raise
    return router, address


def _node() -> str:
    node = shutil.which("node")
    if node is None or not _PROGRAM.exists():
        raise CompositionError("The router needs node 20 or newer, and its packages: run `make federation`, or npm ci.")
    return node


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - on this machine
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def _free_port() -> int:
    """One that is free when it is looked for."""
    with socket.socket() as listener:
        listener.bind((_HOST, 0))
        return int(listener.getsockname()[1])
