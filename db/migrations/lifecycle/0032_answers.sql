-- What the lifecycle answers to those who ask: what may I do, where do the gates stand, what does the workflow look like.

-- Whether the viewer sees a ticket; these functions read with their owner's rights.
CREATE FUNCTION lifecycle.sees(t team.tickets) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.operator_id = access.operator()
       AND (access.is_staff() OR t.id IN (SELECT m.id FROM access.my_tickets AS m))
$$;

-- Every step from where the tickets stand: open, or what is missing. A reason is no obstacle: it comes with the step.
CREATE FUNCTION lifecycle.verdicts(tickets uuid[])
    RETURNS TABLE (ticket_id uuid, to_state text, open boolean, missing jsonb, wants_reason boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.id, x.to_state, v.missing = '[]', v.missing, f.found @> '[{"code": "REASON"}]'
    FROM team.tickets AS t
    JOIN team.workflow_transitions AS x ON x.workflow = t.workflow AND x.from_state = t.status
    JOIN team.workflow_states AS s ON s.workflow = x.workflow AND s.name = x.to_state
    CROSS JOIN LATERAL (SELECT lifecycle.missing(t, x) AS found OFFSET 0) AS f
    CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_agg(m.value ORDER BY m.ordinality) FILTER (WHERE m.value ->> 'code' <> 'REASON'), '[]')
            AS missing
        FROM jsonb_array_elements(f.found) WITH ORDINALITY AS m) AS v
    WHERE t.id = ANY (tickets) AND lifecycle.sees(t) AND ('held_from' <> ALL (x.guards) OR x.to_state = t.held_from)
    ORDER BY t.id, s.position
$$;

-- How one of a repair's two gates stands, as far as the viewer may know.
CREATE TYPE lifecycle.gate AS (passed boolean, ground text, since timestamptz, by_contact uuid, reopened_by text[]);

-- The gates of repairs: since when, by whom, on what ground, and what would reopen them. Residents, and vendors whose
-- work it is not, know of the cost only whether it is agreed.
CREATE FUNCTION lifecycle.gates(tickets uuid[]) RETURNS TABLE (ticket_id uuid, cost lifecycle.gate, "time" lifecycle.gate)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.id,
        CASE WHEN access.role() NOT IN ('tenant', 'guest')
                  AND (access.role() <> 'vendor' OR j.assigned_vendor_id IS NOT DISTINCT FROM access.company())
        THEN ROW(a.id IS NOT NULL, cost.ground, a.decided_at, a.decided_by, CASE
            WHEN s.final THEN '{}'
            WHEN cost.ground = 'approved' THEN
                ARRAY['A quote above the approved amount.', 'Another vendor.', 'Withdrawing the approval.']
            WHEN cost.ground = 'within_limit' THEN ARRAY['A quote above the limit.', 'Another vendor.']
            ELSE '{}' END)::lifecycle.gate
        ELSE ROW(a.id IS NOT NULL, CASE WHEN a.id IS NOT NULL THEN 'approved' ELSE 'not_approved' END,
                 NULL, NULL, '{}')::lifecycle.gate END,
        ROW(visit.ground IN ('no_tenant', 'confirmed'), visit.ground, j.tenant_time_confirmed_at,
            CASE WHEN visit.ground = 'confirmed' THEN j.tenant_contact_id END, CASE
            WHEN s.final THEN '{}'
            WHEN visit.ground = 'no_tenant' THEN ARRAY['A tenant to be asked.']
            WHEN visit.ground = 'confirmed' THEN
                ARRAY['Another time for the visit.', 'Another vendor.', 'Another tenant.',
                      'A hold that lasts beyond the visit.', 'A revisit after a dispute.']
            ELSE '{}' END)::lifecycle.gate
    FROM team.tickets AS t
    JOIN team.workflow_states AS s ON s.workflow = t.workflow AND s.name = t.status
    JOIN maintenance.jobs AS j ON j.ticket_id = t.id
    LEFT JOIN LATERAL lifecycle.live_quote(t.id) AS q ON true
    LEFT JOIN LATERAL lifecycle.covering_approval(t.id, q.vendor_id, q.amount_cents, q.currency) AS a ON true
    CROSS JOIN LATERAL (SELECT CASE
        WHEN a.id IS NOT NULL AND a.required THEN 'approved'
        WHEN a.id IS NOT NULL THEN 'within_limit'
        WHEN j.gate_override IS NOT NULL THEN 'overridden'
        WHEN q.id IS NULL THEN 'no_quote' ELSE 'not_approved' END AS ground) AS cost
    CROSS JOIN LATERAL (SELECT CASE
        WHEN j.tenant_contact_id IS NULL THEN 'no_tenant'
        WHEN j.tenant_time_confirmed_at IS NOT NULL THEN 'confirmed'
        WHEN j.gate_override IS NOT NULL THEN 'overridden'
        WHEN q.visit_at IS NULL THEN 'no_time' ELSE 'not_confirmed' END AS ground) AS visit
    WHERE t.id = ANY (tickets) AND lifecycle.sees(t)
    ORDER BY t.id
