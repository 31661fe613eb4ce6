-- What demo data lack: texts that are hard to print, empty ones, NULLs in orders, arrays and JSON of every kind, extreme
-- numbers and moments. No trigger runs: rows keep the moments that the demo gave them.
SET LOCAL session_replication_role = replica;

WITH hard (n, text) AS (VALUES
    (0, ''), (1, ' '), (2, 'He said "no" \ and \\ left / came back'), (3, E'one\ntwo\tthree\r\u0001\u007f'),
    (4, '日本語 العربية'), (5, '👩‍👩‍👧 🏠'), (6, E'e\u0301\u200b\u202e'), (7, 'ẞß ſ İ ı Å'), (8, '</script>&amp;'),
    (9, '''; DROP TABLE team.tickets; --'), (10, '100% _under_ $1 $$'), (11, E'\u2028\u2029\ufeff')
), chosen AS (
    SELECT t.id, row_number() OVER (ORDER BY md5(t.id::text)) % 24 AS n FROM team.tickets AS t
)
UPDATE team.tickets AS t
SET notes = h.text, description = CASE WHEN h.n % 3 = 0 THEN NULL ELSE h.text END,
    title = CASE WHEN btrim(h.text) <> '' THEN h.text ELSE t.title END,
    held_until = CASE WHEN h.n % 2 = 0 THEN timestamptz '2026-11-09 08:30:00.123456+00' END
FROM chosen AS c JOIN hard AS h ON h.n = c.n
WHERE c.id = t.id;

UPDATE team.ticket_comments SET body = repeat('Ü"\', 400) || E'\u0007' WHERE id = (SELECT min(id::text)::uuid FROM team.ticket_comments);
UPDATE directory.contacts SET full_name = 'Ægir O''Brien "Zoë"', locale = NULL
WHERE id IN (SELECT id FROM directory.contacts ORDER BY md5(id::text) LIMIT 30);

UPDATE directory.vendor_profiles AS v SET specialties = o.specialties, rating = o.rating
FROM (SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS n FROM directory.vendor_profiles) AS p
JOIN (VALUES (1, '{}'::text[], NULL::numeric), (2, ARRAY['', 'a,b', '"quoted"', 'NULL', '{brace}', '🏠'], 1),
    (3, ARRAY['plumbing'], 4.50), (4, ARRAY[E'back\\slash', E'new\nline'], 5)) AS o (n, specialties, rating) ON o.n = p.n
WHERE v.id = p.id;

UPDATE maintenance.approvals AS a
SET conditions = o.conditions, revoked_at = o.revoked_at
FROM (SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS n FROM maintenance.approvals) AS p
JOIN (VALUES (1, '{}'::text[], NULL::timestamptz), (2, ARRAY['', 'only "mornings"'], '2026-10-01 10:00:00.5+00'))
    AS o (n, conditions, revoked_at) ON o.n = p.n
WHERE a.id = p.id;

UPDATE audit.events AS e SET details = o.details
FROM (SELECT id, row_number() OVER (ORDER BY md5(id::text)) % 40 AS n FROM audit.events) AS p
JOIN (VALUES (0, '{}'::jsonb), (1, '{"a": [1.0, 1e20, -0.5, null, true]}'), (2, '{"a": {"b": ["x", {"c": null}]}}'),
    (3, '{"number": 12345678901234567890.123450}'), (4, '{"": "empty key", "é \" \\": "\u0001 🏠"}')) AS o (n, details) ON o.n = p.n
WHERE e.id = p.id;

UPDATE team.ticket_inventory_events SET quantity_used = 0.50
WHERE id = (SELECT min(id::text)::uuid FROM team.ticket_inventory_events);
UPDATE finance.transactions AS t SET amount_cents = o.amount
FROM (SELECT id, row_number() OVER (ORDER BY md5(id::text)) AS n FROM finance.transactions) AS p
JOIN (VALUES (1, 9007199254740993), (2, -9007199254740993), (3, 0)) AS o (n, amount) ON o.n = p.n
WHERE t.id = p.id;
UPDATE files.files SET byte_size = 9223372036854775807 WHERE id = (SELECT min(id::text)::uuid FROM files.files);
