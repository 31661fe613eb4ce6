-- Keys under which clients send a command once: what came of it, to be told again when the same key comes again.
CREATE TABLE access.command_keys (
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    principal text NOT NULL,
    key text NOT NULL CHECK (key <> ''),
    command text NOT NULL,
    input_hash bytea NOT NULL,
    outcome jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (operator_id, principal, key)
);
CREATE INDEX command_keys_by_created_at ON access.command_keys (created_at);
COMMENT ON TABLE access.command_keys IS 'Idempotency keys, each of one viewer, with a hash of the input and what came of '
    'it; written in the transaction of the effect. Kept for 48 hours.';
GRANT USAGE ON SCHEMA access TO gateway_staff, gateway_outsider;
GRANT SELECT, INSERT, UPDATE, DELETE ON access.command_keys TO gateway_staff;
ALTER TABLE access.command_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON access.command_keys TO gateway_staff
    USING (operator_id = (SELECT access.operator())) WITH CHECK (operator_id = (SELECT access.operator()));
