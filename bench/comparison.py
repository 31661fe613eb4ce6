"""Servers are asked the same before anything is measured: whoever answers otherwise ends the bench."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from bench.answers import difference
from bench.gateway import Started
from bench.http_client import post
from bench.operation import Operation

_ASKED = 20

Served = tuple[str, Started, str]
"""A server's name, where it is, and in whose words it is asked."""


def compare(operation: Operation, servers: Sequence[Served]) -> None:
    """A query with some of its variables: all answer as the first does.

    Raises:
        RuntimeError: An answer differs; the message says where.
    """
    for n in range(min(_ASKED, len(operation.decks[0]))):
        ours, *others = (_answer(server, operation, n) for server in servers)
        for server, theirs in zip(servers[1:], others, strict=True):
            _refuse(server, operation, n, difference(ours, theirs))


def compare_moves(operation: Operation, servers: Sequence[Served]) -> None:
    """The mutation, to and fro with each server: the ticket is where it was sent.

    Raises:
        RuntimeError: It is not.
    """
    for server in servers:
        for n, sent in enumerate(operation.decks[0]):
            ticket = _answer(server, operation, n)["transitionTicket"]["ticket"]
            _refuse(server, operation, n, difference({"id": sent["ticket"], "status": sent["status"]}, ticket))


def _answer(server: Served, operation: Operation, n: int) -> Any:
    name, started, schema = server
    told = orjson.loads(post(started.port, operation.requests(schema)[0][n]))
    if "errors" in told or not told.get("data"):
        raise RuntimeError(f"{operation.name}: {name} answers {told}")
    return told["data"]


def _refuse(server: Served, operation: Operation, n: int, found: str | None) -> None:
    if found:
        raise RuntimeError(f"{operation.name} {operation.decks[0][n]}: {server[0]} answers otherwise: {found}")
