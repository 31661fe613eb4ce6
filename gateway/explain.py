"""`X-GraphQL-Explain`: what a request wants to be told of the way that its query is answered, and who may be."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from gateway.refusal import Refusal
from schema.vocabulary.role import MANAGERS, ViewerRole

if TYPE_CHECKING:
    from gateway.settings import Settings
    from resolvers.viewer import Viewer

HEADER = b"x-graphql-explain"
_TELLABLE = ("plan", "sql")
_MAY = MANAGERS | {ViewerRole.ANALYST}
NOTHING: frozenset[str] = frozenset()


def asked_to_explain(header: str | None, viewer: Viewer, settings: Settings) -> frozenset[str]:
    """What the header names. Raises `Refusal` for what nobody is told, and for who may not be told."""
    if header is None:
        return NOTHING
    named = {word.strip().lower() for word in header.split(",")} - {""}
    if unknown := sorted(named.difference(_TELLABLE)):
        raise _unknown(unknown[0])
    if named and not (settings.explains and viewer.role in _MAY):
        raise _forbidden(settings)
    return frozenset(named)


def _unknown(word: str) -> Refusal:
    message = f"The header X-GraphQL-Explain names '{word[:100]}', which is not told. It knows {', '.join(_TELLABLE)}."
    return Refusal.because(HTTPStatus.BAD_REQUEST, "UNKNOWN_EXPLANATION", message)


def _forbidden(settings: Settings) -> Refusal:
    whom = " to admins, managers and analysts only" if settings.explains else " to nobody here (GATEWAY_EXPLAIN)"
    message = f"How a query is answered is told{whom}. Send the request without the header X-GraphQL-Explain."
    return Refusal.because(HTTPStatus.FORBIDDEN, "EXPLAIN_FORBIDDEN", message)
