"""The embedded server of a checkout: a PostgreSQL that its first user starts and its last one stops."""

import hashlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from db.account import Account
from db.binaries import STATE, Binaries
from db.lease import Lease
from db.postmaster import Postmaster, disown, find_postmaster

PORT = 5432
USER = "postgres"
_PATIENCE = 60.0  # seconds for a start or stop, also another process's
_STEP = 0.01  # seconds between two looks at a server that starts
_SOCKETS = Path("/tmp")  # noqa: S108  a socket's path ends at 100 bytes; the folder's owner and mode are checked

_SETTINGS = {
    "listen_addresses": "",  # no TCP: the socket's folder is the access control
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",  # a bulk load writes each page whole once more after every checkpoint
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# Made by psql: one statement that prints the statement to run, if any.
_CREATE_DATABASE = """
SELECT format('CREATE DATABASE %I', :'name')
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = :'name') \\gexec
"""


class ServerError(Exception):
    """The server did not start or stop; the message ends with what it logged."""


class EmbeddedServer:
    """A checkout's own PostgreSQL, on a Unix socket only.

    Its users share it: each holds a lock that the kernel drops when it ends, and whoever leaves last stops the
    server. A server whose last user was killed is adopted by the next one. Everyone who can enter the socket's
    folder (its user, and root) is trusted; nobody else can connect.

    Args:
        home: The checkout's folder for data; a folder for each major version is made in it (`pg18`). When root's
            server user cannot enter it, the data lie under `STATE` instead, named by the home's path.
        binaries: The PostgreSQL to run.
        durable: False for tests, whose data need not outlive a power cut.
        database: The database that is made if it is missing.
    """

    def __init__(
        self, home: Path, binaries: Binaries, *, durable: bool = True, database: str = "central_memory"
    ) -> None:
        self.data = _place(home.resolve(), f"pg{binaries.major}")
        self._account = Account.of(self.data)
        self._binaries = binaries.readable_by(self._account)
        self._lease = Lease(self.data)
        self._database = database
        self._durable = durable
        # In few bytes whatever the checkout's path, the same at each start, and its own.
        self._socket = _SOCKETS / f"central-memory-{_digest(self.data)}"
        self._log = self.data / "server.log"

    def start(self) -> str:
        """Start the server, or join those who use it; gives the address of its database.

        Raises:
            ServerError: It did not start.
            LeaseTimeoutError: Another process has been starting it for too long.
            PermissionError: The data or the socket's folder are another user's.
        """
        # initdb and psql inherit the gate: when we are killed, it stays shut until they have ended too.
        with self._lease.gate(_PATIENCE) as gate:
            if not self._lease.held:
                self._lease.hold()
            try:
                if not self.data.exists():
                    self._create(gate)
                server = self._watch(_settled) or self._launch()
                self._create_database(server, gate)
            except BaseException:
                self._lease.drop()
                raise
        return f"postgresql://{USER}@/{self._database}?host={server.socket}&port={PORT}"

    def stop(self) -> None:
        """Leave the server, and stop it if nobody else uses it.

        Raises:
            ServerError: It did not stop.
        """
        if not self._lease.held:
            return
        with self._lease.gate(_PATIENCE):
            if self._lease.drop() and find_postmaster(self.data):
                self._control("stop", "--mode=fast", "--no-wait")
                self._watch(lambda server: server is None)
                self._account.run("rmdir", self._socket)  # a nicety: the next start would take it as it is

    def __enter__(self) -> str:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _create(self, gate: int) -> None:
        """Make the data folder beside its place and move it there whole, so that it is never half made."""
        new = self.data.with_name(f"{self.data.name}.new")
        locales = _locales(self._binaries.major)
        for locale in locales:
            shutil.rmtree(new, ignore_errors=True)
            self._account.own(new)
            told = self._account.run(
                self._binaries["initdb"],
                f"--pgdata={new}",
                f"--username={USER}",
                "--auth=trust",
                "--encoding=UTF8",
                *locale,
                *([] if self._durable else ["--no-sync"]),
                pass_fds=[gate],
            )
            if told.returncode == 0:
                new.rename(self.data)
                return
        raise ServerError(f"initdb failed in {new}:\n{told.stderr.strip()}")

    def _watch(self, wanted: Callable[[Postmaster | None], bool]) -> Postmaster | None:
        """Look at the server until it is as wanted, more often than pg_ctl does."""
        deadline = time.monotonic() + _PATIENCE
        while not wanted(server := find_postmaster(self.data)):
            if time.monotonic() > deadline:
                raise ServerError(f"the server still starts or stops after {_PATIENCE:g} s: {server}\n{self._logged()}")
            time.sleep(_STEP)
        return server

    def _launch(self) -> Postmaster:
        """Start a server where none runs."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            disown(self.data)
            self._empty_socket()
            if self._log.exists():
                self._log.replace(self._log.with_suffix(".log.old"))
            settings = (
                _SETTINGS
                | ({} if self._durable else _FAST)
                | {"unix_socket_directories": str(self._socket), "port": str(PORT)}
            )
            options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
            try:
                self._control("start", f"--log={self._log.name}", f"--options={options}")
            except ServerError as error:
                # A killed server's processes may outlive it for a moment, and a killed user's start its user.
                passing = "still in use" in str(error) or "postmaster.pid" in str(error)
                if not passing or time.monotonic() > deadline:
                    raise
                time.sleep(10 * _STEP)
            if server := self._watch(_settled):
                return server

    def _control(self, action: str, *arguments: str) -> None:
        """Start or stop through pg_ctl, which gives the server a session of its own: Ctrl-C does not reach it.

        It runs in the data folder, because it hands the paths that it is given to a shell.
        """
        told = self._account.run(
            self._binaries["pg_ctl"],
            action,
            f"--timeout={_PATIENCE:g}",
            "--pgdata=.",
            *arguments,
            folder=self.data,
        )
        if told.returncode:
            raise ServerError(f"pg_ctl {action}: {told.stderr.strip()}\n{self._logged()}")

    def _empty_socket(self) -> None:
        """The socket's folder, ours alone and without a dead server's socket, whose lock may name a living process."""
        self._account.own(self._socket)
        socket = self._socket / f".s.PGSQL.{PORT}"
        self._account.run("rm", "-f", socket, f"{socket}.lock")

    def _create_database(self, server: Postmaster, gate: int) -> None:
        told = self._account.run(
            self._binaries["psql"],
            "--no-psqlrc",
            "--quiet",
            f"--host={server.socket}",
            f"--port={PORT}",
            f"--username={USER}",
            "--dbname=postgres",
            "--set=ON_ERROR_STOP=1",
            f"--set=name={self._database}",
            text=_CREATE_DATABASE,
            pass_fds=[gate],
        )
        if told.returncode:
            raise ServerError(f"could not make the database {self._database}: {told.stderr.strip()}\n{self._logged()}")

    def _logged(self) -> str:
        """The end of the server's log."""
        if not self._log.exists():
            return f"({self._log} was not written)"
        lines = self._log.read_text(errors="replace").splitlines()[-20:]
        return "\n".join([f"{self._log} ends:", *lines])


def _settled(server: Postmaster | None) -> bool:
    return server is None or server.ready


def _locales(major: int) -> list[list[str]]:
    """The fixed locale of new data, the preferred first: texts sort by code point and fold case on every machine."""
    if major >= 17:
        return [["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]]
    messages = ["--locale-provider=libc", "--lc-messages=C"]
    return [[*messages, "--locale=C.UTF-8"], [*messages, "--locale=C"]]


def _place(home: Path, name: str) -> Path:
    """Where a home's data are: in it, or under `STATE` when root's server user cannot enter it.

    Raises:
        PermissionError: There are data in it, and the user can no longer enter it.
    """
    home.mkdir(parents=True, exist_ok=True)
    data, aside = home / name, STATE / _digest(home) / name
    account = Account.of(data)
    if aside.exists() and account.foreign:
        return aside
    if not account.foreign or account.can_enter(home):
        return data
    if data.exists():
        raise PermissionError(f"user {account.uid}, whose the data {data} are, may not enter their folder any more")
    for folder in (STATE, aside.parent):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # our own folders, whatever the umask; what lies in them is private
    return aside


def _digest(path: Path) -> str:
    return hashlib.sha256(bytes(path)).hexdigest()[:12]
