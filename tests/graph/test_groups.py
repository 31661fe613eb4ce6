"""Groups: rows that have something in common, in figures, in order."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.pool import Pool
from schema.assembly.graph import assemble
from schema.domains import DOMAINS
from schema.supergraph.aggregates import group_columns
from schema.vocabulary.column import Column
from tests.graph.client import Client
from tests.graph.figures import MEANS, cut, figure, printed
from tests.graph.model import Model, Row

_MEASURED = {
    "Ticket": "activeTimeSeconds",
    "Quote": "amountCents",
    "AuditEvent": "sequence",
    "TimeEntry": "durationSeconds",
    "InventoryAction": "quantity",
}
_BY = {name: list(group_columns(assemble(DOMAINS).entities[name])) for name in _MEASURED}
_AREA = "INSERT INTO geo.areas (name, kind, created_at) VALUES ('Iceland ' || $1, 'country', $1::text::timestamptz)"
_ZONES = ["UTC", "America/Denver", "Europe/Lisbon", "Asia/Kolkata", "Australia/Lord_Howe"]


@given(
    asked=st.sampled_from(sorted(_BY)).flatmap(
        lambda name: st.tuples(st.just(name), st.lists(st.sampled_from(_BY[name]), min_size=1, max_size=2, unique=True))
    ),
    bucket=st.sampled_from([None, "HOUR", "DAY", "WEEK", "MONTH"]),
    zone=st.sampled_from(_ZONES),
    order=st.sampled_from(["KEY_ASC", "KEY_DESC", "COUNT_ASC", "COUNT_DESC"]),
    first=st.integers(0, 1000),
)
@settings(deadline=None, max_examples=60)
async def test_groups_hold_the_rows_that_have_their_keys_in_common(
    client: Client, model: Model, asked: tuple[str, list[str]], bucket: str | None, zone: str, order: str, first: int
) -> None:
    name, by = asked
    entity = model.entity(name)
    columns, number = [group_columns(entity)[key] for key in by], entity.column_of(_MEASURED[name])
    assert number
    query = f"""query ($bucket: TimeBucket, $zone: String!, $order: GroupOrder!, $first: Int) {{ {entity.plural} {{
        groups(by: [{", ".join(by)}], bucket: $bucket, timeZone: $zone, orderBy: $order, first: $first) {{
            key {{ {" ".join(column.field for column in columns)} }} count sum {{ {number.field} }}
            {" ".join(f"{mean} {{ {number.field} }}" for mean in sorted(MEANS))}
        }}
    }} }}"""
    variables = {"bucket": bucket, "zone": zone, "order": order, "first": first}
    found = (await client.ask(query, variables))[entity.plural]["groups"]
    assert found == [
        {
            "key": {column.field: printed(value, column) for column, value in zip(columns, key, strict=True)},
            "count": len(rows),
            "sum": {number.field: figure("sum", number, rows)},
            **{mean: {number.field: pytest.approx(figure(mean, number, rows))} for mean in MEANS},
        }
        for key, rows in _grouped(model.rows(entity), columns, bucket, zone, order)[:first]
    ]


def _grouped(
    rows: list[Row], columns: list[Column], bucket: str | None, zone: str, order: str
) -> list[tuple[tuple[Any, ...], list[Row]]]:
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(cut(row[column.name], bucket, zone) for column in columns)].append(row)
    found = sorted(groups.items(), key=lambda group: _sortable(group[0]), reverse=order == "KEY_DESC")
    if order.startswith("COUNT"):
        found.sort(key=lambda group: len(group[1]) * (-1 if order == "COUNT_DESC" else 1))
    return found


def _sortable(key: tuple[Any, ...]) -> list[tuple[bool, Any]]:
    """Null behind everything."""
    return [(value is None, 0 if value is None else value) for value in key]


async def test_days_begin_at_midnight_there_before_and_after_the_clocks_change(client: Client) -> None:
    query = """{ tickets {
        groups(by: [CREATED_AT], bucket: DAY, timeZone: "America/Denver", first: 1000) { key { createdAt } }
    } }"""
    days = [group["key"]["createdAt"] for group in (await client.ask(query))["tickets"]["groups"]]
    assert {day[10:] for day in days} == {"T06:00:00+00:00", "T07:00:00+00:00"}
    assert {day[10:] for day in days if day.startswith("2025-07")} == {"T06:00:00+00:00"}
    assert {day[10:] for day in days if day.startswith("2025-01")} == {"T07:00:00+00:00"}


async def test_the_hour_that_comes_twice_is_two_groups(client: Client, own: str) -> None:
    connection = await asyncpg.connect(own)
    for moment in ["2026-11-01T07:30Z", "2026-11-01T08:10Z", "2026-11-01T08:50Z"]:  # set back at 08:00 UTC
        await connection.execute(
            "INSERT INTO geo.areas (name, kind, created_at) "
            "VALUES ('Iceland ' || $1, 'country', $1::text::timestamptz)",
            moment,
        )
    await connection.close()
    query = """{ areas(where: {name: {startsWith: "Iceland"}}) {
        groups(by: [CREATED_AT], bucket: HOUR, timeZone: "America/Denver") { key { createdAt } count }
    } }"""
    async with Pool.open(own, size=1) as pool:
        assert (await client.at(pool).ask(query))["areas"]["groups"] == [
            {"key": {"createdAt": "2026-11-01T07:00:00+00:00"}, "count": 1},
            {"key": {"createdAt": "2026-11-01T08:00:00+00:00"}, "count": 2},
        ]


async def test_a_key_leads_to_the_rows_that_it_names(client: Client, model: Model) -> None:
    query = """{ tickets { groups(by: [PROPERTY_ID, STATUS], first: 1000) {
        key { propertyId property { id code } status } count
    } } }"""
    codes = {str(row["id"]): row["code"] for row in model.rows(model.entity("Property"))}
    groups = (await client.ask(query))["tickets"]["groups"]
    for group in groups:
        home = group["key"]["propertyId"]
        assert group["key"]["property"] == (home and {"id": home, "code": codes[home]})
    assert sum(group["count"] for group in groups) == len(model.rows(model.entity("Ticket")))


@pytest.mark.parametrize(
    ("parent", "field", "by"),
    [("Property", "tickets", "STATUS"), ("ProjectProperty", "tickets", "PRIORITY"), ("Ticket", "participants", "ROLE")],
)
async def test_each_parent_has_groups_of_its_own(
    client: Client, model: Model, parent: str, field: str, by: str
) -> None:
    source = model.entity(parent)
    target = source.edges[field].target
    column = group_columns(target)[by]
    query = f"""{{ {source.plural}(first: 1000) {{ nodes {{ {field} {{
        groups(by: [{by}], orderBy: COUNT_DESC, first: 2) {{ key {{ {column.field} }} count }}
    }} }} }} }}"""
    nodes = (await client.ask(query))[source.plural]["nodes"]
    for node, row in zip(nodes, model.ordered(source, []), strict=True):
        groups = _grouped(model.follow(source.edges[field], row), [column], None, "UTC", "COUNT_DESC")[:2]
        assert node[field]["groups"] == [
            {"key": {column.field: printed(value, column)}, "count": len(rows)} for (value,), rows in groups
        ]
    assert any(len(node[field]["groups"]) == 2 for node in nodes)
