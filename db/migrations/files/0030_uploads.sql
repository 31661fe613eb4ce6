-- Uploads: who may send which file, once. A client is told a token; only its SHA-256 is kept, as of API keys.
CREATE TABLE access.uploads (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    role text NOT NULL CHECK (role IN ('admin', 'manager', 'agent', 'analyst', 'system', 'vendor', 'tenant', 'guest',
        'homeowner')),
    contact_id uuid,
    company_id uuid,
    file_name text NOT NULL,
    media_type text NOT NULL CONSTRAINT uploads_media_type_is_served CHECK (media_type IN ('image/jpeg', 'image/png',
        'image/webp', 'image/heic', 'application/pdf', 'text/plain', 'text/csv')),
    byte_size bigint NOT NULL CONSTRAINT uploads_are_not_empty CHECK (byte_size > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL DEFAULT now() + interval '15 minutes',
    storage_key text UNIQUE,
    used_at timestamptz,
    file_id uuid,
    CONSTRAINT uploads_file_name_is_only_a_name CHECK (
        file_name ~ '^[^/\\[:cntrl:]]{1,255}$' AND file_name NOT IN ('.', '..')),
    CONSTRAINT uploads_expire_after_start CHECK (expires_at > created_at),
    CONSTRAINT uploads_are_used_by_a_file CHECK ((used_at IS NULL) = (file_id IS NULL)),
    FOREIGN KEY (operator_id, contact_id) REFERENCES directory.contacts (operator_id, id),
    FOREIGN KEY (operator_id, company_id) REFERENCES directory.companies (operator_id, id),
    FOREIGN KEY (operator_id, file_id) REFERENCES files.files (operator_id, id) ON DELETE CASCADE
);
CREATE INDEX uploads_by_file ON access.uploads (file_id);
CREATE INDEX uploads_by_principal ON access.uploads (coalesce(company_id, contact_id), operator_id)
    WHERE file_id IS NOT NULL;
CREATE INDEX uploads_unused ON access.uploads (expires_at) WHERE file_id IS NULL;
COMMENT ON TABLE access.uploads IS 'Permissions to send one file each: for whom, what was announced, and the file that '
    'came of it. `storage_key` is written before the bytes go there, so that a crash leaves none that nobody knows of.';

GRANT SELECT, INSERT, UPDATE ON access.uploads TO gateway_staff;
ALTER TABLE access.uploads ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON access.uploads TO gateway_staff
    USING (operator_id = (SELECT access.operator())) WITH CHECK (operator_id = (SELECT access.operator()));

-- Photos of the viewer's tickets, the papers that it may see, and what it has uploaded and not attached yet.
CREATE OR REPLACE VIEW access.my_files (id) WITH (security_barrier) AS
    SELECT file_id FROM team.ticket_photos WHERE ticket_id IN (SELECT id FROM access.my_tickets)
    UNION SELECT file_id FROM finance.documents
    WHERE file_id IS NOT NULL AND (SELECT access.role()) = 'homeowner' AND ticket_id IN (SELECT id FROM access.my_tickets)
    UNION SELECT file_id FROM finance.documents
    WHERE file_id IS NOT NULL AND (SELECT access.role()) = 'vendor' AND kind IN ('purchase_order', 'purchase_invoice')
      AND ticket_id IN (SELECT id FROM access.my_jobs)
    UNION SELECT u.file_id FROM access.uploads AS u
    WHERE u.file_id IS NOT NULL AND coalesce(u.company_id, u.contact_id) = (SELECT access.principal())
      AND u.operator_id = (SELECT access.operator())
      AND NOT EXISTS (SELECT FROM team.ticket_photos AS p WHERE p.file_id = u.file_id)
      AND NOT EXISTS (SELECT FROM finance.documents AS d WHERE d.file_id = u.file_id);
