"""What a user does with a gateway that has just started: opens what it prints, and asks."""

import subprocess

import orjson
import pytest
from gql import Client, gql
from gql.transport.httpx import HTTPXAsyncTransport

from tests.process.documents import PROJECT_WORK, TICKET_PEOPLE
from tests.process.gateway import Gateway


def test_each_page_that_it_prints_can_be_opened(served: Gateway) -> None:
    lines = [line.split()[0] for line in served.banner.splitlines() if line.strip().startswith("http")]
    pages = [line.removeprefix(served.address) for line in lines]
    assert pages == ["/", "/graphql", "/schema.graphql"]
    assert served.get("/").headers["content-type"].startswith("text/html")
    assert "type Ticket " in served.get("/schema.graphql").text
    assert served.get("/graphql?query={__typename}").json() == {"data": {"__typename": "Query"}}


def test_the_query_that_it_prints_works_as_it_is_pasted_into_a_shell(served: Gateway) -> None:
    line = served.banner.partition("Try:")[2].rpartition("Ctrl-C")[0].strip()
    assert line.startswith("curl ")
    told = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=True)  # noqa: S603 - what it printed
    tickets = orjson.loads(told.stdout)["data"]["tickets"]
    assert tickets["totalCount"] > 100
    assert len(tickets["nodes"]) == 3
    assert all(ticket["number"] and ticket["title"] for ticket in tickets["nodes"])


async def test_a_client_finds_the_people_of_tickets(served: Gateway) -> None:
    async with Client(transport=HTTPXAsyncTransport(f"{served.address}/graphql")) as session:
        tickets = (await session.execute(gql(TICKET_PEOPLE)))["tickets"]
    assert tickets["totalCount"] >= 5
    assert len(tickets["nodes"]) == 5
    assert {ticket["status"] for ticket in tickets["nodes"]} <= {"OPEN", "IN_PROGRESS"}
    assert any(ticket["property"]["code"] for ticket in tickets["nodes"] if ticket["property"])
    people = [person for ticket in tickets["nodes"] for person in ticket["participants"]["nodes"]]
    assert len({person["role"] for person in people}) > 1
    assert any("@" in (person["contact"] or {}).get("email", "") for person in people)


async def test_a_client_finds_the_tickets_of_a_projects_homes(served: Gateway) -> None:
    async with Client(transport=HTTPXAsyncTransport(f"{served.address}/graphql")) as session:
        (project,) = (await session.execute(gql(PROJECT_WORK)))["projects"]["nodes"]
    homes = project["projectProperties"]["nodes"]
    assert project["name"]
    assert len({home["property"]["code"] for home in homes}) == len(homes) > 1
    assert any(home["tickets"]["nodes"] for home in homes)


async def test_a_client_may_fetch_the_schema_and_checks_its_queries_by_it(served: Gateway) -> None:
    transport = HTTPXAsyncTransport(f"{served.address}/graphql")
    async with Client(transport=transport, fetch_schema_from_transport=True) as session:
        assert session.client.schema is not None
        assert "Ticket" in session.client.schema.type_map
        assert await session.execute(gql("{ tickets { totalCount } }"))
        with pytest.raises(Exception, match="Cannot query field 'titel' on type 'Ticket'"):
            await session.execute(gql("{ tickets { nodes { titel } } }"))


def test_the_database_is_as_declared(served: Gateway) -> None:
    told = served.home.run("check")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.endswith("entities agree with the database.\n")


def test_psql_asks_the_same_database_and_tells_how_it_went(served: Gateway) -> None:
    asked = served.home.run("psql", "--", "-At", "-c", "SELECT count(*) > 100 FROM team.tickets")
    assert (asked.returncode, asked.stdout, asked.stderr) == (0, "t\n", "")
    failed = served.home.run("psql", "--", "-At", "-c", "SELECT 1 FROM nowhere")
    assert failed.returncode == 1
    assert failed.stderr.startswith('ERROR:  relation "nowhere" does not exist')
