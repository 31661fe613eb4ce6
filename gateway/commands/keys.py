"""python -m gateway keys"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from enum import Enum
from typing import Annotated, TypeVar
from uuid import UUID

import asyncpg
import typer
from rich.console import Console
from rich.table import Table

from db.pool import Connection
from gateway import database
from gateway.commands.failing import told
from gateway.settings import Settings
from gateway.viewers.api_keys import KeyRefusedError, create_key, list_keys, revoke_key
from gateway.viewers.standing import standing
from schema.vocabulary.role import ViewerRole

T = TypeVar("T")

keys = typer.Typer(help="API keys: by which programs come in.", no_args_is_help=True)


class Scope(Enum):
    """What a key is for."""

    READ = "read"
    WRITE = "write"


@keys.command()
def create(
    name: Annotated[str, typer.Option(help="What uses it; for those who read the list.")],
    role: Annotated[ViewerRole, typer.Option(help="In what capacity it asks.")],
    operator: Annotated[UUID, typer.Option(help="The operating company whose data it sees.")],
    contact: Annotated[UUID | None, typer.Option(help="For whom it acts; tenants, guests, homeowners need it.")] = None,
    company: Annotated[UUID | None, typer.Option(help="The company of a vendor, which needs it.")] = None,
    scope: Annotated[list[Scope] | None, typer.Option(help="write lets it do more than read.")] = None,
    expires: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"], help="When it ends, in UTC if it does not say."),
    ] = None,
) -> None:
    """Make a key and print it: this once, as only its hash is kept."""
    with told():
        viewer = standing(role, operator, contact, company)
        scopes = sorted({Scope.READ.value, *(chosen.value for chosen in scope or [])})
        ends = expires.replace(tzinfo=UTC) if expires and expires.tzinfo is None else expires
        key_id, key = _with_database(lambda connection: create_key(connection, viewer, name, scopes, ends))
        typer.echo(f"The key {key_id}; send it as Authorization: Bearer, and keep it as a password is kept:", err=True)
        typer.echo(key)


@keys.command("list")
def list_() -> None:
    """List every key there has been: whose it is, and whether it still counts."""
    with told():
        rows = _with_database(list_keys)
        columns = ("id", "name", "role", "operator_id", "scopes", "created_at", "last_used_at", "standing")
        table = Table(*columns, box=None, pad_edge=False)
        for row in rows:
            table.add_row(
                *(str(row[name]) for name in columns[:4]),
                " ".join(row["scopes"]),
                _shown(row["created_at"]),
                _shown(row["last_used_at"]),
                _standing(row),
            )
        Console(width=200, highlight=False, markup=False).print(table)


@keys.command()
def revoke(key_id: Annotated[UUID, typer.Argument(metavar="ID", help="As `keys list` has it.")]) -> None:
    """Revoke a key: the next request with it is refused."""
    with told():
        name = _with_database(lambda connection: revoke_key(connection, key_id))
        typer.echo(f"The key {key_id} ({name}) is revoked.")


def _with_database(work: Callable[[Connection], Awaitable[T]]) -> T:
    async def run(dsn: str) -> T:
        connection = await asyncpg.connect(dsn)
        try:
            return await work(connection)
        except asyncpg.UndefinedTableError as error:
            raise KeyRefusedError("The database is not migrated. Run `python -m gateway migrate`.") from error
        finally:
            await connection.close()

    with database.located(Settings()) as dsn:
        return asyncio.run(run(dsn))


def _standing(row: asyncpg.Record) -> str:
    if row["revoked_at"]:
        return f"revoked {_shown(row['revoked_at'])}"
    if row["expires_at"] is None:
        return "valid"
    return f"{'expired' if row['expires_at'] <= datetime.now(UTC) else 'valid until'} {_shown(row['expires_at'])}"


def _shown(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "never"
