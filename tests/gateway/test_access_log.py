"""The lines of the access log, as a process writes them."""

from __future__ import annotations

import asyncio
from io import BytesIO

import orjson

from gateway.access_log import JsonLines


class Written(BytesIO):
    """Counts the calls of the system."""

    flushed = 0

    def flush(self) -> None:
        self.flushed += 1


def _numbers(out: Written) -> list[int]:
    return [orjson.loads(line)["number"] for line in out.getvalue().splitlines()]


async def test_requests_that_end_together_are_written_together_in_their_order() -> None:
    out = Written()
    log = JsonLines(out)
    for number in range(3):
        log({"number": number})
    await asyncio.sleep(0)
    assert (_numbers(out), out.flushed) == ([0, 1, 2], 1)


async def test_a_request_that_ends_later_is_written_later() -> None:
    out = Written()
    log = JsonLines(out)
    for number in range(3):
        log({"number": number})
        await asyncio.sleep(0)
        assert _numbers(out) == list(range(number + 1))
    assert out.flushed == 3


def test_what_ends_with_the_loop_is_written_too() -> None:
    out = Written()
    log = JsonLines(out)

    async def last() -> None:
        log({"number": 7})

    asyncio.run(last())
    assert _numbers(out) == [7]
