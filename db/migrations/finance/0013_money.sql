-- Money that moved, its paper, and what was paid for a ticket.
CREATE TABLE finance.transactions (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    property_id uuid,
    reservation_id uuid,
    amount_cents bigint NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    type text NOT NULL CHECK (type IN ('expense', 'owner_payout', 'refund', 'adjustment', 'charge', 'purchase')),
    occurred_at timestamptz NOT NULL,
    memo text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id),
    FOREIGN KEY (operator_id, reservation_id) REFERENCES reservations.reservations (operator_id, id)
);
CREATE INDEX transactions_by_property ON finance.transactions (property_id, id);
CREATE INDEX transactions_by_reservation ON finance.transactions (reservation_id, id);
CREATE INDEX transactions_by_occurred_at ON finance.transactions (operator_id, occurred_at, id);

CREATE TABLE finance.documents (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('purchase_order', 'purchase_invoice', 'sales_invoice', 'journal_entry')),
    number text,
    url text,
    file_id uuid,
    external_id text,
    amount_cents bigint,
    currency text CHECK (currency ~ '^[A-Z]{3}$'),
    issued_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    UNIQUE (operator_id, external_id),
    CONSTRAINT documents_amount_has_a_currency CHECK ((amount_cents IS NULL) = (currency IS NULL)),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, file_id) REFERENCES files.files (operator_id, id)
);
CREATE INDEX documents_by_ticket ON finance.documents (ticket_id, id);
CREATE INDEX documents_by_file ON finance.documents (file_id, id);
CREATE INDEX documents_by_issued_at ON finance.documents (operator_id, issued_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON finance.documents FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE finance.payments (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    method text NOT NULL CHECK (method IN ('card', 'bank_transfer', 'cash', 'check', 'invoice')),
    reference text,
    amount_cents bigint NOT NULL CHECK (amount_cents >= 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    status text NOT NULL CHECK (status IN ('pending', 'paid', 'failed', 'refunded', 'waived')),
    paid_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT payments_paid_has_a_time CHECK (status <> 'paid' OR paid_at IS NOT NULL),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id)
);
CREATE INDEX payments_by_ticket ON finance.payments (ticket_id, id);
CREATE INDEX payments_by_paid_at ON finance.payments (operator_id, paid_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON finance.payments FOR EACH ROW EXECUTE FUNCTION platform.touch();
