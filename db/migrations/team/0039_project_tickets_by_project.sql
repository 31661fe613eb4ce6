-- migrate: no transaction
-- The tickets of a project as a set of ids, read from the index alone: for each of its properties they are looked up in
-- the property's tickets. operator_id stands in it for the policy.
DROP INDEX CONCURRENTLY IF EXISTS team.project_tickets_by_project;
CREATE INDEX CONCURRENTLY project_tickets_by_project ON team.project_tickets (project_id, ticket_id) INCLUDE (operator_id);
