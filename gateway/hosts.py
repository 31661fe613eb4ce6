"""The names that a request may call this server by.

Without the check, a web page whose name was pointed at this machine (DNS rebinding) could query the gateway from a
visitor's browser as if it were the page's own server, and loopback would not keep it out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from gateway.problem import problem

if TYPE_CHECKING:
    from starlette.responses import Response

    from gateway.settings import Settings

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(:[0-9]*)?")


@lru_cache(maxsize=64)
def _name(host: str) -> str | None:
    """Without its port."""
    named = _HOST.fullmatch(host)
    return named and named[1].lower()


class Hosts:
    """The allowed names; `*` allows every one."""

    def __init__(self, settings: Settings) -> None:
        listening = f"[{settings.host}]" if ":" in settings.host else settings.host
        self._allowed = frozenset(name.lower() for name in (*settings.allowed_hosts, listening))

    def allow(self, host: str | None) -> bool:
        """Whether a Host header names this server; the port does not matter."""
        if "*" in self._allowed:
            return True
        return _name(host or "") in self._allowed

    def refusal(self, host: str | None) -> Response:
        """The answer to a request that calls it otherwise."""
        said = f"'{host[:100]}'" if host else "no host"
        names = ", ".join(sorted(self._allowed))
        message = f"The request is for {said}, but this server is {names}. GATEWAY_ALLOWED_HOSTS can name more."
        return problem(HTTPStatus.MISDIRECTED_REQUEST, "UNKNOWN_HOST", message)
