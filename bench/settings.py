"""How much is measured."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class BenchSettings(BaseSettings):
    """SCALE and SHORT of the environment."""

    model_config = SettingsConfigDict(frozen=True)

    scale: float = 10
    """Of the demo data; 1 is about 2,000 tickets."""
    short: bool = False
    """A look instead of a measurement, in under a minute."""

    @property
    def seconds(self) -> float:
        """The longest that one line may be measured."""
        return 3 if self.short else 20

    @property
    def requests(self) -> int:
        """The most that one line asks."""
        return 100 if self.short else 2_000

    @property
    def starts(self) -> int:
        return 1 if self.short else 5
