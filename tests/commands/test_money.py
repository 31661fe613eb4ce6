"""Money that moved, its paper, and what was paid: by whom it may be written, and in what form."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.commands.office import Office
from tests.commands.player import Player

_DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)


async def _usual(office: Office) -> str:
    """The operator's currency."""
    currency: str = (await office.row("directory.operator_settings", operator_id=office.operator))["currency"]
    return currency


class TestTransactions:
    async def test_money_moves_in_the_operators_currency(self, manager: Player, office: Office) -> None:
        told = await manager.done(
            "recordTransaction",
            "transaction { id amountCents currency property { id } } ticket { id } events { eventType }",
            propertyId=await office.home(),
            amountCents="12500",
            type="OWNER_PAYOUT",
            memo="March",
        )
        money = told["transaction"]
        assert (money["amountCents"], money["currency"]) == ("12500", await _usual(office))
        assert (told["ticket"], told["events"]) == (None, [{"eventType": "transaction_recorded"}])
        row = await office.row("finance.transactions", id=money["id"])
        assert (row["type"], row["memo"]) == ("owner_payout", "March")
        assert datetime.now(UTC) - row["occurred_at"] < timedelta(minutes=1)

    @pytest.mark.parametrize("status", ["open", "closed"])
    async def test_money_moves_for_a_ticket(self, manager: Player, office: Office, ticket: str, status: str) -> None:
        if status == "closed":
            await office.end(ticket, status)
        told = await manager.done(
            "recordTransaction",
            "ticket { transactions { nodes { role transaction { amountCents currency } } } } events { eventType }",
            amountCents="-700",
            currency="CHF",
            type="REFUND",
            occurredAt=_DAY.isoformat(),
            ticketId=ticket,
            role="REFUND",
        )
        link = {"role": "REFUND", "transaction": {"amountCents": "-700", "currency": "CHF"}}
        assert told["ticket"] == {"transactions": {"nodes": [link]}}
        assert [event["eventType"] for event in told["events"]] == ["transaction_recorded", "transaction_linked"]

    async def test_a_stay_says_where(self, manager: Player, office: Office) -> None:
        values = {"starts_on": date(2003, 6, 1), "ends_on": date(2003, 6, 4), "status": "tentative"}
        stay = await office.write(
            "reservations.reservations", property_id=await office.home(), confirmation_code=str(uuid4()), **values
        )
        given = {"reservationId": stay, "amountCents": "1", "type": "CHARGE"}
        told = await manager.done("recordTransaction", "transaction { property { id } reservation { id } }", **given)
        assert told["transaction"] == {"property": {"id": await office.home()}, "reservation": {"id": stay}}
        problem = await office.refused(manager, "recordTransaction", propertyId=await office.home(1), **given)
        assert (problem["code"], problem["path"]) == ("STAY_ELSEWHERE", ["input", "reservationId"])

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"amountCents": "-1"}, "AMOUNT_BELOW_ZERO", "amountCents"),
            ({"amountCents": str(10**12 + 1)}, "NUMBER_OUT_OF_RANGE", "amountCents"),
            ({"amountCents": str(-(10**12) - 1), "type": "ADJUSTMENT"}, "NUMBER_OUT_OF_RANGE", "amountCents"),
            ({"currency": "eur"}, "CURRENCY_INVALID", "currency"),
            ({"currency": "EURO"}, "TEXT_TOO_LONG", "currency"),
            ({"currency": "QQQ"}, "CURRENCY_INVALID", "currency"),
            ({"role": "CHARGE"}, "TICKET_NEEDED", "ticketId"),
            ({"occurredAt": "2090-01-01T00:00:00Z"}, "MOMENT_IN_FUTURE", "occurredAt"),
            ({"propertyId": "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}, "NOT_FOUND", "propertyId"),
            ({"ticketId": "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f", "role": "CHARGE"}, "NOT_FOUND", "ticketId"),
        ],
    )
    async def test_money_that_cannot_be_is_refused(
        self, manager: Player, office: Office, given: dict[str, Any], code: str, field: str
    ) -> None:
        problem = await office.refused(manager, "recordTransaction", **{"amountCents": "1", "type": "CHARGE", **given})
        assert (problem["code"], problem["path"]) == (code, ["input", field])

    async def test_money_for_a_ticket_is_something_to_it(
        self, manager: Player, players: dict[str, Player], office: Office, ticket: str
    ) -> None:
        given = {"amountCents": "1", "type": "CHARGE", "ticketId": ticket}
        problem = await office.refused(manager, "recordTransaction", **given)
        assert (problem["code"], problem["path"]) == ("LINK_ROLE_NEEDED", ["input", "role"])
        for name in ("tenant", "vendor", "analyst"):
            assert (await office.refused(players[name], "recordTransaction", **given))["__typename"] == "Forbidden"


