"""The house as a process of its own: started by the tests of what only a process does."""

from __future__ import annotations

from gateway.logs import configure_logging
from gateway.server import serve
from gateway.settings import Settings
from resolvers.operation import Operation
from tests.gateway.house import House, house_app


def _asked_the_database(operation: Operation) -> None:
    """As if; who is named Slow waited."""
    operation.timing.statement("SELECT 1", 0.006 if operation.name == "Slow" else 0.001)


def main() -> None:
    """Serves with the environment's settings, and prints the address once it listens."""
    settings = Settings()
    access_log = configure_logging(settings)
    house = House()
    house.course = _asked_the_database
    serve(house_app(house, settings, access_log=access_log), settings, lambda address: print(address, flush=True))


if __name__ == "__main__":
    main()
