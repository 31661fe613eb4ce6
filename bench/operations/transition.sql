\set n :client_id + 1
BEGIN;
SELECT set_config('viewer.role', :role, true), set_config('viewer.operator_id', :operator_id, true),
    set_config('viewer.contact_id', :contact_id, true), set_config('viewer.company_id', '', true),
    set_config('command.request_id', 'floor', true);
UPDATE team.tickets
SET status = CASE status WHEN 'waiting' THEN 'in_progress' ELSE 'waiting' END,
    hold_reason = CASE status WHEN 'waiting' THEN NULL ELSE 'The part is ordered.' END
WHERE id = (:tickets::uuid[])[:n];
COMMIT;
