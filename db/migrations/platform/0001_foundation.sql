-- What every table builds on: schemas, extensions, ids, folded text, versions.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE SCHEMA IF NOT EXISTS platform;
CREATE SCHEMA directory;
CREATE SCHEMA geo;
CREATE SCHEMA property;
CREATE SCHEMA reservations;
CREATE SCHEMA finance;
CREATE SCHEMA files;
CREATE SCHEMA team;
CREATE SCHEMA maintenance;
CREATE SCHEMA messaging;
CREATE SCHEMA audit;

-- Time-ordered ids (UUIDv7, RFC 9562 section 5.7). PostgreSQL 18 makes them itself; before it, the first 48 bits
-- of a random UUID are replaced by the milliseconds of the clock and its version by 7.
DO $$
BEGIN
    IF to_regprocedure('pg_catalog.uuidv7()') IS NOT NULL THEN
        CREATE FUNCTION platform.new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE
            RETURN uuidv7();
    ELSE
        CREATE FUNCTION platform.new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE
            RETURN encode(
                set_bit(set_bit(
                    overlay(uuid_send(gen_random_uuid())
                            PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
                            FROM 1 FOR 6),
                    52, 1), 53, 1), 'hex')::uuid;
    END IF;
END
$$;

-- Text as it is compared in searches: without case and accents. unaccent is STABLE only because its dictionary could
-- be edited; this one is not.
CREATE FUNCTION platform.fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(unaccent('unaccent'::regdictionary, value));

-- Keeps updated_at and version of an edited row.
CREATE FUNCTION platform.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    NEW.version := OLD.version + 1;
    RETURN NEW;
END
$$;

-- For rows that are written once.
CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Write a new row instead.';
END
$$;
