-- What is due because time has passed, for the viewer's operator.

-- Repairs whose tenant has not answered in time. It was asked by a time of the visit, or by a choice of times since it
-- last wanted another one; it has answered when it confirmed, or accepted several of which the vendor is to pick.
CREATE FUNCTION lifecycle.unanswered() RETURNS TABLE (ticket_id uuid, asked_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.id, a.asked_at
    FROM team.tickets AS t
    JOIN maintenance.jobs AS j ON j.ticket_id = t.id
    JOIN directory.operator_settings AS s ON s.operator_id = t.operator_id
    CROSS JOIN LATERAL lifecycle.live_quote(t.id) AS q
    CROSS JOIN LATERAL (
        SELECT max(e.occurred_at) FILTER (WHERE e.event_type = 'status_changed'
                   AND e.details ->> 'to' = 'pending_tenant_confirmation') AS entered_at,
               max(e.occurred_at) FILTER (WHERE e.event_type = 'visit_time_changed') AS moved_at,
               max(e.occurred_at) FILTER (WHERE e.event_type IN ('reschedule_requested', 'visit_unconfirmed')
                   OR e.details -> 'after' -> 'visit_at' = 'null') AS reopened_at
        FROM audit.events AS e WHERE e.ticket_id = t.id) AS e
    CROSS JOIN LATERAL (
        SELECT greatest(e.entered_at, q.slot_menu_sent_at, q.created_at, j.vendor_assigned_at,
                        CASE WHEN q.visit_at IS NOT NULL THEN e.moved_at END) AS asked_at
        WHERE q.visit_at IS NOT NULL OR q.slot_menu_sent_at >= coalesce(e.reopened_at, '-infinity')) AS a
    WHERE t.operator_id = access.operator() AND t.status = 'pending_tenant_confirmation'
      AND j.tenant_contact_id IS NOT NULL AND j.tenant_time_confirmed_at IS NULL
      AND a.asked_at + make_interval(secs => s.tenant_response_timeout) <= now()
      AND NOT EXISTS (SELECT FROM maintenance.visit_slots AS v WHERE v.quote_id = q.id AND v.accepted_at >= a.asked_at)
$$;

-- Tickets that their workflow lets the clockwork close: its guards know of windows and of payments.
CREATE FUNCTION lifecycle.closable() RETURNS TABLE (ticket_id uuid, resolved_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.id, t.resolved_at
    FROM team.tickets AS t
    JOIN directory.operator_settings AS s ON s.operator_id = t.operator_id
    JOIN team.workflow_transitions AS x ON x.workflow = t.workflow AND x.from_state = t.status
    WHERE t.operator_id = access.operator() AND x.to_state = 'closed' AND 'system' = ANY (x.roles)
      AND t.resolved_at + make_interval(secs => s.reopening_window) <= now()
      AND lifecycle.missing(t, x) = '[]'
$$;

-- Reminders that were not sent: to start a day before the visit, to complete two days after work began, both to the
-- vendor; for feedback to the tenant, once the repair is completed.
CREATE FUNCTION lifecycle.reminders(of_kind text)
    RETURNS TABLE (ticket_id uuid, company_id uuid, contact_id uuid, due_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.id, r.company_id, r.contact_id, r.due_at
    FROM (VALUES ('start', 'approved'), ('completion', 'in_progress'), ('feedback', 'completed')) AS k (kind, status)
    JOIN team.tickets AS t ON t.operator_id = access.operator() AND t.status = k.status AND t.workflow = 'maintenance'
    JOIN maintenance.jobs AS j ON j.ticket_id = t.id
    LEFT JOIN directory.vendor_profiles AS p ON p.company_id = j.assigned_vendor_id
    CROSS JOIN LATERAL (
        SELECT j.assigned_vendor_id, p.primary_contact_id, q.visit_at - interval '24 hours'
        FROM lifecycle.live_quote(t.id) AS q
        WHERE k.kind = 'start' AND j.start_reminder_sent_at IS NULL
        UNION ALL
        SELECT j.assigned_vendor_id, p.primary_contact_id, j.work_started_at + interval '48 hours'
        WHERE k.kind = 'completion' AND j.completion_reminder_sent_at IS NULL AND j.assigned_vendor_id IS NOT NULL
        UNION ALL
        SELECT NULL, j.tenant_contact_id, j.completed_at
        WHERE k.kind = 'feedback' AND j.feedback_sent_at IS NULL AND j.tenant_rating IS NULL
          AND j.tenant_contact_id IS NOT NULL) AS r (company_id, contact_id, due_at)
    WHERE k.kind = of_kind AND r.due_at <= now()
$$;

REVOKE EXECUTE ON FUNCTION lifecycle.unanswered(), lifecycle.closable(), lifecycle.reminders(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lifecycle.unanswered(), lifecycle.closable(), lifecycle.reminders(text) TO gateway_staff;
