-- Every change of a row that matters writes its event, whoever makes it.
CREATE SCHEMA lifecycle;
GRANT USAGE ON SCHEMA lifecycle TO gateway_staff, gateway_outsider;
COMMENT ON SCHEMA lifecycle IS 'What holds for every client: transitions and their guards, what follows from them, '
    'numbers, limits. The workflows themselves are rows in team.';

-- Whether a change follows from another one, by the database's own doing: a ticket that follows its gates.
CREATE FUNCTION lifecycle.following() RETURNS boolean LANGUAGE sql STABLE
    RETURN coalesce(current_setting('lifecycle.following', true), '') = 'on';

-- In what capacity somebody acts. Without a viewer it is a client of the database itself.
CREATE FUNCTION lifecycle.actor() RETURNS text LANGUAGE sql STABLE
    RETURN CASE WHEN lifecycle.following() THEN 'system' ELSE coalesce(access.role(), 'database') END;

-- Refuses with what a program can read: the code and its figures as JSON in DETAIL.
-- TK001 transition, TK002 the row may not change now, TK003 a limit, TK004 a role, TK005 a column that follows from others.
CREATE FUNCTION lifecycle.refuse(state text, code text, message text, details jsonb DEFAULT '{}') RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = state, MESSAGE = message,
        DETAIL = jsonb_build_object('code', code, 'message', message) || details;
END
$$;

-- Columns that are bookkeeping, in every table.
CREATE FUNCTION lifecycle.bookkeeping() RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ARRAY['id', 'operator_id', 'created_at', 'updated_at', 'version', 'search_document'];

-- Writes the event of a changed row. Arguments: the entity, the column with its ticket ('' where there is none), the
-- events of INSERT, UPDATE and DELETE, columns that follow from others, and pairs column=event (or column=event|event
-- where another one tells that it was emptied): an UPDATE is called by the first pair whose column it changed, an INSERT
-- by the first with a + before it. Where only columns that follow have changed, the cause has an event already. The
-- trigger's name comes before those that let something follow, so that causes stand before effects.
CREATE FUNCTION audit.record() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    former jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    latter jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    live jsonb := coalesce(latter, former);
    silent text[] := lifecycle.bookkeeping() || TG_ARGV[5]::text[];
    details jsonb := '{}';
    event text;
    actor text := lifecycle.actor();
    reason text := nullif(current_setting('command.reason', true), '');
    telling text;
    n integer;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_build_object('before', jsonb_object_agg(l.key, former -> l.key),
                                  'after', jsonb_object_agg(l.key, l.value))
        INTO details
        FROM jsonb_each(latter) AS l
        WHERE l.value IS DISTINCT FROM former -> l.key
          AND (l.key <> ALL (silent) OR l.key IN ('id', 'operator_id', 'created_at')); -- nobody does that silently
        IF details -> 'after' = 'null' THEN
            RETURN NULL;
        END IF;
    ELSE
        SELECT jsonb_build_object(CASE TG_OP WHEN 'INSERT' THEN 'after' ELSE 'before' END,
                                  jsonb_object_agg(l.key, l.value))
        INTO details
        FROM jsonb_each(live) AS l
        WHERE l.value <> 'null' AND l.key <> ALL (silent);
    END IF;
    event := TG_ARGV[CASE TG_OP WHEN 'INSERT' THEN 2 WHEN 'UPDATE' THEN 3 ELSE 4 END];
    FOR n IN 6 .. TG_NARGS - 1 LOOP
        telling := ltrim(TG_ARGV[n], '+');
        CONTINUE WHEN TG_OP = 'DELETE' OR NOT details -> 'after' ? split_part(telling, '=', 1)
            OR TG_OP = 'INSERT' AND TG_ARGV[n] NOT LIKE '+%';
        event := split_part(telling, '=', 2);
        IF event LIKE '%|%' THEN
            event := split_part(event, '|', CASE
                WHEN details -> 'after' -> split_part(telling, '=', 1) IN ('null', 'false') THEN 2 ELSE 1 END);
        END IF;
        EXIT;
    END LOOP;
    IF event = 'status_changed' THEN
        details := details || jsonb_build_object('from', former -> 'status', 'to', latter -> 'status');
    END IF;
    IF live ? 'version' THEN
        details := details || jsonb_build_object('version', live -> 'version');
    END IF;
    IF reason IS NOT NULL AND NOT lifecycle.following() THEN
        details := details || jsonb_build_object('reason', reason);
    END IF;
    INSERT INTO audit.events (operator_id, entity, entity_id, ticket_id, event_type, actor_type, actor_id, details,
                              request_id)
    VALUES ((live ->> 'operator_id')::uuid, TG_ARGV[0], (live ->> 'id')::uuid,
            CASE WHEN TG_ARGV[1] <> '' THEN (live ->> TG_ARGV[1])::uuid END, event, actor,
            CASE WHEN actor NOT IN ('system', 'database') THEN access.contact() END, details,
            nullif(current_setting('command.request_id', true), ''));
    RETURN NULL;
