"""Who uses an embedded server: locks that the kernel drops however their holder ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STEP = 0.02  # seconds between two tries


class LeaseTimeoutError(Exception):
    """Another process has been starting or stopping the server for too long."""


class Lease:
    """One user's share in a server.

    Two files beside the data: `NAME.users` is locked shared by each user, so that whoever can turn its lock
    exclusive is the last; `NAME.gate` is locked by the one that starts or stops the server.
    """

    def __init__(self, data: Path) -> None:
        self._users_path = data.with_name(f"{data.name}.users")
        self._gate_path = data.with_name(f"{data.name}.gate")
        self._users: int | None = None

    @property
    def held(self) -> bool:
        """Whether we are one of the users."""
        return self._users is not None

    @contextmanager
    def gate(self, patience: float) -> Iterator[int]:
        """Be the only one that starts or stops the server; gives the lock's file descriptor.

        Raises:
            LeaseTimeoutError: Not within `patience` seconds.
        """
        descriptor = _open(self._gate_path)
        try:
            deadline = time.monotonic() + patience
            while not _lock(descriptor, fcntl.LOCK_EX):
                if time.monotonic() > deadline:
                    raise LeaseTimeoutError(f"{self._gate_path} has been locked by another process for {patience:g} s")
                time.sleep(_STEP)
            yield descriptor
        finally:
            os.close(descriptor)

    def hold(self) -> None:
        """Become a user. Inside the gate, where nobody holds the lock exclusively."""
        self._users = _open(self._users_path)
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def drop(self) -> bool:
        """Be a user no longer. Inside the gate; tells whether we were the last."""
        if self._users is None:
            return False
        descriptor, self._users = self._users, None
        try:
            return _lock(descriptor, fcntl.LOCK_EX)
        finally:
            os.close(descriptor)


def _open(path: Path) -> int:
    # Not inherited by programs that we run (PEP 446): they are no users.
    return os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)


def _lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
