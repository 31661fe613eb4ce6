"""How much a browser loads before the console can be used, compressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.console.page import BUILD

if TYPE_CHECKING:
    from tests.console.screen import Screen

FIRST_LOAD = 1_400_000
OURS = 60_000
_OUR_CHUNKS = ("console-", "chart-", "index-", "site-")
_PREFIX = "/graphiql/assets/"


def _loaded(screen: Screen) -> dict[str, int]:
    """The assets that were asked for, workers' too, and what each weighs."""
    names = {url.rpartition("/")[2] for url in screen.watch.requests if _PREFIX in url}
    return {name: (BUILD / "assets" / f"{name}.gz").stat().st_size for name in names}


def test_the_first_load_is_light_and_what_is_ours_of_it_lighter(screen: Screen) -> None:
    screen.knows_schema()
    screen.page.wait_for_timeout(1_500)
    loaded = _loaded(screen)
    ours = {name: size for name, size in loaded.items() if name.startswith(_OUR_CHUNKS)}
    assert any(name.startswith("worker-") for name in loaded)
    assert len(ours) >= 4
    assert sum(loaded.values()) <= FIRST_LOAD
    assert sum(ours.values()) <= OURS
