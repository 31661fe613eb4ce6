"""The data agree with themselves and with the lifecycles."""

import pytest

from tests.demo.conftest import Demo
from tests.demo.laws import LAWS

_STATES_WITHOUT_TICKETS = """
SELECT s.workflow, s.name FROM team.workflow_states AS s
WHERE NOT EXISTS (SELECT FROM team.tickets AS t WHERE t.workflow = s.workflow AND t.status = s.name)
"""
_TRANSITIONS_TAKEN = """
SELECT count(DISTINCT (t.workflow, e.details ->> 'from', e.details ->> 'to'))
FROM audit.events AS e JOIN team.tickets AS t ON t.id = e.ticket_id WHERE e.event_type = 'status_changed'
"""
_LARGEST_PROJECT = """
SELECT count(*) AS homes, count(*) FILTER (WHERE EXISTS (
    SELECT FROM team.project_tickets AS l JOIN team.tickets AS t ON t.id = l.ticket_id
    WHERE l.project_id = p.project_id AND t.property_id = p.property_id)) AS with_ticket
FROM team.project_properties AS p GROUP BY p.project_id ORDER BY 1 DESC LIMIT 1
"""
_ROLES = """
SELECT (SELECT count(*) FROM team.team_members
        WHERE manager_id IS NULL AND approval_limit_cents IS NOT NULL) AS managers,
       (SELECT count(*) FROM team.team_members WHERE manager_id IS NOT NULL AND name <> 'Intake assistant') AS agents,
       (SELECT count(*) FROM team.team_members WHERE name = 'Intake assistant') AS programs,
       (SELECT count(*) FROM team.team_members AS m JOIN team.teams AS t ON t.id = m.team_id
        WHERE t.name = 'Analytics' AND m.manager_id IS NOT NULL) AS analysts,
       (SELECT count(*) FROM directory.contacts AS c JOIN directory.companies AS o ON o.id = c.company_id
        WHERE c.kind = 'vendor' AND o.kind = 'vendor') AS vendors,
       (SELECT count(DISTINCT contact_id) FROM property.tenancies) AS tenants,
       (SELECT count(DISTINCT guest_contact_id) FROM reservations.reservations) AS guests,
       (SELECT count(DISTINCT homeowner_id) FROM property.properties) AS homeowners
"""
_SEASONS = """
SELECT s.currency, count(*) FILTER (WHERE extract(month FROM r.starts_on) IN (12, 1, 2)) AS winter,
       count(*) FILTER (WHERE extract(month FROM r.starts_on) IN (6, 7, 8)) AS summer
FROM reservations.reservations AS r JOIN directory.operator_settings AS s USING (operator_id) GROUP BY 1 ORDER BY 1
"""

_RECORDED = """
SELECT string_to_array(encode(t.tgargs, 'escape'), '\\000') AS arguments FROM pg_catalog.pg_trigger AS t
WHERE t.tgfoid = 'audit.record'::regproc
"""


def _names(arguments: list[str]) -> set[tuple[str, str]]:
    """The entity and the events of one trigger of audit.record()."""
    entity, _, begun, changed, ended, _, *telling = arguments
    told = {name for pair in telling if pair for name in pair.split("=")[1].split("|")}
    return {(entity, name) for name in {begun, changed, ended} | told}


@pytest.mark.parametrize("law", LAWS)
async def test_the_data_keep_the_law_that(demo: Demo, law: str) -> None:
    broken = await demo.connection.fetch(LAWS[law])
    assert [tuple(row.values()) for row in broken[:5]] == []


async def test_every_state_of_both_lifecycles_has_tickets(demo: Demo) -> None:
    assert [tuple(row) for row in await demo.connection.fetch(_STATES_WITHOUT_TICKETS)] == []


async def test_most_transitions_of_both_lifecycles_are_taken(demo: Demo) -> None:
    taken = await demo.connection.fetchval(_TRANSITIONS_TAKEN)
    known = await demo.connection.fetchval("SELECT count(*) FROM team.workflow_transitions")
    assert taken > known * 0.85


async def test_a_project_has_a_hundred_homes_most_with_tickets_of_their_own(demo: Demo) -> None:
    project = await demo.connection.fetchrow(_LARGEST_PROJECT)
    assert project is not None
    assert project["homes"] >= 100
    assert project["with_ticket"] > project["homes"] * 0.6


async def test_every_role_of_viewers_is_there(demo: Demo) -> None:
    roles = await demo.connection.fetchrow(_ROLES)
    assert roles is not None
    assert [role for role, count in roles.items() if count < 2] == []


async def test_guests_come_to_the_coast_in_summer_and_to_the_mountains_in_winter(demo: Demo) -> None:
    coast, mountains = await demo.connection.fetch(_SEASONS)
    assert coast["currency"] == "EUR"
    assert coast["summer"] > 2 * coast["winter"]
    assert mountains["winter"] > 2 * mountains["summer"]


async def test_two_thousand_tickets_have_their_people_and_their_time(demo: Demo) -> None:
    assert demo.written["team.tickets"] == 2000
    assert 5400 <= demo.written["team.ticket_participants"] <= 6600
    assert 3600 <= demo.written["team.time_entries"] <= 5000


async def test_an_operator_has_four_fifths_of_the_tickets(demo: Demo) -> None:
    counts = await demo.connection.fetch("SELECT count(*) FROM team.tickets GROUP BY operator_id ORDER BY 1 DESC")
    assert [row["count"] for row in counts] == [1600, 400]


async def test_events_are_named_as_the_triggers_name_them(demo: Demo) -> None:
    known: set[tuple[str, str]] = set()
    for (arguments,) in await demo.connection.fetch(_RECORDED):
        known |= _names(arguments)
    found = await demo.connection.fetch("SELECT DISTINCT entity, event_type FROM audit.events")
    assert {(row["entity"], row["event_type"]) for row in found} - known == set()
