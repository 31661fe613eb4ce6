-- Search by trigrams. The operators of pg_trgm are not leakproof, so row-level security would keep them from their
-- index; these functions run with their owner's rights and apply the same rule themselves.
CREATE FUNCTION access.is_staff() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(access.role() IN ('admin', 'manager', 'agent', 'analyst', 'system'), false);

CREATE FUNCTION access.search_team_tickets(needle text, most bigint) RETURNS TABLE (id uuid, rank real)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.id, word_similarity(needle, r.search_document)
    FROM team.tickets AS r
    WHERE r.search_document %> needle AND r.operator_id = access.operator()
      AND (access.is_staff() OR r.id IN (SELECT id FROM access.my_tickets))
    ORDER BY 2 DESC, 1 DESC
    LIMIT most
$$;

CREATE FUNCTION access.search_property_properties(needle text, most bigint) RETURNS TABLE (id uuid, rank real)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.id, word_similarity(needle, r.search_document)
    FROM property.properties AS r
    WHERE r.search_document %> needle AND r.operator_id = access.operator()
      AND (access.is_staff() OR r.id IN (SELECT id FROM access.my_properties))
    ORDER BY 2 DESC, 1 DESC
    LIMIT most
$$;

-- Details of people and companies are masked for outsiders, hence no search by them.
CREATE FUNCTION access.search_directory_contacts(needle text, most bigint) RETURNS TABLE (id uuid, rank real)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.id, word_similarity(needle, r.search_document)
    FROM directory.contacts AS r
    WHERE r.search_document %> needle AND r.operator_id = access.operator() AND access.is_staff()
    ORDER BY 2 DESC, 1 DESC
    LIMIT most
$$;

CREATE FUNCTION access.search_directory_companies(needle text, most bigint) RETURNS TABLE (id uuid, rank real)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT r.id, word_similarity(needle, r.search_document)
    FROM directory.companies AS r
    WHERE r.search_document %> needle AND r.operator_id = access.operator() AND access.is_staff()
    ORDER BY 2 DESC, 1 DESC
    LIMIT most
$$;

DO $$
DECLARE
    function record;
BEGIN
    FOR function IN SELECT p.oid::regprocedure AS name FROM pg_proc AS p
                    WHERE p.pronamespace = 'access'::regnamespace AND p.proname LIKE 'search\_%' LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', function.name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO gateway_staff, gateway_outsider', function.name);
    END LOOP;
END
$$;
