"""Files at a gateway as a user runs it."""

import asyncio
from typing import Any

import asyncpg
import httpx

from resolvers.uploads import UPLOADS, new_token, token_hash
from tests.files.samples import PNG
from tests.process.gateway import Home

_ANNOUNCE = """
INSERT INTO access.uploads (token_hash, operator_id, role, file_name, media_type, byte_size)
SELECT $1, id, 'system', 'leak.png', 'image/png', $2
FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1
"""


async def _announce(home: Home) -> str:
    """A file, as createUpload does; gives the address."""
    token = new_token()
    connection = await asyncpg.connect(home.dsn)
    await connection.execute(_ANNOUNCE, token_hash(token), len(PNG))
    await connection.close()
    return f"{UPLOADS}{token}"


def test_a_file_that_was_sent_is_there_after_the_next_start(home: Home) -> None:
    with home.serving() as gateway:
        address = asyncio.run(_announce(home))
        sent = httpx.put(f"{gateway.address}{address}", content=PNG)
        assert sent.status_code == 201, sent.text
    file: dict[str, Any] = sent.json()
    with home.serving() as gateway:
        assert gateway.get(f"/files/{file['id']}").content == PNG
        query = '{ node(id: "%s") { ... on File { fileName byteSize sha256 } } }' % file["id"]  # noqa: UP031 - it has braces
        found = gateway.data(query)["node"]
        assert found == {"fileName": "leak.png", "byteSize": str(len(PNG)), "sha256": file["sha256"]}
    assert len([path for path in (home.path / "files").rglob("*") if path.is_file()]) == 1
