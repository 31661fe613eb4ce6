"""One house, served once for all tests that need no settings of their own, and made up anew for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
import structlog

from tests.gateway.house import House, served

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.fixture(scope="session", autouse=True)
def _plain_log() -> Generator[None]:
    """Without the coloured tracebacks that structlog draws where nobody configured it: they take their time."""
    structlog.configure([structlog.processors.format_exc_info, structlog.processors.JSONRenderer(default=repr)])
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def _served_house() -> Generator[tuple[House, httpx.Client]]:
    house = House()
    with served(house, request_timeout_s=5) as address, httpx.Client(base_url=address) as client:
        yield house, client


@pytest.fixture
def house(_served_house: tuple[House, httpx.Client]) -> House:
    house, _ = _served_house
    house.made_up()
    return house


@pytest.fixture
def client(house: House, _served_house: tuple[House, httpx.Client]) -> httpx.Client:  # noqa: ARG001 - makes it up
    return _served_house[1]
