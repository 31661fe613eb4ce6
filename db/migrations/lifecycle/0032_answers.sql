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

-- How a ticket's gates stand: since when, by whom, and on what ground.
CREATE FUNCTION lifecycle.gates(tickets uuid[])
    RETURNS TABLE (ticket_id uuid, gate text, passed boolean, ground text, since timestamptz, by_contact uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.id, g.gate, g.passed, g.ground, g.since, g.by_contact
    FROM team.tickets AS t
    JOIN maintenance.jobs AS j ON j.ticket_id = t.id
    LEFT JOIN LATERAL lifecycle.live_quote(t.id) AS q ON true
    LEFT JOIN LATERAL lifecycle.covering_approval(t.id, q.vendor_id, q.amount_cents, q.currency) AS a ON true
    CROSS JOIN LATERAL (VALUES
        (1, 'cost', a.id IS NOT NULL,
         CASE WHEN a.id IS NOT NULL THEN CASE WHEN a.required THEN 'approved' ELSE 'within_limit' END
              WHEN j.gate_override IS NOT NULL THEN 'overridden'
              WHEN q.id IS NULL THEN 'no_quote' ELSE 'not_approved' END,
         a.decided_at, a.decided_by),
        (2, 'time', j.tenant_contact_id IS NULL OR j.tenant_time_confirmed_at IS NOT NULL,
         CASE WHEN j.tenant_contact_id IS NULL THEN 'no_tenant'
              WHEN j.tenant_time_confirmed_at IS NOT NULL THEN 'confirmed'
              WHEN j.gate_override IS NOT NULL THEN 'overridden'
              WHEN q.visit_at IS NULL THEN 'no_time' ELSE 'not_confirmed' END,
         j.tenant_time_confirmed_at,
         CASE WHEN j.tenant_time_confirmed_at IS NOT NULL THEN j.tenant_contact_id END)
    ) AS g (position, gate, passed, ground, since, by_contact)
    WHERE t.id = ANY (tickets) AND lifecycle.sees(t)
    ORDER BY t.id, g.position
$$;

-- A workflow as a Mermaid state diagram.
CREATE FUNCTION lifecycle.mermaid(workflow_name text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(line, E'\n' ORDER BY part, position, line) FROM (
        SELECT 0 AS part, 0 AS position, 'stateDiagram-v2' AS line
        UNION ALL
        SELECT 1, s.position, '    [*] --> ' || s.name FROM team.workflow_states AS s WHERE s.workflow = workflow_name AND s.initial
        UNION ALL
        SELECT 2, s.position, format('    %s --> %s: %s%s', x.from_state, x.to_state, array_to_string(x.roles, ', '),
            CASE WHEN x.guards <> '{}' THEN ' [' || array_to_string(x.guards, ', ') || ']' ELSE '' END)
        FROM team.workflow_transitions AS x
        JOIN team.workflow_states AS s ON s.workflow = x.workflow AND s.name = x.from_state
        WHERE x.workflow = workflow_name
        UNION ALL
        SELECT 3, s.position, format('    %s --> [*]', s.name) FROM team.workflow_states AS s WHERE s.workflow = workflow_name AND s.final
    ) AS lines
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
