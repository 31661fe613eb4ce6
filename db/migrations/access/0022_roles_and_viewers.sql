-- Who may connect as what, who is asking, and who may see which ticket.
CREATE SCHEMA IF NOT EXISTS access;

-- Roles belong to the whole server: another database of it may have made them already.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['gateway_staff', 'gateway_outsider', 'gateway_login'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOINHERIT', name);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END LOOP;
    IF NOT (SELECT rolcanlogin FROM pg_roles WHERE rolname = 'gateway_login') THEN
        ALTER ROLE gateway_login LOGIN;
    END IF;
    FOREACH name IN ARRAY ARRAY['gateway_staff', 'gateway_outsider'] LOOP
        IF NOT pg_has_role('gateway_login', name, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO gateway_login', name);
        END IF;
        -- For a user that both migrates and serves; where somebody else made the roles, it is theirs to grant.
        IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
            BEGIN
                EXECUTE format('GRANT %I TO CURRENT_USER', name);
            EXCEPTION WHEN insufficient_privilege THEN
                RAISE NOTICE '% may not serve as %', current_user, name;
            END;
        END IF;
    END LOOP;
END
$$;

-- Who is asking: settings of the transaction. One that was never set, or whose transaction is over, reads as ''.
CREATE FUNCTION access.operator() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('viewer.operator_id', true), '')::uuid;
CREATE FUNCTION access.contact() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('viewer.contact_id', true), '')::uuid;
CREATE FUNCTION access.company() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('viewer.company_id', true), '')::uuid;
CREATE FUNCTION access.role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('viewer.role', true), '');

-- Rights to tickets hang on a principal: a vendor's company, or the person.
CREATE FUNCTION access.principal() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN access.role() = 'vendor' THEN access.company() ELSE access.contact() END;

CREATE TABLE access.ticket_viewers (
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    principal uuid NOT NULL,
    reason text NOT NULL CHECK (reason IN ('requestor', 'homeowner', 'co_owner', 'participant', 'tenant',
        'assigned_vendor', 'linked_vendor')),
    PRIMARY KEY (principal, operator_id, ticket_id, reason), -- in the order in which a viewer's tickets are read
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id) ON DELETE CASCADE
);
CREATE INDEX ticket_viewers_by_ticket ON access.ticket_viewers (ticket_id);
COMMENT ON TABLE access.ticket_viewers IS 'Who may see a ticket without being staff, and why: one right ends without '
    'ending another. Kept by triggers of the tables that the reasons come from.';

-- Keeps the rights that come from one column of a table. Arguments: the column with the ticket, the column with the
-- principal, the reason, and a condition on the row `s` under which it is one. Tickets are locked first, in order, so
-- that a right which ends and the same right which begins in another transaction cannot miss each other; a snapshot
-- older than the lock would miss them all the same, hence not REPEATABLE READ.
CREATE FUNCTION access.keep_ticket_viewers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    changed text := CASE TG_OP
        WHEN 'INSERT' THEN format('SELECT %I FROM latter', TG_ARGV[0])
        WHEN 'DELETE' THEN format('SELECT %I FROM former', TG_ARGV[0])
        ELSE format('SELECT %1$I FROM former UNION SELECT %1$I FROM latter', TG_ARGV[0])
    END;
BEGIN
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
        RAISE EXCEPTION '%.% is not changed under REPEATABLE READ', TG_TABLE_SCHEMA, TG_TABLE_NAME
            USING ERRCODE = 'feature_not_supported',
                  HINT = 'Use READ COMMITTED, or SERIALIZABLE and try again when it refuses.';
    END IF;
    -- One that this transaction itself has made is nobody else's yet.
    EXECUTE format('SELECT FROM team.tickets WHERE id IN (%s) AND xmin <> pg_current_xact_id()::xid '
        'ORDER BY id FOR NO KEY UPDATE', changed);
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format(
            'DELETE FROM access.ticket_viewers AS v USING former AS f '
            'WHERE v.ticket_id = f.%1$I AND v.principal = f.%2$I AND v.reason = $1 AND NOT EXISTS ('
            'SELECT FROM %3$I.%4$I AS s WHERE s.%1$I = f.%1$I AND s.%2$I = f.%2$I AND %5$s)',
            TG_ARGV[0], TG_ARGV[1], TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[3]) USING TG_ARGV[2];
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format(
            'INSERT INTO access.ticket_viewers (operator_id, ticket_id, principal, reason) '
            'SELECT DISTINCT s.operator_id, s.%1$I, s.%2$I, $1 FROM latter AS s '
            'WHERE s.%2$I IS NOT NULL AND %3$s ON CONFLICT DO NOTHING',
            TG_ARGV[0], TG_ARGV[1], TG_ARGV[3]) USING TG_ARGV[2];
    END IF;
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION access.keep_ticket_viewers() FROM PUBLIC;

DO $$
DECLARE
    source record;
BEGIN
    FOR source IN SELECT * FROM (VALUES
        ('team.tickets', 'id', 'requestor_contact_id', 'requestor', 'true'),
        ('team.tickets', 'id', 'homeowner_id', 'homeowner', 'true'),
        ('team.ticket_participants', 'ticket_id', 'contact_id', 'participant', 'true'),
        ('team.ticket_homeowners', 'ticket_id', 'homeowner_id', 'co_owner', 'true'),
        ('team.ticket_vendors', 'ticket_id', 'vendor_id', 'linked_vendor', 's.role <> ''declined'''),
        ('maintenance.jobs', 'ticket_id', 'tenant_contact_id', 'tenant', 'true'),
        ('maintenance.jobs', 'ticket_id', 'assigned_vendor_id', 'assigned_vendor', 'true')
    ) AS sources (place, ticket, principal, reason, condition) LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS latter FOR EACH STATEMENT '
            'EXECUTE FUNCTION access.keep_ticket_viewers(%L, %L, %L, %L)', source.reason || '_begins', source.place,
            source.ticket, source.principal, source.reason, source.condition);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %s REFERENCING OLD TABLE AS former NEW TABLE AS latter '
            'FOR EACH STATEMENT EXECUTE FUNCTION access.keep_ticket_viewers(%L, %L, %L, %L)',
            source.reason || '_changes', source.place, source.ticket, source.principal, source.reason,
            source.condition);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS former FOR EACH STATEMENT '
            'EXECUTE FUNCTION access.keep_ticket_viewers(%L, %L, %L, %L)', source.reason || '_ends', source.place,
            source.ticket, source.principal, source.reason, source.condition);
    END LOOP;
END
$$;

-- Tickets that were there before.
INSERT INTO access.ticket_viewers (operator_id, ticket_id, principal, reason)
SELECT operator_id, id, requestor_contact_id, 'requestor' FROM team.tickets WHERE requestor_contact_id IS NOT NULL
UNION SELECT operator_id, id, homeowner_id, 'homeowner' FROM team.tickets WHERE homeowner_id IS NOT NULL
UNION SELECT operator_id, ticket_id, contact_id, 'participant' FROM team.ticket_participants
UNION SELECT operator_id, ticket_id, homeowner_id, 'co_owner' FROM team.ticket_homeowners
UNION SELECT operator_id, ticket_id, vendor_id, 'linked_vendor' FROM team.ticket_vendors WHERE role <> 'declined'
UNION SELECT operator_id, ticket_id, tenant_contact_id, 'tenant' FROM maintenance.jobs
      WHERE tenant_contact_id IS NOT NULL
UNION SELECT operator_id, ticket_id, assigned_vendor_id, 'assigned_vendor' FROM maintenance.jobs
      WHERE assigned_vendor_id IS NOT NULL;
