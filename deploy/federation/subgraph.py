"""A subgraph of the fleet: a domain's slice, served by a gateway of its own."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.federation.process import CHECKOUT, Process

SCHEMAS = CHECKOUT / "graphql" / "subgraphs"
DOMAINS = tuple(sorted(path.stem for path in SCHEMAS.glob("*.graphql")))
"""All that there are."""

_SERVES = re.compile(r"serves on http://127\.0\.0\.1:(\d+)")
# Two pools and two look-ups each: ten subgraphs, and a gateway beside them, stay below an embedded server's 100
# connections.
_POOL_SIZE = 3


@dataclass
class Subgraph:
    """Ends and begins again at the same place."""

    domain: str
    process: Process
    port: int = 0
    """Once it serves."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"


def launch(domain: str, folder: Path, settings: Mapping[str, object], *, port: int = 0, demo: bool = False) -> Subgraph:
    """Starts one, which writes to a file of the folder; with port 0, the system chooses where."""
    words = [sys.executable, "-m", "gateway", "serve", "--subgraph", domain, *([] if demo else ["--no-demo"])]
    usual = {"GATEWAY_POOL_SIZE": _POOL_SIZE, "GATEWAY_LOG_LEVEL": "warning", "GATEWAY_HOST": "127.0.0.1"}
    return Subgraph(domain, Process(domain, words, folder / f"{domain}.log", {**usual, **settings, "PORT": port}))


def port_of(process: Process) -> int:
    """Where a gateway listens, once it does. Raises `StartError` when it does not come so far."""
    return int(process.until(lambda: _SERVES.search(process.said))[1])
