"""As for recurring rules: a database in which each test has an operating company of its own."""

from tests.recurring.conftest import (  # noqa: F401 - fixtures
    clockwork,
    estate,
    estates,
    graph,
    handlers,
    manager,
    owner,
    play,
    pools,
    supergraph,
)
