"""What the planner leaves to the executor."""

from __future__ import annotations


class Declined(Exception):  # noqa: N818 - nobody's error: the executor answers
    """No statement answers the operation: `coordinate` is the field for whose sake, such as `Query.__schema`."""

    def __init__(self, coordinate: str, why: str) -> None:
        super().__init__(f"{coordinate}: {why}")
        self.coordinate = coordinate
        self.why = why
