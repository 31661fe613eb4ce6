"""The system user that an embedded server runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

# A fixed environment: PGPORT, PGOPTIONS, TZ or LC_ALL of the caller must not change what is made.
_ENVIRONMENT = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C", "TZ": "UTC"}
_ROOT = Path("/")


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server's programs run as.

    Attributes:
        uid: Its user.
        gid: Its group.
        foreign: Whether it is another user than ours, which only root can become.
    """

    uid: int
    gid: int
    foreign: bool

    @classmethod
    def ours(cls) -> Self:
        """The user that we are."""
        return cls(os.geteuid(), os.getegid(), foreign=False)

    @classmethod
    def of(cls, data: Path) -> Self:
        """Ourselves; for root the owner of the data, or `postgres`, or `nobody`.

        Raises:
            LookupError: We are root and there is no such user.
        """
        if os.geteuid() != 0:
            return cls.ours()
        if data.exists() and data.stat().st_uid != 0:
            return cls(data.stat().st_uid, data.stat().st_gid, foreign=True)
        for name in ("postgres", "nobody"):
            try:
                user = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(user.pw_uid, user.pw_gid, foreign=True)
        raise LookupError("PostgreSQL does not run as root: make a user `postgres`, or run as another user")

    def run(
        self, *command: str | Path, folder: Path = _ROOT, text: str = "", pass_fds: Sequence[int] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this user.

        Args:
            command: The program and its arguments.
            folder: Where it runs; every user may enter `/`.
            text: What it reads.
            pass_fds: File descriptors that it inherits.

        Raises:
            OSError: It cannot be run by this user.
        """
        return subprocess.run(  # noqa: S603  no shell, and the commands are ours
            command,
            cwd=folder,
            env=_ENVIRONMENT,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            pass_fds=pass_fds,
            user=self.uid if self.foreign else None,
            group=self.gid if self.foreign else None,
            extra_groups=[] if self.foreign else None,
        )

    def can_enter(self, folder: Path) -> bool:
        """Whether every folder down to this one lets the user through (asked of the kernel, so that ACLs count)."""
        return self.run("test", "-x", folder).returncode == 0

    def can_run(self, program: Path) -> bool:
        """Whether the user reaches a program and the libraries that it needs."""
        try:
            return self.run(program, "--version").returncode == 0
        except OSError:
            return False

    def own(self, folder: Path) -> None:
        """Make a private folder of the user's, or take one that is.

        Raises:
            PermissionError: It is a link, or another user's, or others may enter it.
        """
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            found = folder.lstat()
            if not folder.is_dir() or folder.is_symlink() or found.st_uid not in {self.uid, os.geteuid()}:
                raise PermissionError(f"{folder} is in the way: it is not a folder of user {self.uid}") from None
            if found.st_mode & 0o077:
                raise PermissionError(f"{folder} is open to other users: remove it") from None
        if self.foreign:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)  # whoever may have put a link there since
