"""How an operation was answered: its statements and PostgreSQL's plans, in the form that GraphiQL tools show.

Source: ruru's `extensions.explain.operations`: items of type "sql" with title, query, and perhaps EXPLAIN's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.pool import Pool
from resolvers.operation import Operation
from resolvers.planner.parameters import Statement


async def explanation(statements: Sequence[Statement], operation: Operation, pool: Pool) -> dict[str, Any]:
    """The response's extensions. Values are no part of it: only a plan's own text shows some of them.

    The statements are planned, not run: that takes no rights to rows.
    """
    name = operation.name or "query"
    operations = [
        {"type": "sql", "title": f"{name} {n} of {len(statements)}", "query": statement.sql}
        for n, statement in enumerate(statements, 1)
    ]
    if "plan" in operation.explain:
        async with pool.connection() as connection:
            for told, statement in zip(operations, statements, strict=True):
                lines = await connection.fetch(f"EXPLAIN {statement.sql}", *statement.parameters)
                told["explain"] = "\n".join(line[0] for line in lines)
    return {"explain": {"operations": operations}}
