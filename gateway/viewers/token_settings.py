"""The settings by which tokens are checked and read."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode

from gateway.viewers.key_source import refuse_unsafe
from schema.vocabulary.role import ViewerRole

Algorithm = Literal["HS256", "RS256", "ES256", "EdDSA"]
BY_KEYS: tuple[Algorithm, ...] = ("RS256", "ES256", "EdDSA")
_SHORTEST_SECRET = 32  # bytes; as long as what HS256 makes of it (RFC 7518, section 3.2)


class TokenSettings(BaseSettings):
    """Tokens are accepted once there is a secret, or a set of public keys (a JWKS), to check them by."""

    token_secret: SecretStr | None = None
    """For HS256, which who can check can also make: for tokens of one's own."""
    token_jwks: str | None = None
    """Where the public keys are: an https address (http on loopback only), or a file."""
    token_jwks_ttl_s: float = Field(default=600, gt=0)
    """How long a set of keys counts before it is fetched again. While it cannot be, the last good one goes on."""
    token_jwks_pause_s: float = Field(default=10, ge=0)
    """How long at least between two fetches, whatever keys tokens name."""
    token_algorithms: Annotated[tuple[Algorithm, ...], NoDecode] = ()
    """With commas between; all that the secret or the keys allow, where not given. Never what a token says."""
    token_issuer: str | None = None
    token_audience: str | None = None
    """What `iss` and `aud` must be. Both are needed with keys: the same ones sign tokens for other services."""
    token_leeway_s: float = Field(default=30, ge=0, le=300)
    """How far clocks may be apart."""

    token_role_claim: str = "role"  # noqa: S105 - a claim's name
    """A claim's name, or the JSON pointer of a nested one (`/realm_access/roles`); also of the three below."""
    token_operator_claim: str = "operator_id"  # noqa: S105 - a claim's name
    token_contact_claim: str = "contact_id"  # noqa: S105 - a claim's name
    token_company_claim: str = "company_id"  # noqa: S105 - a claim's name
    token_roles: dict[str, ViewerRole] = Field(default_factory=lambda: {role.value: role for role in ViewerRole})
    """From what the role's claim says to roles, as a JSON object; of several that fit, the first here wins."""

    @property
    def accepted_algorithms(self) -> tuple[Algorithm, ...]:
        """None where tokens are not accepted."""
        by_secret: tuple[Algorithm, ...] = ("HS256",) if self.token_secret else ()
        return self.token_algorithms or (*by_secret, *(BY_KEYS if self.token_jwks else ()))

    @field_validator("token_algorithms", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value

    @field_validator("token_secret")
    @classmethod
    def _long(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value().encode()) < _SHORTEST_SECRET:
            raise ValueError(f"it must have {_SHORTEST_SECRET} bytes or more; `openssl rand -base64 32` makes one")
        return value

    @field_validator("token_jwks")
    @classmethod
    def _safe(cls, value: str | None) -> str | None:
        if value is not None:
            refuse_unsafe(value)
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.token_jwks and not (self.token_issuer and self.token_audience):
            raise ValueError("GATEWAY_TOKEN_JWKS needs GATEWAY_TOKEN_ISSUER and GATEWAY_TOKEN_AUDIENCE beside it")
        for algorithm in self.token_algorithms:
            key, name = (
                (self.token_secret, "GATEWAY_TOKEN_SECRET")
                if algorithm == "HS256"
                else (self.token_jwks, "GATEWAY_TOKEN_JWKS")
            )
            if not key:
                raise ValueError(f"GATEWAY_TOKEN_ALGORITHMS has {algorithm}, which needs {name}")
        if not self.token_roles:
            raise ValueError("GATEWAY_TOKEN_ROLES maps nothing: no token would be let in")
        return self
