"""Answers outside GraphQL, and refusals in the shape that GraphQL's errors have, so that a client reads only one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.refusal import Refusal


def json_response(content: object, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that is about now, and so is kept by nobody."""
    headers = {"cache-control": "no-store", **(headers or {})}
    return Response(orjson.dumps(content), status, headers, "application/json")


def problem(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal with one error."""
    return json_response({"errors": [{"message": message, "extensions": {"code": code}}]}, status, headers)


def refused(refusal: Refusal) -> Response:
    """A refusal outside GraphQL."""
    headers = {name.decode(): value.decode("latin-1") for name, value in refusal.headers}
    return json_response({"errors": refusal.errors}, refusal.status or HTTPStatus.BAD_REQUEST, headers)
