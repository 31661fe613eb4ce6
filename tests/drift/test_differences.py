"""Each way in which a database can differ from the declarations is found, once, with its fix."""

from dataclasses import dataclass

import pytest

from db.pool import Connection
from resolvers.catalogue import read_catalogue
from resolvers.drift import Difference, domains, drift
from schema.assembly.graph import Graph


@dataclass(frozen=True)
class Case:
    """A change of the database, and the one difference that it makes."""

    sentence: str
    change: str
    where: str
    what: str
    fix: str


_COLUMNS = [
    Case(
        "a missing table",
        "DROP TABLE team.shift_time_entries",
        "team.shift_time_entries",
        "there is no such table",
        "Write a migration that creates it",
    ),
    Case(
        "a table that no entity is bound to",
        "CREATE TABLE team.moods (id uuid PRIMARY KEY)",
        "team.moods",
        "no entity is bound to it",
        'Declare one with @entity("team.moods")',
    ),
    Case(
        "a missing column",
        "ALTER TABLE team.tickets DROP COLUMN hold_reason CASCADE",
        "team.tickets.hold_reason",
        "there is no such column",
        "Write a migration that adds it, or take it off the entity",
    ),
    Case(
        "a column that is not declared",
        "ALTER TABLE team.tickets ADD COLUMN smell text",
        "team.tickets.smell",
        "it is not declared",
        "Add it to Ticket",
    ),
    Case(
        "another type",
        "ALTER TABLE team.tickets ALTER COLUMN reopened_count TYPE bigint",
        "team.tickets.reopened_count",
        "it is bigint, declared as Int (integer)",
        "Make them agree",
    ),
    Case(
        "one value where many are declared",
        "ALTER TABLE team.workflow_transitions ALTER guards DROP DEFAULT, ALTER guards TYPE text USING ''",
        "team.workflow_transitions.guards",
        "it is text, declared as String (text[])",
        "Make them agree",
    ),
    Case(
        "a column that may be null",
        "ALTER TABLE team.tickets ALTER COLUMN title DROP NOT NULL",
        "team.tickets.title",
        "it may be null, declared otherwise",
        "Annotate it `| None`, or migrate",
    ),
    Case(
        "a column that may not be null",
        "ALTER TABLE team.tickets ALTER COLUMN hold_reason SET NOT NULL",
        "team.tickets.hold_reason",
        "it is NOT NULL, declared otherwise",
        "Annotate it `| None`, or migrate",
    ),
    Case(
        "an order in another collation",
        'ALTER TABLE team.team_members ALTER COLUMN name TYPE text COLLATE "POSIX"',
        "team.team_members.name",
        "it is ordered by but collated POSIX",
        'Write a migration to COLLATE "C"',
    ),
]
_KEYS = [
    Case(
        "an edge without a foreign key",
        "ALTER TABLE team.ticket_comments DROP CONSTRAINT ticket_comments_operator_id_author_contact_id_fkey",
        "team.ticket_comments (operator_id, author_contact_id)",
        "author has no foreign key",
        "Write a migration that adds one",
    ),
    Case(
        "a foreign key that is no edge",
        "ALTER TABLE team.teams ADD CONSTRAINT named FOREIGN KEY (name) REFERENCES team.workflows (name)",
        "team.teams (name)",
        "its foreign key to team.workflows is no edge",
        "Declare it in Team with one(…)",
    ),
    Case(
        "no index under an edge",
        "DROP INDEX team.ticket_participants_by_contact",
        "team.ticket_participants",
        "no index is under the edge contact",
        "Write a migration with CREATE INDEX ON team.ticket_participants (contact_id, id)",
    ),
    Case(
        "no index under an order",
        "DROP INDEX team.tickets_by_due_at",
        "team.tickets",
        "no index is under the order by dueAt",
        "Write a migration with CREATE INDEX ON team.tickets (operator_id, due_at, id)",
    ),
    Case(
        "an index under an order that only carries the column",
        "DROP INDEX team.tickets_by_due_at; CREATE INDEX ON team.tickets (operator_id) INCLUDE (due_at)",
        "team.tickets",
        "no index is under the order by dueAt",
        "Write a migration with CREATE INDEX ON team.tickets (operator_id, due_at, id)",
    ),
    Case(
        "no index under search",
        "DROP INDEX team.tickets_search",
        "team.tickets",
        "no trigram index is under search",
        "Write a migration with CREATE INDEX ON team.tickets USING gin (search_document gin_trgm_ops)",
    ),
    Case(
        "an index under search that knows no trigrams",
        "DROP INDEX team.tickets_search; CREATE INDEX ON team.tickets USING btree (search_document)",
        "team.tickets",
        "no trigram index is under search",
        "Write a migration with CREATE INDEX ON team.tickets USING gin (search_document gin_trgm_ops)",
    ),
    Case(
        "a natural key that two rows may share",
        "DROP INDEX team.tickets_by_number; CREATE INDEX ON team.tickets (operator_id, number)",
        "team.tickets",
        "its natural key number is not unique",
        "Write a migration that makes (operator_id, number) unique",
    ),
    Case(
        "a natural key that is unique among some rows only",
        "DROP INDEX team.tickets_by_number;"
        "CREATE UNIQUE INDEX ON team.tickets (operator_id, number) WHERE closed_at IS NULL;"
        "CREATE INDEX ON team.tickets (operator_id, number)",
        "team.tickets",
        "its natural key number is not unique",
        "Write a migration that makes (operator_id, number) unique",
    ),
]
_VOCABULARIES = [
    Case(
        "a CHECK with a value more",
        "ALTER TABLE team.ticket_comments DROP CONSTRAINT ticket_comments_visibility_check,"
        "ADD CHECK (visibility IN ('internal', 'public', 'secret'))",
        "team.ticket_comments.visibility",
        "its CHECK and CommentVisibility differ in secret",
        "Make the two agree",
    ),
    Case(
        "no CHECK",
        "ALTER TABLE team.ticket_comments DROP CONSTRAINT ticket_comments_visibility_check",
        "team.ticket_comments.visibility",
        "no CHECK holds it to CommentVisibility",
        "Write a migration that adds one",
    ),
    Case(
        "a state that the enum does not know",
        "INSERT INTO team.workflow_states (workflow, name, position) SELECT name, 'napping', 99 FROM team.workflows",
        "team.workflow_states",
        "its names differ from TicketStatus in napping",
        "Make the two agree",
    ),
    Case(
        "another comment on a table",
        "COMMENT ON TABLE team.tickets IS 'Something.'",
        "team.tickets",
        "its comment is not its description",
        "Run `python -m gateway migrate`, which writes descriptions into the database",
    ),
    Case(
        "no comment on a column",
        "COMMENT ON COLUMN team.tickets.title IS NULL",
        "team.tickets.title",
        "its comment is not its description",
        "Run `python -m gateway migrate`, which writes descriptions into the database",
    ),
]


