-- Places that contain places; shared by all operators.
CREATE TABLE geo.areas (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    name text COLLATE "C" NOT NULL CHECK (name <> ''),
    kind text NOT NULL CHECK (kind IN ('country', 'region', 'city', 'resort')),
    parent_id uuid REFERENCES geo.areas (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT areas_country_has_no_parent CHECK ((kind = 'country') = (parent_id IS NULL)),
    UNIQUE NULLS NOT DISTINCT (parent_id, name)
);
CREATE INDEX areas_by_parent ON geo.areas (parent_id, id);
CREATE INDEX areas_by_name ON geo.areas (name, id);
