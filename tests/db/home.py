"""Homes for servers that tests start, kill and spoil."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def reachable_home() -> Iterator[Path]:
    """A new home that every user may enter, as a checkout is; pytest's own folders are closed."""
    home = Path(tempfile.mkdtemp(prefix="central-memory-test-"))
    home.chmod(0o755)
    try:
        yield home
    finally:
        shutil.rmtree(home)
