"""`python -m gateway` as a user runs it: with a home of its own, in a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from db.binaries import Binaries
from db.embedded import PORT, USER
from db.postmaster import Postmaster, find_postmaster
from tests.db.home import reachable_home

CHECKOUT = Path(__file__).resolve().parents[2]
_LAST_LINE = "Ctrl-C stops it."
_PATIENCE = 60


@dataclass(frozen=True)
class Home:
    """Where a gateway keeps its data, and the PostgreSQL that it runs there."""

    path: Path
    binaries: Binaries

    @property
    def data(self) -> Path:
        return self.path / f"pg{self.binaries.major}"

    def postmaster(self) -> Postmaster | None:
        return find_postmaster(self.data)

    @property
    def dsn(self) -> str:
        """The address of the database, of a server that runs."""
        server = self.postmaster()
        assert server is not None
        return f"postgresql://{USER}@/central_memory?host={server.socket}&port={PORT}"

    @property
    def _log(self) -> Path:
        return self.path / "standard-error"

    @property
    def said(self) -> str:
        """What the last `serve` has written to its standard error."""
        return self._log.read_text()

    def environment(self, **settings: str) -> dict[str, str]:
        """Ours, without settings that the developer has made."""
        mine = ("GATEWAY_", "DATABASE_URL", "PG_BINDIR", "PORT")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
        own = {"PORT": "0", "PG_BINDIR": str(self.binaries.folder), "GATEWAY_DATA_HOME": str(self.path)}
        return {**kept, **own, "COLUMNS": "100", **settings}

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """A command to its end."""
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "gateway", *words],
            cwd=CHECKOUT,
            env=self.environment(**settings),
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )

    def run_all(self, commands: Iterable[Sequence[str]]) -> list[subprocess.CompletedProcess[str]]:
        """Commands at the same time, which is quicker."""
        with ThreadPoolExecutor(4) as threads:
            return list(threads.map(lambda words: self.run(*words), commands))

    @contextmanager
    def starting(self, **settings: str) -> Iterator[subprocess.Popen[str]]:
        """`serve`, from its first moment, in a session of its own; killed at the end if it still runs."""
        with (
            self._log.open("w") as log,
            subprocess.Popen(
                [sys.executable, "-m", "gateway", "serve"],
                cwd=CHECKOUT,
                env=self.environment(**settings),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            ) as popen,
        ):
            try:
                yield popen
            finally:
                popen.kill()

    @contextmanager
    def serving(self, **settings: str) -> Iterator["Gateway"]:
        """`serve`, once it listens; interrupted at the end if it still runs."""
        with self.starting(**settings) as popen:
            assert popen.stdout is not None
            banner = ""
            for line in popen.stdout:
                banner += line
                if line.strip() == _LAST_LINE:
                    break
            else:
                raise AssertionError(f"it did not start:\n{self.said}")
            gateway = Gateway(self, popen, banner)
            try:
                yield gateway
            finally:
                if popen.poll() is None:
                    gateway.interrupt()


@dataclass(frozen=True)
class Gateway:
    """A gateway that listens."""

    home: Home
    popen: subprocess.Popen[str]
    banner: str

    @property
    def address(self) -> str:
        return self.banner.partition("serves on ")[2].split()[0]

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.address}{path}", timeout=_PATIENCE)

    def ask(self, query: str) -> httpx.Response:
        return httpx.post(f"{self.address}/graphql", json={"query": query}, timeout=_PATIENCE)

    def data(self, query: str) -> Any:
        """The data of an answer without errors."""
        answer = self.ask(query)
        assert answer.status_code == 200, answer.text
        assert "errors" not in answer.json(), answer.text
        return answer.json()["data"]

    def interrupt(self) -> int:
        """Ctrl-C, which a terminal sends to the whole process group; gives the exit status."""
        os.killpg(self.popen.pid, signal.SIGINT)
        return self.popen.wait(_PATIENCE)


@contextmanager
def new_home(binaries: Binaries) -> Iterator[Home]:
    with reachable_home() as path:
        yield Home(path, binaries)
