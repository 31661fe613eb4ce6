"""How a command fails: in a sentence on standard error, with status 1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import asyncpg
import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from db.binaries import BinariesNotFoundError
from db.demo.load import NotEmptyError
from db.embedded import ServerError
from db.lease import LeaseTimeoutError
from db.migration import MigrationError
from db.refusals import refusal
from gateway.commands.slices import UnknownDomainError
from gateway.settings import Exposed
from gateway.viewers.api_keys import KeyRefusedError
from gateway.viewers.claims import TokenNotMadeError
from gateway.viewers.lockout import LockedOut
from gateway.viewers.standing import NobodyError
from resolvers.operation import Unavailable
from schema.assembly.mistakes import AssemblyError

_TOLD = (
    AssemblyError,
    BinariesNotFoundError,
    Exposed,
    KeyRefusedError,
    LeaseTimeoutError,
    LockedOut,
    MigrationError,
    NobodyError,
    NotEmptyError,
    PermissionError,
    ServerError,
    TokenNotMadeError,
    Unavailable,
    UnknownDomainError,
)


@contextmanager
def told() -> Iterator[None]:
    """Turns what a user can mend into a sentence; anything else is a fault and shows its traceback."""
    try:
        yield
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
        fail("A setting is wrong:\n  " + "\n  ".join(lines))
    except SettingsError as error:  # of a variable that must be JSON
        fail(f"A setting is wrong: {error}")
    except asyncpg.ClientConfigurationError as error:
        fail(f"DATABASE_URL is not an address of a database: {error}")
    except _TOLD as error:
        fail(str(error))
    except Exception as error:
        found = refusal(error)
        if found is None or found.kind != "unavailable":
            raise
        fail(f"The database cannot be reached: {found.message}")


def fail(message: str) -> NoReturn:
    """Tells it on standard error."""
    typer.echo(message, err=True)
    raise typer.Exit(1)
