-- The ids that concern the viewer: what policies, masks and root lists of outsiders are made of. Each runs with its
-- owner's rights, once a statement, and gives nothing without a viewer.
CREATE FUNCTION access.me() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM directory.contacts WHERE id = access.contact() AND operator_id = access.operator()
$$;

CREATE FUNCTION access.my_company() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM directory.companies WHERE id = access.company() AND operator_id = access.operator()
$$;

CREATE FUNCTION access.my_companies() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT access.my_company() UNION SELECT access.operator()
$$;

CREATE FUNCTION access.my_tickets() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT ticket_id FROM access.ticket_viewers
    WHERE principal = access.principal() AND operator_id = access.operator()
$$;

-- Tickets that are assigned to the viewer's company.
CREATE FUNCTION access.my_jobs() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT ticket_id FROM maintenance.jobs
    WHERE assigned_vendor_id = access.company() AND operator_id = access.operator()
$$;

-- Of these, where the company's work is approved, or was started by a manager's override.
CREATE FUNCTION access.my_approved_tickets() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT j.ticket_id FROM maintenance.jobs AS j
    WHERE j.assigned_vendor_id = access.company() AND j.operator_id = access.operator()
      AND (j.gate_override IS NOT NULL OR EXISTS (
        SELECT FROM maintenance.approvals AS a
        JOIN maintenance.quotes AS q ON q.id = a.quote_id AND q.vendor_id = j.assigned_vendor_id
        WHERE a.ticket_id = j.ticket_id AND a.revoked_at IS NULL AND (a.decision = 'approved' OR NOT a.required)))
$$;

CREATE FUNCTION access.my_quotes() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM maintenance.quotes
    WHERE vendor_id = access.company() AND ticket_id IN (SELECT access.my_tickets())
$$;

-- Homes of the viewer's tickets, tenancies of today and later, stays and ownership.
CREATE FUNCTION access.my_properties() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT property_id FROM team.tickets WHERE id IN (SELECT access.my_tickets()) AND property_id IS NOT NULL
    UNION SELECT property_id FROM property.tenancies
    WHERE contact_id IN (SELECT access.me()) AND (ends_on IS NULL OR ends_on >= current_date)
    UNION SELECT property_id FROM reservations.reservations WHERE guest_contact_id IN (SELECT access.me())
    UNION SELECT id FROM property.properties WHERE homeowner_id IN (SELECT access.me())
$$;

-- Staff who look after the viewer's tickets.
CREATE FUNCTION access.my_agents() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT current_agent_id FROM team.tickets
    WHERE id IN (SELECT access.my_tickets()) AND current_agent_id IS NOT NULL
$$;

-- People whose details the viewer may see: itself, and for vendors the tenants of approved work.
CREATE FUNCTION access.my_reachable_contacts() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT access.me()
    UNION SELECT tenant_contact_id FROM maintenance.jobs
    WHERE access.role() = 'vendor' AND tenant_contact_id IS NOT NULL
      AND ticket_id IN (SELECT access.my_approved_tickets())
$$;

-- People whose names the viewer may see: those, and the participants of its tickets.
CREATE FUNCTION access.my_contacts() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT access.my_reachable_contacts()
    UNION SELECT contact_id FROM team.ticket_participants WHERE ticket_id IN (SELECT access.my_tickets())
$$;

CREATE FUNCTION access.my_threads() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id FROM messaging.threads WHERE ticket_id IN (SELECT access.my_tickets())
$$;

CREATE FUNCTION access.my_transactions() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT transaction_id FROM team.ticket_transactions WHERE ticket_id IN (SELECT access.my_tickets())
$$;

-- Photos of the viewer's tickets, and the papers that it may see.
CREATE FUNCTION access.my_files() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT file_id FROM team.ticket_photos WHERE ticket_id IN (SELECT access.my_tickets())
    UNION SELECT file_id FROM finance.documents
    WHERE file_id IS NOT NULL AND access.role() = 'homeowner' AND ticket_id IN (SELECT access.my_tickets())
    UNION SELECT file_id FROM finance.documents
    WHERE file_id IS NOT NULL AND access.role() = 'vendor' AND kind IN ('purchase_order', 'purchase_invoice')
      AND ticket_id IN (SELECT access.my_jobs())
$$;

DO $$
DECLARE
    function record;
BEGIN
    FOR function IN SELECT p.oid::regprocedure AS name FROM pg_proc AS p
                    WHERE p.pronamespace = 'access'::regnamespace AND p.prosecdef AND p.proretset LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', function.name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO gateway_staff, gateway_outsider', function.name);
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA access, platform TO gateway_staff, gateway_outsider;
GRANT SELECT ON platform.migrations TO gateway_staff;
