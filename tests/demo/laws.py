"""What must hold of the data: each law is a query for what breaks it."""

LAWS: dict[str, str] = {
    "a history starts in the workflow's initial state": """
        SELECT t.number FROM team.tickets AS t
        JOIN team.workflow_states AS s ON s.workflow = t.workflow AND s.initial
        JOIN LATERAL (
            SELECT e.details ->> 'from' AS first FROM audit.events AS e
            WHERE e.ticket_id = t.id AND e.event_type = 'status_changed' ORDER BY e.sequence LIMIT 1) AS e ON true
        WHERE e.first <> s.name""",
    "a ticket without a change of status is in its initial state": """
        SELECT t.number FROM team.tickets AS t
        JOIN team.workflow_states AS s ON s.workflow = t.workflow AND s.initial
        WHERE t.status <> s.name AND NOT EXISTS (
            SELECT FROM audit.events AS e WHERE e.ticket_id = t.id AND e.event_type = 'status_changed')""",
    "each change of status is a transition of the workflow": """
        SELECT t.number, e.details FROM audit.events AS e JOIN team.tickets AS t ON t.id = e.ticket_id
        WHERE e.event_type = 'status_changed' AND NOT EXISTS (
            SELECT FROM team.workflow_transitions AS w WHERE w.workflow = t.workflow
            AND w.from_state = e.details ->> 'from' AND w.to_state = e.details ->> 'to')""",
    "each change of status is made by a role that may": """
        SELECT t.number, e.details, e.actor_type, w.roles FROM audit.events AS e
        JOIN team.tickets AS t ON t.id = e.ticket_id
        JOIN team.workflow_transitions AS w ON w.workflow = t.workflow
            AND w.from_state = e.details ->> 'from' AND w.to_state = e.details ->> 'to'
        WHERE e.event_type = 'status_changed' AND e.actor_type <> 'database' AND NOT (
            e.actor_type = ANY (w.roles) OR ('staff' = ANY (w.roles) AND e.actor_type IN ('agent', 'manager', 'admin'))
            OR ('manager' = ANY (w.roles) AND e.actor_type = 'admin')
            OR ('requestor' = ANY (w.roles) AND e.actor_id = t.requestor_contact_id))""",
    "each change of status begins where the last one ended": """
        SELECT * FROM (
            SELECT e.ticket_id, e.details ->> 'from' AS here,
                   lag(e.details ->> 'to') OVER (PARTITION BY e.ticket_id ORDER BY e.sequence) AS before
            FROM audit.events AS e WHERE e.event_type = 'status_changed') AS steps
        WHERE before IS NOT NULL AND here <> before""",
    "the last change of status leads to the ticket's": """
        SELECT t.number FROM team.tickets AS t JOIN LATERAL (
            SELECT e.details ->> 'to' AS last FROM audit.events AS e
            WHERE e.ticket_id = t.id AND e.event_type = 'status_changed' ORDER BY e.sequence DESC LIMIT 1) AS e ON true
        WHERE e.last <> t.status""",
    "a hold ends in the state it was held from": """
        SELECT * FROM (
            SELECT e.ticket_id, e.details ->> 'from' AS here, e.details ->> 'to' AS next,
                   lag(e.details ->> 'from') OVER (PARTITION BY e.ticket_id ORDER BY e.sequence) AS held_from
            FROM audit.events AS e WHERE e.event_type = 'status_changed') AS steps
        WHERE here = 'on_hold' AND next NOT IN ('cancelled', held_from)""",
    "each ticket is created once, first of all": """
        SELECT t.number FROM team.tickets AS t WHERE (
            SELECT count(*) FROM audit.events AS e WHERE e.ticket_id = t.id AND e.event_type = 'ticket_created') <> 1
        OR (SELECT e.event_type FROM audit.events AS e WHERE e.ticket_id = t.id ORDER BY e.sequence LIMIT 1)
            <> 'ticket_created'""",
    "the sequence of events follows time": """
        SELECT * FROM (SELECT sequence, occurred_at, lag(occurred_at) OVER (ORDER BY sequence) AS before
                       FROM audit.events) AS e WHERE occurred_at < before""",
    "events of a person name a contact of that kind": """
        SELECT e.event_type, e.actor_type, c.kind FROM audit.events AS e
        JOIN directory.contacts AS c ON c.id = e.actor_id
        WHERE e.actor_type IN ('vendor', 'tenant', 'guest', 'homeowner') AND c.kind <> e.actor_type
           OR e.actor_type IN ('agent', 'manager', 'admin') AND c.kind <> 'staff'""",
    "members without a manager act as managers, the others as agents": """
        SELECT DISTINCT e.actor_type, m.name FROM audit.events AS e
        JOIN team.team_members AS m ON m.contact_id = e.actor_id
        WHERE e.actor_type = 'manager' AND m.manager_id IS NOT NULL
           OR e.actor_type = 'agent' AND m.manager_id IS NULL""",
    "active time is the sum of what is allocated": """
        SELECT t.number FROM team.tickets AS t LEFT JOIN (
            SELECT ticket_id, sum(allocated_seconds) AS seconds FROM team.ticket_time_entries GROUP BY 1) AS a
            ON a.ticket_id = t.id
        WHERE t.active_time_seconds <> coalesce(a.seconds, 0)""",
    "what is allocated of an entry fits into it": """
        SELECT e.id FROM team.time_entries AS e
        WHERE coalesce((SELECT sum(allocated_seconds) FROM team.ticket_time_entries WHERE time_entry_id = e.id), 0)
                  > coalesce(e.duration_seconds, 0)
           OR coalesce((SELECT sum(allocated_seconds) FROM team.shift_time_entries WHERE time_entry_id = e.id), 0)
                  > coalesce(e.duration_seconds, 0)
           OR coalesce(
                  (SELECT sum(allocated_seconds) FROM property.inspection_time_entries WHERE time_entry_id = e.id), 0)
                  > coalesce(e.duration_seconds, 0)""",
    "a shift's entries are the member's own": """
        SELECT l.id FROM team.shift_time_entries AS l JOIN team.time_entries AS e ON e.id = l.time_entry_id
        JOIN team.team_shifts AS s ON s.id = l.shift_id WHERE s.member_id <> e.member_id""",
    "a resolution takes from creation to resolved_at": """
        SELECT number FROM team.tickets
        WHERE resolution_seconds IS DISTINCT FROM extract(epoch FROM resolved_at - created_at)::integer
           OR (resolved_at IS NULL) <> (resolution_seconds IS NULL)""",
    "a ticket at work is not resolved, a done one is": """
        SELECT number, status FROM team.tickets
        WHERE status IN ('resolved', 'completed') AND resolved_at IS NULL
           OR status IN ('open', 'in_progress', 'waiting', 'reported', 'quoted', 'approved')
           AND resolved_at IS NOT NULL""",
    "a maintenance ticket is resolved when its job is completed": """
        SELECT t.number FROM team.tickets AS t JOIN maintenance.jobs AS j ON j.ticket_id = t.id
        WHERE t.resolved_at IS NOT NULL AND t.resolved_at <> j.completed_at
           OR t.status IN ('completed') AND j.completed_at IS NULL""",
    "closed tickets, and no others, have closed_at and total_days_open": """
        SELECT number FROM team.tickets WHERE (status = 'closed') <> (closed_at IS NOT NULL)
        OR total_days_open IS DISTINCT FROM extract(day FROM closed_at - created_at)::integer""",
    "cancelled tickets, and no others, say by whom, why and when": """
        SELECT number FROM team.tickets
        WHERE num_nonnulls(cancelled_by, cancel_reason, cancelled_at)
            <> CASE status WHEN 'cancelled' THEN 3 ELSE 0 END""",
    "held tickets, and no others, say from where, since when and why": """
        SELECT t.number FROM team.tickets AS t
        JOIN team.workflow_states AS s ON s.workflow = t.workflow AND s.name = t.status
        WHERE num_nonnulls(held_from, held_at, hold_reason) <> CASE WHEN s.held THEN 3 ELSE 0 END""",
    "the first response is an act of staff or vendor": """
        SELECT t.number FROM team.tickets AS t
        WHERE t.first_response_at IS NOT NULL AND t.first_response_at > (
            SELECT min(e.occurred_at) FROM audit.events AS e WHERE e.ticket_id = t.id
            AND e.event_type = 'status_changed' AND e.actor_type IN ('agent', 'manager', 'admin', 'vendor'))
        OR t.first_response_at IS NULL AND EXISTS (
            SELECT FROM audit.events AS e WHERE e.ticket_id = t.id
            AND e.event_type = 'status_changed' AND e.actor_type IN ('agent', 'manager', 'admin', 'vendor'))""",
    "reopenings are counted": """
        SELECT t.number FROM team.tickets AS t WHERE t.workflow = 'general' AND t.reopened_count <> (
            SELECT count(*) FROM audit.events AS e WHERE e.ticket_id = t.id AND e.event_type = 'status_changed'
            AND e.details ->> 'to' = 'in_progress' AND e.details ->> 'from' IN ('resolved', 'closed'))""",
    "reschedulings are counted": """
        SELECT t.number FROM maintenance.jobs AS j JOIN team.tickets AS t ON t.id = j.ticket_id
        WHERE j.reschedule_count <> (
            SELECT count(*) FROM audit.events AS e WHERE e.ticket_id = t.id AND e.event_type = 'status_changed'
            AND e.details ->> 'reason' = 'reschedule')""",
    "the first escalation is stamped": """
        SELECT t.number FROM team.tickets AS t WHERE t.escalated_at IS DISTINCT FROM (
            SELECT min(raised_at) FROM maintenance.escalations AS e WHERE e.ticket_id = t.id)""",
    "numbers run without gaps in the order of creation": """
        SELECT * FROM (
            SELECT t.number, split_part(t.number, '-', 3)::integer AS given,
                   row_number() OVER (PARTITION BY t.operator_id, left(t.number, 7) ORDER BY t.id) AS expected
            FROM team.tickets AS t) AS n WHERE given <> expected""",
    "a number names the workflow and the operator's local year": """
        SELECT t.number FROM team.tickets AS t JOIN directory.operator_settings AS s USING (operator_id)
        WHERE left(t.number, 7) <> CASE t.ticket_type WHEN 'maintenance' THEN 'MT' ELSE 'TK' END || '-'
            || extract(year FROM t.created_at AT TIME ZONE s.time_zone)""",
    "jobs and maintenance tickets come in pairs": """
        SELECT t.number FROM team.tickets AS t FULL JOIN maintenance.jobs AS j ON j.ticket_id = t.id
        WHERE (t.ticket_type = 'maintenance') IS DISTINCT FROM (j.id IS NOT NULL)""",
    "urgency sets the priority": """
        SELECT t.number FROM team.tickets AS t JOIN maintenance.jobs AS j ON j.ticket_id = t.id
        WHERE t.priority <> CASE j.urgency WHEN 'routine' THEN 'normal' WHEN 'urgent' THEN 'high' ELSE 'urgent' END""",
    "the assigned vendor is linked as assigned, and only it": """
        SELECT t.number FROM maintenance.jobs AS j JOIN team.tickets AS t ON t.id = j.ticket_id
        WHERE j.assigned_vendor_id IS DISTINCT FROM (
            SELECT v.vendor_id FROM team.ticket_vendors AS v WHERE v.ticket_id = t.id AND v.role = 'assigned')""",
    "vendors do what they can": """
        SELECT j.issue_type, p.specialties FROM maintenance.jobs AS j
        JOIN directory.vendor_profiles AS p ON p.company_id = j.assigned_vendor_id
        WHERE j.issue_type = 'plumbing' AND NOT 'plumbing' = ANY (p.specialties)
           OR j.issue_type = 'electrical' AND NOT 'electrical' = ANY (p.specialties)""",
    "a quoted job has a live quote": """
        SELECT t.number, t.status FROM team.tickets AS t JOIN maintenance.jobs AS j ON j.ticket_id = t.id
        WHERE t.status IN ('quoted', 'pending_approval', 'pending_tenant_confirmation', 'approved') AND NOT EXISTS (
            SELECT FROM maintenance.quotes AS q WHERE q.ticket_id = t.id AND q.vendor_id = j.assigned_vendor_id
            AND q.superseded_at IS NULL AND (q.valid_until IS NULL OR q.valid_until >
                timestamptz '2026-11-02 09:00Z'))""",
    "revisions of a vendor's quote count up, and the newest stands": """
        SELECT * FROM (
            SELECT q.ticket_id, q.revision, q.superseded_at,
                   row_number() OVER (PARTITION BY ticket_id, vendor_id ORDER BY id) AS expected,
                   count(*) OVER (PARTITION BY ticket_id, vendor_id) AS last
            FROM maintenance.quotes AS q) AS q
        WHERE revision <> expected OR (superseded_at IS NULL) <> (revision = last)""",
    "what is within the limit is approved without a decider": """
        SELECT t.number FROM maintenance.approvals AS a JOIN team.tickets AS t ON t.id = a.ticket_id
        JOIN maintenance.quotes AS q ON q.id = a.quote_id
        JOIN property.properties AS p ON p.id = t.property_id
        JOIN directory.operator_settings AS s ON s.operator_id = t.operator_id
        WHERE NOT a.required AND (a.decided_by IS NOT NULL OR a.decision <> 'approved'
            OR q.amount_cents > coalesce(p.approval_limit_cents, s.auto_approval_limit_cents))""",
    "an approved job has passed both gates": """
        SELECT t.number FROM team.tickets AS t JOIN maintenance.jobs AS j ON j.ticket_id = t.id
        JOIN maintenance.quotes AS q ON q.ticket_id = t.id AND q.vendor_id = j.assigned_vendor_id
            AND q.superseded_at IS NULL
        WHERE t.status = 'approved' AND (
            j.locked_in_at IS NULL OR (j.tenant_contact_id IS NOT NULL AND j.tenant_time_confirmed_at IS NULL)
            OR NOT EXISTS (
                SELECT FROM maintenance.approvals AS a JOIN maintenance.quotes AS o ON o.id = a.quote_id
                WHERE a.ticket_id = t.id AND o.vendor_id = q.vendor_id AND a.decision = 'approved'
                AND a.revoked_at IS NULL AND a.approved_amount_cents >= q.amount_cents))""",
    "locked in comes after a decision": """
        SELECT t.number FROM maintenance.jobs AS j JOIN team.tickets AS t ON t.id = j.ticket_id
        WHERE j.locked_in_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM maintenance.approvals AS a WHERE a.ticket_id = t.id AND a.decision = 'approved'
            AND a.decided_at <= j.locked_in_at)""",
    "work starts locked in, or the override is recorded": """
        SELECT t.number FROM maintenance.jobs AS j JOIN team.tickets AS t ON t.id = j.ticket_id
        WHERE j.work_started_at IS NOT NULL AND j.locked_in_at IS NULL AND j.gate_override IS NULL""",
    "completion has notes, a cost and a picture or the reason for none": """
        SELECT t.number FROM maintenance.jobs AS j JOIN team.tickets AS t ON t.id = j.ticket_id
        WHERE j.completed_at IS NOT NULL AND (j.completion_notes IS NULL OR j.actual_cost_cents IS NULL
            OR j.no_photo_reason IS NULL AND NOT EXISTS (
                SELECT FROM team.ticket_photos AS p WHERE p.ticket_id = t.id AND p.photo_type = 'completion'))""",
    "the variance is the actual cost less the estimate, where nothing else was approved": """
        SELECT t.number FROM maintenance.jobs AS j JOIN team.tickets AS t ON t.id = j.ticket_id
        WHERE j.actual_cost_cents IS NOT NULL AND j.cost_variance_cents IS DISTINCT FROM
            j.actual_cost_cents - j.estimated_cost_cents
        AND NOT EXISTS (SELECT FROM maintenance.approvals AS a WHERE a.ticket_id = t.id AND a.decision = 'approved')""",
    "the percentage fits the variance": """
        SELECT j.id FROM maintenance.jobs AS j
        WHERE j.cost_variance_percent IS NOT NULL AND j.actual_cost_cents > j.cost_variance_cents
        AND j.cost_variance_percent
            <> round(100.0 * j.cost_variance_cents / (j.actual_cost_cents - j.cost_variance_cents), 2)""",
    "what is closed is paid, waived, free or overridden": """
        SELECT t.number FROM team.tickets AS t JOIN maintenance.jobs AS j ON j.ticket_id = t.id
        WHERE t.status = 'closed' AND j.actual_cost_cents > 0 AND t.closure_override IS NULL AND j.actual_cost_cents > (
            SELECT coalesce(sum(p.amount_cents), 0) FROM finance.payments AS p
            WHERE p.ticket_id = t.id AND p.status IN ('paid', 'waived') AND p.created_at <= t.closed_at)""",
    "a vendor's rating is the average of its tenants'": """
        SELECT p.company_id, p.rating FROM directory.vendor_profiles AS p
        WHERE (p.rating IS NULL) <> (p.rating_count = 0)""",
    "a rated vendor did the rated jobs": """
        SELECT p.company_id, p.rating, a.average FROM directory.vendor_profiles AS p JOIN (
            SELECT assigned_vendor_id, avg(tenant_rating) AS average, count(tenant_rating) AS ratings
            FROM maintenance.jobs GROUP BY 1) AS a ON a.assigned_vendor_id = p.company_id
        WHERE a.ratings > 0 AND (p.rating IS NULL OR abs(p.rating - a.average) > 0.75 AND a.ratings > 3)""",
    "a tenant of a job lives there": """
        SELECT t.number FROM maintenance.jobs AS j JOIN team.tickets AS t ON t.id = j.ticket_id
        WHERE j.tenant_contact_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM property.tenancies AS y WHERE y.property_id = t.property_id
            AND y.contact_id = j.tenant_contact_id
            AND daterange(y.starts_on, y.ends_on, '[]') @> t.created_at::date)""",
    "a checklist's task is of that very property": """
        SELECT p.id FROM team.project_properties AS p
        WHERE p.status = 'in_progress' AND NOT EXISTS (
            SELECT FROM team.project_tickets AS l JOIN team.tickets AS t ON t.id = l.ticket_id
            WHERE l.project_id = p.project_id AND l.role = 'task' AND t.property_id = p.property_id)""",
    "a checklist stands as its tasks do": """
        SELECT t.number, t.status, p.status FROM team.project_properties AS p
        JOIN team.project_tickets AS l ON l.project_id = p.project_id AND l.role = 'task'
        JOIN team.tickets AS t ON t.id = l.ticket_id AND t.property_id = p.property_id
        WHERE (p.status = 'done') <> (t.resolved_at IS NOT NULL AND t.status IN ('resolved', 'closed', 'completed'))
           OR p.status = 'done' AND p.completed_at <> t.resolved_at""",
    "a recurring ticket is of its rule's target": """
        SELECT t.number FROM team.ticket_recurring AS r JOIN team.tickets AS t ON t.id = r.ticket_id
        WHERE num_nonnulls(r.property_id, r.reservation_id) <> 1
           OR r.property_id <> t.property_id OR r.reservation_id <> t.reservation_id OR t.source <> 'recurring'""",
    "quotes are in the operator's currency": """
        SELECT q.id FROM maintenance.quotes AS q JOIN directory.operator_settings AS s USING (operator_id)
        WHERE q.currency <> s.currency""",
    "confirmed guests of requests stay there": """
        SELECT t.number FROM team.tickets AS t JOIN reservations.reservations AS r ON r.id = t.reservation_id
        WHERE t.property_id <> r.property_id""",
    "messages of a thread answer one another": """
        SELECT m.message_id FROM messaging.messages AS m
        WHERE m.in_reply_to IS NOT NULL AND NOT EXISTS (
            SELECT FROM messaging.messages AS o WHERE o.operator_id = m.operator_id AND o.message_id = m.in_reply_to
            AND o.thread_id = m.thread_id AND o.received_at <= m.received_at)""",
}
