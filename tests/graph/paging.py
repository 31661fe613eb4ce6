"""Asking for pages of any entity in any order."""

from __future__ import annotations

from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st

from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from schema.supergraph.orders import orders
from tests.graph.client import Client
from tests.graph.model import Model, Row

LAW = settings(deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Without shrinking: examples are short as they are, and reading whole lists again and again takes minutes."""

ENTITIES = ["Ticket", "Contact", "TicketParticipant", "Quote", "AuditEvent", "Reservation", "Approval"]
_ORDERS = {name: list(orders(assemble(DOMAINS).entities[name])) for name in ENTITIES}
VARIABLES = "$first: Int, $after: String, $last: Int, $before: String, $offset: Int"
ARGUMENTS = "first: $first, after: $after, last: $last, before: $before, offset: $offset"
PAGE = "{ totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }"


def ordered(names: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, list[str]]]:
    """An entity and a few orders of it, none as well."""
    return names.flatmap(lambda name: st.tuples(st.just(name), st.lists(st.sampled_from(_ORDERS[name]), max_size=3)))


async def page_of(client: Client, model: Model, name: str, order: list[str], **arguments: Any) -> Any:
    """A page of a root's connection."""
    field = model.entity(name).plural
    query = f"query ($order: [{name}Order!], {VARIABLES}) {{ {field}(orderBy: $order, {ARGUMENTS}) {PAGE} }}"
    return (await client.ask(query, {"order": order, **arguments}))[field]


def ids(rows: list[Row]) -> list[str]:
    """As the graph prints them."""
    return [str(row["id"]) for row in rows]


def nodes(page: Any) -> list[str]:
    """The ids of a page's rows."""
    return [edge["node"]["id"] for edge in page["edges"]]
