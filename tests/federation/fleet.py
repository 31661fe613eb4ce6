"""The fleet of deploy/federation as tests ask it: with data of its own, and one gateway of everything beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from deploy.federation.fleet import Fleet, running
from deploy.federation.process import Process
from deploy.federation.subgraph import DOMAINS, port_of
from gateway import database
from gateway.settings import Settings
from tests.db.home import reachable_home

SECRET = "a secret of the tests that is long enough for HS256"  # noqa: S105
_PATIENCE = 60
_CONNECTIONS = 4  # a pool's of the gateway beside the fleet: all together stay below the server's 100


@dataclass(frozen=True)
class Answer:
    """What came: `data`, and errors where there are any."""

    status: int
    data: Any
    errors: list[dict[str, Any]]
    headers: Mapping[str, str]

    @property
    def whole(self) -> Any:
        """The data of an answer without errors."""
        assert not self.errors, self.errors[:3]
        assert self.status == httpx.codes.OK
        return self.data

    @property
    def codes(self) -> set[str]:
        return {error.get("extensions", {}).get("code") for error in self.errors}


@dataclass(frozen=True)
class Scene:
    """A fleet, and the gateway that answers from the same rows by itself."""

    fleet: Fleet
    beside: str
    """That gateway's address; nothing where there is none."""
    dsn: str
    client: httpx.Client

    def routed(self, query: str, viewer: str | None = "manager", **asked: Any) -> Answer:
        """What the router answers."""
        return self._ask(self.fleet.address, query, viewer, **asked)

    def answered(self, query: str, viewer: str | None = "manager", **asked: Any) -> Answer:
        """What the one gateway answers."""
        return self._ask(self.beside, query, viewer, **asked)

    def _ask(
        self,
        address: str,
        query: str,
        viewer: str | None,
        *,
        variables: Mapping[str, Any] | None = None,
        name: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        playing = {"x-demo-viewer": viewer} if viewer else {}
        body = {"query": query, "variables": dict(variables or {}), **({"operationName": name} if name else {})}
        answer = self.client.post(f"{address}/graphql", json=body, headers={**playing, **(headers or {})})
        told = answer.json()
        return Answer(answer.status_code, told.get("data"), told.get("errors", []), answer.headers)


@contextmanager
def scene(domains: Sequence[str] = DOMAINS, *, beside: bool = True, **settings: object) -> Iterator[Scene]:
    """A fleet with new demo data, which ends with the block."""
    with reachable_home() as home:
        given = {"GATEWAY_DATA_HOME": home, "DATABASE_URL": "", "GATEWAY_TOKEN_SECRET": SECRET, **settings}
        with (
            database.located(Settings(data_home=home, database_url=None)) as dsn,
            running(home / "fleet", domains, **given) as fleet,
            _gateway(fleet, given, wanted=beside) as address,
            httpx.Client(timeout=_PATIENCE) as client,
        ):
            yield Scene(fleet, address, dsn, client)


@contextmanager
def _gateway(fleet: Fleet, settings: Mapping[str, object], *, wanted: bool) -> Iterator[str]:
    """The address of one gateway of everything."""
    if not wanted:
        yield ""
        return
    words = [sys.executable, "-m", "gateway", "serve", "--no-demo"]
    own = {"PORT": 0, "GATEWAY_POOL_SIZE": _CONNECTIONS, "GATEWAY_LOG_LEVEL": "warning"}
    process = Process("gateway", words, fleet.folder / "gateway.log", {**settings, **own})
    try:
        yield f"http://127.0.0.1:{port_of(process)}"
    finally:
        process.end()
