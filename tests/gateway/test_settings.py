"""Settings, and the doors that they keep shut."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from gateway.settings import Exposed, Settings, refuse_exposure


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "PG_BINDIR", "PORT", "GATEWAY_HOST", "GATEWAY_PORT", "GATEWAY_DEMO"):
        monkeypatch.delenv(name, raising=False)


def test_without_an_environment_it_is_a_demo_on_loopback() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.demo, settings.database_url) == ("127.0.0.1", 8000, True, None)
    assert settings.data_home == Path(__file__).parents[2] / ".data"
    refuse_exposure(settings)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://gateway@db/memory")
    monkeypatch.setenv("PG_BINDIR", "/usr/local/pgsql/bin")
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("GATEWAY_PAGE_MAXIMUM", "200")
    settings = Settings()
    assert settings.database_url == "postgresql://gateway@db/memory"
    assert (settings.pg_bindir, settings.port, settings.page_maximum) == (Path("/usr/local/pgsql/bin"), 9000, 200)


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert Settings().port == 8000


@pytest.mark.parametrize(("name", "value"), [("PORT", "http"), ("PORT", "70000"), ("GATEWAY_LOG_FORMAT", "xml")])
def test_a_setting_that_makes_no_sense_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1


def test_a_password_is_not_shown_with_the_settings() -> None:
    assert "hunter2" not in repr(Settings(database_url="postgresql://gateway:hunter2@db/memory"))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_the_demo_is_served_on_loopback(host: str) -> None:
    refuse_exposure(Settings(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "memory.example", "localhost.example"])  # noqa: S104
def test_the_demo_is_served_nowhere_else(host: str) -> None:
    with pytest.raises(Exposed, match="loopback"):
        refuse_exposure(Settings(host=host))


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "memory.example"])  # noqa: S104
def test_what_asks_for_credentials_may_be_served_anywhere(host: str) -> None:
    refuse_exposure(Settings(demo=False, host=host))
