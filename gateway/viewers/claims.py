"""What a token says about its bearer, as a viewer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from gateway.viewers.standing import NobodyError, standing
from gateway.viewers.token_settings import TokenSettings
from resolvers.viewer import Viewer
from schema.vocabulary.role import ViewerRole


class ClaimError(ValueError):
    """The claims make no viewer. The message says why without quoting a value."""


class TokenNotMadeError(ValueError):
    """A token that the settings do not allow to be made; the message says why."""


class Claims:
    """Where in a token its bearer's role and ids stand, as the settings say."""

    def __init__(self, settings: TokenSettings) -> None:
        self._settings = settings

    def viewer(self, payload: Mapping[str, Any]) -> Viewer:
        """The bearer of a token with these claims. Raises `ClaimError`."""
        settings = self._settings
        operator = _id(payload, settings.token_operator_claim)
        if operator is None:
            raise ClaimError(f"lacks the claim {_shown(settings.token_operator_claim)}")
        contact = _id(payload, settings.token_contact_claim)
        company = _id(payload, settings.token_company_claim)
        try:
            return standing(self._role(payload), operator, contact, company)
        except NobodyError as error:
            raise ClaimError(f"does not say enough: {error}") from error

    def payload(self, viewer: Viewer) -> dict[str, Any]:
        """The claims that make this viewer. Raises `TokenNotMadeError` when nothing is mapped to its role."""
        settings = self._settings
        names = [name for name, role in settings.token_roles.items() if role is viewer.role]
        if not names:
            raise TokenNotMadeError(f"GATEWAY_TOKEN_ROLES maps nothing to the role {viewer.role.value}.")
        said: dict[str, Any] = {}
        _put(said, settings.token_role_claim, names[0])
        for claim, value in (
            (settings.token_operator_claim, viewer.operator_id),
            (settings.token_contact_claim, viewer.contact_id),
            (settings.token_company_claim, viewer.company_id),
        ):
            if value is not None:
                _put(said, claim, str(value))
        return said

    def _role(self, payload: Mapping[str, Any]) -> ViewerRole:
        """Of several, the one that the settings name first."""
        claim = self._settings.token_role_claim
        value = _at(payload, claim)
        said = [value] if isinstance(value, str) else value
        if not isinstance(said, list):
            raise ClaimError(f"lacks the claim {_shown(claim)}")
        for name, role in self._settings.token_roles.items():
            if name in said:
                return role
        raise ClaimError(f"names no role that counts here in its claim {_shown(claim)}")


def _id(payload: Mapping[str, Any], claim: str) -> UUID | None:
    value = _at(payload, claim)
    if value is None:
        return None
    try:
        if isinstance(value, str) and str(found := UUID(value)) == value.lower():
            return found
    except ValueError:
        pass
    raise ClaimError(f"has a claim {_shown(claim)} that is no UUID")


def _path(claim: str) -> list[str]:
    """Source: RFC 6901, section 4."""
    if not claim.startswith("/"):
        return [claim]
    return [step.replace("~1", "/").replace("~0", "~") for step in claim[1:].split("/")]


def _at(payload: Mapping[str, Any], claim: str) -> Any:
    value: Any = payload
    for step in _path(claim):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _put(payload: dict[str, Any], claim: str, value: str) -> None:
    *steps, last = _path(claim)
    for step in steps:
        payload = payload.setdefault(step, {})
    payload[last] = value


def _shown(claim: str) -> str:
    """As it may stand in a header (RFC 6750, section 3)."""
    return "".join(letter for letter in claim if " " <= letter <= "~" and letter not in '"\\')
