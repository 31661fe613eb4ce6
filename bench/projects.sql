-- Forty projects of a hundred homes each, with a ticket of each home: of the first operator, as the demo's own one is.
WITH operator AS (
    SELECT id FROM directory.companies WHERE kind = 'operator' ORDER BY id LIMIT 1
), made AS (
    INSERT INTO team.projects (operator_id, name, project_type, scope_type)
    SELECT o.id, 'Round ' || n || ' of the fire extinguishers', 'safety', 'property'
    FROM operator AS o, generate_series(1, 40) AS n
    RETURNING operator_id, id
), listed AS (
    INSERT INTO team.project_properties (operator_id, project_id, property_id)
    SELECT m.operator_id, m.id, p.id
    FROM made AS m
    CROSS JOIN LATERAL (
        SELECT h.id FROM property.properties AS h
        WHERE h.operator_id = m.operator_id ORDER BY md5(h.id::text || m.id) LIMIT 100
    ) AS p
    RETURNING operator_id, project_id, property_id
)
INSERT INTO team.project_tickets (operator_id, project_id, ticket_id, role)
SELECT l.operator_id, l.project_id, t.id, 'task'
FROM listed AS l
CROSS JOIN LATERAL (SELECT k.id FROM team.tickets AS k WHERE k.property_id = l.property_id ORDER BY k.id LIMIT 1) AS t;
ANALYZE team.projects, team.project_properties, team.project_tickets;
