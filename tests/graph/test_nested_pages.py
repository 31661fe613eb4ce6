"""Pages below a parent: each parent has its own, in one statement for all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.client import Client
from tests.graph.model import Model
from tests.graph.paging import ARGUMENTS, LAW, PAGE, VARIABLES, ids, nodes, ordered, page_of

_NESTED = [
    ("Property", "tickets", "Ticket"),
    ("Contact", "participations", "TicketParticipant"),
    ("Ticket", "events", "AuditEvent"),
    ("ProjectProperty", "tickets", "Ticket"),
    ("Company", "quotes", "Quote"),
    ("Workflow", "tickets", "Ticket"),
]


@given(
    asked=st.sampled_from(_NESTED).flatmap(
        lambda nested: st.tuples(st.just(nested), ordered(st.just(nested[2])).map(lambda pair: pair[1]))
    ),
    place=st.none() | st.floats(0, 1),
    size=st.integers(0, 6),
    offset=st.integers(0, 3),
    backward=st.booleans(),
)
@settings(LAW, max_examples=40)
async def test_each_parent_has_pages_of_its_own(
    client: Client,
    model: Model,
    asked: tuple[tuple[str, str, str], list[str]],
    place: float | None,
    size: int,
    offset: int,
    backward: bool,  # noqa: FBT001 - drawn
) -> None:
    (parent, field, child), order = asked
    source, target = model.entity(parent), model.entity(child)
    whole = model.ordered(target, order)
    cut = None if place is None else round(place * (len(whole) - 1))
    page = None if cut is None else await page_of(client, model, child, order, first=1, offset=cut)
    cursor = page and page["pageInfo"]["startCursor"]
    direction = {"last": size, "before": cursor} if backward else {"first": size, "after": cursor, "offset": offset}
    query = f"""query ($order: [{child}Order!], {VARIABLES}) {{
        {source.plural}(first: 60) {{ nodes {{ id {field}(orderBy: $order, {ARGUMENTS}) {PAGE} }} }}
    }}"""
    parents = (await client.ask(query, {"order": order, **direction}))[source.plural]["nodes"]

    part = whole if cut is None else whole[:cut] if backward else whole[cut + 1 :]
    place_of = {row["id"]: n for n, row in enumerate(part)}
    for node, row in zip(parents, model.ordered(source, []), strict=False):
        every = model.follow(source.edges[field], row)
        reachable = ids(sorted((r for r in every if r["id"] in place_of), key=lambda r: place_of[r["id"]]))
        wanted = reachable[max(0, len(reachable) - size) :] if backward else reachable[offset:][:size]
        more = len(reachable) > size + (0 if backward else offset)
        assert node["id"] == str(row["id"])
        assert nodes(node[field]) == wanted
        assert node[field]["totalCount"] == len(every)
        assert node[field]["pageInfo"]["hasPreviousPage" if backward else "hasNextPage"] is more
