"""Bound to the one rule of validation that takes more than linear time: whether fields of one name can be merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import OverlappingFieldsCanBeMergedRule
from graphql.validation.validate import ValidationAbortedError

from gateway.limits.bound import Bound, refused

if TYPE_CHECKING:
    from graphql import ValidationContext

    from gateway.settings import Settings

COMPARISONS = Bound(
    "document_comparisons",
    "To tell whether the document's fields can be merged takes more than {} comparisons",
    "Select each field once, and spread fewer fragments side by side.",
)


def overlap_rule(settings: Settings) -> type[OverlappingFieldsCanBeMergedRule]:
    """The rule with our budget instead of graphql-core's, which lasts for seconds."""
    maximum = settings.document_comparisons

    class BoundedOverlapRule(OverlappingFieldsCanBeMergedRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            self.rule_context.remaining_complexity_budget = maximum

        def enter_selection_set(self, *args: Any) -> None:
            try:
                super().enter_selection_set(*args)
            except ValidationAbortedError as error:
                if self.rule_context.remaining_complexity_budget < 0:
                    raise refused(COMPARISONS, maximum, maximum + 1) from error
                raise

    return BoundedOverlapRule
