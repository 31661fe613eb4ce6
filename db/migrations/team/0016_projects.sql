-- The same work across many homes: projects, their checklists, their tickets.
CREATE TABLE team.projects (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL REFERENCES directory.companies (id),
    name text COLLATE "C" NOT NULL CHECK (name <> ''),
    project_type text NOT NULL CHECK (project_type <> ''),
    scope_type text NOT NULL CHECK (scope_type IN ('property', 'resort', 'reservation', 'portfolio')),
    created_by_member_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    FOREIGN KEY (operator_id, created_by_member_id) REFERENCES team.team_members (operator_id, id)
);
CREATE INDEX projects_by_created_by_member ON team.projects (created_by_member_id, id);
CREATE INDEX projects_by_name ON team.projects (operator_id, name, id);
CREATE INDEX projects_by_created_at ON team.projects (operator_id, created_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON team.projects FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE team.project_properties (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    project_id uuid NOT NULL,
    property_id uuid NOT NULL,
    resort_id uuid REFERENCES geo.areas (id),
    status text COLLATE "C" NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'in_progress', 'done', 'skipped')),
    completed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    UNIQUE (project_id, property_id),
    CONSTRAINT project_properties_done_has_a_time CHECK ((status = 'done') = (completed_at IS NOT NULL)),
    FOREIGN KEY (operator_id, project_id) REFERENCES team.projects (operator_id, id),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id)
);
CREATE INDEX project_properties_by_property ON team.project_properties (property_id, id);
CREATE INDEX project_properties_by_resort ON team.project_properties (resort_id, id);
CREATE INDEX project_properties_by_completed_at ON team.project_properties (operator_id, completed_at, id);
CREATE TRIGGER touch BEFORE UPDATE ON team.project_properties FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE team.project_tickets (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    project_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('task', 'followup')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (project_id, ticket_id, role),
    FOREIGN KEY (operator_id, project_id) REFERENCES team.projects (operator_id, id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id)
);
CREATE INDEX project_tickets_by_ticket ON team.project_tickets (ticket_id, id);
