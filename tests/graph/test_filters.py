"""Filters: a random tree of conditions finds the rows for which it holds, and no others."""

from __future__ import annotations

from random import Random

from hypothesis import event, given, note, settings
from hypothesis import strategies as st

from tests.graph.client import Client
from tests.graph.conditions import Conditions
from tests.graph.meanings import Meaning, as_input
from tests.graph.model import Model
from tests.graph.paging import ids

_ROOTS = [
    "Ticket",
    "Contact",
    "Property",
    "Quote",
    "Reservation",
    "VendorProfile",
    "Workflow",
    "ProjectProperty",
    "InventoryAction",
    "Tenancy",
    "Job",
    "Area",
]


@given(name=st.sampled_from(_ROOTS), depth=st.integers(0, 3), seed=st.integers(0, 2**64))
@settings(deadline=None, max_examples=300)
async def test_a_filter_finds_the_rows_for_which_it_holds(
    client: Client, model: Model, name: str, depth: int, seed: int
) -> None:
    entity = model.entity(name)
    where = Conditions(model, client.supergraph.graphql, Random(seed)).of(entity, depth)  # noqa: S311 - no secret
    note(str(as_input(where)))
    field = f"{entity.plural}(first: 1000, where: $where)"
    query = f"query ($where: {name}Filter) {{ {field} {{ totalCount nodes {{ id }} }} }}"
    found = (await client.ask(query, {"where": as_input(where)}))[entity.plural]
    meaning = Meaning(model)
    wanted = ids([row for row in model.rows(entity) if meaning.holds(entity, where, row)])
    event("some" if 0 < len(wanted) < len(model.rows(entity)) else "all or none")
    assert [node["id"] for node in found["nodes"]] == wanted
    assert found["totalCount"] == len(wanted)
