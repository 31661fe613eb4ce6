"""How much is measured."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class BenchSettings(BaseSettings):
    """SHORT and SCALE of the environment."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    short: bool = False
    """A look instead of a measurement, in under a minute."""
    scale: float | None = None
    """Of the demo data; 1 is about 2,000 tickets. By default 100, for a look 2."""

    @property
    def loaded(self) -> float:
        """The scale that is loaded."""
        return self.scale or (2 if self.short else 100)

    @property
    def clients(self) -> tuple[int, ...]:
        return (16,) if self.short else (1, 16, 64)

    @property
    def rounds(self) -> int:
        """How often each server has its turn with an operation; every other round goes backwards."""
        return 1 if self.short else 2

    @property
    def warm_s(self) -> float:
        """How long clients ask before anything counts."""
        return 0.2 if self.short else 1

    @property
    def seconds(self) -> float:
        """How long a turn lasts."""
        return 0.6 if self.short else 3

    @property
    def patience_s(self) -> float:
        """How much longer, where so little is answered that percentiles would say nothing."""
        return 0.5 if self.short else 8

    @property
    def rows(self) -> tuple[int, ...]:
        """The page sizes that growth is measured by."""
        return (10, 1_000) if self.short else (10, 100, 1_000, 10_000)

    @property
    def cold_documents(self) -> int:
        return 30 if self.short else 500

    @property
    def distinct_documents(self) -> int:
        """After so many, the gateway's memory is looked at."""
        return 200 if self.short else 20_000

    @property
    def workers(self) -> tuple[int, ...]:
        """How many gateways share the clients."""
        return () if self.short else (1, 2)

    @property
    def starts(self) -> int:
        return 1 if self.short else 5
