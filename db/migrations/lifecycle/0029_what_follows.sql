-- What follows from a change, in its transaction: of a ticket's status for its job, of a job for its ticket and vendors,
-- of quotes, slots and approvals for the gates, of time for what it is allocated to.
ALTER TABLE maintenance.visit_slots ADD COLUMN ticket_id uuid;
UPDATE maintenance.visit_slots AS s SET ticket_id = q.ticket_id FROM maintenance.quotes AS q WHERE q.id = s.quote_id;
ALTER TABLE maintenance.visit_slots
    ALTER COLUMN ticket_id SET NOT NULL,
    ADD FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id);
CREATE INDEX visit_slots_by_ticket ON maintenance.visit_slots (ticket_id, id);
CREATE UNIQUE INDEX approvals_one_waiting ON maintenance.approvals (ticket_id)
    WHERE decision IS NULL AND revoked_at IS NULL;

CREATE FUNCTION lifecycle.follow_ticket() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reworked boolean := OLD.status IN ('completed', 'disputed')
        AND NEW.status IN ('in_progress', 'quoted', 'pending_tenant_confirmation');
    before text := coalesce(current_setting('lifecycle.following', true), '');
BEGIN
    IF reworked THEN
        UPDATE maintenance.jobs SET completion_notes = NULL, no_photo_reason = NULL, actual_cost_cents = NULL
        WHERE ticket_id = NEW.id;
    END IF;
    IF NEW.status = 'in_progress' THEN
        UPDATE maintenance.jobs SET work_started_at = now() WHERE ticket_id = NEW.id AND work_started_at IS NULL;
    ELSIF NEW.status = 'completed' AND OLD.status = 'in_progress' THEN
        UPDATE maintenance.jobs SET completed_at = now() WHERE ticket_id = NEW.id;
    ELSIF NEW.status = 'completed' THEN
        UPDATE maintenance.jobs SET completed_at = now() WHERE ticket_id = NEW.id AND completed_at IS NULL;
    ELSIF NEW.status = 'reported' AND OLD.held_from IS NULL THEN
        UPDATE maintenance.jobs SET assigned_vendor_id = NULL
        WHERE ticket_id = NEW.id AND assigned_vendor_id IS NOT NULL;
    ELSIF NEW.status = 'pending_tenant_confirmation' AND OLD.status = 'disputed' THEN
        PERFORM set_config('lifecycle.following', 'on', true); -- the ticket is where the open gate leads already
        UPDATE maintenance.jobs SET tenant_time_confirmed_at = NULL
        WHERE ticket_id = NEW.id AND tenant_time_confirmed_at IS NOT NULL;
        PERFORM set_config('lifecycle.following', before, true);
    END IF;
    IF OLD.held_from IS NOT NULL AND NEW.status = OLD.held_from THEN
        UPDATE maintenance.jobs SET tenant_time_confirmed_at = NULL
        WHERE ticket_id = NEW.id AND tenant_time_confirmed_at IS NOT NULL
          AND NEW.status NOT IN ('in_progress', 'completed', 'disputed')
          AND EXISTS (SELECT FROM lifecycle.live_quote(NEW.id) AS q WHERE q.visit_at < now());
        -- The tenant may have moved out meanwhile, or another one in.
        IF NEW.status IN ('pending_tenant_confirmation', 'approved')
           AND (NEW.status = 'approved') <> lifecycle.time_gate(NEW.id) THEN
            PERFORM lifecycle.follow_gates(NEW.id);
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER follow_ticket AFTER UPDATE OF status ON team.tickets FOR EACH ROW
    WHEN (NEW.workflow = 'maintenance' AND NEW.status <> OLD.status) EXECUTE FUNCTION lifecycle.follow_ticket();

CREATE FUNCTION lifecycle.guard_job() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t team.tickets;
    agreed bigint;
