"""The running server of a data folder, as its `postmaster.pid` tells."""

import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_NOBODY = 2**31 - 1  # above every system's highest process id


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A server that runs.

    Attributes:
        pid: Its process.
        socket: The folder of its socket; empty while it is starting.
        ready: Whether it takes connections.
    """

    pid: int
    socket: str
    ready: bool


def find_postmaster(data: Path) -> Postmaster | None:
    """The server of a data folder (an absolute path without links), if it runs."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if not lines or not _runs(pid := abs(int(lines[0])), data):
        return None
    socket = lines[4].strip() if len(lines) > 4 else ""
    return Postmaster(pid, socket, ready=len(lines) > 7 and lines[7].strip() == "ready")


def disown(data: Path) -> None:
    """Take a dead server's process id out of its `postmaster.pid`, if a living process has it.

    PostgreSQL would take that process for its server and refuse to start. The file stays, because it also names
    the shared memory by which PostgreSQL notices orphans of the dead server that still write.
    """
    with suppress(FileNotFoundError, ProcessLookupError), open(data / "postmaster.pid", "r+", opener=_own) as file:
        number, newline, rest = file.read().partition("\n")
        if number:
            os.kill(abs(int(number)), 0)  # ends here when nobody has it
            file.seek(0)
            file.write(f"{_NOBODY}{newline}{rest}")


def _own(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW)  # the data are the server's user's, and we may be root


def _runs(pid: int, data: Path) -> bool:
    """Whether a process is the server of this folder, and not a later one with its number."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data
    except FileNotFoundError:
        return not Path("/proc/self").exists() and _is_postgres(pid)
    except PermissionError:
        return False  # another user's process, which the server of our data cannot be


def _is_postgres(pid: int) -> bool:
    """The same where there is no /proc (macOS)."""
    told = subprocess.run(  # noqa: S603  no shell, and the argument is a number
        ["/bin/ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False
    )
    return "postgres" in told.stdout
