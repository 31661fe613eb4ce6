import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from db.binaries import Binaries, every_binaries, find_binaries
from db.embedded import EmbeddedServer, ServerError
from db.postmaster import Postmaster, find_postmaster
from tests.db.home import reachable_home

_CHECKOUT = Path(__file__).resolve().parents[2]

# A process that uses the server of a home until its input ends.
_USER = """
import sys
from pathlib import Path
from db.binaries import find_binaries
from db.embedded import EmbeddedServer
with EmbeddedServer(Path(sys.argv[1]), find_binaries(Path(sys.argv[2])), durable=False) as dsn:
    print(dsn, flush=True)
    sys.stdin.read()
"""

_FOUND = [pytest.param(binaries, id=str(binaries.major)) for binaries in every_binaries()]
each_postgresql = pytest.mark.parametrize("binaries", _FOUND, scope="module")
the_preferred_one = pytest.mark.parametrize("binaries", _FOUND[:1], scope="module")


@dataclass(frozen=True)
class Place:
    """A home with a server's data, and the programs that made them."""

    home: Path
    binaries: Binaries

    def server(self) -> EmbeddedServer:
        return EmbeddedServer(self.home, self.binaries, durable=False)

    def running(self) -> Postmaster | None:
        return find_postmaster(self.home / f"pg{self.binaries.major}")

    def started(self) -> Postmaster:
        found = self.running()
        assert found is not None
        return found

    @contextmanager
    def user(self) -> Iterator[subprocess.Popen[str]]:
        """Another process that uses the server, and leaves at the end unless it was killed."""
        with subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-c", _USER, str(self.home), str(self.binaries.folder)],
            cwd=_CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            yield process