BEGIN
    SELECT * INTO t FROM team.tickets WHERE id = NEW.ticket_id FOR NO KEY UPDATE;
    IF TG_OP = 'INSERT' THEN
        IF t.workflow <> 'maintenance' THEN
            PERFORM lifecycle.refuse('TK002', 'NO_MAINTENANCE', format('%s is no maintenance ticket.', t.number));
        END IF;
        IF NEW.locked_in_at IS NOT NULL THEN
            PERFORM lifecycle.refuse('TK005', 'COLUMN_FOLLOWS', 'What follows from other rows is not written by hand.');
        END IF;
        NEW.vendor_assigned_at := CASE WHEN NEW.assigned_vendor_id IS NOT NULL THEN coalesce(NEW.vendor_assigned_at, now()) END;
    ELSE
        IF NEW.ticket_id <> OLD.ticket_id OR OLD.locked_in_at IS NOT NULL AND NEW.locked_in_at IS DISTINCT FROM OLD.locked_in_at
           OR pg_trigger_depth() = 1 AND NOT lifecycle.following()
              AND (NEW.locked_in_at, NEW.cost_variance_cents, NEW.cost_variance_percent) IS DISTINCT FROM
                  (OLD.locked_in_at, OLD.cost_variance_cents, OLD.cost_variance_percent) THEN
            PERFORM lifecycle.refuse('TK005', 'COLUMN_FOLLOWS', 'What follows from other rows is not written by hand.');
        END IF;
        IF NEW.assigned_vendor_id IS DISTINCT FROM OLD.assigned_vendor_id THEN
            PERFORM lifecycle.hold_still(NEW.ticket_id);
            NEW.vendor_assigned_at := CASE WHEN NEW.assigned_vendor_id IS NOT NULL THEN now() END;
            NEW.tenant_time_confirmed_at := NULL;
        END IF;
        IF NEW.tenant_contact_id IS DISTINCT FROM OLD.tenant_contact_id THEN
            NEW.tenant_time_confirmed_at := NULL;
        END IF;
        IF NEW.tenant_time_confirmed_at <> OLD.tenant_time_confirmed_at
           OR NEW.tenant_time_confirmed_at IS NOT NULL AND OLD.tenant_time_confirmed_at IS NULL THEN
            PERFORM lifecycle.hold_still(NEW.ticket_id);
        END IF;
    END IF;
    -- Taking an override back would spare the work its approval: that too is a manager's.
    IF (CASE WHEN TG_OP = 'UPDATE' THEN OLD.gate_override END) IS DISTINCT FROM NEW.gate_override
       AND NOT (lifecycle.actor() IN ('manager', 'admin', 'database', 'system')
                OR lifecycle.actor() = 'agent' AND NEW.urgency = 'emergency') THEN
        PERFORM lifecycle.refuse('TK004', 'MANAGER_NEEDED',
            'Only a manager overrides the gates, or an agent in an emergency.', '{"role": "manager"}');
    END IF;
    IF NEW.actual_cost_cents IS NULL THEN
        NEW.cost_variance_cents := NULL;
        NEW.cost_variance_percent := NULL;
    ELSE
        agreed := coalesce(lifecycle.approved_amount(NEW.ticket_id, NEW.assigned_vendor_id), NEW.estimated_cost_cents);
        NEW.cost_variance_cents := NEW.actual_cost_cents - agreed;
        NEW.cost_variance_percent := round((NEW.actual_cost_cents - agreed) * 100.0 / nullif(agreed, 0), 2);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_job BEFORE INSERT OR UPDATE ON maintenance.jobs
    FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_job();

-- The amount that was last approved of a vendor's work, or of work that nobody quoted, in cents.
CREATE FUNCTION lifecycle.approved_amount(ticket uuid, vendor uuid) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT a.approved_amount_cents FROM maintenance.approvals AS a LEFT JOIN maintenance.quotes AS q ON q.id = a.quote_id
    WHERE a.ticket_id = ticket AND (q.vendor_id = vendor OR a.quote_id IS NULL) AND a.decision = 'approved' AND a.revoked_at IS NULL
    ORDER BY a.decided_at DESC, a.id DESC LIMIT 1
$$;

