"""Every setting of the gateway, read once from the environment."""

import ipaddress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from gateway.limits.limit_settings import LimitSettings
from gateway.viewers.token_settings import TokenSettings

_CHECKOUT = Path(__file__).resolve().parent.parent


class Settings(TokenSettings, LimitSettings):
    """Frozen. Each is `GATEWAY_` and its name in capitals, except DATABASE_URL, PG_BINDIR and PORT."""

    model_config = SettingsConfigDict(
        env_prefix="GATEWAY_",
        env_ignore_empty=True,
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,  # it may be a secret
    )

    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL", repr=False)
    """A PostgreSQL to use; without one, the gateway runs its own below `data_home`."""
    login_url: str | None = Field(default=None, repr=False)
    """The same database by the login that serves, when that is not the owner that migrates."""
    pg_bindir: Path | None = Field(default=None, validation_alias="PG_BINDIR")
    """Where that own PostgreSQL's programs are, when not the ones installed with the gateway."""
    data_home: Path = _CHECKOUT / ".data"
    files_url: str | None = Field(default=None, pattern=r"^(file:///|s3://|gs://|az://)", repr=False)
    """Where uploaded files lie: a folder, or a bucket; without one, in the folder `files` below `data_home`."""

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535, validation_alias=AliasChoices("PORT", "GATEWAY_PORT"))
    """0 lets the system choose."""
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ("localhost", "127.0.0.1", "[::1]")
    """The names that a request may call this server by, with commas between: without the list, a web page whose name
    was pointed at this machine (DNS rebinding) could query it as if it were its own server."""
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Origins of web pages that may ask from a browser, such as https://app.example.com, with commas between."""
    demo: bool = True
    """Who brings no token or key is one of the demo's viewers, of their own choice; hence on loopback only."""
    viewer_operations: int = Field(default=16, ge=1)
    """How many operations a viewer may have running at once."""

    log_format: Literal["auto", "console", "json"] = "auto"
    """auto: console on a terminal, JSON elsewhere."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    slow_statement_ms: int = Field(default=1_000, ge=1)
    """From which duration on a statement is told in the log."""
    metrics: Literal["auto", "on", "off"] = "auto"
    """Whether `/metrics` is there, for whoever reaches it; auto: in demo mode, which is on loopback."""
    explain: Literal["auto", "on", "off"] = "auto"
    """Whether managers and analysts may ask how a query is answered; auto: in demo mode. PostgreSQL's plan estimates
    from rows of every operator."""

    introspection: bool = True
    """Whether clients may ask for the schema; also whether `/schema.graphql` is there."""
    suggestions: bool = True
    """Whether refusals say "Did you mean …", which tells names of the schema."""
    documents_kept: int = Field(default=1_000, ge=1)
    body_limit_bytes: int = Field(default=1024 * 1024, ge=1)
    body_timeout_s: float = Field(default=10, gt=0)
    request_timeout_s: float = Field(default=30, gt=0)
    compress_from_bytes: int = Field(default=16 * 1024, ge=0)
    """From which length on answers are compressed, for clients that read gzip; 0 for never."""
    upload_limit_bytes: int = Field(default=25 * 1024 * 1024, ge=1)
    """How large a file may be."""
    upload_timeout_s: float = Field(default=300, gt=0, le=3600)
    """How long a file may take to arrive."""
    shutdown_grace_s: int = Field(default=10, ge=1)

    planner: bool = True
    """Whether queries are planned as one statement; off, all of them are executed field by field."""
    page_default: int = Field(default=50, ge=1)
    page_maximum: int = Field(default=1_000, ge=1)
    pool_size: int = Field(default=16, ge=1)
    statement_timeout_ms: int = Field(default=10_000, ge=1)

    @property
    def tells_metrics(self) -> bool:
        return self.metrics == "on" or (self.metrics == "auto" and self.demo)

    @property
    def explains(self) -> bool:
        return self.explain == "on" or (self.explain == "auto" and self.demo)

    @field_validator("allowed_hosts", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


class Exposed(ValueError):  # noqa: N818 - it names what the gateway would be
    """The settings would let strangers in."""


def refuse_exposure(settings: Settings) -> None:
    """Raises `Exposed` when others than this machine's users could come in without credentials."""
    if settings.demo and not _is_loopback(settings.host):
        raise Exposed(
            f"Demo mode lets in who brings no credentials, so it is served on loopback only, but GATEWAY_HOST is "
            f"{settings.host!r}. Set GATEWAY_DEMO=false, and who asks needs a token or an API key; or use 127.0.0.1, "
            f"::1 or localhost, and come from another machine through an SSH tunnel "
            f"(ssh -L {settings.port}:127.0.0.1:{settings.port} this-machine)."
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
