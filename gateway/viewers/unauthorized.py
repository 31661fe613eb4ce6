"""Requests whose sender is not known: 401, and how to do better.

Source: RFC 6750, section 3.
"""

from __future__ import annotations

from http import HTTPStatus

from gateway.refusal import Refusal

_CODE = "UNAUTHENTICATED"
_REALM = 'Bearer realm="central-memory"'


def no_credentials(message: str) -> Refusal:
    """Nothing was sent that could be checked."""
    return _refusal(message, _REALM)


def invalid_token(reason: str, advice: str = "") -> Refusal:
    """What was sent does not count. The reason is a sentence without its full stop, and quotes nothing of it."""
    challenge = f'{_REALM}, error="invalid_token", error_description="{reason}"'
    return _refusal(f"{reason}. {advice}".strip(), challenge)


def _refusal(message: str, challenge: str) -> Refusal:
    return Refusal.because(
        HTTPStatus.UNAUTHORIZED, _CODE, message, headers=[(b"www-authenticate", challenge.encode("ascii"))]
    )
