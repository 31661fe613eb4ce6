-- Which steps a ticket may take, who may, and what is missing. A guard is a function guard_<name>(ticket, target) that
-- gives what is missing as a JSON array of {code, message, role}: '[]' when it holds. Rows of workflow_transitions name
-- guards; the message is for people, the role is who can supply what is missing.
CREATE FUNCTION lifecycle.lack(code text, message text, role text) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN jsonb_build_array(jsonb_build_object('code', code, 'message', message, 'role', role));

-- Whether who acts has one of the roles: staff is agent, manager and admin; a manager's right is an admin's too; an
-- outsider has its role where it is that to the ticket. Clients of the database itself are bound by guards alone.
CREATE FUNCTION lifecycle.may(t team.tickets, roles text[]) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT lifecycle.following() OR CASE lifecycle.actor()
        WHEN 'database' THEN true
        WHEN 'admin' THEN roles && '{staff,manager}'
        WHEN 'manager' THEN roles && '{staff,manager}'
        WHEN 'agent' THEN 'staff' = ANY (roles)
        WHEN 'system' THEN 'system' = ANY (roles)
        WHEN 'vendor' THEN 'vendor' = ANY (roles) AND EXISTS (
            SELECT FROM maintenance.jobs AS j WHERE j.ticket_id = t.id AND j.assigned_vendor_id = access.company())
        WHEN 'tenant' THEN 'tenant' = ANY (roles) AND EXISTS (
            SELECT FROM maintenance.jobs AS j WHERE j.ticket_id = t.id AND j.tenant_contact_id = access.contact())
        WHEN 'homeowner' THEN 'homeowner' = ANY (roles) AND (t.homeowner_id = access.contact() OR EXISTS (
            SELECT FROM team.ticket_homeowners AS h WHERE h.ticket_id = t.id AND h.homeowner_id = access.contact()))
        ELSE false END
        OR 'requestor' = ANY (roles) AND t.requestor_contact_id = access.contact()
           AND lifecycle.actor() IN ('vendor', 'tenant', 'guest', 'homeowner')
$$;

