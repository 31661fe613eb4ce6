"""An execution goes on only while somebody waits for it."""

from __future__ import annotations

import asyncio
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar

from gateway.limit import Limit
from gateway.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.types import Receive

T = TypeVar("T")


class Interrupted(Exception):  # noqa: N818 - nobody's error
    """The client hung up: there is nobody left to answer."""


async def attended(execution: Awaitable[T], receive: Receive, timeout_s: float) -> T:
    """What the execution returns; it is cancelled when the client hangs up, time is over, or the server ends.

    It runs in the caller's task, so that only the watch has one of its own.
    Raises `Interrupted` for the first, `Refusal` for the others.
    """
    with Limit(timeout_s, partial(_timed_out, timeout_s)) as limit:
        watch = asyncio.create_task(_watch(receive, limit))
        try:
            return await execution
        finally:
            watch.cancel()


async def _watch(receive: Receive, limit: Limit) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    limit.interrupt(Interrupted())


def _timed_out(timeout_s: float) -> Refusal:
    """504, for both media types: the database, which this is a gateway to, did not answer in time."""
    message = f"The operation took longer than {timeout_s:g} seconds and was cancelled. Ask for less, or in pages."
    return Refusal.because(HTTPStatus.GATEWAY_TIMEOUT, "TIMEOUT", message)
