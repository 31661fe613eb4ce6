-- The floor: the answer to tickets.graphql in one statement, written by hand. $1 is the operator.
SELECT json_build_object('data', json_build_object('tickets', json_build_object('nodes', coalesce(json_agg(row_to_json(t)), '[]'))))::text
FROM (
    SELECT
        t.number,
        t.title,
        upper(t.status) AS status,
        (SELECT row_to_json(p) FROM (
            SELECT h.code, h.name FROM property.properties AS h
            WHERE h.id = t.property_id AND h.operator_id = t.operator_id
        ) AS p) AS property,
        (SELECT json_build_object('nodes', coalesce(json_agg(row_to_json(p)), '[]')) FROM (
            SELECT
                upper(p.role) AS role,
                (SELECT row_to_json(c) FROM (
                    SELECT c.full_name AS "fullName", c.email FROM directory.contacts AS c
                    WHERE c.id = p.contact_id AND c.operator_id = p.operator_id
                ) AS c) AS contact
            FROM team.ticket_participants AS p
            WHERE p.ticket_id = t.id AND p.operator_id = t.operator_id
            ORDER BY p.id
            LIMIT 10
        ) AS p) AS participants
    FROM (
        SELECT id, operator_id, number, title, status, property_id, created_at FROM team.tickets
        WHERE operator_id = $1
        ORDER BY created_at DESC, id DESC
        LIMIT 50
    ) AS t
    ORDER BY t.created_at DESC, t.id DESC
) AS t