-- A vendor's rating is the mean of what tenants gave its jobs.
CREATE FUNCTION lifecycle.rate_vendor(vendor uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM FROM directory.vendor_profiles WHERE company_id = vendor FOR NO KEY UPDATE; -- so that the mean misses no other's
    UPDATE directory.vendor_profiles SET (rating, rating_count) = (
        SELECT round(avg(j.tenant_rating), 2), count(j.tenant_rating)
        FROM maintenance.jobs AS j WHERE j.assigned_vendor_id = vendor)
    WHERE company_id = vendor;
END
$$;

CREATE FUNCTION lifecycle.guard_rating() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND (NEW.rating IS NOT NULL OR NEW.rating_count <> 0)
       OR TG_OP = 'UPDATE' AND pg_trigger_depth() = 1
          AND (NEW.rating, NEW.rating_count) IS DISTINCT FROM (OLD.rating, OLD.rating_count) THEN
        PERFORM lifecycle.refuse('TK005', 'COLUMN_FOLLOWS', 'What follows from other rows is not written by hand.');
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT round(avg(j.tenant_rating), 2), count(j.tenant_rating) INTO NEW.rating, NEW.rating_count
        FROM maintenance.jobs AS j WHERE j.assigned_vendor_id = NEW.company_id;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_rating BEFORE INSERT OR UPDATE ON directory.vendor_profiles
    FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_rating();

CREATE FUNCTION lifecycle.follow_job() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    former maintenance.jobs := CASE WHEN TG_OP = 'UPDATE' THEN OLD END;
    vendor uuid;
BEGIN
    IF NEW.urgency IS DISTINCT FROM former.urgency THEN
        UPDATE team.tickets SET priority = w.priority
        FROM (VALUES ('routine', 'normal'), ('urgent', 'high'), ('emergency', 'urgent')) AS w (urgency, priority)
        WHERE id = NEW.ticket_id AND w.urgency = NEW.urgency AND tickets.priority <> w.priority;
    END IF;
    IF NEW.assigned_vendor_id IS DISTINCT FROM former.assigned_vendor_id THEN
        DELETE FROM team.ticket_vendors AS v
        WHERE v.ticket_id = NEW.ticket_id AND (
            v.vendor_id = former.assigned_vendor_id AND v.role IN ('assigned', 'quoting')
            OR v.vendor_id = NEW.assigned_vendor_id AND v.role IN ('declined', 'quoting'));
        INSERT INTO team.ticket_vendors (operator_id, ticket_id, vendor_id, role)
        SELECT NEW.operator_id, NEW.ticket_id, l.vendor, l.role
        FROM (VALUES (former.assigned_vendor_id, 'declined'), (NEW.assigned_vendor_id, 'assigned')) AS l (vendor, role)
        WHERE l.vendor IS NOT NULL
        ON CONFLICT (ticket_id, vendor_id, role) DO NOTHING;
    END IF;
    IF (NEW.tenant_rating, NEW.assigned_vendor_id) IS DISTINCT FROM (former.tenant_rating, former.assigned_vendor_id)
       AND num_nonnulls(NEW.tenant_rating, former.tenant_rating) > 0 THEN
        FOR vendor IN SELECT DISTINCT id FROM unnest(ARRAY[former.assigned_vendor_id, NEW.assigned_vendor_id]) AS id
                      WHERE id IS NOT NULL ORDER BY id LOOP
            PERFORM lifecycle.rate_vendor(vendor);
        END LOOP;
    END IF;
    IF TG_OP = 'UPDATE' AND NOT lifecycle.following()
       AND (NEW.assigned_vendor_id, NEW.tenant_contact_id, NEW.tenant_time_confirmed_at) IS DISTINCT FROM
           (OLD.assigned_vendor_id, OLD.tenant_contact_id, OLD.tenant_time_confirmed_at) THEN
        PERFORM lifecycle.follow_gates(NEW.ticket_id);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER follow_job AFTER INSERT OR UPDATE ON maintenance.jobs
    FOR EACH ROW EXECUTE FUNCTION lifecycle.follow_job();

-- A vendor's newer quote takes the place of its former one, and keeps the time of its visit unless it brings another.
CREATE FUNCTION lifecycle.guard_quote() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    former maintenance.quotes;
BEGIN
    PERFORM lifecycle.hold_still(coalesce(NEW.ticket_id, OLD.ticket_id));
    IF TG_OP = 'DELETE' THEN
        PERFORM lifecycle.refuse('TK002', 'QUOTE_STAYS', 'A quote stays as history: submit a new one.');
    ELSIF TG_OP = 'UPDATE' THEN
        IF (NEW.ticket_id, NEW.vendor_id, NEW.revision, NEW.amount_cents, NEW.currency, NEW.scope) IS DISTINCT FROM
           (OLD.ticket_id, OLD.vendor_id, OLD.revision, OLD.amount_cents, OLD.currency, OLD.scope)
           OR OLD.superseded_at IS NOT NULL THEN
            PERFORM lifecycle.refuse('TK002', 'QUOTE_STAYS', 'A quote stays as it was submitted: submit a new one.');
        END IF;
    ELSE
        UPDATE maintenance.quotes SET superseded_at = now()
        WHERE ticket_id = NEW.ticket_id AND vendor_id = NEW.vendor_id AND superseded_at IS NULL
        RETURNING * INTO former;
        NEW.revision := 1 + coalesce((SELECT max(q.revision) FROM maintenance.quotes AS q
                                      WHERE q.ticket_id = NEW.ticket_id AND q.vendor_id = NEW.vendor_id), 0);
        NEW.visit_at := coalesce(NEW.visit_at, former.visit_at);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_quote BEFORE INSERT OR UPDATE OR DELETE ON maintenance.quotes
    FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_quote();
ALTER TABLE maintenance.quotes ALTER COLUMN revision SET DEFAULT 1;

CREATE FUNCTION lifecycle.follow_quote() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('lifecycle.following', true), '');
    known timestamptz := CASE WHEN TG_OP = 'UPDATE' THEN OLD.visit_at ELSE (
        SELECT q.visit_at FROM maintenance.quotes AS q
        WHERE q.ticket_id = NEW.ticket_id AND q.vendor_id = NEW.vendor_id AND q.revision = NEW.revision - 1) END;
