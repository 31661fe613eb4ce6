"""What holds of every ticket whoever acted in whatever order: each law as a query for what breaks it."""

from __future__ import annotations

from db.pool import Connection

_LAWS = {
    "no approval is decided for a quote that was superseded before": """
        SELECT d.ticket_id FROM audit.events AS d
        JOIN maintenance.approvals AS a ON a.id = d.entity_id
        JOIN audit.events AS s ON s.entity_id = a.quote_id AND s.event_type = 'quote_superseded'
        WHERE d.event_type = 'approval_decided' AND d.sequence > s.sequence""",
    "nothing is offered or decided while a ticket is on hold": """
        WITH told AS (
            SELECT ticket_id, entity, event_type, details ->> 'to' AS to_state,
                   count(*) FILTER (WHERE event_type = 'status_changed') OVER (
                       PARTITION BY ticket_id ORDER BY sequence) AS step
            FROM audit.events WHERE ticket_id IS NOT NULL)
        SELECT e.ticket_id, e.event_type FROM told AS e
        JOIN told AS s ON s.ticket_id = e.ticket_id AND s.step = e.step AND s.event_type = 'status_changed'
        WHERE s.to_state = 'on_hold' AND e.entity IN ('Quote', 'VisitSlot', 'Approval')""",
    "the status is what the gates say": """
        SELECT t.number, t.status, g.cost, g.visit
        FROM team.tickets AS t
        CROSS JOIN LATERAL (SELECT lifecycle.cost_gate(t.id) AS cost, lifecycle.time_gate(t.id) AS visit) AS g
        WHERE t.workflow = 'maintenance'
          AND t.status IN ('quoted', 'pending_approval', 'pending_tenant_confirmation', 'approved')
          AND t.status <> CASE WHEN g.cost AND g.visit THEN 'approved'
                               WHEN g.cost THEN 'pending_tenant_confirmation'
                               WHEN t.status = 'quoted' THEN 'quoted' ELSE 'pending_approval' END""",
    "what is approved was locked in": """
        SELECT t.number FROM team.tickets AS t JOIN maintenance.jobs AS j ON j.ticket_id = t.id
        WHERE t.status = 'approved' AND j.locked_in_at IS NULL""",
    "at most one slot of a quote is selected, and it is the time of the visit": """
        SELECT s.ticket_id FROM maintenance.visit_slots AS s JOIN maintenance.quotes AS q ON q.id = s.quote_id
        WHERE s.selected_at IS NOT NULL AND q.superseded_at IS NULL
        GROUP BY s.ticket_id, q.id HAVING count(*) > 1 OR bool_or(s.starts_at IS DISTINCT FROM q.visit_at)""",
    "one quote of a vendor stands, its newest": """
        SELECT q.ticket_id FROM maintenance.quotes AS q GROUP BY q.ticket_id, q.vendor_id
        HAVING count(*) FILTER (WHERE q.superseded_at IS NULL) <> 1 OR max(q.revision) <> count(*)
            OR max(q.revision) <> max(q.revision) FILTER (WHERE q.superseded_at IS NULL)""",
    "the assigned vendor's link says so, and no other's": """
        SELECT j.ticket_id FROM maintenance.jobs AS j
        LEFT JOIN team.ticket_vendors AS v ON v.ticket_id = j.ticket_id AND v.role = 'assigned'
        GROUP BY j.id HAVING array_remove(array_agg(v.vendor_id), NULL)
            <> array_remove(ARRAY[j.assigned_vendor_id], NULL)""",
    "the third wish for another time is the clockwork's cancellation": """
        SELECT t.number FROM team.tickets AS t JOIN maintenance.jobs AS j ON j.ticket_id = t.id
        WHERE t.cancel_reason = 'reschedule_limit_reached' AND (t.cancelled_by, j.reschedule_count) <> ('system', 2)""",
    "a status came to be by steps of the workflow, from its first state on, without a gap": """
        SELECT e.ticket_id, e.sequence FROM (
            SELECT e.ticket_id, e.sequence, e.details ->> 'from' AS here, e.details ->> 'to' AS there, t.workflow,
                   t.status, lag(e.details ->> 'to') OVER w AS former, lead(e.sequence) OVER w IS NULL AS last
            FROM audit.events AS e JOIN team.tickets AS t ON t.id = e.ticket_id
            WHERE e.event_type = 'status_changed' WINDOW w AS (PARTITION BY e.ticket_id ORDER BY e.sequence)) AS e
        JOIN team.workflow_states AS s ON s.workflow = e.workflow AND s.initial
        LEFT JOIN team.workflow_transitions AS x
            ON (x.workflow, x.from_state, x.to_state) = (e.workflow, e.here, e.there)
        WHERE x.id IS NULL OR e.here <> coalesce(e.former, s.name) OR e.last AND e.there <> e.status""",
    "numbers have no gap, and the counter stands at the last": """
        SELECT t.series, t.highest, n.last FROM (
            SELECT operator_id, left(number, 7) AS series, max(substring(number FROM 9)::bigint) AS highest,
                   count(*) AS given
            FROM team.tickets GROUP BY 1, 2) AS t
        LEFT JOIN lifecycle.ticket_numbers AS n
            ON n.operator_id = t.operator_id AND n.prefix || '-' || lpad(n.year::text, 4, '0') = t.series
        WHERE t.highest <> t.given OR n.last IS DISTINCT FROM t.highest""",
    "the variance is the actual cost less what was approved last": """
        SELECT j.ticket_id FROM maintenance.jobs AS j
        LEFT JOIN LATERAL (
            SELECT a.approved_amount_cents FROM maintenance.approvals AS a
            JOIN maintenance.quotes AS q ON q.id = a.quote_id AND q.vendor_id = j.assigned_vendor_id
            WHERE a.ticket_id = j.ticket_id AND a.decision = 'approved' AND a.revoked_at IS NULL
            ORDER BY a.decided_at DESC, a.id DESC LIMIT 1) AS a ON true
        WHERE j.cost_variance_cents IS DISTINCT FROM
              j.actual_cost_cents - coalesce(a.approved_amount_cents, j.estimated_cost_cents)""",
    "who resolved, closed or cancelled it left the stamp of it": """
        SELECT t.number FROM team.tickets AS t
        WHERE (t.status IN ('completed', 'resolved')) AND t.resolved_at IS NULL
           OR (t.status = 'closed') <> (t.closed_at IS NOT NULL)
           OR (t.status = 'cancelled') <> (t.cancelled_at IS NOT NULL)
           OR (t.status = 'cancelled') <> (t.cancel_reason IS NOT NULL)""",
    "a key that is kept tells what came of its command": """
        SELECT key FROM access.command_keys WHERE outcome IS NULL""",
}


async def broken(owner: Connection) -> dict[str, list[tuple[object, ...]]]:
    """The laws that do not hold, and where."""
    found = {law: [tuple(row) for row in await owner.fetch(sql)] for law, sql in _LAWS.items()}
    return {law: rows for law, rows in found.items() if rows}
