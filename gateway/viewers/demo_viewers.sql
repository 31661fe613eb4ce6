-- Whom the demo plays, a row a role: of the first operator, whoever has the most to see, the older id among equals.
WITH operator AS (
    SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1
), managers AS (
    SELECT m.operator_id, m.contact_id,
           row_number() OVER (ORDER BY m.approval_limit_cents DESC NULLS LAST, m.id) AS place
    FROM team.team_members AS m
    JOIN operator AS o ON o.id = m.operator_id
    WHERE m.active AND m.manager_id IS NULL
), agents AS (
    SELECT m.operator_id, m.contact_id
    FROM team.team_members AS m
    JOIN operator AS o ON o.id = m.operator_id
    LEFT JOIN team.tickets AS t ON t.current_agent_id = m.id
    WHERE m.active AND m.manager_id IS NOT NULL
    GROUP BY m.id
    ORDER BY count(t.id) DESC, m.id
    LIMIT 1
), analysts AS (
    SELECT m.operator_id, m.contact_id
    FROM team.team_members AS m
    JOIN operator AS o ON o.id = m.operator_id
    JOIN team.teams AS t ON t.id = m.team_id AND t.name = 'Analytics'
    WHERE m.active
    ORDER BY m.id
    LIMIT 1
), vendors AS (
    SELECT c.operator_id, c.id AS contact_id, c.company_id
    FROM (
        SELECT j.assigned_vendor_id AS company_id, count(*) AS jobs
        FROM maintenance.jobs AS j
        JOIN operator AS o ON o.id = j.operator_id
        WHERE j.assigned_vendor_id IS NOT NULL
        GROUP BY j.assigned_vendor_id
    ) AS busy
    JOIN directory.contacts AS c ON c.company_id = busy.company_id AND c.kind = 'vendor'
    ORDER BY busy.jobs DESC, c.id
    LIMIT 1
), requestors AS (
    SELECT c.operator_id, c.id AS contact_id, c.kind, count(*) AS tickets
    FROM team.tickets AS t
    JOIN operator AS o ON o.id = t.operator_id
    JOIN directory.contacts AS c ON c.id = t.requestor_contact_id
    WHERE c.kind IN ('tenant', 'guest')
    GROUP BY c.id
), tenants AS (
    SELECT r.operator_id, r.contact_id
    FROM requestors AS r
    WHERE r.kind = 'tenant' AND EXISTS (
        SELECT FROM property.tenancies AS y
        WHERE y.contact_id = r.contact_id AND current_date BETWEEN y.starts_on AND coalesce(y.ends_on, 'infinity'))
    ORDER BY r.tickets DESC, r.contact_id
    LIMIT 1
), guests AS (
    SELECT r.operator_id, r.contact_id
    FROM requestors AS r
    WHERE r.kind = 'guest'
        AND EXISTS (SELECT FROM reservations.reservations AS s WHERE s.guest_contact_id = r.contact_id)
    ORDER BY r.tickets DESC, r.contact_id
    LIMIT 1
), homeowners AS (
    SELECT t.operator_id, t.homeowner_id AS contact_id
    FROM team.tickets AS t
    JOIN operator AS o ON o.id = t.operator_id
    JOIN property.properties AS p ON p.id = t.property_id AND p.homeowner_id = t.homeowner_id
    GROUP BY t.operator_id, t.homeowner_id
    ORDER BY count(*) DESC, t.homeowner_id
    LIMIT 1
)
SELECT 'manager' AS role, o.id AS operator_id, m.contact_id, NULL::uuid AS company_id
FROM operator AS o LEFT JOIN managers AS m ON m.place = 1
UNION ALL
SELECT 'admin', o.id, m.contact_id, NULL
FROM operator AS o LEFT JOIN managers AS m ON m.place = (SELECT max(place) FROM managers)
UNION ALL SELECT 'system', id, NULL, NULL FROM operator
UNION ALL SELECT 'agent', operator_id, contact_id, NULL FROM agents
UNION ALL SELECT 'analyst', operator_id, contact_id, NULL FROM analysts
UNION ALL SELECT 'vendor', operator_id, contact_id, company_id FROM vendors
UNION ALL SELECT 'tenant', operator_id, contact_id, NULL FROM tenants
UNION ALL SELECT 'guest', operator_id, contact_id, NULL FROM guests
UNION ALL SELECT 'homeowner', operator_id, contact_id, NULL FROM homeowners
