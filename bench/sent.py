"""What a gateway sends to PostgreSQL for a request, word by word: PostgreSQL's own log tells."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from bench.database import LOGIN, Database
from bench.gateway import started
from bench.http_client import post
from bench.operation import GATEWAY, Operation

_SAMPLES = 40
_ENTRY = re.compile(r"^\S+ \S+ \S+ \[\d+\] (LOG|DETAIL):  ", re.MULTILINE)
_STATEMENT = re.compile(r"(?:statement|execute [^:]+): (.*)", re.DOTALL)
_PARAMETER = re.compile(r"\$\d+ = (?:(NULL)|'((?:[^']|'')*)')")


@dataclass(frozen=True)
class Sent:
    """A statement with its parameters, as text."""

    sql: str
    parameters: tuple[str | None, ...] = ()


def sent_for(database: Database, operations: Sequence[Operation]) -> dict[str, list[tuple[Sent, ...]]]:
    """What a gateway sends for some requests of each operation, by its name."""
    asyncio.run(log_statements(database.owner, LOGIN, wanted=True))
    try:
        with started(**database.environment) as planner:
            return {
                each.name: statements_of(planner.port, database.log, each.requests(GATEWAY)[0][:_SAMPLES])
                for each in operations
            }
    finally:
        asyncio.run(log_statements(database.owner, LOGIN, wanted=False))


async def log_statements(dsn: str, login: str, *, wanted: bool) -> None:
    """Whether what a login sends is logged; counts for connections that are opened from now on."""
    setting = "SET log_statement = 'all'" if wanted else "RESET log_statement"
    connection = await asyncpg.connect(dsn)
    await connection.execute(f"ALTER ROLE {login} {setting}")
    await connection.close()


def statements_of(port: int, log: Path, requests: Sequence[bytes]) -> list[tuple[Sent, ...]]:
    """For each request the statements that answer it, of a gateway that is logged and that nobody else asks.

    Requests that take other statements than most (an empty page, the gateway's own work in between) are left out.
    """
    for request in requests:
        post(port, request)  # the driver's own questions about types come first
    found: list[tuple[Sent, ...]] = []
    for request in requests:
        start = log.stat().st_size
        post(port, request)
        with log.open(encoding="utf-8") as file:
            file.seek(start)
            found.append(tuple(_statements(file.read())))
    ((usual, _),) = Counter(map(_texts, found)).most_common(1)
    return [sent for sent in found if _texts(sent) == usual]


def _texts(sent: Sequence[Sent]) -> tuple[str, ...]:
    return tuple(each.sql for each in sent)


def _statements(logged: str) -> Iterator[Sent]:
    _, *parts = _ENTRY.split(logged)
    entries = list(zip(parts[::2], parts[1::2], strict=True))
    for (kind, text), (following, detail) in zip(entries, [*entries[1:], ("LOG", "")], strict=True):
        statement = _STATEMENT.match(text)
        if kind != "LOG" or statement is None:
            continue
        values = _PARAMETER.findall(detail) if following == "DETAIL" else []
        yield Sent(_unfolded(statement[1]), tuple(None if null else value.replace("''", "'") for null, value in values))


def _unfolded(text: str) -> str:
    """Lines that the log has indented."""
    return text.rstrip("\n").replace("\n\t", "\n")
