"""The clients: a process of its own, so small that it does not measure itself (`python -m bench.load_client`).

It reads from its input what to ask, as one JSON object, says `begin` when it starts counting and `end` when it
stops, and then what it saw, as one line of JSON. It imports nothing of the project: its start would be measured too.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import Any

_PIECE = 1 << 20
_START = 1024  # bytes of an answer that are looked at
_GOOD = b'{"data":{'


class Client:
    """A connection that is kept: sends the next request of its deck when the last one is answered."""

    def __init__(self, port: int, deck: list[bytes], first: int, holds: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._requests = islice(cycle(deck), first, None)
        self._holds = holds
        self._missing = 0
        self._start = b""
        self.asked = 0.0

    def ask(self) -> None:
        self.asked = time.perf_counter()
        self.socket.sendall(next(self._requests))

    def answered(self, piece: bytearray) -> bool:
        """Takes what has come; whether it was the last of an answer."""
        size, body = self.socket.recv_into(piece), 0
        if self._missing == 0:
            body = piece.find(b"\r\n\r\n", 0, size) + 4
            self._missing, self._start = _length(piece[:body]), b""
        self._missing -= size - body
        if (wanted := _START - len(self._start)) > 0:
            self._start += piece[body : min(size, body + wanted)]
        if size == 0 or self._missing < 0:
            raise SystemExit("the server hung up, or its answer was not understood")
        if self._missing == 0 and not (self._start.startswith(_GOOD) and self._holds in self._start):
            raise SystemExit(f"refused: {self._start.decode(errors='replace')}")
        return self._missing == 0


def _length(head: bytearray) -> int:
    return int(head.lower().partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])


class Clients:
    """All of them, each with one request under way."""

    def __init__(self, clients: list[Client]) -> None:
        self.waits_us: list[int] = []
        self._piece = bytearray(_PIECE)
        self._poll = selectors.DefaultSelector()
        for client in clients:
            self._poll.register(client.socket, selectors.EVENT_READ, client)
            client.ask()

    def go_on(self, enough: Callable[[int], bool]) -> None:
        """Each asks again as soon as it is answered, until so many answers are enough."""
        self.waits_us.clear()
        while not enough(len(self.waits_us)):
            for client in self._answered():
                client.ask()

    def come_to_rest(self) -> None:
        """What is under way is answered: the next turn begins with an idle server."""
        while self._poll.get_map():
            for client in self._answered():
                self._poll.unregister(client.socket)

    def _answered(self) -> Iterator[Client]:
        for key, _ in self._poll.select():
            client: Client = key.data
            if client.answered(self._piece):
                self.waits_us.append(int((time.perf_counter() - client.asked) * 1e6))
                yield client


def main() -> None:
    given = json.load(sys.stdin)
    decks = [[request.encode() for request in deck] for deck in given["decks"]]
    clients = Clients([_client(n, given, decks) for n in range(given["clients"])])
    began = time.perf_counter()
    clients.go_on(lambda _: time.perf_counter() - began >= given["warm_s"])
    print("begin", flush=True)
    began, cpu = time.perf_counter(), time.process_time()
    clients.go_on(lambda answered: _enough(given, answered, time.perf_counter() - began))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    waits = list(clients.waits_us)
    print("end", flush=True)
    clients.come_to_rest()
    print(json.dumps({"waits_us": waits, "seconds": seconds, "client_cpu_us": cpu * 1e6}), flush=True)


def _client(n: int, given: dict[str, Any], decks: list[list[bytes]]) -> Client:
    """Who shares a deck begins in another part of it."""
    deck, ports = decks[n % len(decks)], given["ports"]
    first = n * len(deck) // given["clients"] if len(decks) == 1 else 0
    return Client(ports[n % len(ports)], deck, first, given["holds"].encode())


def _enough(given: dict[str, float], answered: int, seconds: float) -> bool:
    if answered >= given["most"] or seconds >= given["seconds"] + given["patience_s"]:
        return True
    return seconds >= given["seconds"] and answered >= given["least"]


if __name__ == "__main__":
    main()
