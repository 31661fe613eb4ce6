-- What a vendor asks, when it can come, and who agreed.
CREATE TABLE maintenance.quotes (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    amount_cents bigint NOT NULL CHECK (amount_cents >= 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    scope text NOT NULL,
    visit_at timestamptz,
    valid_until timestamptz,
    slot_menu_sent_at timestamptz,
    tenant_multiple_accept boolean NOT NULL DEFAULT false,
    superseded_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, vendor_id, revision),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, vendor_id) REFERENCES directory.companies (operator_id, id)
);
CREATE UNIQUE INDEX quotes_one_standing ON maintenance.quotes (ticket_id, vendor_id) WHERE superseded_at IS NULL;
CREATE INDEX quotes_by_vendor ON maintenance.quotes (vendor_id, id);
CREATE INDEX quotes_by_created_at ON maintenance.quotes (operator_id, created_at, id);
CREATE INDEX quotes_by_amount ON maintenance.quotes (operator_id, amount_cents, id);
CREATE TRIGGER touch BEFORE UPDATE ON maintenance.quotes FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE maintenance.visit_slots (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    quote_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    offered_at timestamptz NOT NULL DEFAULT now(),
    accepted_at timestamptz,
    selected_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT visit_slots_end_after_start CHECK (ends_at > starts_at),
    FOREIGN KEY (operator_id, quote_id) REFERENCES maintenance.quotes (operator_id, id)
);
CREATE UNIQUE INDEX visit_slots_one_selected ON maintenance.visit_slots (quote_id) WHERE selected_at IS NOT NULL;
CREATE INDEX visit_slots_by_quote ON maintenance.visit_slots (quote_id, id);
CREATE INDEX visit_slots_by_starts_at ON maintenance.visit_slots (operator_id, starts_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON maintenance.visit_slots FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE maintenance.approvals (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    quote_id uuid,
    required boolean NOT NULL,
    decision text CHECK (decision IN ('approved', 'rejected')),
    decided_by uuid,
    decided_at timestamptz,
    approved_amount_cents bigint CHECK (approved_amount_cents >= 0),
    currency text CHECK (currency ~ '^[A-Z]{3}$'),
    conditions text[] NOT NULL DEFAULT '{}',
    justification text,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT approvals_decision_has_a_time CHECK ((decision IS NULL) = (decided_at IS NULL)),
    CONSTRAINT approvals_required_has_a_decider CHECK (NOT required OR decision IS NULL OR decided_by IS NOT NULL),
    CONSTRAINT approvals_amount_has_a_currency CHECK ((approved_amount_cents IS NULL) = (currency IS NULL)),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, quote_id) REFERENCES maintenance.quotes (operator_id, id),
    FOREIGN KEY (operator_id, decided_by) REFERENCES directory.contacts (operator_id, id)
);
CREATE INDEX approvals_by_ticket ON maintenance.approvals (ticket_id, id);
CREATE INDEX approvals_by_quote ON maintenance.approvals (quote_id, id);
CREATE INDEX approvals_by_decided_by ON maintenance.approvals (decided_by, id);
CREATE INDEX approvals_by_decided_at ON maintenance.approvals (operator_id, decided_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON maintenance.approvals FOR EACH ROW EXECUTE FUNCTION platform.touch();
