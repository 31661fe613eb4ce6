-- What the demo data lack, for each operator: a vendor that lost its job to another, one that was only asked, a decision
-- that was withdrawn, a homeowner on a ticket that is not its own, a vendor's contact on a ticket that is not its
-- company's; and both of these persons stay somewhere as guests.
CREATE TEMPORARY TABLE lost AS
SELECT DISTINCT ON (j.operator_id) j.operator_id, j.ticket_id, j.assigned_vendor_id AS former, c.id AS latter
FROM maintenance.jobs AS j
JOIN maintenance.approvals AS a ON a.ticket_id = j.ticket_id AND a.decision = 'approved'
JOIN finance.documents AS d ON d.ticket_id = j.ticket_id AND d.kind = 'purchase_order'
JOIN directory.companies AS c ON c.operator_id = j.operator_id AND c.kind = 'vendor' AND c.id <> j.assigned_vendor_id
ORDER BY j.operator_id, j.id, c.id;

UPDATE team.ticket_vendors AS v SET role = 'declined' FROM lost
WHERE v.ticket_id = lost.ticket_id AND v.vendor_id = lost.former;
UPDATE maintenance.jobs AS j SET assigned_vendor_id = lost.latter FROM lost WHERE j.ticket_id = lost.ticket_id;

INSERT INTO team.ticket_vendors (operator_id, ticket_id, vendor_id, role)
SELECT j.operator_id, j.ticket_id, c.id, 'quoting'
FROM (SELECT DISTINCT ON (j.operator_id) j.* FROM maintenance.jobs AS j
      JOIN finance.payments AS p ON p.ticket_id = j.ticket_id
      WHERE j.assigned_vendor_id IS NOT NULL AND j.ticket_id NOT IN (SELECT ticket_id FROM lost)
      ORDER BY j.operator_id, j.id) AS j
CROSS JOIN LATERAL (
    SELECT id FROM directory.companies AS c
    WHERE c.operator_id = j.operator_id AND c.kind = 'vendor' AND c.id <> j.assigned_vendor_id
      AND c.id NOT IN (SELECT vendor_id FROM team.ticket_vendors WHERE ticket_id = j.ticket_id)
    ORDER BY id DESC LIMIT 1) AS c;

UPDATE maintenance.approvals SET revoked_at = decided_at WHERE id IN (
    SELECT DISTINCT ON (a.operator_id) a.id FROM maintenance.approvals AS a
    JOIN maintenance.quotes AS q ON q.id = a.quote_id
    JOIN maintenance.jobs AS j ON j.ticket_id = a.ticket_id AND j.assigned_vendor_id = q.vendor_id
    WHERE a.decision = 'approved' AND j.gate_override IS NULL AND j.access_notes IS NOT NULL
    ORDER BY a.operator_id, a.id);

CREATE TEMPORARY TABLE copied AS
SELECT DISTINCT ON (t.operator_id) t.operator_id, t.id AS ticket_id, o.homeowner_id AS contact_id
FROM team.tickets AS t
JOIN team.tickets AS o ON o.operator_id = t.operator_id AND o.homeowner_id <> t.homeowner_id
JOIN finance.payments AS p ON p.ticket_id = t.id
WHERE o.homeowner_id NOT IN (SELECT contact_id FROM team.ticket_participants WHERE ticket_id = t.id)
ORDER BY t.operator_id, t.id, o.homeowner_id;

INSERT INTO team.ticket_participants (operator_id, ticket_id, contact_id, role)
SELECT operator_id, ticket_id, contact_id, 'cc' FROM copied;

UPDATE reservations.reservations AS r SET guest_contact_id = c.contact_id FROM copied AS c
WHERE r.id IN (SELECT DISTINCT ON (operator_id) id FROM reservations.reservations ORDER BY operator_id, id)
  AND c.operator_id = r.operator_id;

INSERT INTO team.ticket_participants (operator_id, ticket_id, contact_id, role)
SELECT DISTINCT ON (t.operator_id) t.operator_id, t.id, c.id, 'vendor'
FROM team.tickets AS t
JOIN directory.contacts AS c ON c.operator_id = t.operator_id AND c.kind = 'vendor'
WHERE NOT EXISTS (SELECT FROM team.ticket_vendors AS v WHERE v.ticket_id = t.id AND v.vendor_id = c.company_id)
ORDER BY t.operator_id, t.id, c.id;

UPDATE reservations.reservations AS r SET guest_contact_id = p.contact_id
FROM team.ticket_participants AS p
WHERE r.id IN (SELECT DISTINCT ON (operator_id) id FROM reservations.reservations ORDER BY operator_id, id DESC)
  AND p.operator_id = r.operator_id AND p.role = 'vendor'
  AND NOT EXISTS (SELECT FROM team.ticket_vendors AS v JOIN directory.contacts AS c ON c.company_id = v.vendor_id
                  WHERE v.ticket_id = p.ticket_id AND c.id = p.contact_id);
