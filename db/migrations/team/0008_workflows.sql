-- Lifecycles as rows, shared by all operators. A ticket's status is a foreign key into them.
CREATE TABLE team.workflows (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    name text COLLATE "C" NOT NULL UNIQUE,
    description text NOT NULL,
    ticket_types text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE team.workflow_states (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    workflow text COLLATE "C" NOT NULL REFERENCES team.workflows (name),
    name text COLLATE "C" NOT NULL,
    position integer NOT NULL,
    initial boolean NOT NULL DEFAULT false,
    held boolean NOT NULL DEFAULT false,
    final boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (workflow, name),
    UNIQUE (workflow, position)
);
CREATE INDEX workflow_states_by_workflow ON team.workflow_states (workflow, id);
CREATE UNIQUE INDEX workflow_states_one_initial ON team.workflow_states (workflow) WHERE initial;

CREATE TABLE team.workflow_transitions (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    workflow text COLLATE "C" NOT NULL REFERENCES team.workflows (name),
    from_state text COLLATE "C" NOT NULL,
    to_state text COLLATE "C" NOT NULL,
    roles text[] NOT NULL,
    guards text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (workflow, from_state, to_state),
    CONSTRAINT workflow_transitions_leave_their_state CHECK (from_state <> to_state),
    FOREIGN KEY (workflow, from_state) REFERENCES team.workflow_states (workflow, name),
    FOREIGN KEY (workflow, to_state) REFERENCES team.workflow_states (workflow, name)
);
CREATE INDEX workflow_transitions_by_workflow ON team.workflow_transitions (workflow, id);
CREATE INDEX workflow_transitions_by_from_state ON team.workflow_transitions (workflow, from_state, id);
CREATE INDEX workflow_transitions_by_to_state ON team.workflow_transitions (workflow, to_state, id);
