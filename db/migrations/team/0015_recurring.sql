-- Work that comes again: rules, what they apply to, and the tickets they made.
CREATE TABLE team.recurring_rules (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    name text COLLATE "C" NOT NULL CHECK (name <> ''),
    cadence text NOT NULL CHECK (cadence ~ '^FREQ='),
    scope_type text NOT NULL CHECK (scope_type IN ('property', 'resort', 'reservation', 'portfolio')),
    config jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(config) = 'object'),
    starts_at timestamptz NOT NULL,
    time_zone text NOT NULL,
    next_run_at timestamptz,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id)
);
CREATE INDEX recurring_rules_by_name ON team.recurring_rules (operator_id, name, id);
CREATE INDEX recurring_rules_by_next_run_at ON team.recurring_rules (operator_id, next_run_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON team.recurring_rules FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE team.recurring_rule_targets (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    recurring_rule_id uuid NOT NULL,
    property_id uuid,
    resort_id uuid REFERENCES geo.areas (id),
    reservation_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE NULLS NOT DISTINCT (recurring_rule_id, property_id, resort_id, reservation_id),
    CONSTRAINT recurring_rule_targets_name_exactly_one CHECK (
        num_nonnulls(property_id, resort_id, reservation_id) = 1),
    FOREIGN KEY (operator_id, recurring_rule_id) REFERENCES team.recurring_rules (operator_id, id),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id),
    FOREIGN KEY (operator_id, reservation_id) REFERENCES reservations.reservations (operator_id, id)
);
CREATE INDEX recurring_rule_targets_by_property ON team.recurring_rule_targets (property_id, id);
CREATE INDEX recurring_rule_targets_by_resort ON team.recurring_rule_targets (resort_id, id);
CREATE INDEX recurring_rule_targets_by_reservation ON team.recurring_rule_targets (reservation_id, id);

CREATE TABLE team.ticket_recurring (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    recurring_rule_id uuid NOT NULL,
    occurrence_at timestamptz NOT NULL,
    property_id uuid,
    reservation_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE NULLS NOT DISTINCT (recurring_rule_id, property_id, reservation_id, occurrence_at),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, recurring_rule_id) REFERENCES team.recurring_rules (operator_id, id),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id),
    FOREIGN KEY (operator_id, reservation_id) REFERENCES reservations.reservations (operator_id, id)
);
CREATE INDEX ticket_recurring_by_ticket ON team.ticket_recurring (ticket_id, id);
CREATE INDEX ticket_recurring_by_property ON team.ticket_recurring (property_id, id);
CREATE INDEX ticket_recurring_by_reservation ON team.ticket_recurring (reservation_id, id);
CREATE INDEX ticket_recurring_by_occurrence_at ON team.ticket_recurring (operator_id, occurrence_at, id);
