-- What figures are taken of. How long a first response took follows from when it came; being generated it is no change
-- of the ticket (the triggers that compare its rows see none yet), and its cause has an event already.
ALTER TABLE team.tickets ADD COLUMN first_response_seconds integer GENERATED ALWAYS AS (
    CASE WHEN first_response_at IS NOT NULL
         THEN greatest(0, extract(epoch FROM first_response_at - created_at))::integer END) STORED;
CREATE OR REPLACE TRIGGER event AFTER INSERT OR UPDATE OR DELETE ON team.tickets
    FOR EACH ROW EXECUTE FUNCTION audit.record('Ticket', 'id', 'ticket_created', 'ticket_updated', 'ticket_removed',
        '{workflow,first_response_at,first_response_seconds,resolved_at,resolution_seconds,closed_at,total_days_open,active_time_seconds,reopened_count,held_from,held_at,cancelled_at,cancelled_by,escalated_at}',
        'ticket_type=ticket_converted', 'status=status_changed', 'current_agent_id=ticket_assigned',
        'current_team_id=ticket_assigned');
CREATE OR REPLACE TRIGGER touch BEFORE UPDATE ON team.tickets
    FOR EACH ROW EXECUTE FUNCTION platform.touch('workflow', 'first_response_at', 'first_response_seconds',
        'resolved_at', 'resolution_seconds', 'closed_at', 'total_days_open', 'active_time_seconds', 'reopened_count',
        'held_from', 'held_at', 'cancelled_at', 'cancelled_by', 'escalated_at');

-- NaN is greater than zero, and a mean of it is no number that JSON has. The bound is that of the graph's Decimal.
ALTER TABLE team.ticket_inventory_events
    ADD CONSTRAINT ticket_inventory_events_quantity_used_is_finite CHECK (quantity_used < 1e101);
ALTER TABLE property.inventory_actions
    ADD CONSTRAINT inventory_actions_quantity_is_finite CHECK (quantity < 1e101);
