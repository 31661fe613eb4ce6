"""How people come in: as viewers of the demo, by a token, by an API key."""

from __future__ import annotations

from contextlib import ExitStack
from typing import ClassVar, Self
from uuid import UUID

from gql import Client
from gql.transport.httpx import HTTPXTransport
from pydantic import SecretStr

from gateway.settings import Settings
from gateway.viewers.tokens import make_token
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole
from tests.process.gateway import Gateway
from tests.stories.person import Person

_SECRET = "the stories are told to whoever has this secret"  # noqa: S105 - of a server that is gone with the test
_PATIENCE = 60
_WHO = "{ viewer { role operator { id } contact { id } } }"


class Door:
    """Of one gateway. Whoever came in leaves with it."""

    SETTINGS: ClassVar[dict[str, str]] = {"GATEWAY_TOKEN_SECRET": _SECRET}
    """Of the gateway, so that it takes the tokens."""

    def __init__(self, gateway: Gateway, dsn: str) -> None:
        self._gateway = gateway
        self._dsn = dsn
        self._settings = Settings(token_secret=SecretStr(_SECRET))
        self._guests = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._guests.close()

    def demo_viewer(self, name: str) -> Person:
        """The demo's viewer of a role."""
        return self._let_in({"x-demo-viewer": name})

    def program(self, role: str) -> Person:
        """Who acts for the demo's viewer of a role, by an API key that may write."""
        told = self.demo_viewer(role).ask(_WHO)["viewer"]
        words = ["--name", "story", "--role", role, "--operator", told["operator"]["id"], "--scope", "write"]
        made = self._gateway.home.run(
            "keys", "create", *words, "--contact", told["contact"]["id"], DATABASE_URL=self._dsn
        )
        assert made.returncode == 0, made.stderr
        return self._let_in({"authorization": f"Bearer {made.stdout.strip()}"})

    def somebody(self, role: ViewerRole, operator: str, contact: str, company: str | None = None) -> Person:
        """Somebody new, by a token."""
        viewer = Viewer(role, UUID(operator), UUID(contact), UUID(company) if company else None)
        token = make_token(self._settings, viewer, minutes=60)
        return self._let_in({"authorization": f"Bearer {token}"}, viewer)

    def _let_in(self, headers: dict[str, str], viewer: Viewer | None = None) -> Person:
        transport = HTTPXTransport(f"{self._gateway.address}/graphql", headers=headers, timeout=_PATIENCE)
        return Person(self._guests.enter_context(Client(transport=transport)), self._gateway.address, viewer)
