"""The least that uvicorn and asyncpg take: it reads JSON, sends the statement, and passes its bytes on.

Nothing is checked, limited, logged or counted, and there is one viewer. What to do comes as JSON on its input: the
login's address, the pool's size, and for each document the statement and its parameters, null where the one variable
goes.
"""

from __future__ import annotations

import json
import socket
import sys
from typing import Any

import orjson
import uvicorn

from db.pool import Pool
from resolvers.policies import STAFF


class Bare:
    """An ASGI application."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._pool = Pool.open(given["login"], size=given["size"], settings={"role": STAFF})
        self._statements: dict[str, tuple[str, list[Any]]] = given["statements"]

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        message = await receive()
        asked = orjson.loads(message["body"])
        sql, parameters = self._statements[asked["query"]]
        (own,) = asked["variables"].values()
        async with self._pool.connection() as connection:
            data = await self._pool.prepared(connection).value(sql, [own if p is None else p for p in parameters])
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % (len(data) + 9))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"data":%b}' % data})


def main() -> None:
    app = Bare(json.load(sys.stdin))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(listening.getsockname()[1], flush=True)
        config = uvicorn.Config(app, loop="uvloop", lifespan="off", log_config=None, access_log=False)
        uvicorn.Server(config).run([listening])


if __name__ == "__main__":
    main()
