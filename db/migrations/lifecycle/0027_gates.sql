-- What a repair's transitions hang on: the live quote and the two gates. These read with the rights of who calls them:
-- triggers all there is, commands what the viewer's operator has.

-- The approval that covers an amount of a vendor's work: not withdrawn, the one decided last.
CREATE FUNCTION lifecycle.covering_approval(ticket uuid, vendor uuid, amount bigint, money text)
    RETURNS SETOF maintenance.approvals
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.* FROM maintenance.approvals AS a
    JOIN maintenance.quotes AS q ON q.id = a.quote_id
    WHERE a.ticket_id = ticket AND q.vendor_id = vendor AND a.decision = 'approved' AND a.revoked_at IS NULL
      AND a.approved_amount_cents >= amount AND a.currency = money
    ORDER BY a.decided_at DESC, a.id DESC
    LIMIT 1
$$;

-- The assigned vendor's standing quote. One that has run out is no more live, unless an approval covers it.
CREATE FUNCTION lifecycle.live_quote(ticket uuid) RETURNS SETOF maintenance.quotes
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT q.* FROM maintenance.jobs AS j
    JOIN maintenance.quotes AS q ON q.ticket_id = j.ticket_id AND q.vendor_id = j.assigned_vendor_id
    WHERE j.ticket_id = ticket AND q.superseded_at IS NULL
      AND (q.valid_until IS NULL OR q.valid_until > now()
           OR EXISTS (SELECT FROM lifecycle.covering_approval(ticket, q.vendor_id, q.amount_cents, q.currency)))
$$;

-- Up to what amount a quote needs no decision, in cents; in the operator's currency.
CREATE FUNCTION lifecycle.approval_limit(ticket uuid, OUT cents bigint, OUT currency text)
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(p.approval_limit_cents, s.auto_approval_limit_cents), s.currency
    FROM team.tickets AS t
    LEFT JOIN property.properties AS p ON p.id = t.property_id
    LEFT JOIN directory.operator_settings AS s ON s.operator_id = t.operator_id
    WHERE t.id = ticket
$$;

CREATE FUNCTION lifecycle.cost_gate(ticket uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM lifecycle.live_quote(ticket) AS q,
             lifecycle.covering_approval(ticket, q.vendor_id, q.amount_cents, q.currency))
$$;

-- Without a tenant there is nobody to ask.
CREATE FUNCTION lifecycle.time_gate(ticket uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM maintenance.jobs AS j
        WHERE j.ticket_id = ticket AND (j.tenant_contact_id IS NULL OR j.tenant_time_confirmed_at IS NOT NULL))
$$;

-- Locks a ticket for what changes beside it, and refuses where nothing may. Every change of a quote, a slot or an
-- approval comes through here first, so that none is decided on what another transaction is about to change. Of another
-- operator's ticket it tells and locks nothing: policies and foreign keys refuse what hangs on it.
CREATE FUNCTION lifecycle.hold_still(ticket uuid) RETURNS team.tickets
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t team.tickets;
    s team.workflow_states;
BEGIN
    SELECT * INTO t FROM team.tickets
    WHERE id = ticket AND operator_id = coalesce(access.operator(), operator_id) FOR NO KEY UPDATE;
    SELECT * INTO s FROM team.workflow_states WHERE workflow = t.workflow AND name = t.status;
    IF s.held THEN
        PERFORM lifecycle.refuse('TK002', 'TICKET_ON_HOLD',
            format('%s is on hold: nothing is offered or decided until it is resumed.', t.number));
    ELSIF s.final THEN
        PERFORM lifecycle.refuse('TK002', 'TICKET_ENDED', format('%s is %s.', t.number, t.status));
    END IF;
    RETURN t;
END
$$;

-- Moves a repair to where its gates stand, and stamps the moment when both passed first. A quote within the limit
-- passes the cost gate by itself, which is written as an approval that nobody had to give.
CREATE FUNCTION lifecycle.follow_gates(ticket uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t team.tickets;
    quote maintenance.quotes;
    most record;
    cost boolean;
    visit boolean;
    target text;
    before text := coalesce(current_setting('lifecycle.following', true), '');
BEGIN
    SELECT * INTO t FROM team.tickets WHERE id = ticket FOR NO KEY UPDATE;
    IF t.operator_id <> coalesce(access.operator(), t.operator_id)
       OR t.status NOT IN ('reported', 'vendor_contacted', 'quoted', 'pending_approval', 'pending_tenant_confirmation',
                           'approved') THEN
        RETURN;
    END IF;
    SELECT * INTO quote FROM lifecycle.live_quote(ticket);
    cost := lifecycle.cost_gate(ticket);
    visit := lifecycle.time_gate(ticket);
    most := lifecycle.approval_limit(ticket);
    PERFORM set_config('lifecycle.following', 'on', true);
    IF NOT cost AND quote.amount_cents <= most.cents AND quote.currency = most.currency THEN
        INSERT INTO maintenance.approvals (operator_id, ticket_id, quote_id, required, decision, decided_at,
                                           approved_amount_cents, currency)
        VALUES (t.operator_id, ticket, quote.id, false, 'approved', now(), quote.amount_cents, quote.currency);
        cost := true;
    END IF;
    IF cost AND visit THEN
        UPDATE maintenance.jobs SET locked_in_at = now() WHERE ticket_id = ticket AND locked_in_at IS NULL;
    END IF;
    target := CASE
        WHEN t.status IN ('reported', 'vendor_contacted') THEN t.status
        WHEN cost AND visit THEN 'approved'
        WHEN cost THEN 'pending_tenant_confirmation'
        WHEN t.status IN ('pending_tenant_confirmation', 'approved') THEN 'pending_approval'
        ELSE t.status
    END;
    IF target <> t.status THEN
        UPDATE team.tickets SET status = target WHERE id = ticket;
    END IF;
    PERFORM set_config('lifecycle.following', before, true);
END
$$;
