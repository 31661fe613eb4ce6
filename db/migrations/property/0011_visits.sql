-- What is done at a home: inspections, cleans, stock.
CREATE TABLE property.inspections (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    property_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('routine', 'move_in', 'move_out', 'safety')),
    status text NOT NULL CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled')),
    scheduled_at timestamptz NOT NULL,
    completed_at timestamptz,
    score integer CHECK (score BETWEEN 0 AND 100),
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT inspections_completed_has_a_time CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id)
);
CREATE INDEX inspections_by_property ON property.inspections (property_id, id);
CREATE INDEX inspections_by_scheduled_at ON property.inspections (operator_id, scheduled_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON property.inspections FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE property.cleans (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    property_id uuid NOT NULL,
    reservation_id uuid,
    kind text NOT NULL CHECK (kind IN ('turnover', 'deep', 'mid_stay')),
    status text NOT NULL CHECK (status IN ('scheduled', 'in_progress', 'completed', 'cancelled')),
    scheduled_at timestamptz NOT NULL,
    completed_at timestamptz,
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT cleans_completed_has_a_time CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id),
    FOREIGN KEY (operator_id, reservation_id) REFERENCES reservations.reservations (operator_id, id)
);
CREATE INDEX cleans_by_property ON property.cleans (property_id, id);
CREATE INDEX cleans_by_reservation ON property.cleans (reservation_id, id);
CREATE INDEX cleans_by_scheduled_at ON property.cleans (operator_id, scheduled_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON property.cleans FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE property.inventory_actions (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    property_id uuid NOT NULL,
    item text NOT NULL CHECK (item <> ''),
    action text NOT NULL CHECK (action IN ('add', 'remove', 'use')),
    quantity numeric NOT NULL CHECK (quantity > 0),
    unit_cost_cents integer CHECK (unit_cost_cents >= 0),
    member_id uuid,
    occurred_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id),
    FOREIGN KEY (operator_id, member_id) REFERENCES team.team_members (operator_id, id)
);
CREATE INDEX inventory_actions_by_property ON property.inventory_actions (property_id, id);
CREATE INDEX inventory_actions_by_member ON property.inventory_actions (member_id, id);
CREATE INDEX inventory_actions_by_occurred_at ON property.inventory_actions (operator_id, occurred_at, id);

CREATE TABLE property.inspection_time_entries (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    time_entry_id uuid NOT NULL,
    allocated_seconds integer NOT NULL CHECK (allocated_seconds > 0),
    role text NOT NULL CHECK (role IN ('work', 'travel', 'admin')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (inspection_id, time_entry_id, role),
    FOREIGN KEY (operator_id, inspection_id) REFERENCES property.inspections (operator_id, id),
    FOREIGN KEY (operator_id, time_entry_id) REFERENCES team.time_entries (operator_id, id)
);
CREATE INDEX inspection_time_entries_by_time_entry ON property.inspection_time_entries (time_entry_id, id);
