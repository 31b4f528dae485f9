-- Looking after policies: verifying, pruning, waiting, seeing who holds what.

CREATE FUNCTION rdf_policy_verify(policy text DEFAULT NULL)
    RETURNS TABLE (policy text, valid boolean, signature text, previous_signature text,
                   source_changed boolean, error text)
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_verify(text) IS
    'computes the signatures and compiled forms of a policy again, and compares them with what is stored';

CREATE FUNCTION rdf_policy_prune(policy text, keep integer) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_prune(text, integer) IS
    'deletes former versions that nothing names, but the newest ones; returns how many';

CREATE FUNCTION rdf_policy_prune_history(keep interval) RETURNS bigint
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_prune_history(interval) IS
    'deletes history that is older, but what rollback goes by; returns how many rows';

CREATE FUNCTION rdf_policy_wait(generation bigint, timeout interval DEFAULT '30 s') RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_wait(bigint, interval) IS
    'waits until nobody in this database can be judged by an older generation';

CREATE FUNCTION rdf_catalog_backends()
    RETURNS TABLE (pid integer, generation bigint, mapped_generations integer, mapped_bytes bigint)
    LANGUAGE c VOLATILE PARALLEL RESTRICTED AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION rdf_catalog_backends() IS 'internal: the rows of rdf_policy_backends';

CREATE VIEW rdf_policy_backends AS SELECT * FROM rdf_catalog_backends();
COMMENT ON VIEW rdf_policy_backends IS 'which generation each backend of this database has mapped';
GRANT SELECT ON rdf_policy_backends TO PUBLIC;

REVOKE EXECUTE ON FUNCTION rdf_policy_verify(text), rdf_policy_prune(text, integer), rdf_policy_prune_history(interval)
FROM PUBLIC;