BEGIN
    IF NEW.visit_at IS DISTINCT FROM known THEN
        PERFORM set_config('lifecycle.following', 'on', true);
        UPDATE maintenance.jobs SET tenant_time_confirmed_at = NULL
        WHERE ticket_id = NEW.ticket_id AND assigned_vendor_id = NEW.vendor_id AND tenant_time_confirmed_at IS NOT NULL;
        PERFORM set_config('lifecycle.following', before, true);
    END IF;
    -- Quotes of other vendors stand beside it: they pass no gate and reopen none.
    IF EXISTS (SELECT FROM maintenance.jobs AS j
               WHERE j.ticket_id = NEW.ticket_id AND j.assigned_vendor_id = NEW.vendor_id) THEN
        PERFORM lifecycle.follow_gates(NEW.ticket_id);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER follow_new_quote AFTER INSERT ON maintenance.quotes
    FOR EACH ROW EXECUTE FUNCTION lifecycle.follow_quote();
CREATE TRIGGER follow_quote AFTER UPDATE ON maintenance.quotes FOR EACH ROW
    WHEN (NEW.visit_at IS DISTINCT FROM OLD.visit_at) EXECUTE FUNCTION lifecycle.follow_quote();

CREATE FUNCTION lifecycle.guard_slot() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    quote maintenance.quotes;
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM lifecycle.hold_still(OLD.ticket_id);
        IF OLD.selected_at IS NOT NULL THEN
            PERFORM lifecycle.refuse('TK002', 'SLOT_STAYS', 'The slot is selected: select another one first.');
        END IF;
        RETURN OLD;
    END IF;
    SELECT * INTO quote FROM maintenance.quotes WHERE id = NEW.quote_id;
    NEW.ticket_id := quote.ticket_id;
    PERFORM lifecycle.hold_still(quote.ticket_id);
    SELECT * INTO quote FROM maintenance.quotes WHERE id = NEW.quote_id; -- as it is now that the ticket is ours
    IF quote.superseded_at IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.selected_at IS NOT NULL) THEN
        PERFORM lifecycle.refuse('TK002', 'QUOTE_SUPERSEDED', 'A newer quote has taken the place of this one.');
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.quote_id, NEW.starts_at, NEW.ends_at) IS DISTINCT FROM
                            (OLD.quote_id, OLD.starts_at, OLD.ends_at) THEN
        PERFORM lifecycle.refuse('TK002', 'SLOT_STAYS', 'A slot stays as it was offered: offer another.');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_slot BEFORE INSERT OR UPDATE OR DELETE ON maintenance.visit_slots
    FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_slot();

