"""What a connection is given to send, and when."""

from __future__ import annotations

import asyncio

import pytest

from gateway.corked import CorkedTransport


class Wire(asyncio.Transport):
    """The outer end: notes each call of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.closed
        self.sent.append(bytes(data))

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
async def corked(wire: Wire) -> CorkedTransport:
    return CorkedTransport(wire, asyncio.get_running_loop())


async def test_head_and_body_are_sent_together(wire: Wire, corked: CorkedTransport) -> None:
    corked.write(b"HTTP/1.1 200 OK\r\n\r\n")
    corked.write(b"{}")
    assert wire.sent == []
    await asyncio.sleep(0)
    assert wire.sent == [b"HTTP/1.1 200 OK\r\n\r\n{}"]


async def test_what_comes_later_is_sent_later(wire: Wire, corked: CorkedTransport) -> None:
    for part in (b"one", b"two"):
        corked.write(part)
        await asyncio.sleep(0)
    assert wire.sent == [b"one", b"two"]


async def test_much_is_not_held(wire: Wire, corked: CorkedTransport) -> None:
    corked.write(b"head")
    corked.write(b"x" * 65_536)
    assert wire.sent == [b"head" + b"x" * 65_536]
    corked.write(b"rest")
    await asyncio.sleep(0)
    assert wire.sent[1:] == [b"rest"]


async def test_closing_sends_what_was_held(wire: Wire, corked: CorkedTransport) -> None:
    corked.write(b"goodbye")
    corked.close()
    assert (wire.sent, wire.closed) == ([b"goodbye"], True)
    await asyncio.sleep(0)
    assert wire.sent == [b"goodbye"]


async def test_nothing_is_sent_to_who_has_gone(wire: Wire, corked: CorkedTransport) -> None:
    corked.write(b"hello?")
    wire.close()
    await asyncio.sleep(0)
    assert wire.sent == []
