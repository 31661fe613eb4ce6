"""What the operator decides about how it works."""

from __future__ import annotations

from uuid import UUID

from schema.vocabulary.command import command
from schema.vocabulary.given import OMITTED, Omitted, given
from schema.vocabulary.role import MANAGERS
from schema.vocabulary.scalar import BigInt

_DAY = 24 * 60 * 60
_YEAR = 366 * _DAY


@command(
    by=MANAGERS,
    subject="operator_setting_id",
    gives={"operator_setting": "OperatorSetting"},
    example="""mutation {
  updateOperatorSettings(input: {
    operatorSettingId: "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", autoApprovalLimitCents: 30000, reopeningWindow: 259200
  }) {
    operatorSetting { autoApprovalLimitCents reopeningWindow version }
    problems { code message path }
  }
}""",
)
class UpdateOperatorSettings:
    """Changes the operator's settings. They hold for what happens from now on; what is left out stays as it is."""

    operator_setting_id: UUID = given("The operator's settings.", of="OperatorSetting")
    time_zone: str | Omitted = given(
        "Its time zone by IANA name; numbers and reports follow it.", default=OMITTED, longest=100
    )
    currency: str | Omitted = given("The currency of its limits (ISO 4217).", default=OMITTED, longest=3)
    auto_approval_limit_cents: BigInt | Omitted = given(
        "Up to this amount a quote needs no decision, in cents.", default=OMITTED
    )
    tenant_response_timeout: int | Omitted = given(
        "How long a tenant may take to confirm a visit, in seconds.", default=OMITTED, least=60, most=_YEAR
    )
    visit_window: int | Omitted = given(
        "How long an offered visit slot is, in seconds.", default=OMITTED, least=60, most=_DAY
    )
    message_window: int | Omitted = given(
        "Within how many seconds one sender's messages count as one.", default=OMITTED, least=0, most=_DAY
    )
    auto_reply_cap: int | Omitted = given(
        "How many automatic replies one sender gets at most within a day.", default=OMITTED, least=0, most=1000
    )
    recurring_catch_up_limit: int | Omitted = given(
        "How many missed occurrences of a rule are made up after an outage.", default=OMITTED, least=0, most=1000
    )
    reopening_window: int | Omitted = given(
        "How long a resolved ticket stays open to reopening, in seconds.", default=OMITTED, least=0, most=_YEAR
    )