class TestDocuments:
    async def test_a_document_is_added_by_staff(self, manager: Player, office: Office, ticket: str) -> None:
        await office.end(ticket, "closed")
        told = await manager.done(
            "recordDocument",
            "document { kind number url externalId amountCents currency issuedAt ticket { id } } events { eventType }",
            ticketId=ticket,
            kind="SALES_INVOICE",
            number="S-1",
            url="https://books.example/invoices?id=2041#top",
            externalId=f"bc-{uuid4()}",
            amountCents="900",
            issuedAt=_DAY.isoformat(),
        )
        assert told["events"] == [{"eventType": "document_added"}]
        document = told["document"]
        assert (document["kind"], document["number"], document["ticket"]) == ("SALES_INVOICE", "S-1", {"id": ticket})
        assert (document["amountCents"], document["currency"]) == ("900", await _usual(office))

    async def test_a_name_in_accounting_is_given_once(self, manager: Player, office: Office, ticket: str) -> None:
        given = {"ticketId": ticket, "kind": "JOURNAL_ENTRY", "externalId": f"bc-{uuid4()}"}
        await manager.done("recordDocument", **given)
        problem = await office.refused(manager, "recordDocument", **given)
        assert (problem["__typename"], problem["code"]) == ("Conflict", "EXTERNAL_ID_TAKEN")

    @pytest.mark.parametrize(
        "url",
        [
            "http://books.example/1",
            "javascript:alert(1)",
            "https://",
            "https:///1",
            "https://me:secret@books.example/",
            "https://books example/1",
            "https://[books/1",
            "//books.example/1",
        ],
    )
    async def test_an_address_is_an_https_address(self, manager: Player, office: Office, ticket: str, url: str) -> None:
        problem = await office.refused(manager, "recordDocument", ticketId=ticket, kind="PURCHASE_ORDER", url=url)
        assert (problem["code"], problem["path"]) == ("ADDRESS_NOT_HTTPS", ["input", "url"])

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({}, "DOCUMENT_NOWHERE", "number"),
            ({"number": "1", "currency": "EUR"}, "AMOUNT_NEEDED", "amountCents"),
            ({"number": "1", "amountCents": "-1"}, "NUMBER_OUT_OF_RANGE", "amountCents"),
            ({"number": "1", "amountCents": "1", "currency": "???"}, "CURRENCY_INVALID", "currency"),
            ({"url": "https://books.example/" + "x" * 2000}, "TEXT_TOO_LONG", "url"),
            ({"fileId": "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}, "NOT_FOUND", "fileId"),
            ({"number": "1", "issuedAt": "1999-01-01T00:00:00Z"}, "MOMENT_OUT_OF_RANGE", "issuedAt"),
        ],
    )
    async def test_a_document_that_cannot_be_is_refused(
        self, manager: Player, office: Office, ticket: str, given: dict[str, Any], code: str, field: str
    ) -> None:
        problem = await office.refused(manager, "recordDocument", ticketId=ticket, kind="PURCHASE_ORDER", **given)
        assert (problem["code"], problem["path"]) == (code, ["input", field])

    async def test_the_assigned_vendor_adds_its_own_invoice(self, players: dict[str, Player], office: Office) -> None:
        company = await office.company()
        repair, vendor = await office.repair(company), office.speaking(players["vendor"], company)
        given = {"ticketId": repair, "number": "INV-7", "amountCents": "100", "currency": "EUR"}
        told = await vendor.done("recordDocument", "document { number kind }", kind="PURCHASE_INVOICE", **given)
        assert told["document"] == {"number": "INV-7", "kind": "PURCHASE_INVOICE"}
        for kind in ("PURCHASE_ORDER", "SALES_INVOICE", "JOURNAL_ENTRY"):
            problem = await office.refused(vendor, "recordDocument", kind=kind, **given)
            assert (problem["__typename"], problem["code"]) == ("Forbidden", "OWN_INVOICES_ONLY")
        problem = await office.refused(vendor, "recordDocument", kind="PURCHASE_INVOICE", externalId="bc-1", **given)
        assert (problem["code"], problem["path"]) == ("STAFF_SAYS_IT", ["input", "externalId"])

    async def test_another_vendor_adds_nothing(
        self, players: dict[str, Player], office: Office, tenant: Player
    ) -> None:
        company = await office.company()
        repair, vendor = await office.repair(await office.company()), office.speaking(players["vendor"], company)
        given = {"ticketId": repair, "kind": "PURCHASE_INVOICE", "number": "INV-8"}
        assert (await office.refused(vendor, "recordDocument", **given))["code"] == "NOT_FOUND"
        await office.write("team.ticket_vendors", ticket_id=repair, vendor_id=company, role="quoting")
        problem = await office.refused(vendor, "recordDocument", **given)
        assert (problem["__typename"], problem["code"]) == ("Forbidden", "NOT_ASSIGNED")
        assert (await office.refused(tenant, "recordDocument", **given))["code"] == "ROLE_NEEDED"


