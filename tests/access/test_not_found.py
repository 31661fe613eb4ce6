"""What a viewer may not see is as what there is not: the same answers, and the same statements, by every way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest

from db.pool import Connection, Pool
from resolvers.viewer import Viewer
from schema.vocabulary.entity import Entity
from tests.access.asking import Asking, Seat

_NOBODY = UUID("018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f")
_VIEWERS = ["first manager", "first busy vendor", "second homeowner"]
_KINDS = ["Ticket", "Property", "Contact", "Company", "Job", "TicketComment", "File", "AuditEvent", "TeamMember"]


@dataclass(frozen=True)
class Absent:
    """An id that the viewer does not see, and why."""

    reason: str
    key: UUID


def _absent(seat: Seat, viewer: Viewer, entity: Entity) -> list[Absent]:
    """A row of another operator, one of its own operator that is hidden from it, and none."""
    rows = [row for row in seat.world[entity.table] if row["id"] not in seat.sees[entity.table]]
    found = [Absent("there is none", _NOBODY)]
    for reason, same in (("hidden", True), ("another operator's", False)):
        row = next((row for row in rows if (row["operator_id"] == viewer.operator_id) is same), None)
        found += [Absent(reason, row["id"])] if row else []
    return found


def _questions(entity: Entity) -> str:
    """Every way to a row by its id."""
    only = "where: {id: {eq: $id}}"
    ways = [
        f"{entity.singular}(id: $id) {{ id createdAt }}",
        f"node(id: $id) {{ id ... on {entity.name} {{ createdAt }} }}",
        "nodes(ids: [$id]) { id }",
        f"{entity.plural}({only}) {{ totalCount nodes {{ id }} edges {{ cursor }} pageInfo {{ hasNextPage endCursor }}"
        " aggregate { count max { createdAt } } groups(by: [CREATED_AT]) { count } }",
        f"but: {entity.plural}(where: {{id: {{ne: $id}}}}) {{ totalCount }}",
        f"not: {entity.plural}(where: {{not: {{id: {{eq: $id}}}}}}) {{ totalCount }}",
        f"or: {entity.plural}(where: {{or: [{{id: {{eq: $id}}}}, {{id: {{isNull: true}}}}]}}) {{ nodes {{ id }} }}",
    ]
    for edge in entity.edges.values():
        inner = "{some: {}}" if edge.many else "{}"
        where = f"{{id: {{eq: $id}}, {edge.field}: {inner}}}"
        ways.append(f"by{edge.field}: {entity.plural}(where: {where}) {{ totalCount }}")
    return f"query ($id: ID!) {{ {' '.join(ways)} }}"


def _without(answer: Any, key: UUID) -> bytes:
    """The answer, bytes for bytes, with the id that was asked for blotted out."""
    return orjson.dumps({"data": answer.data, "errors": [str(e) for e in answer.errors or []]}).replace(
        str(key).encode(), b"the id"
    )


@pytest.mark.parametrize("name", _VIEWERS)
@pytest.mark.parametrize("kind", _KINDS)
async def test_a_row_that_is_hidden_is_answered_as_one_that_there_is_not(
    name: str, kind: str, asking: Asking, cast: dict[str, Viewer], login: str
) -> None:
    seat, viewer = asking[name], cast[name]
    entity = next(entity for entity in seat.entities if entity.name == kind)
    statements: list[str] = []

    async def connect() -> Connection:
        role = "gateway_staff" if viewer.role.staff else "gateway_outsider"
        connection = await asyncpg.connect(login, server_settings={"role": role})
        connection.add_query_logger(lambda record: statements.append(f"{record.query} {len(record.args)}"))
        return connection

    told: dict[str, tuple[bytes, list[str]]] = {}
    async with Pool(connect, size=1, acquire_timeout_s=5, silence_s=60) as pool:
        client = seat.client.at(pool)
        await client.ask("{ viewer { role contact { id } } }")  # connected, so that all come at the same pace
        for absent in _absent(seat, viewer, entity):
            await asyncio.sleep(0)
            statements.clear()
            answer = await client.answer(_questions(entity), {"id": str(absent.key)})
            assert not answer.errors, answer.errors
            await asyncio.sleep(0)  # loggers are called in the loop's next turn
            told[absent.reason] = (_without(answer, absent.key), sorted(statements))
    assert len(told) >= 2
    assert len({answer for answer, _ in told.values()}) == 1, told
    assert len({tuple(asked) for _, asked in told.values()}) == 1  # the very same statements


async def test_an_id_of_another_kind_is_not_found(asking: Asking) -> None:
    seat = asking["first busy vendor"]
    job = next(iter(sorted(seat.sees["maintenance.jobs"])))
    answer = await seat.ask("query ($id: ID!) { ticket(id: $id) { id } property(id: $id) { id } }", id=str(job))
    assert answer == {"ticket": None, "property": None}


@pytest.mark.parametrize("name", ["first busy vendor", "second homeowner"])
async def test_natural_keys_of_hidden_rows_are_not_found(name: str, asking: Asking) -> None:
    seat = asking[name]
    known = {row["number"] for row in seat.model.rows(seat.model.entity("Ticket"))}
    hidden = [row["number"] for row in seat.world["team.tickets"] if row["number"] not in known]
    numbers = [*hidden[:5], "MT-1999-001"]
    parts = " ".join(f'f{n}: ticketByNumber(number: "{number}") {{ id }}' for n, number in enumerate(numbers))
    counted = f"tickets(where: {{number: {{in: [{', '.join(orjson.dumps(n).decode() for n in numbers)}]}}}})"
    answer = await seat.ask(f"{{ {parts} {counted} {{ totalCount }} }}")
    assert answer.pop("tickets") == {"totalCount": 0}
    assert set(map(str, answer.values())) == {"None"}


@pytest.mark.parametrize(
    "name", ["first manager", "first busy vendor", "second tenant", "first guest", "first stranger"]
)
async def test_search_finds_what_the_viewer_sees_and_nothing_else(name: str, asking: Asking, owner: Connection) -> None:
    seat, found_any = asking[name], False
    for entity in seat.client.supergraph.graph.searchable:
        rows = [row for row in seat.world[entity.table] if row["operator_id"]]
        seen = [row for row in rows if row["id"] in seat.sees[entity.table]]
        for row in [*rows[:: max(1, len(rows) // 8)], *seen[:2]]:
            text = row.get("title") or row.get("name") or row["full_name"]
            wanted = await owner.fetch(
                f"SELECT id FROM {entity.table} WHERE search_document %> platform.fold($1)",  # noqa: S608 - the catalogue's
                text,
            )
            node = f"node {{ ... on {entity.name} {{ id }} }}"
            query = f"query ($text: String!) {{ search(text: $text, first: 1000) {{ {node} }} }}"
            hits = (await seat.ask(query, text=text))["search"]
            expected = {str(hit["id"]) for hit in wanted if hit["id"] in seat.sees[entity.table]}
            assert {hit["node"]["id"] for hit in hits if hit["node"]} == expected
            found_any = found_any or bool(expected)
    assert found_any is ("stranger" not in name)
