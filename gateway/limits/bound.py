"""A bound to what a request may ask, and the refusal of one that asks more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.refusal import Refusal

if TYPE_CHECKING:
    from gateway.settings import Settings

CODE = "LIMIT_EXCEEDED"
# Fragments that fan out come to numbers that no JSON reader keeps.
_MOST_TOLD = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit by the name of its setting.

    `said` tells what was asked, with `{}` for how much; `remedy` how to come under the limit.
    """

    name: str
    said: str
    remedy: str

    def hold(self, settings: Settings, actual: float) -> None:
        """Raises `Refusal` when there is more than the setting allows."""
        maximum: int = getattr(settings, self.name)
        if actual > maximum:
            raise refused(self, maximum, actual)


def refused(bound: Bound, maximum: int, actual: float) -> Refusal:
    """The refusal of a request that asks for `actual`."""
    asked = int(min(actual, _MOST_TOLD))
    message = f"{bound.said.format(f'{asked:,}')}; the limit is {maximum:,} ({bound.name}). {bound.remedy}"
    extensions = {"code": CODE, "limit": bound.name, "maximum": maximum, "actual": asked}
    return Refusal(None, [{"message": message, "extensions": extensions}])
