"""python -m gateway token"""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

import typer

from db.pool import Pool
from gateway import database
from gateway.commands.failing import told
from gateway.settings import Settings
from gateway.viewers.demo import find_demo_viewers
from gateway.viewers.standing import NobodyError, standing
from gateway.viewers.tokens import make_token
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole


def token(
    role: Annotated[ViewerRole, typer.Option(help="In what capacity its bearer asks.")],
    operator: Annotated[UUID | None, typer.Option(help="The operating company whose data they see.")] = None,
    contact: Annotated[UUID | None, typer.Option(help="Who they are.")] = None,
    company: Annotated[UUID | None, typer.Option(help="The company of a vendor.")] = None,
    minutes: Annotated[float, typer.Option(min=0.1, help="How long it counts.")] = 60,
) -> None:
    """Print a token signed with GATEWAY_TOKEN_SECRET, for tests; without ids, for the demo's viewer of the role."""
    with told():
        settings = Settings()
        if operator is None:
            if contact or company:
                raise NobodyError("--contact and --company need --operator beside them")
            viewer = _demo_viewer(settings, role)
        else:
            viewer = standing(role, operator, contact, company)
        typer.echo(make_token(settings, viewer, minutes=minutes))


def _demo_viewer(settings: Settings, role: ViewerRole) -> Viewer:
    async def find(dsn: str) -> dict[ViewerRole, Viewer]:
        async with Pool.open(dsn, size=1) as pool:
            return await find_demo_viewers(pool)

    with database.located(settings) as dsn:
        found = asyncio.run(find(dsn)).get(role)
    if found is None:
        raise NobodyError(f"the data have nobody who could be a {role.value}; name one by --operator and --contact")
    return found
