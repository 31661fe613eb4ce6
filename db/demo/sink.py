"""Where rows go: kept by table, and copied table by table, those that are referred to first."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any, TypeAlias

from db.demo.rows import directory, links, maintenance, property, records, team  # noqa: A004  the schema's name
from db.pool import Connection

Batch: TypeAlias = "dict[type, list[Any]]"
"""Rows by their class."""

TABLES: tuple[type, ...] = (
    directory.Area,
    directory.Company,
    directory.OperatorSettings,
    directory.Contact,
    team.Team,
    team.TeamMember,
    property.Property,
    property.Tenancy,
    property.Reservation,
    directory.VendorProfile,
    directory.VendorServiceArea,
    team.RecurringRule,
    team.RecurringRuleTarget,
    team.Project,
    team.ProjectProperty,
    property.Inspection,
    property.Clean,
    property.InventoryAction,
    records.Transaction,
    records.File,
    team.TeamShift,
    team.TimeEntry,
    team.ShiftTimeEntry,
    property.InspectionTimeEntry,
    team.Ticket,
    links.TicketParticipant,
    links.TicketProperty,
    links.TicketHomeowner,
    links.TicketVendor,
    links.TicketShift,
    links.TicketTimeEntry,
    links.TicketTransaction,
    links.TicketInspection,
    links.TicketClean,
    links.TicketInventoryEvent,
    links.TicketPhoto,
    links.TicketComment,
    links.TicketRecurring,
    links.ProjectTicket,
    maintenance.Job,
    maintenance.Quote,
    maintenance.VisitSlot,
    maintenance.Approval,
    maintenance.Escalation,
    records.Document,
    records.Payment,
    records.Thread,
    records.Message,
    records.ActiveTicket,
    records.BufferedMessage,
    records.AutoReply,
    records.ReportRun,
    records.Event,
)
"""The tables in an order that no foreign key runs against."""


def table_of(row_class: type) -> tuple[str, str]:
    """The schema and the table of a row's class."""
    schema, _, table = (row_class.__doc__ or "").partition(".")
    return schema, table


def columns_of(row_class: Any) -> tuple[str, ...]:
    """The columns of a row's class, in order."""
    if is_dataclass(row_class):
        return tuple(field.name for field in fields(row_class))
    columns: tuple[str, ...] = row_class._fields
    return columns


class Sink:
    """Collects rows. Events wait until nothing earlier can come any more, so that they are numbered in time's order."""

    def __init__(self) -> None:
        self._rows: Batch = {row_class: [] for row_class in TABLES}

    def add(self, row: object) -> None:
        """Keep a row for its table; it may still change until it is taken."""
        self._rows[type(row)].append(row)

    def extend(self, rows: Iterable[object]) -> None:
        """Keep rows."""
        for row in rows:
            self.add(row)

    def take(self, until: int | None = None) -> Batch:
        """The rows kept, and of the events those before a moment; all without one."""
        batch = {row_class: rows for row_class, rows in self._rows.items() if rows}
        self._rows = {row_class: [] for row_class in TABLES}
        events = batch.pop(records.Event, [])
        events.sort(key=_occurred_at)
        if until is not None:
            ready = _count_before(events, until)
            self._rows[records.Event] = events[ready:]
            events = events[:ready]
        if events:
            batch[records.Event] = events
        return batch


_occurred_at = attrgetter("occurred_at")


def _count_before(events: list[records.Event], until: int) -> int:
    return next((at for at, event in enumerate(events) if event.occurred_at >= until), len(events))


async def copy(connection: Connection, batch: Batch) -> dict[str, int]:
    """Write a batch; rows by table. The connection must take moments as ints."""
    written = {}
    for row_class in TABLES:
        if rows := batch.get(row_class):
            schema, table = table_of(row_class)
            columns = columns_of(row_class)
            records = map(attrgetter(*columns), rows) if is_dataclass(row_class) else rows
            await connection.copy_records_to_table(table, schema_name=schema, columns=columns, records=records)
            written[f"{schema}.{table}"] = len(rows)
    return written
