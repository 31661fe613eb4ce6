"""The door: who sends a request is found here, before anything of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gateway.viewers.api_key import PREFIX
from gateway.viewers.api_keys import ApiKeys
from gateway.viewers.bearer import HOW, credentials
from gateway.viewers.demo import HEADER, DemoViewers
from gateway.viewers.tokens import Tokens
from gateway.viewers.unauthorized import no_credentials

if TYPE_CHECKING:
    from db.pool import Pool
    from gateway.exchange import Exchange
    from gateway.settings import Settings
    from resolvers.viewer import Viewer


class Door(Protocol):
    """Lets viewers in."""

    async def viewer(self, exchange: Exchange) -> Viewer:
        """Who sends this request. Raises `Refusal` where that cannot be told, `Unavailable` where it cannot be now."""
        ...


class FrontDoor:
    """The gateway's own: by a token or an API key; in demo mode, who brings neither is one of the demo's viewers."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._keys = ApiKeys(pool)
        self._tokens = Tokens(settings)
        self._demo = DemoViewers(pool) if settings.demo else None

    async def viewer(self, exchange: Exchange) -> Viewer:
        authorization = exchange.header(b"authorization")
        if authorization is not None:
            sent = credentials(authorization)
            return await (self._keys.viewer(sent) if sent.startswith(PREFIX) else self._tokens.viewer(sent))
        if self._demo is None:
            raise no_credentials(f"Who asks must be known here. {HOW}")
        return await self._demo.named(exchange.header(HEADER))
