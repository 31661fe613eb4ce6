"""Descriptions of the declarations stand in the database, for whoever looks there."""

from db.pool import Connection
from resolvers.comments import write_comments
from schema.assembly.graph import Graph
from tests.drift.test_differences import differences

_COMMENT = """
SELECT col_description(attrelid, attnum) FROM pg_catalog.pg_attribute
WHERE attrelid = 'team.tickets'::regclass AND attname = $1
"""


async def test_writing_them_again_writes_none(live: Connection, graph: Graph) -> None:
    assert await write_comments(live, graph) == 0


async def test_writing_them_mends_those_that_differ_and_no_others(live: Connection, graph: Graph) -> None:
    await live.execute("COMMENT ON TABLE team.tickets IS 'Something.'; COMMENT ON COLUMN team.tickets.title IS NULL")
    assert len(await differences(live, graph)) == 2
    assert await write_comments(live, graph) == 2
    assert await differences(live, graph) == []


async def test_they_are_the_descriptions_that_the_graph_shows(live: Connection, graph: Graph) -> None:
    described = graph.by_table["team.tickets"].columns["number"].description
    assert await live.fetchval(_COMMENT, "number") == described


async def test_what_is_not_declared_keeps_its_comment(live: Connection, graph: Graph) -> None:
    await live.execute("ALTER TABLE team.tickets ADD COLUMN smell text")
    await live.execute("COMMENT ON COLUMN team.tickets.smell IS 'Of what.'")
    await write_comments(live, graph)
    assert await live.fetchval(_COMMENT, "smell") == "Of what."


async def test_a_table_that_is_missing_does_not_keep_the_others_from_theirs(live: Connection, graph: Graph) -> None:
    await live.execute("DROP TABLE team.shift_time_entries; COMMENT ON TABLE team.tickets IS NULL")
    assert await write_comments(live, graph) == 1
