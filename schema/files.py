"""Uploaded files: what they are and where their bytes lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.vocabulary.column import column
from schema.vocabulary.edge import One, many, one
from schema.vocabulary.entity import entity
from schema.vocabulary.role import OUTSIDERS
from schema.vocabulary.row import Owned
from schema.vocabulary.scalar import BigInt
from schema.vocabulary.sight import seen

if TYPE_CHECKING:
    from schema.directory import Contact


@entity("files.files", sight=[seen("id", among="my_files")])
class File(Owned):
    """An uploaded file: a photo, a document."""

    storage_key: str = column("Where its bytes lie in the store.", hidden_from=OUTSIDERS)
    file_name: str = column("The name it was uploaded with.")
    media_type: str = column("Its media type, such as image/jpeg.")
    byte_size: BigInt = column("Its size in bytes.")
    sha256: str = column("The SHA-256 of its bytes, in hexadecimal.")
    uploader: One[Contact | None] = one(
        "uploaded_by", "Who uploaded it.", reverse=many("uploaded_files", "What this person uploaded.")
    )
