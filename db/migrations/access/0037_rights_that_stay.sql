-- Most updates change nobody's rights: they are told from others by one statement, and take no lock.
CREATE OR REPLACE FUNCTION access.keep_ticket_viewers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    rights text := format('SELECT s.operator_id, s.%1$I, s.%2$I, %3$s FROM %%I AS s', TG_ARGV[0], TG_ARGV[1], TG_ARGV[3]);
    changed text := CASE TG_OP
        WHEN 'INSERT' THEN format('SELECT %I FROM latter', TG_ARGV[0])
        WHEN 'DELETE' THEN format('SELECT %I FROM former', TG_ARGV[0])
        ELSE format('SELECT %1$I FROM former UNION SELECT %1$I FROM latter', TG_ARGV[0])
    END;
    same boolean;
BEGIN
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
        RAISE EXCEPTION '%.% is not changed under REPEATABLE READ', TG_TABLE_SCHEMA, TG_TABLE_NAME
            USING ERRCODE = 'feature_not_supported',
                  HINT = 'Use READ COMMITTED, or SERIALIZABLE and try again when it refuses.';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT NOT EXISTS (%1$s EXCEPT %2$s) AND NOT EXISTS (%2$s EXCEPT %1$s)',
                       format(rights, 'former'), format(rights, 'latter')) INTO same;
        IF same THEN
            RETURN NULL;
        END IF;
    END IF;
    -- One that this transaction itself has made is nobody else's yet.
    EXECUTE format('SELECT FROM team.tickets WHERE id IN (%s) AND xmin <> pg_current_xact_id()::xid '
        'ORDER BY id FOR NO KEY UPDATE', changed);
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format(
            'DELETE FROM access.ticket_viewers AS v USING former AS f '
            'WHERE v.ticket_id = f.%1$I AND v.principal = f.%2$I AND v.reason = $1 AND NOT EXISTS ('
            'SELECT FROM %3$I.%4$I AS s WHERE s.%1$I = f.%1$I AND s.%2$I = f.%2$I AND %5$s)',
            TG_ARGV[0], TG_ARGV[1], TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[3]) USING TG_ARGV[2];
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format(
            'INSERT INTO access.ticket_viewers (operator_id, ticket_id, principal, reason) '
            'SELECT DISTINCT s.operator_id, s.%1$I, s.%2$I, $1 FROM latter AS s '
            'WHERE s.%2$I IS NOT NULL AND %3$s ON CONFLICT DO NOTHING',
            TG_ARGV[0], TG_ARGV[1], TG_ARGV[3]) USING TG_ARGV[2];
    END IF;
    RETURN NULL;
END
$$;
