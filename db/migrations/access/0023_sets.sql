-- The ids that concern the viewer: what policies, masks and root lists of outsiders are made of. Views read with their
-- owner's rights, so that a set may be made of rows that the viewer does not see; each is bound to the viewer and gives
-- nothing without one. Behind a security barrier, no function of a query looks at what a set leaves out.
CREATE VIEW access.me (id) WITH (security_barrier) AS
    SELECT id FROM directory.contacts WHERE id = (SELECT access.contact()) AND operator_id = (SELECT access.operator());

CREATE VIEW access.my_company (id) WITH (security_barrier) AS
    SELECT id FROM directory.companies WHERE id = (SELECT access.company()) AND operator_id = (SELECT access.operator());

CREATE VIEW access.my_companies (id) WITH (security_barrier) AS
    SELECT id FROM access.my_company UNION SELECT access.operator();

CREATE VIEW access.my_tickets (id) WITH (security_barrier) AS
    SELECT ticket_id FROM access.ticket_viewers
    WHERE principal = (SELECT access.principal()) AND operator_id = (SELECT access.operator());

-- Tickets that are assigned to the viewer's company.
CREATE VIEW access.my_jobs (id) WITH (security_barrier) AS
    SELECT ticket_id FROM maintenance.jobs
    WHERE assigned_vendor_id = (SELECT access.company()) AND operator_id = (SELECT access.operator());

-- Of these, where the company's work is approved, or was started by a manager's override.
CREATE VIEW access.my_approved_tickets (id) WITH (security_barrier) AS
    SELECT j.ticket_id FROM maintenance.jobs AS j
    WHERE j.assigned_vendor_id = (SELECT access.company()) AND j.operator_id = (SELECT access.operator())
      AND (j.gate_override IS NOT NULL OR EXISTS (
        SELECT FROM maintenance.approvals AS a
        JOIN maintenance.quotes AS q ON q.id = a.quote_id AND q.vendor_id = j.assigned_vendor_id
        WHERE a.ticket_id = j.ticket_id AND a.revoked_at IS NULL AND (a.decision = 'approved' OR NOT a.required)));

-- Where the viewer may know how to get in: a vendor's approved work, a tenant's own home.
CREATE VIEW access.my_entrusted_tickets (id) WITH (security_barrier) AS
    SELECT id FROM access.my_approved_tickets
    UNION SELECT ticket_id FROM maintenance.jobs WHERE tenant_contact_id IN (SELECT id FROM access.me);

CREATE VIEW access.my_quotes (id) WITH (security_barrier) AS
    SELECT id FROM maintenance.quotes
    WHERE vendor_id = (SELECT access.company()) AND ticket_id IN (SELECT id FROM access.my_tickets);

-- Homes of the viewer's tickets, tenancies of today and later, stays and ownership.
CREATE VIEW access.my_properties (id) WITH (security_barrier) AS
    SELECT property_id FROM team.tickets WHERE id IN (SELECT id FROM access.my_tickets) AND property_id IS NOT NULL
    UNION SELECT property_id FROM property.tenancies
    WHERE contact_id IN (SELECT id FROM access.me) AND (ends_on IS NULL OR ends_on >= current_date)
    UNION SELECT property_id FROM reservations.reservations WHERE guest_contact_id IN (SELECT id FROM access.me)
    UNION SELECT id FROM property.properties WHERE homeowner_id IN (SELECT id FROM access.me);

-- Staff who look after the viewer's tickets.
CREATE VIEW access.my_agents (id) WITH (security_barrier) AS
    SELECT current_agent_id FROM team.tickets
    WHERE id IN (SELECT id FROM access.my_tickets) AND current_agent_id IS NOT NULL;

-- People whose details the viewer may see: itself, and for vendors the tenants of approved work.
CREATE VIEW access.my_reachable_contacts (id) WITH (security_barrier) AS
    SELECT id FROM access.me
    UNION SELECT tenant_contact_id FROM maintenance.jobs
    WHERE (SELECT access.role()) = 'vendor' AND tenant_contact_id IS NOT NULL
      AND ticket_id IN (SELECT id FROM access.my_approved_tickets);

-- People whose names the viewer may see: those, and the participants of its tickets.
CREATE VIEW access.my_contacts (id) WITH (security_barrier) AS
    SELECT id FROM access.my_reachable_contacts
    UNION SELECT contact_id FROM team.ticket_participants WHERE ticket_id IN (SELECT id FROM access.my_tickets);

CREATE VIEW access.my_threads (id) WITH (security_barrier) AS
    SELECT id FROM messaging.threads WHERE ticket_id IN (SELECT id FROM access.my_tickets);

CREATE VIEW access.my_transactions (id) WITH (security_barrier) AS
    SELECT transaction_id FROM team.ticket_transactions WHERE ticket_id IN (SELECT id FROM access.my_tickets);

-- Photos of the viewer's tickets, and the papers that it may see.
CREATE VIEW access.my_files (id) WITH (security_barrier) AS
    SELECT file_id FROM team.ticket_photos WHERE ticket_id IN (SELECT id FROM access.my_tickets)
    UNION SELECT file_id FROM finance.documents
    WHERE file_id IS NOT NULL AND (SELECT access.role()) = 'homeowner' AND ticket_id IN (SELECT id FROM access.my_tickets)
    UNION SELECT file_id FROM finance.documents
    WHERE file_id IS NOT NULL AND (SELECT access.role()) = 'vendor' AND kind IN ('purchase_order', 'purchase_invoice')
      AND ticket_id IN (SELECT id FROM access.my_jobs);

GRANT SELECT ON access.me, access.my_company, access.my_companies, access.my_tickets, access.my_jobs,
    access.my_approved_tickets, access.my_entrusted_tickets, access.my_quotes, access.my_properties, access.my_agents, access.my_reachable_contacts,
    access.my_contacts, access.my_threads, access.my_transactions, access.my_files TO gateway_staff, gateway_outsider;
GRANT USAGE ON SCHEMA access, platform TO gateway_staff, gateway_outsider;
GRANT SELECT ON platform.migrations TO gateway_staff;
