"""Loading: the same again for a seed, whole or not at all, into empty databases only."""

from collections.abc import Iterator

import asyncpg
import pytest

from db.demo.generator import Generator
from db.demo.load import NotEmptyError, load, loaded
from db.demo.sink import TABLES, columns_of
from tests.demo.conftest import Demo


def _rows(seed: int) -> Iterator[tuple[object, ...]]:
    """All that a small generator makes, in the order of writing."""
    for step in Generator(0.05, seed).steps():
        for row_class in TABLES:
            for row in step.batch.get(row_class, []):
                yield tuple(str(getattr(row, column)) for column in columns_of(row_class))


def test_the_same_seed_makes_the_very_same_rows() -> None:
    assert list(_rows(seed=7)) == list(_rows(seed=7))


def test_another_seed_makes_other_rows() -> None:
    assert list(_rows(seed=7)) != list(_rows(seed=8))


async def test_progress_is_told_from_the_first_to_the_last_ticket(demo: Demo) -> None:
    done = [done for _, done, _ in demo.told]
    assert done == sorted(done)
    assert done[-1] == demo.told[-1][2] == 2000


async def test_a_loaded_database_is_refused_and_stays_as_it_is(demo: Demo) -> None:
    with pytest.raises(NotEmptyError, match="has an operator already"):
        await load(demo.connection)
    assert await demo.connection.fetchval("SELECT count(*) FROM team.tickets") == 2000


async def test_a_scale_of_nothing_is_refused(demo: Demo) -> None:
    with pytest.raises(ValueError, match="scale must lie between"):
        await load(demo.connection, scale=0)


async def test_a_load_that_is_broken_off_leaves_nothing_and_can_be_done_again(database: str) -> None:
    connection = await asyncpg.connect(database)

    def stop(phase: str, done: int, total: int) -> None:
        if done:
            raise InterruptedError(f"{phase}: {done} of {total}")

    with pytest.raises(InterruptedError):
        await load(connection, scale=0.05, progress=stop)
    assert not await loaded(connection)
    assert await connection.fetchval("SELECT count(*) FROM geo.areas") == 0
    written = await load(connection, scale=0.05)
    assert await loaded(connection)
    assert written["team.tickets"] >= 100
    await connection.close()


async def test_a_connection_gives_datetimes_again_after_the_load(demo: Demo) -> None:
    row = await demo.connection.fetchval("SELECT created_at FROM team.tickets LIMIT 1")
    assert row.tzinfo is not None
