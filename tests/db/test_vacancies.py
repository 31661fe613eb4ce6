"""A pool's vacancies: none is given twice, none is lost, whoever waits, gives up or is cancelled."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vacancies import Vacancies

_STEPS = st.lists(st.tuples(st.sampled_from(["take", "give", "cancel", "turn"]), st.integers(0, 7)), max_size=40)


async def test_who_waits_longest_is_next() -> None:
    vacancies = Vacancies(0, 60)
    came: list[int] = []

    async def wait(number: int) -> None:
        await vacancies.take()
        came.append(number)

    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(wait(number))
        await asyncio.sleep(0)
        for _ in range(5):
            vacancies.give()
    assert came == [0, 1, 2, 3, 4]


async def test_whose_patience_is_over_takes_none() -> None:
    vacancies = Vacancies(0, 0.01)
    with pytest.raises(TimeoutError):
        await vacancies.take()
    vacancies.give()
    await asyncio.wait_for(vacancies.take(), 1)


async def test_one_that_comes_to_who_was_just_cancelled_goes_to_the_next() -> None:
    vacancies = Vacancies(0, 60)
    first, second = (asyncio.create_task(vacancies.take()) for _ in range(2))
    await asyncio.sleep(0)
    vacancies.give()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await asyncio.wait_for(second, 1)


@given(st.integers(1, 3), _STEPS)
def test_there_are_never_more_and_in_the_end_as_many(count: int, steps: list[tuple[str, int]]) -> None:
    asyncio.run(_play(count, steps))


async def _play(count: int, steps: list[tuple[str, int]]) -> None:
    vacancies = Vacancies(count, 60)
    tasks: list[asyncio.Task[None]] = []
    given_back: set[asyncio.Task[None]] = set()

    def held() -> list[asyncio.Task[None]]:
        return [task for task in tasks if _has_one(task) and task not in given_back]

    for step, which in steps:
        if step == "take":
            tasks.append(asyncio.create_task(vacancies.take()))
        elif step == "cancel" and tasks:
            tasks[which % len(tasks)].cancel()
        elif step == "give" and (own := held()):
            given_back.add(own[which % len(own)])
            vacancies.give()
        elif step == "turn":
            await asyncio.sleep(0)
        assert len(held()) <= count
    for task in tasks:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
    for _ in held():
        vacancies.give()
    for _ in range(count):
        await asyncio.wait_for(vacancies.take(), 1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(vacancies.take(), 0.001)


def _has_one(task: asyncio.Task[None]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None
