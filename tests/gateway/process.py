"""The house as a process of its own: started by the tests of what only a process does."""

from __future__ import annotations

from gateway.logs import configure_logging
from gateway.server import serve
from gateway.settings import Settings
from tests.gateway.house import House, house_app


def main() -> None:
    """Serves with the environment's settings, and prints the address once it listens."""
    settings = Settings()
    configure_logging(settings)
    serve(house_app(House(), settings), settings, lambda address: print(address, flush=True))


if __name__ == "__main__":
    main()
