"""Gateways that tests share where they do no harm to them."""

from collections.abc import Iterator

import pytest

from db.binaries import Binaries, every_binaries
from tests.process.gateway import Gateway, Home, new_home

_FOUND = every_binaries()


@pytest.fixture(scope="session", params=_FOUND, ids=lambda binaries: f"PostgreSQL {binaries.major}")
def served(request: pytest.FixtureRequest) -> Iterator[Gateway]:
    """A gateway with demo data, on each PostgreSQL of this machine."""
    binaries: Binaries = request.param
    with new_home(binaries) as home, home.serving() as gateway:
        yield gateway


@pytest.fixture
def home() -> Iterator[Home]:
    """An empty home for the PostgreSQL that a user gets."""
    with new_home(_FOUND[0]) as home:
        yield home
