-- Keys by which programs come in. Only a key's SHA-256 is kept: keys are 256 random bits, so that nobody can guess one
-- from its hash, however fast that is; a slow hash is for what people choose.
CREATE SCHEMA IF NOT EXISTS access;

CREATE TABLE access.api_keys (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    name text NOT NULL CHECK (name <> ''),
    role text NOT NULL CHECK (role IN ('admin', 'manager', 'agent', 'analyst', 'system', 'vendor', 'tenant', 'guest',
        'homeowner')),
    contact_id uuid,
    company_id uuid,
    key_hash bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
    scopes text[] NOT NULL DEFAULT '{read}' CHECK (scopes @> '{read}' AND scopes <@ '{read,write}'),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    UNIQUE (operator_id, id),
    CONSTRAINT api_keys_expire_after_start CHECK (expires_at > created_at),
    CONSTRAINT api_keys_vendor_is_of_a_company CHECK ((role = 'vendor') = (company_id IS NOT NULL)),
    CONSTRAINT api_keys_resident_or_owner_is_a_contact CHECK (
        role NOT IN ('tenant', 'guest', 'homeowner') OR contact_id IS NOT NULL),
    FOREIGN KEY (operator_id, contact_id) REFERENCES directory.contacts (operator_id, id),
    FOREIGN KEY (operator_id, company_id) REFERENCES directory.companies (operator_id, id)
);
CREATE INDEX api_keys_by_contact ON access.api_keys (contact_id, id);
CREATE INDEX api_keys_by_company ON access.api_keys (company_id, id);

-- Whose key this is, or in `refused` why it is nobody's any more; no row for an unknown one. Notes the use, once a
-- minute at most, and never waits for it: a program's many requests share one row.
CREATE FUNCTION access.viewer_of_key(hash bytea)
    RETURNS TABLE (
        refused text, role text, operator_id uuid, contact_id uuid, company_id uuid, may_write boolean)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    id_used uuid;
    used_at timestamptz;
BEGIN
    SELECT k.id, k.last_used_at,
           CASE WHEN k.revoked_at IS NOT NULL THEN 'revoked' WHEN k.expires_at <= now() THEN 'expired' END,
           k.role, k.operator_id, k.contact_id, k.company_id, 'write' = ANY (k.scopes)
    INTO id_used, used_at, refused, role, operator_id, contact_id, company_id, may_write
    FROM access.api_keys AS k
    WHERE k.key_hash = hash;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF refused IS NOT NULL THEN
        RETURN QUERY SELECT refused, NULL::text, NULL::uuid, NULL::uuid, NULL::uuid, NULL::boolean;
        RETURN;
    END IF;
    IF used_at IS NULL OR used_at < now() - interval '1 minute' THEN
        UPDATE access.api_keys SET last_used_at = now() WHERE id = (
            SELECT k.id FROM access.api_keys AS k WHERE k.id = id_used FOR NO KEY UPDATE SKIP LOCKED);
    END IF;
    RETURN NEXT;
END
$$;
REVOKE ALL ON FUNCTION access.viewer_of_key (bytea) FROM PUBLIC;
