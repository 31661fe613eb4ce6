-- Time is allocated at most once over, in each of three sums: to tickets, to shifts, to inspections.
CREATE FUNCTION lifecycle.guard_allocation() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry team.time_entries;
    taken bigint;
BEGIN
    SELECT * INTO entry FROM team.time_entries WHERE id = NEW.time_entry_id FOR NO KEY UPDATE;
    IF entry.ended_at IS NULL THEN
        PERFORM lifecycle.refuse('TK002', 'TIME_IS_RUNNING', 'The time entry is still running: stop it first.');
    END IF;
    EXECUTE format('SELECT coalesce(sum(a.allocated_seconds), 0) FROM %I.%I AS a WHERE a.time_entry_id = $1 AND a.id <> $2',
                   TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO taken USING NEW.time_entry_id, NEW.id;
    IF taken + NEW.allocated_seconds > entry.duration_seconds THEN
        PERFORM lifecycle.refuse('TK003', 'TIME_ALLOCATED',
            format('The time entry has %s s; %s s of them are free.', entry.duration_seconds,
                   greatest(0, entry.duration_seconds - taken)),
            jsonb_build_object('limit', entry.duration_seconds, 'taken', taken, 'asked', NEW.allocated_seconds));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_allocation BEFORE INSERT OR UPDATE ON team.ticket_time_entries
    FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_allocation();
CREATE TRIGGER guard_allocation BEFORE INSERT OR UPDATE ON team.shift_time_entries
    FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_allocation();
CREATE TRIGGER guard_allocation BEFORE INSERT OR UPDATE ON property.inspection_time_entries
    FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_allocation();

-- An entry keeps at least what is allocated of it. Its row is locked by the change itself.
CREATE FUNCTION lifecycle.guard_time_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken bigint := greatest(
        (SELECT sum(a.allocated_seconds) FROM team.ticket_time_entries AS a WHERE a.time_entry_id = NEW.id),
        (SELECT sum(a.allocated_seconds) FROM team.shift_time_entries AS a WHERE a.time_entry_id = NEW.id),
        (SELECT sum(a.allocated_seconds) FROM property.inspection_time_entries AS a WHERE a.time_entry_id = NEW.id), 0);
    lasts bigint := coalesce(extract(epoch FROM NEW.ended_at - NEW.started_at)::bigint, 0);
BEGIN
    IF lasts < taken THEN
        PERFORM lifecycle.refuse('TK003', 'TIME_ALLOCATED',
            format('%s s of the time entry are allocated: it cannot be shorter.', taken),
            jsonb_build_object('limit', taken, 'taken', taken, 'asked', lasts));
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_time_entry BEFORE UPDATE OF started_at, ended_at ON team.time_entries
    FOR EACH ROW EXECUTE FUNCTION lifecycle.guard_time_entry();

-- A ticket's active time is the sum of what is allocated to it.
CREATE FUNCTION lifecycle.follow_allocation() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    ticket uuid;
BEGIN
    FOR ticket IN
        SELECT DISTINCT id FROM unnest(ARRAY[CASE WHEN TG_OP <> 'DELETE' THEN NEW.ticket_id END,
                                             CASE WHEN TG_OP <> 'INSERT' THEN OLD.ticket_id END]) AS id
        WHERE id IS NOT NULL ORDER BY id
    LOOP
        PERFORM FROM team.tickets WHERE id = ticket FOR NO KEY UPDATE; -- first, so that the sum misses no other's
        UPDATE team.tickets SET active_time_seconds = (
            SELECT coalesce(sum(a.allocated_seconds), 0) FROM team.ticket_time_entries AS a WHERE a.ticket_id = ticket)
        WHERE id = ticket;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER follow_allocation AFTER INSERT OR UPDATE OR DELETE ON team.ticket_time_entries
    FOR EACH ROW EXECUTE FUNCTION lifecycle.follow_allocation();
