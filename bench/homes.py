"""Homes for the servers that are measured."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def new_home() -> Iterator[Path]:
    """An empty home that root's server user may enter too, as a checkout is; removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="central-memory-bench-"))
    home.chmod(0o755)
    try:
        yield home
    finally:
        shutil.rmtree(home)
