"""Functions that run with their owner's rights: each must fix its search_path, and PUBLIC must not execute it."""

from __future__ import annotations

from db.pool import Connection
from resolvers.drift import Difference

_DEFINERS = """
SELECT p.oid::regprocedure::text AS name,
       coalesce(array_to_string(p.proconfig, ' ') LIKE '%search_path=%', false) AS fixed,
       EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
               WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE') AS public
FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE p.prosecdef AND (n.nspname = ANY ($1::text[]) OR n.nspname IN ('access', 'platform'))
ORDER BY 1
"""


async def definer_differences(connection: Connection, schemas: list[str]) -> list[Difference]:
    """What is wrong with such functions in the schemas of the graph, `access` and `platform`."""
    found: list[Difference] = []
    for row in await connection.fetch(_DEFINERS, schemas):
        if not row["fixed"]:
            fix = f"ALTER FUNCTION {row['name']} SET search_path = pg_catalog, pg_temp"
            found.append(Difference(row["name"], "it runs with its owner's rights on any search_path", fix))
        if row["public"]:
            fix = f"REVOKE EXECUTE ON FUNCTION {row['name']} FROM PUBLIC"
            found.append(Difference(row["name"], "it runs with its owner's rights for everybody", fix))
    return found
