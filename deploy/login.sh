#!/bin/sh
# Makes the login that serves viewers, with its password, when the database is made; it owns nothing.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v password="$LOGIN_PASSWORD" <<'SQL'
CREATE ROLE gateway_login LOGIN NOINHERIT PASSWORD :'password';
SQL
