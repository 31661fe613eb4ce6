"""Filters: a random tree of conditions finds the rows for which it holds, and no others."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.graph.client import Client
from tests.graph.conditions import Conditions
from tests.graph.meanings import as_input, holds
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


@given(name=st.sampled_from(_ROOTS), data=st.data())
@settings(deadline=None, max_examples=400)
async def test_a_filter_finds_the_rows_for_which_it_holds(
    client: Client, model: Model, name: str, data: st.DataObject
) -> None:
    entity = model.entity(name)
    where = Conditions(model, client.supergraph.graphql, data).of(entity)
    query = f"query ($where: {name}Filter) {{ {entity.plural}(first: 1000, where: $where) {{ totalCount nodes {{ id }} }} }}"
    found = (await client.ask(query, {"where": as_input(where)}))[entity.plural]
    wanted = ids([row for row in model.rows(entity) if holds(model, entity, where, row)])
    event("some" if 0 < len(wanted) < len(model.rows(entity)) else "all or none")
    assert [node["id"] for node in found["nodes"]] == wanted
    assert found["totalCount"] == len(wanted)


@pytest.mark.parametrize("quantifier", ["some", "none", "every"])
async def test_a_filter_of_the_rows_below_is_that_of_their_own_connection(
    client: Client, model: Model, quantifier: str
) -> None:
    condition = {"role": {"eq": "REQUESTOR"}}
    query = """query ($where: TicketFilter, $inner: TicketParticipantFilter) {
        tickets(first: 1000, where: $where) { nodes { id } }
        all: tickets(first: 1000) { nodes { id participants { totalCount } said: participants(where: $inner) { totalCount } } }
    }"""
    data = await client.ask(query, {"where": {"participants": {quantifier: condition}}, "inner": condition})
    law = {
        "some": lambda said, every: said > 0,
        "none": lambda said, every: said == 0,
        "every": lambda said, every: said == every,
    }[quantifier]
    assert [node["id"] for node in data["tickets"]["nodes"]] == [
        node["id"]
        for node in data["all"]["nodes"]
        if law(node["said"]["totalCount"], node["participants"]["totalCount"])
    ]
