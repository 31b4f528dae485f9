-- Policies: registering, putting in force, looking at them.

CREATE FUNCTION rdf_policy_register(policy text, shapes text, base_iri text DEFAULT NULL,
                                    ill_formed text DEFAULT 'error',
                                    subclass_from_shapes boolean DEFAULT true,
                                    imports text DEFAULT 'require',
                                    require_focus boolean DEFAULT false,
                                    allow_vacuous boolean DEFAULT false,
                                    context text DEFAULT NULL, dropped text DEFAULT 'notice') RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_register(text, text, text, text, boolean, text, boolean, boolean, text, text) IS
    'stages a Turtle shapes graph as the next version of a policy';

CREATE FUNCTION rdf_policy_apply(policy text, shapes text, base_iri text DEFAULT NULL,
                                 ill_formed text DEFAULT 'error',
                                 subclass_from_shapes boolean DEFAULT true,
                                 imports text DEFAULT 'require',
                                 require_focus boolean DEFAULT false,
                                 allow_vacuous boolean DEFAULT false,
                                 context text DEFAULT NULL, dropped text DEFAULT 'notice') RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_apply(text, text, text, text, boolean, text, boolean, boolean, text, text) IS
    'puts a Turtle shapes graph in force as a policy, or raises why that is refused';

CREATE FUNCTION rdf_policy_apply(policy text, rules jsonb, require_focus boolean DEFAULT false,
                                 context text DEFAULT NULL, dropped text DEFAULT 'notice')
    RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'rdf_policy_apply_rules';
COMMENT ON FUNCTION rdf_policy_apply(text, jsonb, boolean, text, text) IS
    'puts all shapes of a policy, in rule form, in force, or raises why that is refused';

CREATE FUNCTION rdf_policy_apply(policy text, rules json, require_focus boolean DEFAULT false,
                                 context text DEFAULT NULL, dropped text DEFAULT 'notice')
    RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'rdf_policy_apply_rules_json';
COMMENT ON FUNCTION rdf_policy_apply(text, json, boolean, text, text) IS
    'puts all shapes of a policy, in rule form, in force, or raises why that is refused';

CREATE FUNCTION rdf_policy_register_shape(policy text, shape text, rules jsonb,
                                          target_class text DEFAULT NULL,
                                          require_focus boolean DEFAULT NULL,
                                          context text DEFAULT NULL, dropped text DEFAULT NULL) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_register_shape(text, text, jsonb, text, boolean, text, text) IS
    'adds or replaces one shape, in rule form, in the staged version of a policy';

CREATE FUNCTION rdf_policy_register_shape(policy text, shape text, rules json,
                                          target_class text DEFAULT NULL,
                                          require_focus boolean DEFAULT NULL,
                                          context text DEFAULT NULL, dropped text DEFAULT NULL) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'rdf_policy_register_shape_json';
COMMENT ON FUNCTION rdf_policy_register_shape(text, text, json, text, boolean, text, text) IS
    'adds or replaces one shape, in rule form, in the staged version of a policy';

-- An untyped literal is taken as text: between json and jsonb alone it would be ambiguous.
CREATE FUNCTION rdf_policy_register_shape(policy text, shape text, rules text,
                                          target_class text DEFAULT NULL,
                                          require_focus boolean DEFAULT NULL,
                                          context text DEFAULT NULL, dropped text DEFAULT NULL) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'rdf_policy_register_shape_json';
COMMENT ON FUNCTION rdf_policy_register_shape(text, text, text, text, boolean, text, text) IS
    'adds or replaces one shape, in rule form, in the staged version of a policy';

CREATE FUNCTION rdf_policy_unregister_shape(policy text, shape text) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_unregister_shape(text, text) IS
    'removes one shape, in rule form, from the staged version of a policy';

CREATE FUNCTION rdf_policy_discard(policy text) RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_discard(text) IS 'throws away what is staged';

