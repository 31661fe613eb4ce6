-- What a maintenance ticket has beyond the ticket: the job, and when it goes wrong.
CREATE TABLE maintenance.jobs (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL UNIQUE,
    issue_type text NOT NULL CHECK (issue_type <> ''),
    urgency text NOT NULL CHECK (urgency IN ('routine', 'urgent', 'emergency')),
    unit text,
    location text,
    access_notes text,
    tenant_contact_id uuid,
    related_ticket_id uuid,
    assigned_vendor_id uuid,
    vendor_assigned_at timestamptz,
    estimated_arrival timestamptz,
    work_started_at timestamptz,
    arrival_notes text,
    estimated_cost_cents bigint CHECK (estimated_cost_cents >= 0),
    tenant_time_confirmed_at timestamptz,
    reschedule_count integer NOT NULL DEFAULT 0 CHECK (reschedule_count BETWEEN 0 AND 2),
    locked_in_at timestamptz,
    gate_override text,
    completion_notes text,
    no_photo_reason text,
    actual_cost_cents bigint CHECK (actual_cost_cents >= 0),
    cost_variance_cents bigint,
    cost_variance_percent numeric(12, 2),
    completed_at timestamptz,
    tenant_satisfied boolean,
    tenant_rating integer CHECK (tenant_rating BETWEEN 1 AND 5),
    tenant_feedback text,
    photo_save_failed_at timestamptz,
    feedback_sent_at timestamptz,
    start_reminder_sent_at timestamptz,
    completion_reminder_sent_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT jobs_vendor_has_a_time CHECK (assigned_vendor_id IS NULL OR vendor_assigned_at IS NOT NULL),
    CONSTRAINT jobs_not_related_to_itself CHECK (related_ticket_id <> ticket_id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, tenant_contact_id) REFERENCES directory.contacts (operator_id, id),
    FOREIGN KEY (operator_id, related_ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, assigned_vendor_id) REFERENCES directory.companies (operator_id, id)
);
CREATE INDEX jobs_by_tenant_contact ON maintenance.jobs (tenant_contact_id, id);
CREATE INDEX jobs_by_related_ticket ON maintenance.jobs (related_ticket_id, id);
CREATE INDEX jobs_by_assigned_vendor ON maintenance.jobs (assigned_vendor_id, id);
CREATE INDEX jobs_by_completed_at ON maintenance.jobs (operator_id, completed_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON maintenance.jobs FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE maintenance.escalations (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    type text NOT NULL CHECK (type IN ('no_vendor_response', 'no_tenant_response', 'approval_overdue', 'cost_overrun',
        'repeated_reschedule', 'tenant_dispute', 'safety_risk', 'quality_issue')),
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'in_review', 'resolved', 'closed')),
    raised_by uuid,
    raised_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    details text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT escalations_resolved_has_a_time CHECK ((status IN ('resolved', 'closed')) = (resolved_at IS NOT NULL)),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, raised_by) REFERENCES directory.contacts (operator_id, id)
);
CREATE INDEX escalations_by_ticket ON maintenance.escalations (ticket_id, id);
CREATE INDEX escalations_by_raised_by ON maintenance.escalations (raised_by, id);
CREATE INDEX escalations_by_raised_at ON maintenance.escalations (operator_id, raised_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON maintenance.escalations FOR EACH ROW EXECUTE FUNCTION platform.touch();
