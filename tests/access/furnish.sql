-- The demo's second operator works without vendors and takes no requests: here it does both, as the first one does.
CREATE TEMPORARY TABLE bare AS
SELECT j.operator_id, j.ticket_id, j.tenant_contact_id, v.id AS vendor_id, row_number() OVER (ORDER BY j.id) AS n
FROM maintenance.jobs AS j
CROSS JOIN LATERAL (SELECT id FROM directory.companies AS c WHERE c.operator_id = j.operator_id AND c.kind = 'vendor'
                    ORDER BY id LIMIT 1) AS v
WHERE j.operator_id NOT IN (SELECT operator_id FROM maintenance.jobs WHERE assigned_vendor_id IS NOT NULL);

UPDATE maintenance.jobs AS j
SET assigned_vendor_id = b.vendor_id, vendor_assigned_at = now(), access_notes = 'The key is in the safe, code 4711.',
    gate_override = CASE WHEN b.n % 3 = 1 THEN j.gate_override END
FROM bare AS b WHERE b.ticket_id = j.ticket_id;
INSERT INTO team.ticket_vendors (operator_id, ticket_id, vendor_id, role)
SELECT operator_id, ticket_id, vendor_id, 'assigned' FROM bare;
INSERT INTO maintenance.quotes (operator_id, ticket_id, vendor_id, revision, amount_cents, currency, scope)
SELECT operator_id, ticket_id, vendor_id, 1, 18000 + n, 'EUR', 'Replace the cartridge' FROM bare;
INSERT INTO maintenance.visit_slots (operator_id, ticket_id, quote_id, starts_at, ends_at)
SELECT b.operator_id, b.ticket_id, q.id, now(), now() + interval '2 hours'
FROM bare AS b JOIN maintenance.quotes AS q USING (ticket_id);
INSERT INTO maintenance.approvals (operator_id, ticket_id, quote_id, required, decision, decided_at, decided_by,
    approved_amount_cents, currency)
SELECT b.operator_id, b.ticket_id, q.id, true, CASE WHEN b.n % 3 = 0 THEN 'rejected' ELSE 'approved' END, now(),
       (SELECT contact_id FROM team.team_members AS m WHERE m.operator_id = b.operator_id ORDER BY id LIMIT 1),
       20000, 'EUR'
FROM bare AS b JOIN maintenance.quotes AS q USING (ticket_id);
INSERT INTO finance.documents (operator_id, ticket_id, kind, number, file_id)
SELECT b.operator_id, b.ticket_id, k.kind, 'PO-' || b.n,
       (SELECT id FROM files.files AS f WHERE f.operator_id = b.operator_id ORDER BY id OFFSET b.n LIMIT 1)
FROM bare AS b CROSS JOIN (VALUES ('purchase_order'), ('journal_entry')) AS k (kind);
INSERT INTO finance.payments (operator_id, ticket_id, method, amount_cents, currency, status)
SELECT operator_id, ticket_id, 'invoice', 18000 + n, 'EUR', 'pending' FROM bare;

-- Who is on a ticket beside its owner asked for it.
UPDATE team.tickets AS t SET requestor_contact_id = p.contact_id
FROM team.ticket_participants AS p
WHERE p.ticket_id = t.id AND p.role IN ('tenant', 'guest') AND t.requestor_contact_id IS NULL
  AND t.operator_id IN (SELECT operator_id FROM bare);
