"""What the gateway tells of itself, in the text format of Prometheus."""

from __future__ import annotations

import platform
import tomllib
from pathlib import Path

from prometheus_client import CollectorRegistry, Info, ProcessCollector, generate_latest

from gateway.occupancy import Occupancy
from gateway.traffic import Traffic

CONTENT_TYPE = "text/plain; version=0.0.4"
_PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"


class Metrics:
    """The metrics of one gateway, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.traffic = Traffic()
        self.occupancy = Occupancy()
        self._registry.register(self.traffic)
        self._registry.register(self.occupancy)
        ProcessCollector(registry=self._registry)
        Info("gateway_build", "What is running.", registry=self._registry).info(_build())

    def text(self) -> bytes:
        """All of them, as they stand."""
        return generate_latest(self._registry)


def _build() -> dict[str, str]:
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
    return {"version": project["version"], "python": platform.python_version()}