def told(process: subprocess.Popen[str]) -> str:
    """The address that another user was given."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def wait_for_end(pid: int) -> None:
    with suppress(ProcessLookupError):
        for _ in range(200):
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return
            time.sleep(0.01)


@pytest.fixture(scope="module")
def place(binaries: Binaries) -> Iterator[Place]:
    with reachable_home() as folder:
        # Longer than a socket's path may be, and unlike what a shell takes for one word.
        home = folder / 'o\'Neill & "Söhne" $HOME `x`' / ("long" * 30)
        home.mkdir(parents=True)
        yield Place(home, binaries)


@each_postgresql
async def test_a_new_home_gets_a_server_and_its_database(place: Place) -> None:
    assert not list(place.home.iterdir())
    with place.server() as dsn:
        connection = await asyncpg.connect(dsn)
        told = await connection.fetchrow(
            """
            SELECT current_database() AS database, current_setting('server_encoding') AS encoding,
                   current_setting('listen_addresses') AS addresses, current_setting('fsync') AS fsync,
                   lower('MÜLLER') AS folded, 'Z' < 'a' COLLATE "default" AS by_code_point
            """
        )
        await connection.close()
    assert told is not None
    assert dict(told) == {
        "database": "central_memory",
        "encoding": "UTF8",
        "addresses": "",
        "fsync": "off",
        "folded": "müller",
        "by_code_point": True,
    }


@each_postgresql
async def test_data_outlive_the_server(place: Place) -> None:
    with place.server() as dsn:
        connection = await asyncpg.connect(dsn)
        await connection.execute("CREATE TABLE rooms AS SELECT 7 AS id")
        await connection.close()
    with place.server() as dsn:
        connection = await asyncpg.connect(dsn)
        assert await connection.fetchval("SELECT id FROM rooms") == 7
        await connection.close()


@the_preferred_one
def test_the_last_user_stops_the_server_and_only_the_last(place: Place) -> None:
    with place.user() as other:
        assert told(other)
        with place.server() as dsn:
            first = place.started()
            assert f"host={first.socket}&" in dsn
        assert place.running() == first
    assert place.running() is None


@the_preferred_one
def test_users_that_start_at_once_share_one_server(place: Place) -> None:
    with place.user() as first, place.user() as second, place.user() as third:
        assert len({told(first), told(second), told(third)}) == 1
        server = place.started()
        third.kill()
        assert place.running() == server


@the_preferred_one
def test_the_server_of_a_killed_user_is_adopted_and_stopped_by_the_next(place: Place) -> None:
    with place.user() as user:
        assert told(user)
        user.kill()
    left = place.started()
    with place.server():
        assert place.running() == left


@the_preferred_one
def test_the_server_does_not_hear_the_terminals_interrupt(place: Place) -> None:
    with place.server():
        assert os.getsid(place.started().pid) != os.getsid(0)


@the_preferred_one
def test_only_its_user_may_enter_the_sockets_folder_whose_name_is_short(place: Place) -> None:
    with place.server():
        folder = Path(place.started().socket)
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(str(folder)) < 50
    assert not folder.exists()


@the_preferred_one
def test_a_sockets_folder_that_is_open_to_others_is_refused(place: Place) -> None:
    with place.server():
        folder = Path(place.started().socket)
    folder.mkdir(mode=0o755)
    try:
        with pytest.raises(PermissionError, match="open to other users"):
            place.server().start()
    finally:
        folder.rmdir()


@the_preferred_one
def test_a_link_in_place_of_the_sockets_folder_is_refused(place: Place, tmp_path: Path) -> None:
    with place.server():
        folder = Path(place.started().socket)
    folder.symlink_to(tmp_path)
    try:
        with pytest.raises(PermissionError, match="in the way"):
            place.server().start()
    finally:
        folder.unlink()


@each_postgresql
def test_a_killed_server_starts_again_though_its_number_is_another_processs_now(place: Place) -> None:
    server = place.server()
    server.start()
    killed = place.started().pid
    os.kill(killed, signal.SIGKILL)
    wait_for_end(killed)
    lock = server.data / "postmaster.pid"
    with subprocess.Popen(["/bin/sleep", "60"], user=lock.stat().st_uid if os.geteuid() == 0 else None) as stranger:
        lock.write_text(lock.read_text().replace(str(killed), str(stranger.pid), 1))
        server.start()
        assert place.started().pid not in {killed, stranger.pid}
        server.stop()
        assert stranger.poll() is None
        stranger.kill()


@each_postgresql
def test_a_server_that_does_not_start_says_what_it_logged(place: Place) -> None:
    server = place.server()
    settings = server.data / "postgresql.auto.conf"
    settings.write_text("shared_preload_libraries = 'no_such_library'\n")
    try:
        with pytest.raises(ServerError, match="could not access file"):
            server.start()
    finally:
        settings.write_text("")
    with server:
        assert place.running()


def test_what_a_killed_user_left_half_made_is_made_anew() -> None:
    with reachable_home() as home:
        place = Place(home, find_binaries())
        data = place.server().data
        half = data.with_name(f"{data.name}.new")
        half.mkdir()
        (half / "PG_VERSION").write_text("rubbish")
        for moment in (0.3, 0.6):  # of the first start
            with place.user() as user:
                time.sleep(moment)
                user.kill()
            with place.server():
                assert place.running()
            assert place.running() is None
            assert not half.exists()
            shutil.rmtree(data)


@the_preferred_one
def test_users_of_one_process_share_the_server_too(place: Place) -> None:
    servers = [place.server() for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        assert len(set(threads.map(EmbeddedServer.start, servers))) == 1
        server = place.running()
        servers[0].stop()
        assert place.running() == server
        list(threads.map(EmbeddedServer.stop, servers))
    assert place.running() is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_data_lie_elsewhere_when_the_servers_user_cannot_enter_the_home_whose_mode_stays() -> None:
    with reachable_home() as home:
        home.chmod(0o700)
        server = EmbeddedServer(home, find_binaries(), durable=False)
        try:
            with server:
                assert find_postmaster(server.data)
            assert not list(home.iterdir())
            assert home.stat().st_mode & 0o777 == 0o700
            home.chmod(0o755)  # opened since, its data are still the same
            assert EmbeddedServer(home, find_binaries()).data == server.data
        finally:
            shutil.rmtree(server.data.parent)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_data_in_a_home_that_was_closed_since_are_not_replaced_by_new_ones() -> None:
    with reachable_home() as home:
        EmbeddedServer(home, find_binaries()).data.mkdir()
        home.chmod(0o700)
        with pytest.raises(PermissionError, match="may not enter"):
            EmbeddedServer(home, find_binaries())
