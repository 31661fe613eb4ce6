-- Uploaded files: what they are and where their bytes lie.
CREATE TABLE files.files (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    storage_key text NOT NULL UNIQUE,
    file_name text NOT NULL CHECK (file_name <> ''),
    media_type text NOT NULL,
    byte_size bigint NOT NULL CHECK (byte_size >= 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    uploaded_by uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    FOREIGN KEY (operator_id, uploaded_by) REFERENCES directory.contacts (operator_id, id)
);
CREATE INDEX files_by_uploaded_by ON files.files (uploaded_by, id);
