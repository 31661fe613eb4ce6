"""Small files of each type that is served."""

from __future__ import annotations

import zlib


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0")
    + _chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    + _chunk(b"IEND", b"")
)
SAMPLES = {
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe1\x00\x10Exif\0\0" + bytes(80) + b"\xff\xd9",
    "image/webp": b"RIFF\x40\0\0\0WEBPVP8L" + bytes(60),
    "image/heic": b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(80),
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj\n<<>>\nendobj\n" * 4,
    "text/plain": "The pool is green.\r\n\tPlease come — 池が緑です。\n".encode(),
    "text/csv": b"room,since\nkitchen,May\n",
}
