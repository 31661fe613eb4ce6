-- Who works here, and when.
CREATE TABLE team.teams (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    name text COLLATE "C" NOT NULL CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id)
);
CREATE UNIQUE INDEX teams_by_name ON team.teams (operator_id, name);
CREATE TRIGGER touch BEFORE UPDATE ON team.teams FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE team.team_members (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    name text COLLATE "C" NOT NULL CHECK (name <> ''),
    contact_id uuid NOT NULL UNIQUE,
    team_id uuid,
    manager_id uuid,
    approval_limit_cents bigint CHECK (approval_limit_cents >= 0),
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT team_members_not_own_manager CHECK (manager_id <> id),
    FOREIGN KEY (operator_id, contact_id) REFERENCES directory.contacts (operator_id, id),
    FOREIGN KEY (operator_id, team_id) REFERENCES team.teams (operator_id, id),
    FOREIGN KEY (operator_id, manager_id) REFERENCES team.team_members (operator_id, id)
);
CREATE INDEX team_members_by_team ON team.team_members (team_id, id);
CREATE INDEX team_members_by_manager ON team.team_members (manager_id, id);
CREATE INDEX team_members_by_name ON team.team_members (operator_id, name, id);
CREATE TRIGGER touch BEFORE UPDATE ON team.team_members FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE team.team_shifts (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    member_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT team_shifts_end_after_start CHECK (ends_at > starts_at),
    FOREIGN KEY (operator_id, member_id) REFERENCES team.team_members (operator_id, id)
);
CREATE INDEX team_shifts_by_member ON team.team_shifts (member_id, id);
CREATE INDEX team_shifts_by_starts_at ON team.team_shifts (operator_id, starts_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON team.team_shifts FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE team.time_entries (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    member_id uuid NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    duration_seconds integer GENERATED ALWAYS AS (extract(epoch FROM ended_at - started_at)::integer) STORED,
    property_id uuid,
    reservation_id uuid,
    hourly_rate_cents integer CHECK (hourly_rate_cents >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    CONSTRAINT time_entries_end_after_start CHECK (ended_at > started_at),
    CONSTRAINT time_entries_one_at_a_time EXCLUDE USING gist (
        member_id WITH =, tstzrange(started_at, ended_at) WITH &&),
    FOREIGN KEY (operator_id, member_id) REFERENCES team.team_members (operator_id, id),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id),
    FOREIGN KEY (operator_id, reservation_id) REFERENCES reservations.reservations (operator_id, id)
);
CREATE INDEX time_entries_by_member ON team.time_entries (member_id, id);
CREATE INDEX time_entries_by_property ON team.time_entries (property_id, id);
CREATE INDEX time_entries_by_reservation ON team.time_entries (reservation_id, id);
CREATE INDEX time_entries_by_started_at ON team.time_entries (operator_id, started_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON team.time_entries FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE team.shift_time_entries (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    shift_id uuid NOT NULL,
    time_entry_id uuid NOT NULL,
    allocated_seconds integer NOT NULL CHECK (allocated_seconds > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (shift_id, time_entry_id),
    FOREIGN KEY (operator_id, shift_id) REFERENCES team.team_shifts (operator_id, id),
    FOREIGN KEY (operator_id, time_entry_id) REFERENCES team.time_entries (operator_id, id)
);
CREATE INDEX shift_time_entries_by_time_entry ON team.shift_time_entries (time_entry_id, id);
