-- What is known of a vendor beyond its company.
CREATE TABLE directory.vendor_profiles (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    company_id uuid NOT NULL UNIQUE,
    specialties text[] NOT NULL DEFAULT '{}',
    rating numeric(3, 2) CHECK (rating BETWEEN 1 AND 5),
    rating_count integer NOT NULL DEFAULT 0 CHECK (rating_count >= 0),
    active boolean NOT NULL DEFAULT true,
    primary_contact_id uuid,
    preferred_rank integer CHECK (preferred_rank > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    version integer NOT NULL DEFAULT 1,
    UNIQUE (operator_id, id),
    FOREIGN KEY (operator_id, company_id) REFERENCES directory.companies (operator_id, id),
    FOREIGN KEY (operator_id, primary_contact_id) REFERENCES directory.contacts (operator_id, id)
);
CREATE INDEX vendor_profiles_by_primary_contact ON directory.vendor_profiles (primary_contact_id, id);
CREATE INDEX vendor_profiles_by_rating ON directory.vendor_profiles (operator_id, rating, id);
CREATE INDEX vendor_profiles_by_preferred_rank ON directory.vendor_profiles (operator_id, preferred_rank, id);
CREATE TRIGGER touch BEFORE UPDATE ON directory.vendor_profiles FOR EACH ROW EXECUTE FUNCTION platform.touch();

CREATE TABLE directory.vendor_service_areas (
    id uuid PRIMARY KEY DEFAULT platform.new_id(),
    operator_id uuid NOT NULL,
    vendor_profile_id uuid NOT NULL,
    area_id uuid NOT NULL REFERENCES geo.areas (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator_id, id),
    UNIQUE (vendor_profile_id, area_id),
    FOREIGN KEY (operator_id, vendor_profile_id) REFERENCES directory.vendor_profiles (operator_id, id)
);
CREATE INDEX vendor_service_areas_by_area ON directory.vendor_service_areas (area_id, id);
