"""Limits that share an alarm."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from db.alarm import Alarm
from gateway.limit import Limit


class Over(Exception):  # noqa: N818 - what the tests expect
    """Time is over."""


async def _stay(alarm: Alarm, seconds: float) -> float:
    """How long it was allowed to stay."""
    began = asyncio.get_running_loop().time()
    try:
        with Limit(alarm, Over):
            await asyncio.sleep(seconds)
    except Over:
        pass
    return asyncio.get_running_loop().time() - began


async def _stay_later(alarm: Alarm, after: float, seconds: float) -> float:
    await asyncio.sleep(after)
    return await _stay(alarm, seconds)


async def test_each_is_called_out_when_its_own_time_is_over() -> None:
    alarm = Alarm(0.1)
    stays = await asyncio.gather(*(_stay_later(alarm, after, 5) for after in (0, 0.03, 0.06)))
    assert all(0.1 <= stay < 0.14 for stay in stays), stays


async def test_who_leaves_before_is_not_called_and_keeps_nobody_from_being() -> None:
    alarm = Alarm(0.1)
    first, second = await asyncio.gather(_stay(alarm, 0.01), _stay_later(alarm, 0.05, 5))
    assert 0.01 <= first < 0.05
    assert 0.1 <= second < 0.14


async def test_an_alarm_that_has_rung_rings_again() -> None:
    alarm = Alarm(0.02)
    for _ in range(3):
        assert 0.02 <= await _stay(alarm, 5) < 0.06
        await asyncio.sleep(0.05)


async def test_a_thousand_limits_take_one_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    timers: list[float] = []
    call_at = loop.call_at

    def counted(when: float, *rest: Any) -> asyncio.TimerHandle:
        timers.append(when)
        return call_at(when, *rest)

    monkeypatch.setattr(loop, "call_at", counted)
    alarm = Alarm(60)
    for _ in range(1_000):
        with Limit(alarm, Over):
            pass
    assert len(timers) == 1


def test_an_alarm_goes_on_in_the_loop_that_comes_after() -> None:
    alarm = Alarm(0.02)

    async def leave_one_behind() -> None:
        alarm.set(Limit(alarm, Over), asyncio.get_running_loop())

    for _ in range(2):
        asyncio.run(leave_one_behind())
        assert 0.02 <= asyncio.run(_stay(alarm, 5)) < 0.1
