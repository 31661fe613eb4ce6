-- How a ticket begins: its workflow follows from its type, its number from the operator's clock.
ALTER TABLE team.workflows ADD COLUMN number_prefix text NOT NULL DEFAULT 'TK' CHECK (number_prefix ~ '^[A-Z]{2}$');
ALTER TABLE team.workflow_states
    ADD COLUMN resolves boolean NOT NULL DEFAULT false,
    ADD COLUMN cancels boolean NOT NULL DEFAULT false;
ALTER TABLE team.workflow_transitions
    ADD COLUMN reopening boolean NOT NULL DEFAULT false,
    ADD COLUMN rework boolean NOT NULL DEFAULT false;

UPDATE team.workflows SET number_prefix = 'MT' WHERE name = 'maintenance';
UPDATE team.workflow_states SET resolves = name IN ('resolved', 'completed'), cancels = name = 'cancelled';
UPDATE team.workflow_transitions SET reopening = true
WHERE workflow = 'general' AND from_state IN ('resolved', 'closed') AND to_state = 'in_progress';
UPDATE team.workflow_transitions SET rework = true
WHERE workflow = 'maintenance' AND (from_state = 'completed' AND to_state = 'in_progress'
   OR from_state = 'disputed' AND to_state IN ('in_progress', 'quoted', 'pending_tenant_confirmation'));

-- The last number of each operator, prefix and year; its row is the lock under which the next one is given.
CREATE TABLE lifecycle.ticket_numbers (
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    prefix text COLLATE "C" NOT NULL,
    year integer NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (operator_id, prefix, year)
);

-- The year that a moment falls into where the operator works.
CREATE FUNCTION lifecycle.year_of(operator uuid, moment timestamptz) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    RETURN extract(year FROM moment AT TIME ZONE coalesce(
        (SELECT s.time_zone FROM directory.operator_settings AS s WHERE s.operator_id = operator), 'UTC'))::integer;

-- The next number, without gaps above the highest that is there. What is rolled back gives its number back: the row of
-- the counter stays locked until then, so it is taken last of all locks.
CREATE FUNCTION lifecycle.next_number(operator uuid, letters text, moment timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    its_year integer := lifecycle.year_of(operator, moment);
    series text := letters || '-' || lpad(its_year::text, 4, '0') || '-';
    given bigint;
BEGIN
    UPDATE lifecycle.ticket_numbers SET last = last + 1
    WHERE operator_id = operator AND prefix = letters AND year = its_year
    RETURNING last INTO given;
    IF NOT FOUND THEN
        INSERT INTO lifecycle.ticket_numbers AS n (operator_id, prefix, year, last)
        SELECT operator, letters, its_year, coalesce(max(substring(t.number FROM 9)::bigint), 0) + 1
        FROM team.tickets AS t
        WHERE t.operator_id = operator AND t.number > series AND t.number < left(series, -1) || '.'
        ON CONFLICT (operator_id, prefix, year) DO UPDATE SET last = n.last + 1
        RETURNING last INTO given;
    END IF;
    RETURN series || lpad(given::text, greatest(3, length(given::text)), '0');
END
$$;

-- A number that somebody brought along: the next ones follow it.
CREATE FUNCTION lifecycle.note_number(operator uuid, brought text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO lifecycle.ticket_numbers AS n (operator_id, prefix, year, last)
    SELECT operator, left(brought, 2), substring(brought FROM 4 FOR 4)::integer,
           greatest(max(substring(t.number FROM 9)::bigint), substring(brought FROM 9)::bigint)
    FROM team.tickets AS t
    WHERE t.operator_id = operator AND t.number > left(brought, 8) AND t.number < left(brought, 7) || '.'
    ON CONFLICT (operator_id, prefix, year) DO UPDATE SET last = greatest(n.last, substring(brought FROM 9)::bigint)
$$;

CREATE FUNCTION lifecycle.begin_ticket() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    letters text;
    first_status text;
BEGIN
    SELECT w.name, w.number_prefix, s.name INTO NEW.workflow, letters, first_status
    FROM team.workflows AS w JOIN team.workflow_states AS s ON s.workflow = w.name AND s.initial
    WHERE NEW.ticket_type = ANY (w.ticket_types);
    IF NOT FOUND THEN
        PERFORM lifecycle.refuse('TK002', 'NO_WORKFLOW', format('No workflow takes tickets of type %s.', NEW.ticket_type));
    END IF;
    IF NEW.status <> first_status THEN
        PERFORM lifecycle.refuse('TK001', 'TRANSITION_REFUSED', format('A ticket begins in %s.', first_status),
            jsonb_build_object('from', NULL, 'to', NEW.status, 'allowed', jsonb_build_array(first_status),
                               'missing', '[]'::jsonb));
    END IF;
    NEW.status := first_status;
    IF num_nonnulls(NEW.first_response_at, NEW.resolved_at, NEW.resolution_seconds, NEW.closed_at, NEW.total_days_open,
                    NEW.held_from, NEW.held_at, NEW.cancelled_at, NEW.cancelled_by, NEW.escalated_at) > 0
       OR NEW.active_time_seconds <> 0 OR NEW.reopened_count <> 0 THEN
        PERFORM lifecycle.refuse('TK005', 'COLUMN_FOLLOWS', 'What follows from other rows is not written by hand.');
    END IF;
    IF NEW.closure_override IS NOT NULL AND lifecycle.actor() NOT IN ('manager', 'admin', 'database') THEN
        PERFORM lifecycle.refuse('TK004', 'MANAGER_NEEDED', 'Only a manager closes a ticket although something is missing.',
                                 '{"role": "manager"}');
    END IF;
    NEW.homeowner_id := coalesce(NEW.homeowner_id,
        (SELECT p.homeowner_id FROM property.properties AS p WHERE p.id = NEW.property_id));
    IF NEW.number IS NULL THEN
        NEW.number := lifecycle.next_number(NEW.operator_id, letters, NEW.created_at);
    ELSIF NEW.number ~ '^[A-Z]{2}-[0-9]{4}-[0-9]{3,}$' THEN -- or its constraint refuses it
        PERFORM lifecycle.note_number(NEW.operator_id, NEW.number);
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER begin_ticket BEFORE INSERT ON team.tickets FOR EACH ROW EXECUTE FUNCTION lifecycle.begin_ticket();
