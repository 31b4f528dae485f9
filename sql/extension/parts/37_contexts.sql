-- JSON-LD contexts: registered, never fetched. C code: src/pg/sql/context.c, src/pg/change/context_registry.c.

CREATE FUNCTION rdf_context_register(iri text, body jsonb, replace boolean DEFAULT false) RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_context_register(text, jsonb, boolean) IS
    'registers a JSON-LD context under the IRI that documents name it by; true: something was changed';

CREATE FUNCTION rdf_context_register(iri text, body json, replace boolean DEFAULT false) RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'rdf_context_register_json';
COMMENT ON FUNCTION rdf_context_register(text, json, boolean) IS
    'registers a JSON-LD context under the IRI that documents name it by; true: something was changed';

-- An untyped literal is taken as text: between json and jsonb alone it would be ambiguous.
CREATE FUNCTION rdf_context_register(iri text, body text, replace boolean DEFAULT false) RETURNS boolean
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME', 'rdf_context_register_json';
COMMENT ON FUNCTION rdf_context_register(text, text, boolean) IS
    'registers a JSON-LD context under the IRI that documents name it by; true: something was changed';

CREATE FUNCTION rdf_context_drop(iri text) RETURNS void
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_context_drop(text) IS 'takes a JSON-LD context away that nothing uses';

CREATE VIEW rdf_contexts AS
SELECT c.iri, c.signature, c.terms, c.includes,
       ARRAY(SELECT p.policy::text FROM rdf_catalog_policy p
             WHERE NOT p.is_dropped AND EXISTS (
                 SELECT FROM rdf_catalog_version v
                 WHERE v.policy = p.policy AND v.context = c.iri AND v.version IN (p.active_version, p.staged_version, p.shadow_version))
             ORDER BY p.policy) AS policies,
       c.body, c.registered_at, c.registered_by
FROM rdf_catalog_context c
WHERE c.is_in_force;
COMMENT ON VIEW rdf_contexts IS 'the JSON-LD contexts, and the policies that read documents by them where these name none';

-- As policies: who changes them changes what documents mean. Who is to see their texts is granted the view.
REVOKE EXECUTE ON FUNCTION
    rdf_context_register(text, jsonb, boolean),
    rdf_context_register(text, json, boolean),
    rdf_context_register(text, text, boolean),
    rdf_context_drop(text)
FROM PUBLIC;