-- The slot that is selected is the visit's time.
CREATE FUNCTION lifecycle.follow_slot() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE maintenance.quotes SET visit_at = CASE WHEN NEW.selected_at IS NOT NULL THEN NEW.starts_at END
    WHERE id = NEW.quote_id AND superseded_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER follow_slot AFTER UPDATE ON maintenance.visit_slots FOR EACH ROW
    WHEN ((NEW.selected_at IS NULL) <> (OLD.selected_at IS NULL)) EXECUTE FUNCTION lifecycle.follow_slot();

-- Who decides: a manager, an agent within its limit, the owner; nobody has to where the limit covers it. What is decided
-- stays; it can be withdrawn, and that stays too.
CREATE FUNCTION lifecycle.guard_approval() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t team.tickets := lifecycle.hold_still(CASE WHEN TG_OP = 'DELETE' THEN OLD.ticket_id ELSE NEW.ticket_id END);
    quote maintenance.quotes;
    most record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM lifecycle.refuse('TK002', 'APPROVAL_STAYS', 'An approval stays as history: withdraw it.');
    ELSIF TG_OP = 'UPDATE' AND OLD.revoked_at IS NOT NULL THEN
        PERFORM lifecycle.refuse('TK002', 'APPROVAL_REVOKED', 'It is withdrawn already: ask for another one.');
    END IF;
    SELECT * INTO quote FROM maintenance.quotes WHERE id = NEW.quote_id;
    IF quote.ticket_id <> NEW.ticket_id THEN
        PERFORM lifecycle.refuse('TK002', 'QUOTE_OF_ANOTHER_TICKET', 'The quote belongs to another ticket.');
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.decision IS NOT NULL THEN
        IF (to_jsonb(NEW) - '{revoked_at,updated_at,version}'::text[]) <> (to_jsonb(OLD) - '{revoked_at,updated_at,version}'::text[])
        THEN
            PERFORM lifecycle.refuse('TK002', 'ALREADY_DECIDED', 'It is decided already.');
        END IF;
        RETURN NEW;
    END IF;
    IF quote.superseded_at IS NOT NULL THEN
        PERFORM lifecycle.refuse('TK002', 'QUOTE_SUPERSEDED', 'A newer quote has taken the place of this one.');
    END IF;
    most := lifecycle.approval_limit(NEW.ticket_id);
    IF NEW.decision IS NOT NULL AND NOT (CASE
        WHEN NEW.required THEN lifecycle.may_decide(t, NEW.approved_amount_cents)
        ELSE coalesce(NEW.approved_amount_cents <= most.cents AND NEW.currency = most.currency, false) END) THEN
        PERFORM lifecycle.refuse('TK004', 'DECIDER_NEEDED',
            'A manager decides, an agent within its limit, or the owner.', '{"role": "manager"}');
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_approval BEFORE INSERT OR UPDATE OR DELETE ON maintenance.approvals
    FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_approval();