async def differences(connection: Connection, graph: Graph) -> list[Difference]:
    return drift(graph, await read_catalogue(connection, domains(graph)))


async def test_a_database_as_a_release_leaves_it_does_not_differ(live: Connection, graph: Graph) -> None:
    assert await differences(live, graph) == []


@pytest.mark.parametrize("case", [*_COLUMNS, *_KEYS, *_VOCABULARIES], ids=lambda case: case.sentence)
async def test_a_difference_is_found_once_with_its_fix(live: Connection, graph: Graph, case: Case) -> None:
    await live.execute(case.change)
    assert await differences(live, graph) == [Difference(case.where, case.what, case.fix)]


async def test_a_way_back_to_one_row_needs_a_unique_key(live: Connection, graph: Graph) -> None:
    await live.execute("ALTER TABLE team.team_members DROP CONSTRAINT team_members_contact_id_key")
    await live.execute("CREATE INDEX ON team.team_members (contact_id, id)")
    assert await differences(live, graph) == [
        Difference(
            "team.team_members",
            "contact leads back to one row but is not unique",
            "Write a migration that makes (contact_id) unique, or declare its way back with many(…)",
        )
    ]


async def test_a_unique_key_may_carry_further_columns(live: Connection, graph: Graph) -> None:
    await live.execute(
        "DROP INDEX team.tickets_by_number; CREATE UNIQUE INDEX ON team.tickets (operator_id, number) INCLUDE (title)"
    )
    assert await differences(live, graph) == []


async def test_several_differences_are_all_told(live: Connection, graph: Graph) -> None:
    await live.execute("ALTER TABLE team.teams ADD COLUMN motto text; DROP TABLE team.shift_time_entries")
    found = await differences(live, graph)
    assert sorted(difference.where for difference in found) == ["team.shift_time_entries", "team.teams.motto"]
