-- $1 tickets of one operator at 5,000 homes, asked for by 100,000 people; ids follow numbers. Two vendors and a tenant
-- wait for tickets of theirs.
WITH operator AS (
    INSERT INTO directory.companies (id, operator_id, name, kind)
    VALUES ('00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000001', 'Crowd', 'operator')
    RETURNING id
), vendors AS (
    INSERT INTO directory.companies (id, operator_id, name, kind)
    SELECT ('00000000-0000-7000-8000-00000000000' || n)::uuid, operator.id, 'Vendor ' || n, 'vendor'
    FROM operator, generate_series(2, 3) AS n
), people AS (
    INSERT INTO directory.contacts (id, operator_id, full_name, kind)
    SELECT '00000000-0000-7000-8000-000000000004', operator.id, 'Tenant', 'tenant' FROM operator
), crowd AS (
    INSERT INTO directory.contacts (id, operator_id, full_name, kind)
    SELECT ('00000000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid, operator.id, 'Person ' || n, 'tenant'
    FROM operator, generate_series(1, 100000) AS n
), homes AS (
    INSERT INTO property.properties (id, operator_id, code, name, kind)
    SELECT ('00000000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, operator.id, 'CRW-' || n, 'Home ' || n, 'RES'
    FROM operator, generate_series(1, 5000) AS n
)
INSERT INTO team.tickets (id, operator_id, number, ticket_type, workflow, title, status, source, property_id,
    requestor_contact_id, created_at)
SELECT ('00000000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid, operator.id, 'TK-2026-' || lpad(n::text, 7, '0'),
       'general', 'general', 'Ticket ' || n, 'open', 'api',
       ('00000000-0000-7000-8001-' || lpad(to_hex(1 + n % 5000), 12, '0'))::uuid,
       ('00000000-0000-7000-8003-' || lpad(to_hex(1 + n % 100000), 12, '0'))::uuid, '2020-01-01'::timestamptz + n * interval '1 minute'
FROM operator, generate_series(1, $1::integer) AS n