CREATE FUNCTION rdf_policy_reload(policy text DEFAULT NULL, must_succeed boolean DEFAULT false, prove boolean DEFAULT false)
    RETURNS TABLE (policy text, success boolean, version integer, generation bigint, signature text,
                   changed boolean, shapes integer, constraints integer, duration_ms double precision,
                   compile_ms double precision, signature_ms double precision,
                   callback_ms double precision, error text)
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_reload(text, boolean, boolean) IS
    'puts what is staged in force, as one new generation, when the transaction commits';

CREATE FUNCTION rdf_policy_rollback(policy text, version integer DEFAULT NULL)
    RETURNS TABLE (policy text, success boolean, version integer, generation bigint, signature text,
                   changed boolean, shapes integer, constraints integer, duration_ms double precision,
                   compile_ms double precision, signature_ms double precision,
                   callback_ms double precision, error text)
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_rollback(text, integer) IS
    'puts the previous version of a policy, or a given one, in force again';

CREATE FUNCTION rdf_policy_drop(policy text, force boolean DEFAULT false) RETURNS void
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_drop(text, boolean) IS 'takes a policy out of force; its history stays';

-- The text in force (Turtle, or the canonical rules), or that of a given version.
CREATE FUNCTION rdf_policy_source(policy text, version integer DEFAULT NULL) RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_source(text, integer) IS 'the text of a policy in force, or of a version';

CREATE FUNCTION rdf_policy_add_hook(policy text, event text, hook regprocedure,
                                    required boolean DEFAULT false) RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_add_hook(text, text, regprocedure, boolean) IS
    'has a function called around reloads; returns its id';

CREATE FUNCTION rdf_policy_drop_hook(id integer) RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE STRICT AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_drop_hook(integer) IS 'takes a hook away';

-- What the views below show of compiled policies.
CREATE FUNCTION rdf_catalog_shapes()
    RETURNS TABLE (policy text, version integer, shape rdf_term, kind text, path text, targets text[],
                   constraints integer, severity text, deactivated boolean, left_out text)
    LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';

CREATE FUNCTION rdf_catalog_status()
    RETURNS TABLE (generation bigint, policies integer, broken_policies integer, image_bytes bigint,
                   is_shared boolean, shared_generations integer, differences text[],
                   contexts integer, broken_contexts integer)
    LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION rdf_catalog_shapes() IS 'internal: the rows of rdf_policy_shapes';
COMMENT ON FUNCTION rdf_catalog_status() IS 'internal: the row of rdf_policy_status';

CREATE VIEW rdf_policies AS
SELECT p.policy, p.active_version AS version, p.staged_version, p.generation, v.signature, v.label,
       v.shapes, v.constraints, coalesce('file:' || p.file, v.form) AS source, p.activated_at,
       coalesce(v.left_out, s.left_out) AS left_out,
       coalesce(v.require_focus, s.require_focus) AS require_focus,
       CASE WHEN v.version IS NULL THEN s.context ELSE v.context END AS context,
       coalesce(v.dropped, s.dropped) AS dropped
FROM rdf_catalog_policy p
LEFT JOIN rdf_catalog_version v ON v.policy = p.policy AND v.version = p.active_version
LEFT JOIN rdf_catalog_version s ON s.policy = p.policy AND s.version = p.staged_version
WHERE NOT p.is_dropped AND (p.active_version IS NOT NULL OR p.staged_version IS NOT NULL);
COMMENT ON VIEW rdf_policies IS 'the policies, with what is in force and what is staged';

CREATE VIEW rdf_policy_versions AS
SELECT v.policy, v.version,
       CASE WHEN v.version = p.active_version THEN 'active'
            WHEN v.version = p.staged_version THEN 'staged'
            WHEN p.is_dropped THEN 'dropped' ELSE 'former' END AS state,
       v.signature, v.label, v.shapes, v.constraints, v.form AS source,
       v.registered_at, v.registered_by, v.left_out, v.require_focus, v.context, v.context_signature, v.dropped
FROM rdf_catalog_version v JOIN rdf_catalog_policy p ON p.policy = v.policy;
COMMENT ON VIEW rdf_policy_versions IS 'the versions of policies that are kept';