END
$$;

-- updated_at and version of an edited row. Arguments: columns that follow from others and count as no change.
CREATE OR REPLACE FUNCTION platform.touch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- Generated columns have no value yet.
    silent CONSTANT text[] := coalesce(TG_ARGV, '{}') || ARRAY['search_document', 'duration_seconds'];
BEGIN
    NEW.updated_at := OLD.updated_at;
    NEW.version := OLD.version;
    IF (to_jsonb(NEW) - silent) IS DISTINCT FROM (to_jsonb(OLD) - silent) THEN
        NEW.updated_at := now();
        NEW.version := OLD.version + 1;
    END IF;
    RETURN NEW;
END
$$;

DO $$
DECLARE
    source record;
BEGIN
    FOR source IN SELECT * FROM (VALUES
        ('team.tickets', 'Ticket', 'id', 'ticket', 'created', 'updated', '{workflow,first_response_at,resolved_at,resolution_seconds,closed_at,total_days_open,active_time_seconds,reopened_count,held_from,held_at,cancelled_at,cancelled_by,escalated_at}', '{ticket_type=ticket_converted,status=status_changed,current_agent_id=ticket_assigned,current_team_id=ticket_assigned}'),
        ('team.ticket_comments', 'TicketComment', 'ticket_id', 'comment', 'added', 'changed', '{}', '{}'),
        ('team.ticket_participants', 'TicketParticipant', 'ticket_id', 'participant', 'added', 'changed', '{}', '{}'),
        ('team.ticket_properties', 'TicketProperty', 'ticket_id', 'property', 'linked', 'changed', '{}', '{}'),
        ('team.ticket_homeowners', 'TicketHomeowner', 'ticket_id', 'homeowner', 'linked', 'changed', '{}', '{}'),
        ('team.ticket_vendors', 'TicketVendor', 'ticket_id', 'vendor', 'linked', 'link_changed', '{}', '{}'),
        ('team.ticket_shifts', 'TicketShift', 'ticket_id', 'shift', 'linked', 'link_changed', '{}', '{}'),
        ('team.ticket_time_entries', 'TicketTimeEntry', 'ticket_id', 'time', 'allocated', 'allocation_changed', '{}', '{}'),
        ('team.ticket_transactions', 'TicketTransaction', 'ticket_id', 'transaction', 'linked', 'link_changed', '{}', '{}'),
        ('team.ticket_inspections', 'TicketInspection', 'ticket_id', 'inspection', 'linked', 'link_changed', '{}', '{}'),
        ('team.ticket_cleans', 'TicketClean', 'ticket_id', 'clean', 'linked', 'link_changed', '{}', '{}'),
        ('team.ticket_inventory_events', 'TicketInventoryEvent', 'ticket_id', 'inventory', 'linked', 'link_changed', '{}', '{}'),
        ('team.ticket_photos', 'TicketPhoto', 'ticket_id', 'photo', 'attached', 'changed', '{}', '{}'),
        ('team.ticket_recurring', 'TicketRecurring', 'ticket_id', 'occurrence', 'generated', 'changed', '{}', '{}'),
        ('team.teams', 'Team', '', 'team', 'created', 'updated', '{}', '{}'),
        ('team.team_members', 'TeamMember', '', 'member', 'added', 'updated', '{}', '{}'),
        ('team.team_shifts', 'TeamShift', '', 'shift', 'started', 'updated', '{}', '{ends_at=shift_ended}'),
        ('team.time_entries', 'TimeEntry', '', 'time', 'logged', 'updated', '{duration_seconds}', '{ended_at=time_stopped}'),
        ('team.shift_time_entries', 'ShiftTimeEntry', '', 'shift_time', 'allocated', 'changed', '{}', '{}'),
        ('team.recurring_rules', 'RecurringRule', '', 'rule', 'created', 'updated', '{next_run_at}', '{active=rule_resumed|rule_paused}'),
        ('team.recurring_rule_targets', 'RecurringRuleTarget', '', 'rule_target', 'added', 'changed', '{}', '{}'),
        ('team.projects', 'Project', '', 'project', 'created', 'updated', '{}', '{}'),
        ('team.project_properties', 'ProjectProperty', '', 'project_property', 'added', 'updated', '{completed_at}', '{status=checklist_status_changed}'),
        ('team.project_tickets', 'ProjectTicket', 'ticket_id', 'project_ticket', 'linked', 'changed', '{}', '{}'),
        ('maintenance.jobs', 'Job', 'ticket_id', 'job', 'created', 'updated', '{vendor_assigned_at,locked_in_at,cost_variance_cents,cost_variance_percent}', '{assigned_vendor_id=vendor_assigned|vendor_unassigned,completed_at=work_completed,work_started_at=work_started,reschedule_count=reschedule_requested,tenant_time_confirmed_at=visit_confirmed|visit_unconfirmed,tenant_rating=feedback_recorded,tenant_satisfied=feedback_recorded,tenant_feedback=feedback_recorded,gate_override=gates_overridden,feedback_sent_at=reminder_claimed,start_reminder_sent_at=reminder_claimed,completion_reminder_sent_at=reminder_claimed}'),
        ('maintenance.quotes', 'Quote', 'ticket_id', 'quote', 'submitted', 'updated', '{}', '{superseded_at=quote_superseded,visit_at=visit_time_changed}'),
        ('maintenance.visit_slots', 'VisitSlot', 'ticket_id', 'slot', 'offered', 'updated', '{}', '{selected_at=slot_selected,accepted_at=slot_accepted}'),
        ('maintenance.approvals', 'Approval', 'ticket_id', 'approval', 'requested', 'updated', '{}', '{revoked_at=approval_revoked,+decision=approval_decided}'),
        ('maintenance.escalations', 'Escalation', 'ticket_id', 'escalation', 'raised', 'updated', '{resolved_at}', '{}'),
        ('finance.transactions', 'Transaction', '', 'transaction', 'recorded', 'updated', '{}', '{}'),
        ('finance.documents', 'Document', 'ticket_id', 'document', 'added', 'updated', '{}', '{}'),
        ('finance.payments', 'Payment', 'ticket_id', 'payment', 'recorded', 'updated', '{}', '{}'),
        ('property.properties', 'Property', '', 'property', 'added', 'updated', '{}', '{}'),
        ('property.tenancies', 'Tenancy', '', 'tenancy', 'recorded', 'updated', '{}', '{}'),
        ('property.inspections', 'Inspection', '', 'inspection', 'scheduled', 'updated', '{}', '{completed_at=inspection_completed}'),
        ('property.cleans', 'Clean', '', 'clean', 'scheduled', 'updated', '{}', '{completed_at=clean_completed}'),
        ('property.inventory_actions', 'InventoryAction', '', 'inventory_action', 'recorded', 'updated', '{}', '{}'),
        ('property.inspection_time_entries', 'InspectionTimeEntry', '', 'inspection_time', 'allocated', 'changed', '{}', '{}'),
        ('reservations.reservations', 'Reservation', '', 'reservation', 'recorded', 'updated', '{}', '{}'),
        ('files.files', 'File', '', 'file', 'uploaded', 'updated', '{}', '{}'),
        ('directory.companies', 'Company', '', 'company', 'created', 'updated', '{}', '{}'),
        ('directory.operator_settings', 'OperatorSetting', '', 'settings', 'created', 'updated', '{}', '{}'),
        ('directory.contacts', 'Contact', '', 'contact', 'created', 'updated', '{}', '{}'),
        ('directory.vendor_profiles', 'VendorProfile', '', 'vendor_profile', 'created', 'updated', '{rating,rating_count}', '{}'),
        ('directory.vendor_service_areas', 'VendorServiceArea', '', 'service_area', 'added', 'changed', '{}', '{}'),
        ('messaging.threads', 'Thread', 'ticket_id', 'thread', 'started', 'updated', '{}', '{}'),
        ('messaging.messages', 'Message', '', 'message', 'received', 'updated', '{}', '{}')
    ) AS sources (place, entity, ticket, noun, begun, changed, follows, telling) LOOP
        EXECUTE format(
            'CREATE TRIGGER event AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION '
            'audit.record(%L, %L, %L, %L, %L, %L%s)',
            source.place, source.entity, source.ticket, source.noun || '_' || source.begun,
            source.noun || '_' || source.changed, source.noun || '_removed', source.follows,
            (SELECT string_agg(format(', %L', pair), '') FROM unnest(source.telling::text[]) AS pair));
        IF source.follows <> '{}' THEN
            EXECUTE format('DROP TRIGGER touch ON %s', source.place);
            EXECUTE format('CREATE TRIGGER touch BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION platform.touch(%s)',
                source.place,
                (SELECT string_agg(quote_literal(name), ', ') FROM unnest(source.follows::text[]) AS name));
        END IF;
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION audit.record() FROM PUBLIC;
