-- When a rule is due next was reckoned over the homes there were. One that is added, moves to another zone or resort, or
-- is used again may be due sooner: then all rules are looked at anew.
CREATE FUNCTION lifecycle.look_at_rules() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE team.recurring_rules SET next_run_at = now()
    WHERE operator_id IN (SELECT l.operator_id FROM latter AS l) AND active AND next_run_at > now();
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION lifecycle.look_at_rules() FROM PUBLIC;
CREATE TRIGGER look_at_rules AFTER INSERT ON property.properties REFERENCING NEW TABLE AS latter
    FOR EACH STATEMENT EXECUTE FUNCTION lifecycle.look_at_rules();

CREATE FUNCTION lifecycle.look_at_rules_again() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE team.recurring_rules SET next_run_at = now()
    WHERE active AND next_run_at > now() AND operator_id IN (
        SELECT l.operator_id FROM latter AS l JOIN former AS f ON f.id = l.id
        WHERE (l.time_zone, l.active, l.resort_id) IS DISTINCT FROM (f.time_zone, f.active, f.resort_id));
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION lifecycle.look_at_rules_again() FROM PUBLIC;
CREATE TRIGGER look_at_rules_again AFTER UPDATE ON property.properties
    REFERENCING OLD TABLE AS former NEW TABLE AS latter
    FOR EACH STATEMENT EXECUTE FUNCTION lifecycle.look_at_rules_again();
