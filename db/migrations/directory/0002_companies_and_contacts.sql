-- Companies, the operators' settings, and people.
CREATE TABLE directory.companies (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    name text COLLATE "C" NOT NULL CHECK (name <> ''),
    kind text NOT NULL CHECK (kind IN ('operator', 'vendor', 'association')),
    email text,
    phone text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    active boolean NOT NULL DEFAULT true,
    tax_id text,
    number text COLLATE "C",
    external_id text,
    external_user_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    search_document text NOT NULL GENERATED ALWAYS AS (
        platform.fold(name || ' ' || coalesce(number, '') || ' ' || coalesce(email, ''))) STORED,
    UNIQUE (operator_id, id),
    UNIQUE (operator_id, number),
    UNIQUE (operator_id, external_id),
    CONSTRAINT companies_operator_owns_itself CHECK ((kind = 'operator') = (operator_id = id))
);
CREATE INDEX companies_by_name ON directory.companies (operator_id, name, id);
CREATE INDEX companies_search ON directory.companies USING gin (search_document gin_trgm_ops);
CREATE TRIGGER touch BEFORE UPDATE ON directory.companies FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE directory.operator_settings (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL UNIQUE REFERENCES directory.companies (id),
    time_zone text NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    auto_approval_limit_cents bigint NOT NULL CHECK (auto_approval_limit_cents >= 0),
    tenant_response_timeout integer NOT NULL CHECK (tenant_response_timeout > 0),
    visit_window integer NOT NULL CHECK (visit_window > 0),
    message_window integer NOT NULL CHECK (message_window >= 0),
    auto_reply_cap integer NOT NULL CHECK (auto_reply_cap >= 0),
    recurring_catch_up_limit integer NOT NULL CHECK (recurring_catch_up_limit >= 0),
    reopening_window integer NOT NULL CHECK (reopening_window >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id)
);
CREATE TRIGGER touch BEFORE UPDATE ON directory.operator_settings FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE directory.contacts (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    full_name text COLLATE "C" NOT NULL CHECK (full_name <> ''),
    email text,
    phone text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    kind text NOT NULL CHECK (kind IN ('guest', 'homeowner', 'tenant', 'staff', 'vendor')),
    company_id uuid,
    locale text,
    time_zone text,
    number text COLLATE "C",
    external_id text,
    external_user_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    search_document text NOT NULL GENERATED ALWAYS AS (
        platform.fold(full_name || ' ' || coalesce(email, '') || ' ' || coalesce(phone, '') || ' '
                      || coalesce(number, ''))) STORED,
    UNIQUE (operator_id, id),
    UNIQUE (operator_id, number),
    UNIQUE (operator_id, external_id),
    FOREIGN KEY (operator_id, company_id) REFERENCES directory.companies (operator_id, id)
);
CREATE INDEX contacts_by_company ON directory.contacts (company_id, id);
CREATE INDEX contacts_by_full_name ON directory.contacts (operator_id, full_name, id);
CREATE INDEX contacts_search ON directory.contacts USING gin (search_document gin_trgm_ops);
CREATE TRIGGER touch BEFORE UPDATE ON directory.contacts FOR EACH ROW EXECUTE FUNCTION platform.touch();
