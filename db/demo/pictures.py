"""Files and pictures of tickets; their bytes do not exist."""

import hashlib

from asyncpg.pgproto.pgproto import UUID

from db.demo.rows.links import TicketPhoto
from db.demo.rows.records import File
from db.demo.rows.team import Ticket
from db.demo.world import World

_MEDIA = {"issue": "image/jpeg", "progress": "image/jpeg", "completion": "image/webp", "receipt": "application/pdf"}
_ENDINGS = {"image/jpeg": "jpg", "image/webp": "webp", "application/pdf": "pdf"}


def add_file(world: World, ticket: Ticket, name: str, media_type: str, by: UUID | None, moment: int) -> UUID:
    """Write a file that hangs on a ticket; its id."""
    file_id = world.ids.new(moment)
    key = f"{ticket.number}/{file_id}"
    world.sink.add(
        File(
            file_id,
            ticket.operator_id,
            f"{ticket.operator_id}/{key}",
            name,
            media_type,
            world.between(40_000, 4_000_000),
            hashlib.sha256(key.encode()).hexdigest(),
            by,
            moment,
        )
    )
    return file_id


def add_picture(world: World, ticket: Ticket, photo_type: str, by: UUID | None, moment: int) -> None:
    """Write a picture of a ticket."""
    media_type = _MEDIA[photo_type]
    name = f"IMG_{world.between(1000, 9999)}.{_ENDINGS[media_type]}"
    file_id = add_file(world, ticket, name, media_type, by, moment)
    world.sink.add(TicketPhoto(world.ids.new(moment), ticket.operator_id, ticket.id, file_id, photo_type, moment))
