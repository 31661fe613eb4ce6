"""Somebody with a client of their own, at a gateway that runs."""

from __future__ import annotations

from typing import Any

import httpx
from gql import GraphQLRequest
from gql.client import SyncClientSession
from gql.transport.exceptions import TransportQueryError

from resolvers.viewer import Viewer

_PATIENCE = 60
_MEMBER = "{ viewer { contact { teamMember { id teamId } } } }"


class Person:
    """Asks and acts over HTTP, in one role. `viewer` is who that is, where the test made them."""

    def __init__(self, session: SyncClientSession, address: str, viewer: Viewer | None = None) -> None:
        self._session = session
        self._address = address
        self.viewer = viewer

    @property
    def company(self) -> str:
        """The id of the vendor's company."""
        assert self.viewer is not None
        return str(self.viewer.company_id)

    @property
    def member(self) -> Any:
        """The member of a team that somebody of the staff is: id and teamId."""
        return self.ask(_MEMBER)["viewer"]["contact"]["teamMember"]

    def ask(self, text: str, **variables: Any) -> Any:
        """The data; an error fails the test."""
        return self._session.execute(GraphQLRequest(text, variable_values=variables or None))

    def unknown_fields(self, text: str, **variables: Any) -> set[str]:
        """The fields of a document that this person's graph does not have; nothing is answered then."""
        try:
            self.ask(text, **variables)
        except TransportQueryError as error:
            return {message.split("'")[1] for message in (str(each["message"]) for each in error.errors or [])}
        return set()

    def try_(self, command: str, selection: str = "", **given: Any) -> Any:
        """A command's payload, done or not; `given` is its input."""
        kind = f"{command[:1].upper()}{command[1:]}Input"
        problems = """problems { __typename code message path
            ... on Forbidden { role } ... on TransitionRefused { missing { code message role } } }"""
        text = f"mutation ($input: {kind}!) {{ {command}(input: $input) {{ {selection} {problems} }} }}"
        return self.ask(text, input=given)[command]

    def do(self, command: str, selection: str = "", **given: Any) -> Any:
        """The payload of a command that is done."""
        payload = self.try_(command, selection, **given)
        assert (problems := payload.pop("problems")) == [], (command, problems)
        return payload

    def problem(self, command: str, **given: Any) -> Any:
        """Why a command is not done: the one reason."""
        (found,) = self.try_(command, **given)["problems"]
        return found

    def send(self, path: str, content: bytes) -> Any:
        """What the server says of a file that is sent to it."""
        answer = httpx.put(f"{self._address}{path}", content=content, timeout=_PATIENCE)
        assert answer.status_code == 201, answer.text
        return answer.json()
