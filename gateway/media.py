"""Media types: which one a request's body has, and which one its answer shall have.

Source: GraphQL over HTTP, sections "Accept", "POST" and "Body"; RFC 9110, sections 8.3 and 12.5.1.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache


class MediaType(StrEnum):
    """The media types of an answer."""

    RESPONSE = "application/graphql-response+json"
    JSON = "application/json"


# The order in which a wildcard finds them: clients that send */* (curl, fetch) are those that never heard of the other.
_OFFERED = (MediaType.JSON, MediaType.RESPONSE)


@lru_cache(maxsize=256)
def negotiated(accept: str | None) -> MediaType | None:
    """The acceptable media type of the highest quality, the first named among equals; None when neither is.

    A request without the header gets `application/graphql-response+json`, as the specification would have it
    (section "Legacy watershed").
    """
    if accept is None:
        return MediaType.RESPONSE
    best: tuple[float, int, int] | None = None
    chosen: MediaType | None = None
    ranges = [parsed for part in accept.split(",") if (parsed := _range(part)) is not None]
    for offer in _OFFERED:
        rank = _rank(offer, ranges)
        if rank is not None and (best is None or rank > best):
            best, chosen = rank, offer
    return chosen


def _rank(offer: MediaType, ranges: list[tuple[str, float]]) -> tuple[float, int, int] | None:
    """Its quality, whether it was named, how early; the most specific range that matches decides."""
    wildcards = ("*/*", "application/*", offer.value)
    matches = [
        (wildcards.index(name), -place, quality) for place, (name, quality) in enumerate(ranges) if name in wildcards
    ]
    if not matches:
        return None
    specificity, place, quality = max(matches)
    named = specificity == len(wildcards) - 1
    return (quality, int(named), place if named else 0) if quality > 0 else None


def _range(part: str) -> tuple[str, float] | None:
    """A media range and its quality; None when its parameters ask for what is not on offer."""
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key == "q":
            quality = _quality(value)
        elif key == "charset" and not _is_utf8(value):
            return None
    return (name, quality) if name else None


def _quality(text: str) -> float:
    """Between 0 and 1; what is not a number does not count against the range."""
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 1.0


@lru_cache(maxsize=64)
def is_readable(content_type: str) -> bool:
    """Whether a body of this Content-Type is JSON in UTF-8."""
    name, *parameters = (piece.strip().lower() for piece in content_type.split(";"))
    pairs = [parameter.partition("=") for parameter in parameters]
    return name == MediaType.JSON and all(_is_utf8(value) for key, _, value in pairs if key == "charset")


def _is_utf8(charset: str) -> bool:
    return charset.strip('"') in ("utf-8", "utf8")
