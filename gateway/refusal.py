"""A request that is turned away, and how that is told."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import GraphQLError

# A message may quote the document: a name of a megabyte must not come back in each of the errors about it.
_LONGEST_MESSAGE = 1_000


class Refusal(Exception):  # noqa: N818 - what it is called where it is raised: `raise Refusal.because(…)`
    """A request that is not executed, or whose execution was ended.

    `status` is None where GraphQL's own rules refuse a request that HTTP has nothing against: then it depends on the
    media type of the answer (see `response.request_error_status`).
    """

    def __init__(
        self, status: HTTPStatus | None, errors: Sequence[dict[str, Any]], headers: Sequence[tuple[bytes, bytes]] = ()
    ) -> None:
        super().__init__(errors[0]["message"])
        self.status = status
        self.errors = list(errors)
        self.headers = list(headers)

    @classmethod
    def because(
        cls,
        status: HTTPStatus | None,
        code: str,
        message: str,
        *,
        headers: Sequence[tuple[bytes, bytes]] = (),
    ) -> Refusal:
        """A refusal with one error."""
        return cls(status, [{"message": message[:_LONGEST_MESSAGE], "extensions": {"code": code}}], headers)

    @classmethod
    def of_document(cls, code: str, errors: Sequence[GraphQLError]) -> Refusal:
        """A refusal of a document, with what its parser or the validation rules found."""
        return cls(None, [described(error, code) for error in errors])


def described(error: GraphQLError, code: str) -> dict[str, Any]:
    """The error as the response shows it, with `code` unless it brings its own."""
    shown: dict[str, Any] = {"message": error.message[:_LONGEST_MESSAGE]}
    if error.locations:
        shown["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path is not None:
        shown["path"] = error.path
    shown["extensions"] = {"code": code, **(error.extensions or {})}
    return shown


def bad_request(message: str) -> Refusal:
    """The request is not a well-formed GraphQL-over-HTTP request."""
    return Refusal.because(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", message)
