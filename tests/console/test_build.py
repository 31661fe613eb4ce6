"""The build that is kept is the one that its source makes."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from gateway.console.page import BUILD
from tests.console.packages import ran

if TYPE_CHECKING:
    from pathlib import Path


def _content(folder: Path) -> dict[str, bytes]:
    """Every file by its place, unpacked: other releases of zlib compress otherwise."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
        for path in paths
    }


def test_the_build_that_is_kept_is_what_the_source_makes(npm: str, tmp_path: Path) -> None:
    ran(npm, "run", "build", "--", "--outDir", str(tmp_path / "build"))
    made, kept = _content(tmp_path / "build"), _content(BUILD)
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []
