"""How long the worst documents hold up the event loop: `python -m bench.documents`.

Before: parsed and validated by graphql-core with its own limits and 20,000 tokens.
After: through the gateway's documents with the default limits. Milliseconds of CPU time, the best of three.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import GraphQLError, GraphQLSchema, parse, validate

from gateway.documents import Documents
from gateway.refusal import Refusal
from gateway.settings import Settings
from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from schema.supergraph.supergraph import build_supergraph
from tests.limits.attacks import ALLOWED, REFUSED

_ROUNDS = 3
_FILTERED = "query ($w: TicketFilter, $first: Int) { tickets(where: $w, first: $first) { nodes { id } } }"
VARIABLES: dict[str, dict[str, Any]] = {
    "a usual one": {"w": {"status": {"eq": "OPEN"}}, "first": 20},
    "an `in` of 100,000": {"w": {"number": {"in": ["MT-1"] * 100_000}}},
    "10,000 conditions": {"w": {"or": [{"number": {"eq": "MT-1"}}] * 5_000}},
    "100,000 values": {f"v{n}": [["x"] * 1_000] * 10 for n in range(10)},
    "just under all limits": {"w": {"and": [{"number": {"in": ["MT-1"] * 990}}] * 10}},
}


def main() -> None:
    """Prints two tables: documents by themselves, then a document with variables."""
    schema = build_supergraph(assemble(DOMAINS)).graphql
    documents = Documents(schema, Settings(documents_kept=1))
    attacks = {
        **{f"{name} (beyond)": text for name, (_, text) in REFUSED.items()},
        **{f"{name} (within)": text for name, text in ALLOWED.items()},
    }
    print(f"{'document':45} {'characters':>10} {'before':>8} {'after':>8}  answer")
    for name, text in attacks.items():
        before, _ = _milliseconds([partial(_by_graphql_core, schema, text)])
        after, answer = _milliseconds([partial(_by_gateway, documents, text + " " * n) for n in range(_ROUNDS)])
        print(f"{name:45} {len(text):>10,} {before:>8.1f} {after:>8.1f}  {answer}", flush=True)
    print(f"\n{'variables of a document that is kept':56} {'':8} {'after':>8}  answer")
    for name, variables in VARIABLES.items():
        after, answer = _milliseconds([partial(_with_variables, documents, variables)] * _ROUNDS)
        print(f"{name:56} {'':8} {after:>8.3f}  {answer}")


def _milliseconds(calls: list[Callable[[], str]]) -> tuple[float, str]:
    """The least CPU time of any, and what the last one said."""
    times = []
    answer = ""
    for call in calls:
        gc.collect()
        started = time.process_time()
        answer = call()
        times.append((time.process_time() - started) * 1000)
    return min(times), answer


def _by_graphql_core(schema: GraphQLSchema, text: str) -> str:
    try:
        errors = validate(schema, parse(text, max_lexical_tokens=20_000, max_comments=2_000), max_errors=20)
    except GraphQLError as error:
        errors = [error]
    return errors[0].message if errors else "valid"


def _by_gateway(documents: Documents, text: str) -> str:
    return _answer(lambda: documents.get(text))


def _with_variables(documents: Documents, variables: dict[str, Any]) -> str:
    return _answer(lambda: documents.get(_FILTERED).operation(None, variables))


def _answer(call: Callable[[], object]) -> str:
    try:
        call()
    except Refusal as refusal:
        extensions = refusal.errors[0]["extensions"]
        return str(extensions.get("limit", extensions["code"]))
    return "valid"


if __name__ == "__main__":
    main()
