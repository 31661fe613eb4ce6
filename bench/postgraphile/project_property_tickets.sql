-- An edge that is not one foreign key: PostGraphile takes it from a function over the row, of the same schema.
CREATE FUNCTION team.project_properties_tickets(own team.project_properties) RETURNS SETOF team.tickets
LANGUAGE sql STABLE AS $$
    SELECT t.* FROM team.tickets AS t
    WHERE t.property_id = own.property_id
        AND EXISTS (SELECT FROM team.project_tickets AS l WHERE l.project_id = own.project_id AND l.ticket_id = t.id)
    ORDER BY t.id
$$;
