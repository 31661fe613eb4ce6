"""What a file is by its content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.files.content import SIGNATURES, TEXTS, Content
from resolvers.uploads import MEDIA_TYPES
from tests.files.samples import SAMPLES

_OTHERS = {
    "an AVIF": b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf" + bytes(60),
    "a film": b"\0\0\0\x18ftypisom\0\0\0\0mp42isom" + bytes(60),
    "a WAV": b"RIFF\x24\0\0\0WAVEfmt " + bytes(60),
    "a ZIP": b"PK\x03\x04" + bytes(60),
    "a program": b"MZ\x90\0\x03" + bytes(60),
    "an SVG in UTF-16": "<svg onload='alert(1)'/>".encode("utf-16"),
    "text in Latin-1": "Küche".encode("latin-1"),
    "text with a bell": b"ding\x07",
    "nothing": b"",
}


def _fits(media_type: str, parts: list[bytes]) -> bool:
    content = Content(media_type)
    return all(content.fits(part) for part in parts) and content.fits(b"", last=True)


def test_every_type_that_may_be_uploaded_can_be_told() -> None:
    assert sorted([*SIGNATURES, *TEXTS]) == sorted(MEDIA_TYPES) == sorted(SAMPLES)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_a_file_is_of_its_own_type_and_of_no_other(media_type: str) -> None:
    alike = set(TEXTS) if media_type in TEXTS else {media_type}
    assert {other for other in MEDIA_TYPES if _fits(other, [SAMPLES[media_type]])} == alike


@pytest.mark.parametrize("what", [what for what in _OTHERS if what != "nothing"])
def test_what_may_not_be_uploaded_is_of_no_type(what: str) -> None:
    assert [media_type for media_type in MEDIA_TYPES if _fits(media_type, [_OTHERS[what]])] == []


def test_nothing_is_no_picture() -> None:
    assert [media_type for media_type in SIGNATURES if _fits(media_type, [b""])] == []


@given(
    body=st.sampled_from([*SAMPLES.values(), *_OTHERS.values()]),
    media_type=st.sampled_from(MEDIA_TYPES),
    cuts=st.lists(st.integers(0, 100), max_size=6).map(sorted),
)
def test_it_does_not_matter_in_which_pieces_a_file_comes(body: bytes, media_type: str, cuts: list[int]) -> None:
    pieces = [body[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True)]
    assert _fits(media_type, pieces) == _fits(media_type, [body])


@given(st.binary(max_size=80), st.sampled_from(MEDIA_TYPES))
def test_no_bytes_break_it(body: bytes, media_type: str) -> None:
    assert _fits(media_type, [body]) in (True, False)
