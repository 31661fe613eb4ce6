-- What hangs on a ticket: people, homes, vendors, time, stock, money, pictures, words.
CREATE TABLE team.ticket_participants (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('requestor', 'owner', 'tenant', 'guest', 'vendor', 'cc')),
    notify boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, contact_id, role),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, contact_id) REFERENCES directory.contacts (operator_id, id)
);
CREATE INDEX ticket_participants_by_contact ON team.ticket_participants (contact_id, id);

CREATE TABLE team.ticket_properties (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    property_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('affected', 'shared')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, property_id, role),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, property_id) REFERENCES property.properties (operator_id, id)
);
CREATE INDEX ticket_properties_by_property ON team.ticket_properties (property_id, id);

CREATE TABLE team.ticket_homeowners (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    homeowner_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('owner', 'co_owner')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, homeowner_id, role),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, homeowner_id) REFERENCES directory.contacts (operator_id, id)
);
CREATE INDEX ticket_homeowners_by_homeowner ON team.ticket_homeowners (homeowner_id, id);

CREATE TABLE team.ticket_vendors (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('quoting', 'assigned', 'supplier', 'declined')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, vendor_id, role),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, vendor_id) REFERENCES directory.companies (operator_id, id)
);
CREATE INDEX ticket_vendors_by_vendor ON team.ticket_vendors (vendor_id, id);

CREATE TABLE team.ticket_shifts (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    shift_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('worked', 'covered')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, shift_id, role),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, shift_id) REFERENCES team.team_shifts (operator_id, id)
);
CREATE INDEX ticket_shifts_by_shift ON team.ticket_shifts (shift_id, id);

CREATE TABLE team.ticket_time_entries (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    time_entry_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('work', 'travel', 'admin')),
    allocated_seconds integer NOT NULL CHECK (allocated_seconds > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, time_entry_id, role),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, time_entry_id) REFERENCES team.time_entries (operator_id, id)
);
CREATE INDEX ticket_time_entries_by_time_entry ON team.ticket_time_entries (time_entry_id, id);

CREATE TABLE team.ticket_transactions (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    transaction_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('expense', 'refund', 'adjustment', 'charge')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, transaction_id, role),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, transaction_id) REFERENCES finance.transactions (operator_id, id)
);
CREATE INDEX ticket_transactions_by_transaction ON team.ticket_transactions (transaction_id, id);

CREATE TABLE team.ticket_inspections (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    inspection_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, inspection_id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, inspection_id) REFERENCES property.inspections (operator_id, id)
);
CREATE INDEX ticket_inspections_by_inspection ON team.ticket_inspections (inspection_id, id);

CREATE TABLE team.ticket_cleans (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    clean_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, clean_id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, clean_id) REFERENCES property.cleans (operator_id, id)
);
CREATE INDEX ticket_cleans_by_clean ON team.ticket_cleans (clean_id, id);

CREATE TABLE team.ticket_inventory_events (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    inventory_event_id uuid NOT NULL,
    quantity_used numeric NOT NULL CHECK (quantity_used > 0),
    unit_cost_cents integer CHECK (unit_cost_cents >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, inventory_event_id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, inventory_event_id) REFERENCES property.inventory_actions (operator_id, id)
);
CREATE INDEX ticket_inventory_events_by_inventory_event ON team.ticket_inventory_events (inventory_event_id, id);

CREATE TABLE team.ticket_photos (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    file_id uuid NOT NULL,
    photo_type text NOT NULL CHECK (photo_type IN ('issue', 'progress', 'completion', 'receipt')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (ticket_id, file_id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, file_id) REFERENCES files.files (operator_id, id)
);
CREATE INDEX ticket_photos_by_file ON team.ticket_photos (file_id, id);

CREATE TABLE team.ticket_comments (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    author_contact_id uuid,
    body text NOT NULL CHECK (body <> ''),
    visibility text NOT NULL CHECK (visibility IN ('public', 'internal')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    FOREIGN KEY (operator_id, ticket_id) REFERENCES team.tickets (operator_id, id),
    FOREIGN KEY (operator_id, author_contact_id) REFERENCES directory.contacts (operator_id, id)
);
CREATE INDEX ticket_comments_by_ticket ON team.ticket_comments (ticket_id, id);
CREATE INDEX ticket_comments_by_author ON team.ticket_comments (author_contact_id, id);
