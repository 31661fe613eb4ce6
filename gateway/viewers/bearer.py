"""The Authorization header. Credentials are read from nowhere else: addresses and cookies end in logs and links."""

from __future__ import annotations

import re

from gateway.viewers.unauthorized import invalid_token, no_credentials

# A signed token with a few dozen roles has about 2,000 characters.
_LONGEST = 8_192
_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/=-]+) *", re.IGNORECASE)
HOW = "Send Authorization: Bearer, and a token or an API key."


def credentials(authorization: str) -> str:
    """The token or key. Raises `Refusal` for another scheme, and for what can be neither.

    Source: RFC 6750, section 2.1.
    """
    found = _BEARER.fullmatch(authorization)
    if found is not None and len(found[1]) <= _LONGEST:
        return found[1]
    if authorization[:6].lower() != "bearer":
        raise no_credentials(f"The Authorization header has another scheme than Bearer. {HOW}")
    raise invalid_token("The token is malformed", HOW)
