"""A gateway with its real door before the tests' house, which notes who came in."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass
from uuid import UUID

import httpx

from db.pool import Pool
from gateway.app import build_app
from gateway.settings import Settings
from gateway.viewers.door import FrontDoor
from resolvers.viewer import Viewer
from tests.gateway.house import House, listening

OPERATOR, CONTACT, COMPANY = UUID(int=0xA), UUID(int=0xB), UUID(int=0xC)
SECRET = "a secret that is long enough for HS256"  # noqa: S105 - of tests
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


@dataclass(frozen=True)
class Gate:
    """One that listens."""

    house: House
    client: httpx.Client
    settings: Settings

    def ask(self, credentials: str | None = None, **headers: str) -> httpx.Response:
        """A small query, with what is sent as a bearer's credentials."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if credentials is not None:
            sent["authorization"] = f"Bearer {credentials}"
        return self.client.post("/graphql", json={"query": "{ tickets }"}, headers=sent)

    def viewer(self, credentials: str | None = None, **headers: str) -> Viewer:
        """Who is let in by them."""
        answer = self.ask(credentials, **headers)
        assert answer.status_code == 200, answer.text
        assert "errors" not in answer.json(), answer.text
        return self.house.operations[-1].viewer

    def reason(self, credentials: str | None = None, **headers: str) -> str:
        """Why nobody is let in by them; it is the challenge's too, and quotes nothing of what was sent."""
        before = len(self.house.operations)
        answer = self.ask(credentials, **headers)
        assert len(self.house.operations) == before
        assert answer.status_code == 401, answer.text
        (error,) = answer.json()["errors"]
        assert error["extensions"] == {"code": "UNAUTHENTICATED"}
        challenge = answer.headers["www-authenticate"]
        assert challenge.startswith('Bearer realm="central-memory"')
        if 'error="invalid_token"' in challenge:
            described = challenge.partition('error_description="')[2].removesuffix('"')
            assert error["message"].startswith(described)
        if credentials and len(credentials) > 20:
            assert credentials not in answer.text + challenge
        message: str = error["message"]
        return message


@contextlib.contextmanager
def gate(dsn: str = NOWHERE, *, house: House | None = None, **settings: object) -> Generator[Gate]:
    """Outside of demo mode, unless the settings say otherwise."""
    chosen = Settings.model_validate({"port": 0, "shutdown_grace_s": 1, "demo": False, **settings})
    pool = Pool.open(dsn, size=2)

    @contextlib.asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        async with pool:
            yield

    house = house or House()
    app = build_app(house, FrontDoor(pool, chosen), chosen, lifespan=lifespan)
    with listening(app, chosen) as address, httpx.Client(base_url=address, timeout=20) as client:
        yield Gate(house, client, chosen)
