"""Closed vocabularies: text in PostgreSQL (a CHECK or a foreign key), enums in GraphQL; a test compares the two."""

from __future__ import annotations

from enum import Enum


class TicketStatus(Enum):
    """Where a ticket stands: one enum over the states of every workflow."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    REPORTED = "reported"
    VENDOR_CONTACTED = "vendor_contacted"
    QUOTED = "quoted"
    PENDING_APPROVAL = "pending_approval"
    PENDING_TENANT_CONFIRMATION = "pending_tenant_confirmation"
    APPROVED = "approved"
    REJECTED = "rejected"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    DISPUTED = "disputed"
    ON_HOLD = "on_hold"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class TicketType(Enum):
    """What kind of work a ticket is; it names the ticket's workflow."""

    MAINTENANCE = "maintenance"
    GUEST_REQUEST = "guest_request"
    OWNER_REQUEST = "owner_request"
    CLEANING = "cleaning"
    INSPECTION_FOLLOWUP = "inspection_followup"
    INVENTORY = "inventory"
    BILLING = "billing"
    GENERAL = "general"


class Priority(Enum):
    """How soon a ticket wants attention."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Urgency(Enum):
    """How soon a repair must happen; it sets the ticket's priority to normal, high or urgent."""

    ROUTINE = "routine"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class TicketSource(Enum):
    """How a ticket came in."""

    PORTAL = "portal"
    EMAIL = "email"
    PHONE = "phone"
    CHAT = "chat"
    AGENT = "agent"
    RECURRING = "recurring"
    PROJECT = "project"
    API = "api"
    IMPORT = "import"


class CancelReason(Enum):
    """Why a ticket was cancelled; OTHER comes with a note."""

    RESCHEDULE_LIMIT_REACHED = "reschedule_limit_reached"
    TENANT_NO_RESPONSE_TIMEOUT = "tenant_no_response_timeout"
    DUPLICATE = "duplicate"
    NOT_NEEDED = "not_needed"
    OUT_OF_SCOPE = "out_of_scope"
    OTHER = "other"


class ActorType(Enum):
    """In what capacity somebody acted; DATABASE is a direct SQL client, SYSTEM the clockwork."""

    ADMIN = "admin"
    MANAGER = "manager"
    AGENT = "agent"
    VENDOR = "vendor"
    TENANT = "tenant"
    GUEST = "guest"
    HOMEOWNER = "homeowner"
    SYSTEM = "system"
    DATABASE = "database"


class ParticipantRole(Enum):
    """What a person is to a ticket."""

    REQUESTOR = "requestor"
    OWNER = "owner"
    TENANT = "tenant"
    GUEST = "guest"
    VENDOR = "vendor"
    CC = "cc"


class TicketPropertyRole(Enum):
    """How a further home is concerned by a ticket."""

    AFFECTED = "affected"
    SHARED = "shared"


class TicketHomeownerRole(Enum):
    """What a further homeowner is to a ticket's home."""

    OWNER = "owner"
    CO_OWNER = "co_owner"


class TicketVendorRole(Enum):
    """What a vendor does on a ticket; a declined one has no access to it."""

    QUOTING = "quoting"
    ASSIGNED = "assigned"
    SUPPLIER = "supplier"
    DECLINED = "declined"


class TimeRole(Enum):
    """What allocated time was spent on."""

    WORK = "work"
    TRAVEL = "travel"
    ADMIN = "admin"


class TicketShiftRole(Enum):
    """Whether a ticket was worked on in a shift or only covered by it."""

    WORKED = "worked"
    COVERED = "covered"


class TicketTransactionRole(Enum):
    """What a transaction is to a ticket."""

    EXPENSE = "expense"
    REFUND = "refund"
    ADJUSTMENT = "adjustment"
    CHARGE = "charge"


class PhotoType(Enum):
    """What a photo shows."""

    ISSUE = "issue"
    PROGRESS = "progress"
    COMPLETION = "completion"
    RECEIPT = "receipt"


class CommentVisibility(Enum):
    """Who reads a comment: everyone who sees the ticket, or staff alone."""

    PUBLIC = "public"
    INTERNAL = "internal"