CREATE FUNCTION lifecycle.may_decide(t team.tickets, amount bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE lifecycle.actor()
        WHEN 'agent' THEN EXISTS (
            SELECT FROM team.team_members AS m WHERE m.contact_id = access.contact() AND m.operator_id = t.operator_id
                AND m.active AND coalesce(amount, 0) <= m.approval_limit_cents)
        WHEN 'homeowner' THEN lifecycle.may(t, '{homeowner}')
        ELSE lifecycle.actor() IN ('manager', 'admin', 'database') END
$$;

CREATE FUNCTION lifecycle.follow_approval() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before text := coalesce(current_setting('lifecycle.following', true), '');
BEGIN
    -- What is approved after the work is done: the job's own trigger reckons again.
    UPDATE maintenance.jobs SET actual_cost_cents = actual_cost_cents
    WHERE ticket_id = NEW.ticket_id AND actual_cost_cents IS NOT NULL;
    IF lifecycle.following() THEN
        RETURN NULL;
    END IF;
    IF NEW.decision = 'approved' AND EXISTS (
        SELECT FROM lifecycle.live_quote(NEW.ticket_id) AS q
        WHERE q.id = NEW.quote_id AND q.amount_cents > NEW.approved_amount_cents) THEN
        PERFORM set_config('lifecycle.following', 'on', true);
        UPDATE team.tickets SET status = 'quoted' WHERE id = NEW.ticket_id AND status = 'pending_approval';
        PERFORM set_config('lifecycle.following', before, true);
    END IF;
    PERFORM lifecycle.follow_gates(NEW.ticket_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER follow_new_approval AFTER INSERT ON maintenance.approvals FOR EACH ROW
    WHEN (NEW.decision IS NOT NULL) EXECUTE FUNCTION lifecycle.follow_approval();
CREATE TRIGGER follow_approval AFTER UPDATE ON maintenance.approvals FOR EACH ROW
    WHEN (NEW.decision IS DISTINCT FROM OLD.decision OR NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
    EXECUTE FUNCTION lifecycle.follow_approval();

CREATE FUNCTION lifecycle.follow_escalation() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        UPDATE team.tickets SET escalated_at = now() WHERE id = NEW.ticket_id;
    END IF;
    NEW.resolved_at := CASE WHEN NEW.status IN ('resolved', 'closed') THEN coalesce(NEW.resolved_at, now()) END;
    RETURN NEW;
END
$$;
CREATE TRIGGER follow_escalation BEFORE INSERT OR UPDATE ON maintenance.escalations
    FOR EACH ROW EXECUTE FUNCTION lifecycle.follow_escalation();

CREATE FUNCTION lifecycle.follow_checklist() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.completed_at := CASE WHEN NEW.status = 'done' THEN coalesce(
        CASE WHEN TG_OP = 'UPDATE' AND OLD.status = 'done' THEN OLD.completed_at END, now()) END;
    RETURN NEW;
END
$$;
CREATE TRIGGER follow_checklist BEFORE INSERT OR UPDATE ON team.project_properties
    FOR EACH ROW EXECUTE FUNCTION lifecycle.follow_checklist();

-- The first public act of staff or a vendor answers whoever asked.
CREATE FUNCTION lifecycle.follow_words() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    written jsonb := to_jsonb(NEW);
    ticket uuid := coalesce(written ->> 'ticket_id',
        (SELECT h.ticket_id FROM messaging.threads AS h WHERE h.id = (written ->> 'thread_id')::uuid)::text);
BEGIN
    IF written ->> 'direction' = 'outbound' OR written ->> 'visibility' = 'public' AND (
        lifecycle.actor() IN ('agent', 'manager', 'admin', 'vendor') OR EXISTS (
            SELECT FROM directory.contacts AS c
            WHERE c.id = (written ->> 'author_contact_id')::uuid AND c.kind IN ('staff', 'vendor'))) THEN
        UPDATE team.tickets SET first_response_at = now() WHERE id = ticket AND first_response_at IS NULL;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER follow_words AFTER INSERT ON team.ticket_comments
    FOR EACH ROW EXECUTE FUNCTION lifecycle.follow_words();
CREATE TRIGGER follow_words AFTER INSERT ON messaging.messages
    FOR EACH ROW EXECUTE FUNCTION lifecycle.follow_words();

-- What becomes of a tenant's third wish for another time: it is nobody's decision, so the clockwork's name stands on it.
CREATE FUNCTION lifecycle.cancel_for_reschedules(ticket uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM set_config('lifecycle.following', 'on', true);
    UPDATE team.tickets SET status = 'cancelled', cancel_reason = 'reschedule_limit_reached' WHERE id = ticket;
    PERFORM set_config('lifecycle.following', '', true);
END
$$;
