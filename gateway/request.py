"""A GraphQL request as it comes over HTTP: its parameters, checked.

Source: GraphQL over HTTP, section "Request".
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl

from gateway.json_text import JsonRefused, read_json
from gateway.refusal import Refusal, bad_request

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARAMETERS = ("query", "operationName", "variables", "extensions")
_LONGEST_QUERY_STRING = 32 * 1024
_MOST_FIELDS = 32


class Request(NamedTuple):
    """The four parameters; an operation's name that is not given is None, and so is an empty one."""

    query: str
    operation_name: str | None
    variables: dict[str, Any]
    extensions: dict[str, Any]


def from_body(body: bytes) -> Request:
    """Of a POST. Raises `Refusal` when the body is not a JSON object with the parameters."""
    if not body:
        raise bad_request('The request has no body. Send a JSON object: {"query": "{ __typename }"}.')
    try:
        parameters = read_json(body)
    except JsonRefused as refused:
        raise bad_request(f"The request's body is not usable JSON: {refused}.") from refused
    if isinstance(parameters, list):
        raise bad_request("Batches are not served: the body is a list. Send each operation in a request of its own.")
    if not isinstance(parameters, dict):
        raise bad_request(f"The request's body is {_kind(parameters)}; it must be a JSON object with a query.")
    return _checked(parameters, "the request's body")


def from_query_string(query_string: bytes) -> Request:
    """Of a GET. Raises `Refusal`; an empty optional parameter is one that is not given."""
    if len(query_string) > _LONGEST_QUERY_STRING:
        message = f"The URL is longer than {_LONGEST_QUERY_STRING} bytes. Send the request by POST instead."
        raise Refusal.because(HTTPStatus.REQUEST_URI_TOO_LONG, "BAD_REQUEST", message)
    try:
        fields = parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError as error:
        raise bad_request("The URL's query string is not UTF-8 that was percent-encoded.") from error
    except ValueError as error:
        raise bad_request(f"The URL has more than {_MOST_FIELDS} parameters.") from error
    parameters: dict[str, Any] = {}
    for name, value in fields:
        if name in parameters and name in _PARAMETERS:
            raise bad_request(f"The parameter '{name}' stands in the URL more than once. Send it once.")
        parameters[name] = value
    for name in ("variables", "extensions"):
        parameters[name] = _from_json(name, parameters[name]) if parameters.get(name) else None
    return _checked(parameters, "the URL")


def _from_json(name: str, text: str) -> object:
    try:
        return read_json(text.encode())
    except JsonRefused as refused:
        raise bad_request(f"The URL's parameter '{name}' is not usable JSON: {refused}.") from refused


def _checked(parameters: Mapping[str, Any], where: str) -> Request:
    query = parameters.get("query")
    if not isinstance(query, str):
        said = "is missing" if query is None else f"is {_kind(query)}"
        raise bad_request(f"The parameter 'query' {said} in {where}. It must be a string: a GraphQL document.")
    name = parameters.get("operationName")
    if name is not None and not isinstance(name, str):
        raise bad_request(f"The parameter 'operationName' is {_kind(name)} in {where}. It must be a string or null.")
    return Request(query, name or None, _map(parameters, "variables", where), _map(parameters, "extensions", where))


def _map(parameters: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    value = parameters.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_request(f"The parameter '{name}' is {_kind(value)} in {where}. It must be a JSON object or null.")
    return value


def _kind(value: object) -> str:
    """What JSON calls it."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "an object"
