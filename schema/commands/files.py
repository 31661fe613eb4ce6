"""What may be done with files."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from schema.enums import PhotoType
from schema.vocabulary.command import command
from schema.vocabulary.given import given
from schema.vocabulary.result import told
from schema.vocabulary.role import OUTSIDERS, STAFF, SYSTEM


@command(
    domain="files",
    by=STAFF | OUTSIDERS | {SYSTEM},
    gives={
        "upload_url": told("Where to PUT the file's bytes, once: a path of this server.", str),
        "expires_at": told("Until when.", datetime),
    },
    example="""mutation {
  createUpload(input: {fileName: "leak.jpg", mediaType: "image/jpeg", byteSize: 284113}) {
    uploadUrl
    expiresAt
    problems { code message path }
  }
}""",
)
class CreateUpload:
    """Announces a file. Its bytes are then sent by PUT to `uploadUrl`, which needs no other credentials.

    The answer to the PUT is JSON with the file's `id`. The content must be of the announced size and type: a JPEG, PNG,
    WebP or HEIC picture, a PDF, or text in UTF-8 (`text/plain`, `text/csv`).
    """

    file_name: str = given("Its name: no path.", longest=255)
    media_type: str = given("Its media type, such as image/jpeg.", longest=100)
    byte_size: int = given("Its size in bytes.", least=1)


@command(
    by=STAFF | OUTSIDERS | {SYSTEM},
    subject="ticket_id",
    gives={"photo": "TicketPhoto"},
    example="""mutation {
  attachPhoto(input: {
    ticketId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", fileId: "018f4e2b-11d0-7c52-8a64-3f5e7d9c1b20", photoType: ISSUE
  }) {
    photo { file { fileName } }
    problems { code message path }
  }
}""",
)
class AttachPhoto:
    """Shows an uploaded picture on a ticket, where all see it who see the ticket. A receipt may also be a PDF."""

    ticket_id: UUID = given("The ticket.", of="Ticket")
    file_id: UUID = given("The picture.", of="File")
    photo_type: PhotoType = given("What it shows.")
