"""GraphQL's answers as bytes, and the HTTP status that each of them has.

Source: GraphQL over HTTP, sections "Response" and "Status Codes" (application/json, application/graphql-response+json).
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
import structlog
from graphql import GraphQLError

from gateway.media import MediaType
from gateway.refusal import Refusal, described
from resolvers.operation import Unavailable

if TYPE_CHECKING:
    from graphql import ExecutionResult

_log = structlog.get_logger(__name__)
_MOST_LOGGED = 3
_OK = 200


class Answer(NamedTuple):
    """A status, a body, and headers beyond those of every answer."""

    status: int
    body: bytes
    headers: Sequence[tuple[bytes, bytes]] = ()


def request_error_status(media: MediaType) -> HTTPStatus:
    """Of a well-formed request that GraphQL's rules refuse: it has no data.

    For `application/json` it is 200: its readers take other statuses for those of a proxy.
    """
    return HTTPStatus.BAD_REQUEST if media is MediaType.RESPONSE else HTTPStatus.OK


def refused(refusal: Refusal, media: MediaType) -> Answer:
    """The answer to a request that was not executed."""
    status = refusal.status or request_error_status(media)
    return Answer(status, orjson.dumps({"errors": refusal.errors}), refusal.headers)


def executed(result: ExecutionResult | bytes, media: MediaType, request_id: str) -> Answer:
    """The answer to a request that was. Raises `Unavailable` when a resolver found the database to be."""
    if isinstance(result, bytes):
        return Answer(_OK, result)
    errors = result.errors or []
    _log_escaped(errors)
    response: dict[str, Any] = {}
    if errors:
        response["errors"] = [_shown(error, request_id) for error in errors]
    ran = result.data is not None or not errors or any(error.path is not None for error in errors)
    if ran:
        response["data"] = result.data
    if result.extensions:
        response["extensions"] = result.extensions
    return Answer(_OK if ran else request_error_status(media), orjson.dumps(response))


def unavailable(error: Unavailable) -> Refusal:
    """503, for both media types: a balancer must see that another gateway may do better."""
    headers = [(b"retry-after", str(error.retry_after_s).encode())]
    return Refusal.because(HTTPStatus.SERVICE_UNAVAILABLE, "DATABASE_UNAVAILABLE", error.reason, headers=headers)


def internal(request_id: str) -> dict[str, Any]:
    """All that a client hears of a fault of ours: the id by which the log tells the rest."""
    return {"message": "Internal error", "extensions": {"code": "INTERNAL", "requestId": request_id}}


def _shown(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """The error as resolvers meant it, or masked."""
    if _escaped(error) is None:
        return described(error, "BAD_USER_INPUT" if error.path is None else "EXECUTION_FAILED")
    return {**described(error, "INTERNAL"), **internal(request_id)}


def _escaped(error: GraphQLError) -> Exception | None:
    """What a resolver did not mean to raise; a GraphQLError is what it did, whatever that was made of."""
    original = error.original_error
    return None if isinstance(original, GraphQLError) else original


def _log_escaped(errors: list[GraphQLError]) -> None:
    """A thousand rows may fail for one reason: the first few tell it. Raises `Unavailable` if one of them is."""
    escaped = [(error.path, original) for error in errors if (original := _escaped(error)) is not None]
    for _, original in escaped:
        if isinstance(original, Unavailable):
            raise original
    for path, original in escaped[:_MOST_LOGGED]:
        _log.error("resolver_failed", path=path, exc_info=original, of=len(escaped))
