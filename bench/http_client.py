"""A client of one connection that is kept: so small that it does not measure itself."""

import asyncio
import socket
from collections.abc import Mapping
from typing import Self


def request(body: bytes, headers: Mapping[str, str] | None = None) -> bytes:
    """A POST to /graphql, complete."""
    named = {
        "host": "127.0.0.1",
        "content-type": "application/json",
        "accept": "application/json",
        "content-length": str(len(body)),
        **(headers or {}),
    }
    lines = ["POST /graphql HTTP/1.1", *(f"{name}: {value}" for name, value in named.items()), "", ""]
    return "\r\n".join(lines).encode() + body


def post(port: int, complete: bytes) -> bytes:
    """The body of the answer to one request."""
    with socket.create_connection(("127.0.0.1", port)) as connection, connection.makefile("rb") as answer:
        connection.sendall(complete)
        length = 0
        while (line := answer.readline().lower()) not in (b"\r\n", b""):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        return answer.read(length)


class HttpClient:
    """Posts one body to /graphql, over and over."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> None:
        self._reader = reader
        self._writer = writer
        self._request = request(body)

    @classmethod
    async def open(cls, port: int, body: bytes) -> Self:
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**24), body)

    async def ask(self) -> bytes:
        """The answer's body.

        Raises:
            RuntimeError: It was refused.
        """
        self._writer.write(self._request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
        body = await self._reader.readexactly(length)
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(body.decode())
        return body

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()
