-- What happened, to what, by whom. Append-only.
CREATE TABLE audit.events (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    entity text NOT NULL,
    entity_id uuid NOT NULL,
    ticket_id uuid,
    event_type text NOT NULL,
    actor_type text NOT NULL CHECK (actor_type IN ('admin', 'manager', 'agent', 'vendor', 'tenant', 'guest',
        'homeowner', 'system', 'database')),
    actor_id uuid,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    details jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object'),
    request_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, actor_id) REFERENCES directory.contacts (operator_id, id)
);
CREATE INDEX events_by_ticket ON audit.events (ticket_id, id);
CREATE INDEX events_by_actor ON audit.events (actor_id, id);
CREATE INDEX events_by_entity ON audit.events (entity_id, id);
CREATE INDEX events_by_occurred_at ON audit.events (operator_id, occurred_at, id);
CREATE UNIQUE INDEX events_by_sequence ON audit.events (operator_id, sequence);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit.events
    FOR EACH ROW EXECUTE FUNCTION platform.refuse_change();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON audit.events
    FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();
