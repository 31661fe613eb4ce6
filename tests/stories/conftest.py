"""A gateway in a process of its own with a few demo data, and the people of the stories, who are new to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator

import asyncpg
import pytest

from db.binaries import find_binaries
from tests.process.gateway import Gateway, new_home
from tests.stories.door import Door
from tests.stories.person import Person
from tests.stories.story import Story
from tests.stories.town import Stay, Town

_SCALE = "0.35"  # the first operator has more than fifty homes then

_SCHEDULE = """
INSERT INTO property.{table} (operator_id, property_id, kind, status, scheduled_at)
VALUES ($1, $2, $3, 'scheduled', now() + interval '1 hour') RETURNING id
"""


@pytest.fixture(scope="session")
async def town_hall(clone: Callable[[], Awaitable[str]]) -> str:
    """The address of the database."""
    return await clone()


@pytest.fixture(scope="session")
def served(town_hall: str) -> Iterator[Gateway]:
    """It listens, and takes tokens."""
    with new_home(find_binaries()) as home:
        loaded = home.run("demo", "--scale", _SCALE, DATABASE_URL=town_hall)
        assert loaded.returncode == 0, loaded.stderr
        with home.serving(DATABASE_URL=town_hall, **Door.SETTINGS) as gateway:
            yield gateway


@pytest.fixture(scope="session")
def door(served: Gateway, town_hall: str) -> Iterator[Door]:
    with Door(served, town_hall) as door:
        yield door


@pytest.fixture(scope="session")
def manager(door: Door) -> Person:
    return door.demo_viewer("manager")


@pytest.fixture(scope="session")
def agent(door: Door) -> Person:
    """A program, by a key of its own."""
    return door.program("agent")


@pytest.fixture(scope="session")
def clockwork(door: Door) -> Person:
    return door.demo_viewer("system")


@pytest.fixture(scope="session")
def town(door: Door, manager: Person, agent: Person, clockwork: Person) -> Town:
    return Town(door, manager, agent, clockwork)


@pytest.fixture
def home(town: Town) -> str:
    """The id of a home where nobody lives yet; its owner is known."""
    return town.vacant_home()


@pytest.fixture
def story(town: Town, home: str) -> Story:
    """Of a repair at that home: a tenant has moved in, and there are two plumbers."""
    return Story(town.cast(home))


@pytest.fixture
def stay(town: Town) -> Stay:
    return town.stay()


@pytest.fixture
async def inspection(town_hall: str, stay: Stay) -> str:
    """The id of an inspection that is to come, at the home of the stay; visits are scheduled elsewhere."""
    return await _scheduled(town_hall, "inspections", stay, "routine")


@pytest.fixture
async def clean(town_hall: str, stay: Stay) -> str:
    """The id of a clean that is to come there."""
    return await _scheduled(town_hall, "cleans", stay, "mid_stay")


async def _scheduled(dsn: str, table: str, stay: Stay, kind: str) -> str:
    connection = await asyncpg.connect(dsn)
    try:
        return str(await connection.fetchval(_SCHEDULE.format(table=table), stay.operator, stay.home, kind))
    finally:
        await connection.close()
