-- What validation counts, and shadows: candidates that judge live data beside the active version. C code: src/pg/sql/stats.c, src/pg/shared/stats.c,
-- shadow.c.

CREATE FUNCTION rdf_catalog_stats()
    RETURNS TABLE (policy text, version integer, shape text, validations bigint, accepted bigint, rejected bigint,
                   failed bigint, not_parsed bigint, newly_rejected bigint, newly_accepted bigint, without_focus_nodes bigint,
                   focus_nodes bigint, violations bigint, time_ms double precision, last_used timestamptz)
    AS 'MODULE_PATHNAME' LANGUAGE C VOLATILE PARALLEL RESTRICTED ROWS 100;

COMMENT ON FUNCTION rdf_catalog_stats() IS 'internal: the rows of rdf_policy_stats';

CREATE VIEW rdf_policy_stats AS SELECT * FROM rdf_catalog_stats();
COMMENT ON VIEW rdf_policy_stats IS 'what was counted of each policy version (shape is NULL) and its shapes';

CREATE FUNCTION rdf_policy_stats_reset() RETURNS void
    AS 'MODULE_PATHNAME' LANGUAGE C VOLATILE PARALLEL RESTRICTED;
COMMENT ON FUNCTION rdf_policy_stats_reset() IS 'forgets what was counted in this database';

CREATE FUNCTION rdf_policy_shadow(policy text, version integer) RETURNS void
    AS 'MODULE_PATHNAME' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION rdf_policy_shadow(text, integer) IS
    'has a version judge live data beside the active one, enforcing nothing; NULL ends it';

CREATE VIEW rdf_policy_shadows AS
SELECT p.policy, p.active_version, p.shadow_version, coalesce(s.validations, 0) AS validations,
       coalesce(s.accepted, 0) AS accepted, coalesce(s.rejected, 0) AS rejected, coalesce(s.failed, 0) AS failed,
       coalesce(s.newly_rejected, 0) AS newly_rejected, coalesce(s.newly_accepted, 0) AS newly_accepted,
       coalesce(s.without_focus_nodes, 0) AS without_focus_nodes,
       s.last_used
FROM rdf_catalog_policy p
LEFT JOIN rdf_catalog_stats() s ON s.policy = p.policy AND s.version = p.shadow_version AND s.shape IS NULL
WHERE p.shadow_version IS NOT NULL;
COMMENT ON VIEW rdf_policy_shadows IS 'the shadows of active versions, and what they have said since they were set';

CREATE FUNCTION rdf_policy_shadow_examples()
    RETURNS TABLE (policy text, happened_at timestamptz, active_version integer, shadow_version integer,
                   active_conforms boolean, shadow_conforms boolean, focus_node text, shape text, message text)
    AS 'MODULE_PATHNAME' LANGUAGE C VOLATILE PARALLEL RESTRICTED ROWS 10;
COMMENT ON FUNCTION rdf_policy_shadow_examples() IS
    'the last data on which a shadow and the active version differed, newest first';

GRANT SELECT ON rdf_policy_stats, rdf_policy_shadows TO PUBLIC;
REVOKE EXECUTE ON FUNCTION rdf_policy_stats_reset(), rdf_policy_shadow(text, integer),
    rdf_policy_shadow_examples() FROM PUBLIC;
