"""What the gateway serves of the console."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import httpx
import pytest

from gateway.analyses import ANALYSES
from gateway.console.page import BUILD, MAP_POLICY, PICTURES_POLICY, POLICY
from schema.vocabulary.role import ViewerRole
from tests.gateway.house import House, served

if TYPE_CHECKING:
    from collections.abc import Generator

PAGES = ("/graphiql", "/workflows", "/schema-map")
_ASSET = re.compile(r"/graphiql/assets/[\w.-]+")


@pytest.fixture(scope="module")
def client() -> Generator[httpx.Client]:
    with served(House()) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.fixture(scope="module")
def assets(client: httpx.Client) -> list[str]:
    """What the pages name."""
    return sorted({name for path in PAGES for name in _ASSET.findall(client.get(path).text)})


@pytest.mark.parametrize("path", PAGES)
def test_the_front_page_leads_to_it(client: httpx.Client, path: str) -> None:
    assert f'href="{path}"' in client.get("/").text
    assert client.get(path).status_code == 200


def test_the_page_may_load_from_its_own_host_only(client: httpx.Client) -> None:
    page = client.get("/graphiql")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers.get_list("content-security-policy") == [POLICY]
    assert "'unsafe-inline'" not in POLICY.replace("style-src 'self' 'unsafe-inline'", "")
    assert not re.search(r"https?:|<script>|<style|[^-]style=", page.text)


def test_the_pictures_may_not_even_write_styles(client: httpx.Client) -> None:
    page = client.get("/workflows")
    assert page.headers.get_list("content-security-policy") == [PICTURES_POLICY]
    assert "unsafe" not in PICTURES_POLICY
    assert page.headers["cache-control"] == "no-cache"
    assert not re.search(r"https?:|<script>|<style|[^-]style=", page.text)


def test_the_map_may_run_what_draws_it_and_load_from_its_own_host_only(client: httpx.Client) -> None:
    page = client.get("/schema-map")
    assert page.headers.get_list("content-security-policy") == [MAP_POLICY]
    assert re.findall("'(?:wasm-)?unsafe[^;]*", MAP_POLICY) == ["'wasm-unsafe-eval'", "'unsafe-inline'"]
    assert not re.search(r"https?:|\*", MAP_POLICY)
    assert not any("wasm" in policy or "blob:" in policy for policy in (POLICY, PICTURES_POLICY))
    assert page.headers["cache-control"] == "no-cache"
    assert not re.search(r"https?:|<script>|<style|[^-]style=", page.text)


def test_other_pages_keep_the_stricter_policy(client: httpx.Client) -> None:
    for path in ("/graphql?query={__typename}", "/healthz", "/graphiql/analyses.json"):
        assert "script-src" not in client.get(path).headers["content-security-policy"]


def test_what_the_pages_name_is_there_for_good(client: httpx.Client, assets: list[str]) -> None:
    assert any(name.endswith(".js") for name in assets)
    assert any(name.endswith(".css") for name in assets)
    for name in assets:
        response = client.get(name)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["vary"] == "accept-encoding"
        assert re.search(r"-[\w-]{8}\.\w+$", name)


def test_the_page_itself_is_asked_for_each_time(client: httpx.Client) -> None:
    assert client.get("/graphiql").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("accepted", ["gzip, deflate, br", "GZIP;q=0.5", "*", "br;q=1.0, gzip; q=0.001"])
def test_who_reads_gzip_gets_it_as_it_lies(client: httpx.Client, assets: list[str], accepted: str) -> None:
    response = client.get(assets[0], headers={"accept-encoding": accepted})
    assert response.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br, gzip;q=0.000", "*;q=0", "gzipped"])
def test_who_does_not_gets_it_unpacked(client: httpx.Client, assets: list[str], accepted: str) -> None:
    response = client.get(assets[0], headers={"accept-encoding": accepted})
    assert "content-encoding" not in response.headers
    file = BUILD / "assets" / f"{assets[0].rpartition('/')[2]}.gz"
    assert response.content == gzip.decompress(file.read_bytes())


@pytest.mark.parametrize("name", ["nothing.js", "..%2Findex.html", "%2e%2e/index.html", "index.html", ""])
def test_no_other_file_is_served(client: httpx.Client, name: str) -> None:
    assert client.get(f"/graphiql/assets/{name}").status_code == 404


def test_the_page_knows_whom_the_demo_plays(client: httpx.Client) -> None:
    roles = " ".join(role.value for role in ViewerRole)
    for path in PAGES:
        assert f'<meta name="demo-viewers" content="{roles}">' in client.get(path).text


def test_outside_the_demo_the_page_knows_nobody() -> None:
    with served(House(), demo=False) as address:
        for path in PAGES:
            assert '<meta name="demo-viewers" content="">' in httpx.get(f"{address}{path}").text


def test_every_saved_analysis_is_listed_with_its_title(client: httpx.Client) -> None:
    told = client.get("/graphiql/analyses.json").json()
    assert {analysis["name"] for analysis in told} == {path.stem for path in ANALYSES.glob("*.graphql")}
    assert all(analysis["title"] and analysis["about"] and "{" in analysis["query"] for analysis in told)
