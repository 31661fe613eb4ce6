"""A client of one connection that is kept: so small that it does not measure itself."""

import asyncio
from typing import Self


class HttpClient:
    """Posts one body to /graphql, over and over."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes) -> None:
        self._reader = reader
        self._writer = writer
        self._request = b"\r\n".join(
            [
                b"POST /graphql HTTP/1.1",
                b"host: 127.0.0.1",
                b"content-type: application/json",
                b"accept: application/json",
                b"content-length: %d" % len(body),
                b"",
                body,
            ]
        )

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