class TestPayments:
    async def test_a_payment_is_recorded_and_paid(self, manager: Player, office: Office, ticket: str) -> None:
        await office.end(ticket, "closed")
        told = await manager.done(
            "recordPayment",
            "ticket { id } payment { id status currency paidAt } events { eventType }",
            ticketId=ticket,
            method="INVOICE",
            reference="R-1",
            amountCents="18000",
        )
        assert told["ticket"] == {"id": ticket}
        assert told["events"] == [{"eventType": "payment_recorded"}]
        payment = told["payment"]
        assert (payment["status"], payment["currency"], payment["paidAt"]) == ("PENDING", await _usual(office), None)
        told = await manager.done(
            "updatePayment",
            "payment { status paidAt } events { eventType }",
            paymentId=payment["id"],
            status="PAID",
            paidAt=_DAY.isoformat(),
        )
        assert told == {
            "payment": {"status": "PAID", "paidAt": "2026-03-01T09:00:00+00:00"},
            "events": [{"eventType": "payment_updated"}],
        }
        await manager.done("updatePayment", paymentId=payment["id"], status="REFUNDED")
        row = await office.row("finance.payments", id=payment["id"])
        assert (row["status"], row["paid_at"], row["amount_cents"]) == ("refunded", _DAY, 18000)

    async def test_what_is_paid_is_paid_now_where_nothing_else_was_said(self, manager: Player, ticket: str) -> None:
        given = {"ticketId": ticket, "method": "CASH", "amountCents": "0", "status": "PAID"}
        told = await manager.done("recordPayment", "payment { paidAt }", **given)
        paid_at = datetime.fromisoformat(told["payment"]["paidAt"])
        assert abs(datetime.now(UTC) - paid_at) < timedelta(minutes=1)

    async def test_only_a_manager_waives(
        self, manager: Player, players: dict[str, Player], office: Office, ticket: str
    ) -> None:
        given = {"ticketId": ticket, "method": "INVOICE", "amountCents": "5"}
        problem = await office.refused(
            players["agent"], "recordPayment", "... on Forbidden { role }", **given, status="WAIVED"
        )
        assert (problem["code"], problem["role"], problem["path"]) == ("MANAGER_NEEDED", "manager", ["input", "status"])
        told = await players["agent"].done("recordPayment", "payment { id }", **given)
        update = {"paymentId": told["payment"]["id"], "status": "WAIVED"}
        assert (await office.refused(players["agent"], "updatePayment", **update))["code"] == "MANAGER_NEEDED"
        await manager.done("updatePayment", **update)
        await manager.done("recordPayment", **given, status="WAIVED")

    @pytest.mark.parametrize(
        ("before", "allowed"),
        [
            ("pending", {"PAID", "FAILED", "WAIVED"}),
            ("failed", {"PENDING", "PAID", "WAIVED"}),
            ("paid", {"REFUNDED"}),
            ("refunded", set()),
            ("waived", set()),
        ],
    )
    async def test_a_payment_goes_on_and_never_back(
        self, manager: Player, office: Office, ticket: str, before: str, allowed: set[str]
    ) -> None:
        for status in ("PENDING", "PAID", "FAILED", "REFUNDED", "WAIVED"):
            values = {"method": "cash", "amount_cents": 5, "currency": "EUR", "status": before}
            paid_at = _DAY if before == "paid" else None
            payment = await office.write("finance.payments", ticket_id=ticket, paid_at=paid_at, **values)
            if status in allowed:
                await manager.done("updatePayment", paymentId=payment, status=status)
                continue
            problem = await office.refused(manager, "updatePayment", paymentId=payment, status=status)
            assert (problem["__typename"], problem["code"]) == ("Conflict", "PAYMENT_SETTLED")

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"amountCents": "-1"}, "NUMBER_OUT_OF_RANGE", "amountCents"),
            ({"currency": "xx1"}, "CURRENCY_INVALID", "currency"),
            ({"paidAt": "2026-01-01T00:00:00Z"}, "NOT_PAID", "paidAt"),
            ({"paidAt": "2090-01-01T00:00:00Z", "status": "PAID"}, "MOMENT_IN_FUTURE", "paidAt"),
            ({"reference": "a\u0007"}, "TEXT_UNPRINTABLE", "reference"),
            ({"ticketId": "018f4e2a-7c31-7b1e-9d53-0a2b4c6d8e0f"}, "NOT_FOUND", "ticketId"),
            ({"expectedVersion": 7}, "VERSION_CONFLICT", "expectedVersion"),
        ],
    )
    async def test_a_payment_that_cannot_be_is_refused(
        self, manager: Player, office: Office, ticket: str, given: dict[str, Any], code: str, field: str
    ) -> None:
        usual = {"ticketId": ticket, "method": "CARD", "amountCents": "5"}
        problem = await office.refused(manager, "recordPayment", **{**usual, **given})
        assert (problem["code"], problem["path"]) == (code, ["input", field])

    async def test_outsiders_record_no_payment(
        self, players: dict[str, Player], tenant: Player, office: Office, ticket: str
    ) -> None:
        given = {"ticketId": ticket, "method": "CARD", "amountCents": "5"}
        for player in (tenant, players["vendor"], players["analyst"]):
            assert (await office.refused(player, "recordPayment", **given))["__typename"] == "Forbidden"
