-- Homes, and who lives in them.
CREATE TABLE property.properties (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    code text COLLATE "C" NOT NULL CHECK (code <> ''),
    name text COLLATE "C" NOT NULL CHECK (name <> ''),
    kind text NOT NULL CHECK (kind IN ('COM', 'RES', 'DEV')),
    unit text,
    resort_id uuid REFERENCES geo.areas (id),
    homeowner_id uuid,
    address text,
    time_zone text,
    active boolean NOT NULL DEFAULT true,
    approval_limit_cents bigint CHECK (approval_limit_cents >= 0),
    external_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    search_document text NOT NULL GENERATED ALWAYS AS (
        platform.fold(code || ' ' || name || ' ' || coalesce(unit, '') || ' ' || coalesce(address, ''))) STORED,
    UNIQUE (operator_id, id),
    UNIQUE (operator_id, external_id),
    FOREIGN KEY (operator_id, homeowner_id) REFERENCES directory.contacts (operator_id, id)
);
CREATE UNIQUE INDEX properties_by_code ON property.properties (operator_id, code);
CREATE INDEX properties_by_resort ON property.properties (resort_id, id);
CREATE INDEX properties_by_homeowner ON property.properties (homeowner_id, id);
CREATE INDEX properties_by_name ON property.properties (operator_id, name, id);
CREATE INDEX properties_search ON property.properties USING gin (search_document gin_trgm_ops);
CREATE TRIGGER touch BEFORE UPDATE ON property.properties FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE property.tenancies (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    property_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    unit text,
    starts_on date NOT NULL,
    ends_on date,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT tenancies_end_after_start CHECK (ends_on >= starts_on),
    CONSTRAINT tenancies_one_at_a_time EXCLUDE USING gist (
        property_id WITH =, contact_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id),
    FOREIGN KEY (operator_id, contact_id) REFERENCES directory.contacts (operator_id, id)
);
CREATE INDEX tenancies_by_property ON property.tenancies (property_id, id);
CREATE INDEX tenancies_by_contact ON property.tenancies (contact_id, id);
CREATE INDEX tenancies_by_starts_on ON property.tenancies (operator_id, starts_on, id);
CREATE TRIGGER touch BEFORE UPDATE ON property.tenancies FOR EACH ROW EXECUTE FUNCTION platform.touch();
