-- A version of a policy as one value, for other servers. C code: src/pg/sql/export.c, src/pg/change/exported_version.c.

CREATE FUNCTION rdf_policy_export(policy text, version integer DEFAULT NULL) RETURNS jsonb
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_export(text, integer) IS
    'a version of a policy, or the one in force, with number, signature, text, options and tests';

CREATE FUNCTION rdf_policy_import(exported jsonb, activate boolean DEFAULT false) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_import(jsonb, boolean) IS
    'stages, or puts in force, an exported version under the number that it has';

CREATE FUNCTION rdf_policy_import(exported json, activate boolean DEFAULT false) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'rdf_policy_import_json';
COMMENT ON FUNCTION rdf_policy_import(json, boolean) IS
    'stages, or puts in force, an exported version under the number that it has';

-- An untyped literal is taken as text: between json and jsonb alone it would be ambiguous.
CREATE FUNCTION rdf_policy_import(exported text, activate boolean DEFAULT false) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'rdf_policy_import_json';
COMMENT ON FUNCTION rdf_policy_import(text, boolean) IS
    'stages, or puts in force, an exported version under the number that it has';

REVOKE EXECUTE ON FUNCTION
    rdf_policy_export(text, integer),
    rdf_policy_import(jsonb, boolean),
    rdf_policy_import(json, boolean),
    rdf_policy_import(text, boolean)
FROM PUBLIC;
