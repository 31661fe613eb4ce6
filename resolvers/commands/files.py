"""Doing what may be done with files; their bytes come and go over HTTP, beside the graph."""

from __future__ import annotations

from resolvers.commands.contract.handlers import handles
from resolvers.commands.contract.problems import Conflict, Forbidden, Invalid, Refused
from resolvers.commands.contract.work import Given, Work
from resolvers.uploads import MEDIA_TYPES, UPLOADS, is_file_name, new_token, token_hash
from schema.commands.files import AttachPhoto, CreateUpload
from schema.enums import PhotoType
from schema.vocabulary.role import OUTSIDERS, VENDOR

_ANNOUNCE = """
INSERT INTO access.uploads (token_hash, operator_id, role, contact_id, company_id, file_name, media_type, byte_size)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING expires_at
"""
_MEDIA_TYPE = "SELECT media_type FROM files.files WHERE id = $1"
_ATTACH = """
INSERT INTO team.ticket_photos (operator_id, ticket_id, file_id, photo_type) VALUES ($1, $2, $3, $4)
ON CONFLICT (ticket_id, file_id) DO NOTHING RETURNING id
"""


@handles(CreateUpload)
async def create_upload(work: Work, given: CreateUpload) -> Given:
    """Raises Refused for what is not taken in."""
    if not is_file_name(given.file_name):
        message = "It is not only a name. Leave out slashes, backslashes and characters that cannot be seen."
        raise Refused(Invalid("FILE_NAME_NOT_ALLOWED", message, path=("input", "fileName")))
    if given.media_type not in MEDIA_TYPES:
        message = f"Files of this type are not taken in. Allowed are {', '.join(MEDIA_TYPES)}."
        raise Refused(Invalid("MEDIA_TYPE_NOT_ALLOWED", message, path=("input", "mediaType")))
    token, viewer = new_token(), work.viewer
    holder = (viewer.operator_id, viewer.role.value, viewer.contact_id, viewer.company_id)
    told = (given.file_name, given.media_type, given.byte_size)
    expires_at = await work.value(_ANNOUNCE, token_hash(token), *holder, *told)
    return {"upload_url": f"{UPLOADS}{token}", "expires_at": expires_at}


@handles(AttachPhoto)
async def attach_photo(work: Work, given: AttachPhoto) -> Given:
    """Raises Refused for what is no picture, for one that is there, and for proof of work by who did not do it."""
    if given.photo_type is PhotoType.COMPLETION and work.viewer.role in OUTSIDERS - {VENDOR}:
        message = "Who did the work shows that it is done. Show what is wrong with it as an issue."
        raise Refused(Forbidden("PROOF_OF_OTHERS", message, path=("input", "photoType"), role="vendor"))
    media_type: str = await work.value(_MEDIA_TYPE, given.file_id)
    receipt = given.photo_type is PhotoType.RECEIPT and media_type == "application/pdf"
    if not receipt and not media_type.startswith("image/"):
        message = f"The file is {media_type}. A photo is a picture, or where it shows a receipt, a PDF."
        raise Refused(Invalid("NOT_A_PICTURE", message, path=("input", "fileId")))
    place = (work.viewer.operator_id, given.ticket_id, given.file_id, given.photo_type.value)
    photo = await work.value(_ATTACH, *place)
    if photo is None:
        raise Refused(Conflict("ALREADY_LINKED", "The ticket shows this file already.", path=("input", "fileId")))
    return {"photo": photo}
