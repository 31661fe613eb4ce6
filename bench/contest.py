"""The contest: all servers beside each other on one database, their answers compared before anybody takes a turn."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from bench.comparison import compare, compare_moves
from bench.contestant import Contestant, floor, gateway, postgraphile
from bench.database import Database
from bench.gateway import started
from bench.operation import GATEWAY, MUTATION, POSTGRAPHILE, Operation
from bench.pgbench import Script, script_of, script_of_moves
from bench.postgraphile_server import serve
from bench.samples import begin_work
from bench.sent import sent_for
from bench.viewers import Viewers, demo_viewers


@contextmanager
def contest(database: Database, operations: Sequence[Operation]) -> Iterator[list[Contestant]]:
    """Planner, executor, floor and PostGraphile, ready.

    Raises:
        RuntimeError: Two of them answer differently.
    """
    viewers = asyncio.run(demo_viewers(database.owner))
    scripts = _floors(database, operations, viewers)
    with ExitStack() as stack:
        planner = stack.enter_context(started(**database.environment))
        executor = stack.enter_context(started(**database.environment, GATEWAY_PLANNER="false"))
        rival = stack.enter_context(serve(database.login, viewers))
        servers = [("planner", planner, GATEWAY), ("executor", executor, GATEWAY)]
        servers.append(("postgraphile", rival, POSTGRAPHILE))
        for operation in operations:
            if operation.name == MUTATION:
                asyncio.run(begin_work(database.owner, operation))
                compare_moves(operation, servers)
            else:
                compare(operation, servers)
        yield [
            gateway("planner", planner, database.postmaster),
            gateway("executor", executor, database.postmaster),
            floor(database.pgbench, database.login, database.postmaster, scripts),
            postgraphile(rival, database.postmaster),
        ]


def _floors(database: Database, operations: Sequence[Operation], viewers: Viewers) -> dict[str, Script]:
    """For the queries what a gateway sends; the mutation's is an UPDATE by hand, as what a command sends is spent."""
    sent = sent_for(database, [operation for operation in operations if operation.name != MUTATION])
    return {
        operation.name: script_of_moves(operation, viewers["manager"])
        if operation.name == MUTATION
        else script_of(sent[operation.name])
        for operation in operations
    }
