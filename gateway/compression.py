"""Compression of long answers, for clients that read gzip.

Answers name no secrets that a page of another origin could mix with its own text, which is what makes compression
dangerous elsewhere (BREACH): nothing is sent with requests by itself, there are no cookies.
"""

from __future__ import annotations

import asyncio
import gzip
import re

# 2 MB of JSON become 140 KB in 6 ms; the highest level takes three times as long for two thirds of that.
_LEVEL = 1
_NEVER = re.compile(r";\s*q=0(\.0*)?\s*$")


def reads_gzip(accepted: str) -> bool:
    """Whether an `Accept-Encoding` names gzip, or everything, and not with the weight 0."""
    codings = {coding.partition(";")[0].strip(): not _NEVER.search(coding) for coding in accepted.lower().split(",")}
    return codings.get("gzip", codings.get("*", False))


async def compressed(body: bytes) -> bytes:
    """In a thread, so that others are answered meanwhile."""
    return await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
