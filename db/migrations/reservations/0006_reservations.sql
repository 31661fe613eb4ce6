-- Stays of guests.
CREATE TABLE reservations.reservations (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    property_id uuid NOT NULL,
    guest_contact_id uuid,
    confirmation_code text COLLATE "C" NOT NULL CHECK (confirmation_code <> ''),
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    status text COLLATE "C" NOT NULL CHECK (status IN ('tentative', 'confirmed', 'cancelled', 'no_show')),
    channel text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT reservations_end_after_start CHECK (ends_on > starts_on),
    CONSTRAINT reservations_no_double_booking EXCLUDE USING gist (
        property_id WITH =, daterange(starts_on, ends_on) WITH &&) WHERE (status = 'confirmed'),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id),
    FOREIGN KEY (operator_id, guest_contact_id) REFERENCES directory.contacts (operator_id, id)
);
CREATE UNIQUE INDEX reservations_by_confirmation_code
    ON reservations.reservations (operator_id, confirmation_code);
CREATE INDEX reservations_by_property ON reservations.reservations (property_id, id);
CREATE INDEX reservations_by_guest_contact ON reservations.reservations (guest_contact_id, id);
CREATE INDEX reservations_by_starts_on ON reservations.reservations (operator_id, starts_on, id);
CREATE INDEX reservations_by_ends_on ON reservations.reservations (operator_id, ends_on, id);
CREATE TRIGGER touch BEFORE UPDATE ON reservations.reservations FOR EACH ROW EXECUTE FUNCTION platform.touch();