class ScopeType(Enum):
    """How far a rule or project reaches."""

    PROPERTY = "property"
    RESORT = "resort"
    RESERVATION = "reservation"
    PORTFOLIO = "portfolio"


class ProjectPropertyStatus(Enum):
    """How far a project has come at one home."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    SKIPPED = "skipped"


class ProjectTicketRole(Enum):
    """Whether a ticket is the project's task or came out of it."""

    TASK = "task"
    FOLLOWUP = "followup"


class EscalationType(Enum):
    """What went wrong with a repair."""

    NO_VENDOR_RESPONSE = "no_vendor_response"
    NO_TENANT_RESPONSE = "no_tenant_response"
    APPROVAL_OVERDUE = "approval_overdue"
    COST_OVERRUN = "cost_overrun"
    REPEATED_RESCHEDULE = "repeated_reschedule"
    TENANT_DISPUTE = "tenant_dispute"
    SAFETY_RISK = "safety_risk"
    QUALITY_ISSUE = "quality_issue"


class EscalationStatus(Enum):
    """How far an escalation has been dealt with."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    RESOLVED = "resolved"
    CLOSED = "closed"


class ApprovalDecision(Enum):
    """What was decided about a cost."""

    APPROVED = "approved"
    REJECTED = "rejected"


class PropertyKind(Enum):
    """The type of a home: commercial, residential, or under development."""

    COM = "COM"
    RES = "RES"
    DEV = "DEV"


class InspectionKind(Enum):
    """Why a home is inspected."""

    ROUTINE = "routine"
    MOVE_IN = "move_in"
    MOVE_OUT = "move_out"
    SAFETY = "safety"


class CleanKind(Enum):
    """How thorough a clean is."""

    TURNOVER = "turnover"
    DEEP = "deep"
    MID_STAY = "mid_stay"


class VisitStatus(Enum):
    """How far an inspection or a clean has come."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class InventoryActionKind(Enum):
    """What happened to stock."""

    ADD = "add"
    REMOVE = "remove"
    USE = "use"


class ReservationStatus(Enum):
    """Whether a stay takes place."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class TransactionType(Enum):
    """Why money moved."""

    EXPENSE = "expense"
    OWNER_PAYOUT = "owner_payout"
    REFUND = "refund"
    ADJUSTMENT = "adjustment"
    CHARGE = "charge"
    PURCHASE = "purchase"


class DocumentKind(Enum):
    """What a document is in the accounting system."""

    PURCHASE_ORDER = "purchase_order"
    PURCHASE_INVOICE = "purchase_invoice"
    SALES_INVOICE = "sales_invoice"
    JOURNAL_ENTRY = "journal_entry"


class PaymentMethod(Enum):
    """How a payment is made."""

    CARD = "card"
    BANK_TRANSFER = "bank_transfer"
    CASH = "cash"
    CHECK = "check"
    INVOICE = "invoice"


class PaymentStatus(Enum):
    """How far a payment has come."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    REFUNDED = "refunded"
    WAIVED = "waived"


class CompanyKind(Enum):
    """What a company is to us: an operator's data is its own, a vendor works, an association owns common areas."""

    OPERATOR = "operator"
    VENDOR = "vendor"
    ASSOCIATION = "association"


class ContactKind(Enum):
    """What a person is to us."""

    GUEST = "guest"
    HOMEOWNER = "homeowner"
    TENANT = "tenant"
    STAFF = "staff"
    VENDOR = "vendor"


class AreaKind(Enum):
    """How large an area is."""

    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    RESORT = "resort"


class MessageDirection(Enum):
    """Whether a message came in or went out."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class GateGround(Enum):
    """Why one of a repair's two gates is passed or not; an override lets work begin without passing it."""

    APPROVED = "approved"
    WITHIN_LIMIT = "within_limit"
    NOT_APPROVED = "not_approved"
    NO_QUOTE = "no_quote"
    CONFIRMED = "confirmed"
    NO_TENANT = "no_tenant"
    NOT_CONFIRMED = "not_confirmed"
    NO_TIME = "no_time"
    OVERRIDDEN = "overridden"


class ReportKind(Enum):
    """How often a report goes out."""

    DAILY = "daily"
    WEEKLY = "weekly"