$$;

-- What happened to a ticket, what was said and what was written about it: whoever reads needs the right to each.
CREATE VIEW lifecycle.timeline (ticket_id, at, entity, id) WITH (security_invoker) AS
    SELECT e.ticket_id, e.occurred_at, 'AuditEvent', e.id FROM audit.events AS e
    UNION ALL
    SELECT c.ticket_id, c.created_at, 'TicketComment', c.id FROM team.ticket_comments AS c
    UNION ALL
    SELECT h.ticket_id, m.received_at, 'Message', m.id
    FROM messaging.threads AS h JOIN messaging.messages AS m ON m.thread_id = h.id;
GRANT SELECT ON lifecycle.timeline TO gateway_staff, gateway_outsider;

-- Workflows as Mermaid state diagrams.
CREATE FUNCTION lifecycle.mermaid(workflows text[]) RETURNS TABLE (workflow text, mermaid text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT lines.name, string_agg(line, E'\n' ORDER BY part, position, line) FROM (
        SELECT w.name, 0 AS part, 0 AS position, 'stateDiagram-v2' AS line FROM team.workflows AS w
        UNION ALL
        SELECT s.workflow, 1, s.position, '    [*] --> ' || s.name FROM team.workflow_states AS s WHERE s.initial
        UNION ALL
        SELECT x.workflow, 2, s.position, format('    %s --> %s: %s%s', x.from_state, x.to_state,
            array_to_string(x.roles, ', '),
            CASE WHEN x.guards <> '{}' THEN ' [' || array_to_string(x.guards, ', ') || ']' ELSE '' END)
        FROM team.workflow_transitions AS x
        JOIN team.workflow_states AS s ON s.workflow = x.workflow AND s.name = x.from_state
        UNION ALL
        SELECT s.workflow, 3, s.position, format('    %s --> [*]', s.name) FROM team.workflow_states AS s WHERE s.final
    ) AS lines (name, part, position, line)
    WHERE lines.name = ANY (workflows)
    GROUP BY lines.name
$$;

DO $$
DECLARE
    function record;
BEGIN
    FOR function IN SELECT p.oid::regprocedure AS name, p.proname FROM pg_proc AS p
                    WHERE p.pronamespace = 'lifecycle'::regnamespace LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', function.name);
        IF function.proname IN ('verdicts', 'gates', 'mermaid', 'actor', 'following', 'follow_gates', 'live_quote',
                                'covering_approval', 'cost_gate', 'cancel_for_reschedules') THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO gateway_staff, gateway_outsider', function.name);
        END IF;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION lifecycle.follow_gates(uuid), lifecycle.live_quote(uuid), lifecycle.cost_gate(uuid),
    lifecycle.cancel_for_reschedules(uuid), lifecycle.covering_approval(uuid, uuid, bigint, text) FROM gateway_outsider;
