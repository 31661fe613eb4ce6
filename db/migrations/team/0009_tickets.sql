-- The ticket: the single source of truth for work of any type.
CREATE TABLE team.tickets (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    number text COLLATE "C" NOT NULL CHECK (number ~ '^[A-Z]{2}-[0-9]{4}-[0-9]{3,}$'),
    ticket_type text NOT NULL CHECK (ticket_type IN ('maintenance', 'guest_request', 'owner_request', 'cleaning',
        'inspection_followup', 'inventory', 'billing', 'general')),
    workflow text COLLATE "C" NOT NULL REFERENCES team.workflows (name),
    title text NOT NULL CHECK (title <> ''),
    description text,
    notes text,
    status text COLLATE "C" NOT NULL,
    priority text NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    source text NOT NULL CHECK (source IN ('portal', 'email', 'phone', 'chat', 'agent', 'recurring', 'project', 'api',
        'import')),
    property_id uuid,
    reservation_id uuid,
    homeowner_id uuid,
    requestor_contact_id uuid,
    current_agent_id uuid,
    current_team_id uuid,
    due_at timestamptz,
    first_response_at timestamptz,
    resolved_at timestamptz,
    closed_at timestamptz,
    closure_override text,
    active_time_seconds integer NOT NULL DEFAULT 0 CHECK (active_time_seconds >= 0),
    resolution_seconds integer CHECK (resolution_seconds >= 0),
    total_days_open integer CHECK (total_days_open >= 0),
    reopened_count integer NOT NULL DEFAULT 0 CHECK (reopened_count >= 0),
    held_from text COLLATE "C",
    held_at timestamptz,
    held_until timestamptz,
    hold_reason text,
    cancelled_by text CHECK (cancelled_by IN ('admin', 'manager', 'agent', 'vendor', 'tenant', 'guest', 'homeowner',
        'system', 'database')),
    cancel_reason text CHECK (cancel_reason IN ('reschedule_limit_reached', 'tenant_no_response_timeout', 'duplicate',
        'not_needed', 'out_of_scope', 'other')),
    cancel_note text,
    cancelled_at timestamptz,
    escalated_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    search_document text NOT NULL GENERATED ALWAYS AS (
        platform.fold(number || ' ' || title || ' ' || coalesce(description, ''))) STORED,
    UNIQUE (operator_id, id),
    CONSTRAINT tickets_other_reason_has_a_note CHECK (cancel_reason <> 'other' OR cancel_note IS NOT NULL),
    FOREIGN KEY (workflow, status) REFERENCES team.workflow_states (workflow, name),
    FOREIGN KEY (workflow, held_from) REFERENCES team.workflow_states (workflow, name),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id),
    FOREIGN KEY (operator_id, reservation_id) REFERENCES reservations.reservations (operator_id, id),
    FOREIGN KEY (operator_id, homeowner_id) REFERENCES directory.contacts (operator_id, id),
    FOREIGN KEY (operator_id, requestor_contact_id) REFERENCES directory.contacts (operator_id, id),
    FOREIGN KEY (operator_id, current_agent_id) REFERENCES team.team_members (operator_id, id),
    FOREIGN KEY (operator_id, current_team_id) REFERENCES team.teams (operator_id, id)
);
CREATE UNIQUE INDEX tickets_by_number ON team.tickets (operator_id, number);
CREATE INDEX tickets_by_state ON team.tickets (workflow, status, id);
CREATE INDEX tickets_by_held_from ON team.tickets (workflow, held_from, id) WHERE held_from IS NOT NULL;
CREATE INDEX tickets_by_property ON team.tickets (property_id, id);
CREATE INDEX tickets_by_reservation ON team.tickets (reservation_id, id);
CREATE INDEX tickets_by_homeowner ON team.tickets (homeowner_id, id);
CREATE INDEX tickets_by_requestor ON team.tickets (requestor_contact_id, id);
CREATE INDEX tickets_by_current_agent ON team.tickets (current_agent_id, id);
CREATE INDEX tickets_by_current_team ON team.tickets (current_team_id, id);
CREATE INDEX tickets_by_created_at ON team.tickets (operator_id, created_at, id);
CREATE INDEX tickets_by_updated_at ON team.tickets (operator_id, updated_at, id);
CREATE INDEX tickets_by_due_at ON team.tickets (operator_id, due_at, id);
CREATE INDEX tickets_by_resolved_at ON team.tickets (operator_id, resolved_at, id);
CREATE INDEX tickets_by_status ON team.tickets (operator_id, status, id);
CREATE INDEX tickets_search ON team.tickets USING gin (search_document gin_trgm_ops);
CREATE TRIGGER touch BEFORE UPDATE ON team.tickets FOR EACH ROW EXECUTE FUNCTION platform.touch();
