-- Conversations by mail and chat, and the bookkeeping that keeps them sane.
CREATE TABLE messaging.threads (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id)
);

CREATE TABLE messaging.messages (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    thread_id uuid NOT NULL,
    message_id text NOT NULL CHECK (message_id <> ''),
    in_reply_to text,
    direction text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    sender text NOT NULL,
    body text NOT NULL,
    received_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (operator_id, message_id),
    FOREIGN KEY (operator_id, thread_id) REFERENCES messaging.threads (operator_id, id)
);
CREATE INDEX messages_by_thread ON messaging.messages (thread_id, id);
CREATE INDEX messages_by_received_at ON messaging.messages (operator_id, received_at, id);

CREATE TABLE messaging.active_tickets (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    contact_id uuid NOT NULL UNIQUE,
    ticket_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    FOREIGN KEY (operator_id, contact_id) REFERENCES directory.contacts (operator_id, id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id)
);
CREATE INDEX active_tickets_by_ticket ON messaging.active_tickets (ticket_id, id);
CREATE TRIGGER touch BEFORE UPDATE ON messaging.active_tickets FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE messaging.buffered_messages (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    sender text NOT NULL,
    body text NOT NULL,
    received_at timestamptz NOT NULL,
    release_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id)
);
CREATE INDEX buffered_messages_by_sender ON messaging.buffered_messages (operator_id, sender, received_at);
CREATE INDEX buffered_messages_by_release_at ON messaging.buffered_messages (operator_id, release_at, id);

CREATE TABLE messaging.auto_replies (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    sender text NOT NULL,
    sent_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id)
);
CREATE INDEX auto_replies_by_sender ON messaging.auto_replies (operator_id, sender, sent_at);
CREATE INDEX auto_replies_by_sent_at ON messaging.auto_replies (operator_id, sent_at, id);

CREATE TABLE messaging.report_runs (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    kind text NOT NULL CHECK (kind IN ('daily', 'weekly')),
    period date NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (operator_id, kind, period)
);
CREATE INDEX report_runs_by_period ON messaging.report_runs (operator_id, period, id);
