-- An edge that is not one foreign key: PostGraphile takes it from a function over the row, of the same schema.
-- An array, as the gateway's own statements have it: an index is read with the ids, not all tickets of the home.
CREATE FUNCTION team.project_properties_tickets(own team.project_properties) RETURNS SETOF team.tickets
LANGUAGE sql STABLE AS $$
    SELECT t.* FROM team.tickets AS t
    WHERE t.property_id = own.property_id
        AND t.id = ANY (ARRAY(SELECT l.ticket_id FROM team.project_tickets AS l WHERE l.project_id = own.project_id))
    ORDER BY t.id
$$;