CREATE FUNCTION lifecycle.lack_role(roles text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE
    RETURN lifecycle.lack('ROLE', format('Only %s may.', array_to_string(
        array_replace(roles, 'staff', 'agent'), ' or ')), array_to_string((array_replace(roles, 'staff', 'agent'))[1:1], ''));

CREATE FUNCTION lifecycle.guard_reason(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN s.cancels AND t.cancel_reason IS NULL OR s.held AND coalesce(t.hold_reason, '') = ''
        THEN lifecycle.lack('REASON', 'A reason is to be given.', NULL) ELSE '[]' END
    FROM team.workflow_states AS s WHERE s.workflow = t.workflow AND s.name = target
$$;

CREATE FUNCTION lifecycle.guard_held_from(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN t.held_from = target THEN '[]'
        ELSE lifecycle.lack('HELD_FROM', format('It was held in %s and returns there, and nowhere else.', t.held_from), NULL)
    END
$$;

-- The clockwork closes what nobody reopened in time; people may close earlier.
CREATE FUNCTION lifecycle.guard_reopening_window(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN lifecycle.actor() <> 'system' OR t.resolved_at + make_interval(secs => coalesce((
            SELECT s.reopening_window FROM directory.operator_settings AS s WHERE s.operator_id = t.operator_id), 0)) <= now()
        THEN '[]'
        ELSE lifecycle.lack('REOPENING_WINDOW', 'It may still be reopened.', 'agent') END
$$;

-- From a hold a ticket is cancelled by whoever might have cancelled it where it was held.
CREATE FUNCTION lifecycle.guard_cancellable(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN c.roles IS NULL THEN
            lifecycle.lack('HELD_FROM', format('It was held in %s, from where nothing is cancelled.', t.held_from), NULL)
        WHEN NOT lifecycle.may(t, c.roles) THEN lifecycle.lack_role(c.roles)
        ELSE '[]' END
    FROM (SELECT 1) AS one
    LEFT JOIN team.workflow_transitions AS c
        ON c.workflow = t.workflow AND c.from_state = t.held_from AND c.to_state = target
$$;

CREATE FUNCTION lifecycle.guard_vendor_assigned(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN EXISTS (
        SELECT FROM maintenance.jobs AS j WHERE j.ticket_id = t.id AND j.assigned_vendor_id IS NOT NULL) THEN '[]'
        ELSE lifecycle.lack('VENDOR', 'No vendor is assigned.', 'agent') END
$$;

CREATE FUNCTION lifecycle.guard_live_quote(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM lifecycle.live_quote(t.id)) THEN '[]'
        ELSE lifecycle.lack('LIVE_QUOTE', 'The assigned vendor has no quote that stands.', 'vendor') END
$$;

CREATE FUNCTION lifecycle.guard_cost_gate(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN lifecycle.cost_gate(t.id) THEN '[]'
        ELSE lifecycle.lack('COST_APPROVAL', 'The cost is not approved.', 'manager') END
$$;

CREATE FUNCTION lifecycle.guard_cost_gate_open(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN NOT lifecycle.cost_gate(t.id) THEN '[]'
        ELSE lifecycle.lack('COST_GATE_PASSED', 'The cost is approved already: nothing is left to decide.', NULL) END
$$;

CREATE FUNCTION lifecycle.guard_time_gate(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN lifecycle.time_gate(t.id) THEN '[]'
        ELSE lifecycle.lack('TENANT_TIME', 'The tenant has not confirmed the time of the visit.', 'tenant') END
$$;

CREATE FUNCTION lifecycle.guard_reschedule(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN NOT lifecycle.time_gate(t.id) THEN '[]'
        ELSE lifecycle.lack('RESCHEDULE', 'Nobody has asked for another time.', 'tenant') END
$$;

CREATE FUNCTION lifecycle.guard_rejecting_decision(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN (
        SELECT a.decision FROM lifecycle.live_quote(t.id) AS q
        JOIN maintenance.approvals AS a ON a.quote_id = q.id AND a.revoked_at IS NULL AND a.decision IS NOT NULL
        ORDER BY a.decided_at DESC, a.id DESC LIMIT 1) = 'rejected' THEN '[]'
        ELSE lifecycle.lack('REJECTION', 'Nobody has rejected the quote.', 'manager') END
$$;

CREATE FUNCTION lifecycle.guard_locked_in(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN EXISTS (
        SELECT FROM maintenance.jobs AS j WHERE j.ticket_id = t.id AND j.gate_override IS NOT NULL) THEN '[]'
        ELSE lifecycle.guard_cost_gate(t, target) || lifecycle.guard_time_gate(t, target) END
$$;

-- Work without the gates: somebody is there to do it, and a manager (or in an emergency an agent) says why.
CREATE FUNCTION lifecycle.guard_direct(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN j.assigned_vendor_id IS NOT NULL OR t.current_agent_id IS NOT NULL THEN '[]'
                ELSE lifecycle.lack('ASSIGNEE', 'Neither a vendor nor an agent is to do the work.', 'agent') END
        || CASE WHEN lifecycle.actor() IN ('database', 'manager', 'admin')
                     OR lifecycle.actor() = 'agent' AND j.urgency = 'emergency' THEN '[]'
                ELSE lifecycle.lack('MANAGER', 'Only a manager starts work without the gates, or an agent in an emergency.',
                                    'manager') END
        || CASE WHEN coalesce(j.gate_override, '') <> '' THEN '[]'
                ELSE lifecycle.lack('REASON', 'A reason for starting without the gates is to be given.', NULL) END
    FROM maintenance.jobs AS j WHERE j.ticket_id = t.id
$$;

-- Notes, the cost, and a photo of the finished work (after rework a new one) or the reason why there is none.
CREATE FUNCTION lifecycle.guard_completion(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN coalesce(j.completion_notes, '') <> '' THEN '[]'
                ELSE lifecycle.lack('COMPLETION_NOTES', 'What was done is not noted.', 'vendor') END
        || CASE WHEN j.actual_cost_cents IS NOT NULL THEN '[]'
                ELSE lifecycle.lack('ACTUAL_COST', 'The actual cost is not recorded.', 'vendor') END
        || CASE WHEN coalesce(j.no_photo_reason, '') <> '' OR EXISTS (
                    SELECT FROM team.ticket_photos AS p WHERE p.ticket_id = t.id AND p.photo_type = 'completion'
                        AND p.created_at > coalesce(j.completed_at, '-infinity')) THEN '[]'
                ELSE lifecycle.lack('COMPLETION_PHOTO', 'There is neither a photo of the finished work nor a reason why not.',
                                    'vendor') END
    FROM maintenance.jobs AS j WHERE j.ticket_id = t.id
$$;

-- What was spent is paid or waived, unless a manager overrides that. Work that began without the gates and cost more
-- than the limit wants its approval still.
CREATE FUNCTION lifecycle.guard_payment(t team.tickets, target text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN coalesce(j.actual_cost_cents, 0) = 0 OR coalesce(t.closure_override, '') <> ''
                     OR EXISTS (SELECT FROM finance.payments AS p WHERE p.ticket_id = t.id AND p.status = 'waived')
                     OR j.actual_cost_cents <= (SELECT sum(p.amount_cents) FROM finance.payments AS p
                                                WHERE p.ticket_id = t.id AND p.status = 'paid') THEN '[]'
                ELSE lifecycle.lack('PAYMENT', 'The actual cost is neither paid nor waived.', 'agent') END
        || CASE WHEN j.gate_override IS NULL OR j.actual_cost_cents IS NULL
                     OR j.actual_cost_cents <= (lifecycle.approval_limit(t.id)).cents
                     OR EXISTS (SELECT FROM maintenance.approvals AS a WHERE a.ticket_id = t.id
                                AND a.decision = 'approved' AND a.revoked_at IS NULL
                                AND a.approved_amount_cents >= j.actual_cost_cents) THEN '[]'
                ELSE lifecycle.lack('COST_APPROVAL', 'It began without the gates and cost more than the limit: '
                                    'that is to be approved.', 'manager') END
    FROM maintenance.jobs AS j WHERE j.ticket_id = t.id
$$;

-- What is missing for a step: the role, then what its guards find.
CREATE FUNCTION lifecycle.missing(t team.tickets, step team.workflow_transitions) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found jsonb := CASE WHEN lifecycle.may(t, step.roles) THEN '[]' ELSE lifecycle.lack_role(step.roles) END;
    guard text;
    lacking jsonb;
BEGIN
    IF found <> '[]' AND lifecycle.actor() IN ('vendor', 'tenant', 'guest', 'homeowner') THEN
        RETURN found; -- guards of others' steps would tell them about costs and limits
    END IF;
    FOREACH guard IN ARRAY step.guards LOOP
        EXECUTE format('SELECT lifecycle.%I($1, $2)', 'guard_' || guard) INTO STRICT lacking USING t, step.to_state;
        found := found || coalesce(lacking, lifecycle.lack('JOB', 'It has no job.', 'agent'));
    END LOOP;
    RETURN found;
END
$$;

-- A change of status, checked and stamped. Whoever makes it.
CREATE FUNCTION lifecycle.guard_ticket() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    step team.workflow_transitions;
    former team.workflow_states;
    latter team.workflow_states;
    lacking jsonb;
    asked team.tickets := NEW;
BEGIN
    IF (NEW.id, NEW.operator_id, NEW.number, NEW.created_at) IS DISTINCT FROM
       (OLD.id, OLD.operator_id, OLD.number, OLD.created_at) THEN
        PERFORM lifecycle.refuse('TK005', 'COLUMN_FIXED', 'A ticket keeps its id, number, operator and first moment.');
    END IF;
    IF pg_trigger_depth() = 1 AND NOT lifecycle.following() AND (NEW.first_response_at, NEW.resolved_at, NEW.resolution_seconds, NEW.closed_at,
        NEW.total_days_open, NEW.active_time_seconds, NEW.reopened_count, NEW.held_from, NEW.held_at,
        NEW.cancelled_at, NEW.cancelled_by, NEW.escalated_at) IS DISTINCT FROM
       (OLD.first_response_at, OLD.resolved_at, OLD.resolution_seconds, OLD.closed_at,
        OLD.total_days_open, OLD.active_time_seconds, OLD.reopened_count, OLD.held_from, OLD.held_at,
        OLD.cancelled_at, OLD.cancelled_by, OLD.escalated_at) THEN
        PERFORM lifecycle.refuse('TK005', 'COLUMN_FOLLOWS', 'What follows from other rows is not written by hand.');
    END IF;
    IF NEW.closure_override IS DISTINCT FROM OLD.closure_override AND NEW.closure_override IS NOT NULL
       AND lifecycle.actor() NOT IN ('manager', 'admin', 'database') THEN
        PERFORM lifecycle.refuse('TK004', 'MANAGER_NEEDED', 'Only a manager closes a ticket although something is missing.',
                                 '{"role": "manager"}');
    END IF;
    IF NEW.ticket_type <> OLD.ticket_type THEN
        PERFORM lifecycle.convert(OLD, NEW);
        SELECT w.name INTO NEW.workflow FROM team.workflows AS w WHERE NEW.ticket_type = ANY (w.ticket_types);
        IF NEW.workflow <> OLD.workflow THEN
            SELECT s.name INTO NEW.status FROM team.workflow_states AS s WHERE s.workflow = NEW.workflow AND s.initial;
        END IF;
        RETURN NEW;
    END IF;
    NEW.workflow := OLD.workflow;
    IF NEW.status = OLD.status THEN
        RETURN NEW;
    END IF;
    SELECT * INTO step FROM team.workflow_transitions
    WHERE workflow = OLD.workflow AND from_state = OLD.status AND to_state = NEW.status;
    asked.status := OLD.status;
    IF FOUND THEN
        lacking := lifecycle.missing(asked, step);
    ELSE
        lacking := lifecycle.lack('NO_SUCH_STEP', format('%s does not lead to %s.', OLD.status, NEW.status), NULL);
    END IF;
    IF lacking <> '[]' THEN
        PERFORM lifecycle.refuse('TK001', 'TRANSITION_REFUSED',
            format('%s cannot go from %s to %s.', OLD.number, OLD.status, NEW.status),
            jsonb_build_object('from', OLD.status, 'to', NEW.status, 'missing', lacking,
                               'allowed', lifecycle.next_states(OLD)));
    END IF;
    SELECT * INTO former FROM team.workflow_states WHERE workflow = OLD.workflow AND name = OLD.status;
    SELECT * INTO latter FROM team.workflow_states WHERE workflow = NEW.workflow AND name = NEW.status;
    IF latter.held THEN
        NEW.held_from := OLD.status;
        NEW.held_at := now();
    ELSIF former.held THEN
        NEW.held_from := NULL;
        NEW.held_at := NULL;
        NEW.held_until := NULL;
        NEW.hold_reason := NULL;
    END IF;
    IF step.reopening THEN
        NEW.reopened_count := OLD.reopened_count + 1;
    END IF;
    IF step.reopening OR step.rework THEN
        NEW.resolved_at := NULL;
        NEW.resolution_seconds := NULL;
        NEW.closed_at := NULL;
        NEW.total_days_open := NULL;
        NEW.closure_override := NULL;
    END IF;
    IF latter.resolves AND NEW.resolved_at IS NULL THEN
        NEW.resolved_at := now();
        NEW.resolution_seconds := greatest(0, extract(epoch FROM now() - NEW.created_at))::integer;
    END IF;
    IF latter.cancels THEN
        NEW.cancelled_at := now();
        NEW.cancelled_by := lifecycle.actor();
    ELSIF latter.final THEN
        NEW.closed_at := now();
        NEW.total_days_open := greatest(0, floor(extract(epoch FROM now() - NEW.created_at) / 86400))::integer;
    END IF;
    IF NEW.first_response_at IS NULL AND lifecycle.actor() IN ('agent', 'manager', 'admin', 'vendor') THEN
        NEW.first_response_at := now();
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_ticket BEFORE UPDATE ON team.tickets FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_ticket();

-- Where a ticket may go at all, from where it stands.
CREATE FUNCTION lifecycle.next_states(t team.tickets) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(jsonb_agg(x.to_state ORDER BY s.position), '[]')
    FROM team.workflow_transitions AS x
    JOIN team.workflow_states AS s ON s.workflow = x.workflow AND s.name = x.to_state
    WHERE x.workflow = t.workflow AND x.from_state = t.status
      AND ('held_from' <> ALL (x.guards) OR x.to_state = t.held_from)
$$;

-- A ticket changes its type only before work on it has begun.
CREATE FUNCTION lifecycle.convert(former team.tickets, latter team.tickets) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT (SELECT s.initial FROM team.workflow_states AS s WHERE s.workflow = former.workflow AND s.name = former.status)
       OR latter.status <> former.status THEN
        PERFORM lifecycle.refuse('TK002', 'WORK_HAS_STARTED',
            format('%s is %s: its type changes only before work on it has started.', former.number, former.status));
    END IF;
    IF former.ticket_type = 'maintenance' AND (
        EXISTS (SELECT FROM maintenance.quotes AS q WHERE q.ticket_id = former.id)
        OR EXISTS (SELECT FROM maintenance.jobs AS j WHERE j.ticket_id = former.id AND j.assigned_vendor_id IS NOT NULL))
    THEN
        PERFORM lifecycle.refuse('TK002', 'VENDOR_INVOLVED',
            format('%s has a vendor or a quote already: cancel it and open another ticket.', former.number));
    END IF;
END
$$;

UPDATE team.workflow_transitions SET guards = '{reopening_window}' WHERE from_state = 'resolved' AND to_state = 'closed';
UPDATE team.workflow_transitions SET guards = '{reason,cancellable}'
WHERE workflow = 'maintenance' AND from_state = 'on_hold' AND to_state = 'cancelled';
