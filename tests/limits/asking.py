"""Asks a gateway over HTTP, and looks at what its refusals say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

RESPONSE = "application/graphql-response+json"
JSON = "application/json"


@dataclass(frozen=True)
class Asking:
    """Somebody at a gateway."""

    client: httpx.Client

    def post(self, body: object, accept: str = RESPONSE) -> httpx.Response:
        """The answer to a body, or to bytes as they are."""
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        headers = {"accept": accept, "content-type": JSON}
        return self.client.post("/graphql", headers=headers, **content)

    def answered(self, query: str, variables: dict[str, Any] | None = None, name: str | None = None) -> Any:
        """The data; any error fails the test."""
        response = self.post({"query": query, "variables": variables, "operationName": name})
        assert response.status_code == 200, response.text[:2000]
        assert "errors" not in response.json(), response.text[:2000]
        return response.json()["data"]

    def refused(self, query: str, variables: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The errors of a request that is refused before it runs; each has a code, and all of them few words."""
        response = self.post({"query": query, "variables": variables})
        assert response.status_code == 400, response.text[:2000]
        assert len(response.content) < 20_000
        errors: list[dict[str, Any]] = response.json()["errors"]
        assert response.json().keys() == {"errors"}
        assert all(error["message"] and error["extensions"]["code"] for error in errors)
        return errors

    def limited(self, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
        """The one error of a request that goes beyond a limit, which says by how much."""
        (error,) = self.refused(query, variables)
        told: dict[str, Any] = error["extensions"]
        assert told["code"] == "LIMIT_EXCEEDED", error
        assert told["actual"] > told["maximum"]
        assert all(part in error["message"] for part in (told["limit"], f"{told['maximum']:,}"))
        return told
