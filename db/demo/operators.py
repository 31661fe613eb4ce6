"""The two operating companies and their settings."""

from db.demo.clock import BEGINNING, DAY, HOUR, Zone
from db.demo.rows.directory import Company, OperatorSettings
from db.demo.world import ADMIN, Operator, World

_FOUNDED = BEGINNING - 690 * DAY


def found_operators(world: World) -> list[Operator]:
    """Write both operators: one in the mountains of the United States, one on the coast of Portugal."""
    return [
        _found(
            world,
            Operator(
                id=world.ids.new(_FOUNDED),
                name="Summit & Pine Property Care",
                domain="summitpine.example.com",
                zone=Zone("America/Denver"),
                currency="USD",
                limit=50_000,
                nationality="us",
                winter=True,
                share=0.8,
            ),
            phone="+19705550100",
            tax_id="00-0000001",
        ),
        _found(
            world,
            Operator(
                id=world.ids.new(_FOUNDED),
                name="Maré Alta Gestão de Casas",
                domain="marealta.example.org",
                zone=Zone("Europe/Lisbon"),
                currency="EUR",
                limit=30_000,
                nationality="pt",
                winter=False,
                share=0.2,
            ),
            phone="+351990000000",
            tax_id=None,
        ),
    ]


def _found(world: World, operator: Operator, phone: str, tax_id: str | None) -> Operator:
    world.sink.add(
        Company(
            id=operator.id,
            operator_id=operator.id,
            name=operator.name,
            kind="operator",
            email=f"hello@{operator.domain}",
            phone=phone,
            active=True,
            tax_id=tax_id,
            number="OP-1",
            external_id="company-000",
            external_user_id=None,
            created_at=_FOUNDED,
            updated_at=_FOUNDED,
            version=1,
        )
    )
    world.sink.add(_settings(world, operator))
    world.record("company_created", ("Company", operator.id), operator, _FOUNDED, ADMIN)
    return operator


def _settings(world: World, operator: Operator) -> OperatorSettings:
    return OperatorSettings(
        id=world.ids.new(_FOUNDED),
        operator_id=operator.id,
        time_zone=operator.zone.name,
        currency=operator.currency,
        auto_approval_limit_cents=operator.limit,
        tenant_response_timeout=72 * HOUR // 1000,
        visit_window=2 * HOUR // 1000,
        message_window=90,
        auto_reply_cap=3,
        recurring_catch_up_limit=5,
        reopening_window=7 * DAY // 1000,
        created_at=_FOUNDED,
        updated_at=BEGINNING,
        version=2,
    )