CREATE VIEW rdf_policy_shapes AS SELECT * FROM rdf_catalog_shapes();
COMMENT ON VIEW rdf_policy_shapes IS 'the shapes of the policies in force';

-- An error can show a piece of a file, of a test, or of what a hook has seen: it is for those whom a reload would tell the same.
CREATE VIEW rdf_policy_history AS
SELECT id, happened_at, happened_by, event, policy, version, generation, success, signature, duration_ms,
       CASE WHEN error IS NULL
              OR pg_catalog.has_function_privilege('rdf_policy_reload(text, boolean, boolean)'::regprocedure::oid, 'EXECUTE') THEN error
            ELSE 'shown to roles that may call rdf_policy_reload' END AS error,
       context
FROM rdf_catalog_history;
COMMENT ON VIEW rdf_policy_history IS 'every reload, rollback, refusal and drop, and every change of a context';

CREATE VIEW rdf_policy_hooks AS
SELECT id, policy, event, hook, is_required AS required,
       pg_catalog.pg_get_userbyid(registered_by)::text AS registered_by, registered_at
FROM rdf_catalog_hook;
COMMENT ON VIEW rdf_policy_hooks IS 'the functions that are called around reloads';

CREATE VIEW rdf_policy_status AS
SELECT s.generation, g.changed_at, g.changed_by, s.policies, s.broken_policies, s.image_bytes,
       s.is_shared, s.shared_generations, s.differences,
       pg_catalog.array_cat(
       ARRAY(SELECT c.name || ' = ' || c.setting FROM pg_catalog.pg_settings c
             WHERE (c.name = 'rdfpolicy.no_policy' AND c.setting = 'pass')
                OR (c.name = 'rdfpolicy.conformance_disallows' AND c.setting <> 'all')
             ORDER BY c.name),
       ARRAY(SELECT pg_catalog.format('trigger %I on %s is not ENABLE ALWAYS', t.tgname, t.tgrelid::pg_catalog.regclass)
             FROM pg_catalog.pg_trigger t
             WHERE t.tgfoid IN ('rdf_catalog_generation_changed()'::pg_catalog.regprocedure::oid,
                                'rdf_catalog_policy_changed()'::pg_catalog.regprocedure::oid)
               AND t.tgenabled <> 'A'
             ORDER BY t.tgrelid::pg_catalog.regclass::text, t.tgname)) AS weakened_by,
       rdf_catalog_library_version() AS library_version,
       (SELECT e.extversion FROM pg_catalog.pg_extension e WHERE e.extname = 'rdfpolicy'::pg_catalog.name) AS extension_version,
       s.contexts, s.broken_contexts
FROM rdf_catalog_status() s, rdf_catalog_generation g;
COMMENT ON VIEW rdf_policy_status IS 'the generation in force, what the tables say otherwise, and what weakens it';

GRANT SELECT ON rdf_policies, rdf_policy_versions, rdf_policy_shapes, rdf_policy_history,
    rdf_policy_hooks, rdf_policy_status TO PUBLIC;

-- Validating is for everyone. What changes policies, and reading their texts, is not.
REVOKE EXECUTE ON FUNCTION
    rdf_policy_register(text, text, text, text, boolean, text, boolean, boolean, text, text),
    rdf_policy_apply(text, text, text, text, boolean, text, boolean, boolean, text, text),
    rdf_policy_apply(text, jsonb, boolean, text, text),
    rdf_policy_apply(text, json, boolean, text, text),
    rdf_policy_register_shape(text, text, jsonb, text, boolean, text, text),
    rdf_policy_register_shape(text, text, json, text, boolean, text, text),
    rdf_policy_register_shape(text, text, text, text, boolean, text, text),
    rdf_policy_unregister_shape(text, text),
    rdf_policy_discard(text),
    rdf_policy_reload(text, boolean, boolean),
    rdf_policy_rollback(text, integer),
    rdf_policy_drop(text, boolean),
    rdf_policy_source(text, integer),
    rdf_policy_add_hook(text, text, regprocedure, boolean),
    rdf_policy_drop_hook(integer)
FROM PUBLIC;
