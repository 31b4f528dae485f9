-- Testing policies before they are put in force. C code: src/pg/sql/policy_test.c, diff.c, src/pg/change/policy_tests.c.

CREATE TABLE rdf_catalog_test (
    policy     text COLLATE "C" NOT NULL,
    name       text COLLATE "C" NOT NULL,
    form       text        NOT NULL CHECK (form IN ('turtle', 'jsonb')),
    document   text        NOT NULL,
    base_iri   text,
    context    text,
    conforms   boolean     NOT NULL,
    violations text[],
    added_at   timestamptz NOT NULL,
    added_by   text        NOT NULL,
    PRIMARY KEY (policy, name)
);
COMMENT ON TABLE rdf_catalog_test IS 'internal: unit tests of policies; see rdf_policy_tests';
REVOKE ALL ON rdf_catalog_test FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_test', '');

-- The report under a version that need not be in force. Columns are those of rdf_validation_report.
CREATE FUNCTION rdf_policy_try(
    policy text, triples rdf_triple[], version integer DEFAULT NULL,
    OUT policy text, OUT version integer, OUT focus_node rdf_term, OUT result_path text, OUT value rdf_term,
    OUT source_shape rdf_term, OUT source_constraint_component text, OUT violation_type text,
    OUT result_severity text, OUT result_message text, OUT detail jsonb, OUT place text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_policy_try_triples' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION rdf_policy_try(
    policy text, document text, version integer DEFAULT NULL, base_iri text DEFAULT NULL,
    OUT policy text, OUT version integer, OUT focus_node rdf_term, OUT result_path text, OUT value rdf_term,
    OUT source_shape rdf_term, OUT source_constraint_component text, OUT violation_type text,
    OUT result_severity text, OUT result_message text, OUT detail jsonb, OUT place text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_policy_try_text' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION rdf_policy_try(
    policy text, document jsonb, version integer DEFAULT NULL, base_iri text DEFAULT NULL, context text DEFAULT NULL,
    OUT policy text, OUT version integer, OUT focus_node rdf_term, OUT result_path text, OUT value rdf_term,
    OUT source_shape rdf_term, OUT source_constraint_component text, OUT violation_type text,
    OUT result_severity text, OUT result_message text, OUT detail jsonb, OUT place text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_policy_try_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION rdf_policy_try(
    policy text, document json, version integer DEFAULT NULL, base_iri text DEFAULT NULL, context text DEFAULT NULL,
    OUT policy text, OUT version integer, OUT focus_node rdf_term, OUT result_path text, OUT value rdf_term,
    OUT source_shape rdf_term, OUT source_constraint_component text, OUT violation_type text,
    OUT result_severity text, OUT result_message text, OUT detail jsonb, OUT place text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_policy_try_json' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION rdf_policy_try(text, rdf_triple[], integer) IS 'the validation results under the staged version, or another, enforcing nothing';
COMMENT ON FUNCTION rdf_policy_try(text, text, integer, text) IS 'the validation results under the staged version, or another, enforcing nothing';
COMMENT ON FUNCTION rdf_policy_try(text, jsonb, integer, text, text) IS 'the validation results under the staged version, or another, enforcing nothing';
COMMENT ON FUNCTION rdf_policy_try(text, json, integer, text, text) IS 'the validation results under the staged version, or another, enforcing nothing';

-- Unit tests: every reload of the policy runs them, and one that fails vetoes it.
CREATE FUNCTION rdf_policy_add_test(policy text, name text, triples rdf_triple[], conforms boolean,
                                    violations text[] DEFAULT NULL) RETURNS void
    AS 'MODULE_PATHNAME', 'rdf_policy_add_test_triples' LANGUAGE C VOLATILE PARALLEL UNSAFE;
CREATE FUNCTION rdf_policy_add_test(policy text, name text, document text, conforms boolean,
                                    violations text[] DEFAULT NULL, base_iri text DEFAULT NULL) RETURNS void
    AS 'MODULE_PATHNAME', 'rdf_policy_add_test_text' LANGUAGE C VOLATILE PARALLEL UNSAFE;
CREATE FUNCTION rdf_policy_add_test(policy text, name text, document jsonb, conforms boolean,
                                    violations text[] DEFAULT NULL, base_iri text DEFAULT NULL,
                                    context text DEFAULT NULL) RETURNS void
    AS 'MODULE_PATHNAME', 'rdf_policy_add_test_jsonb' LANGUAGE C VOLATILE PARALLEL UNSAFE;
CREATE FUNCTION rdf_policy_add_test(policy text, name text, document json, conforms boolean,
                                    violations text[] DEFAULT NULL, base_iri text DEFAULT NULL,
                                    context text DEFAULT NULL) RETURNS void
    AS 'MODULE_PATHNAME', 'rdf_policy_add_test_json' LANGUAGE C VOLATILE PARALLEL UNSAFE;

COMMENT ON FUNCTION rdf_policy_add_test(text, text, rdf_triple[], boolean, text[]) IS 'adds or replaces a unit test of a policy, run at every reload of it';
COMMENT ON FUNCTION rdf_policy_add_test(text, text, text, boolean, text[], text) IS 'adds or replaces a unit test of a policy, run at every reload of it';
COMMENT ON FUNCTION rdf_policy_add_test(text, text, jsonb, boolean, text[], text, text) IS 'adds or replaces a unit test of a policy, run at every reload of it';
COMMENT ON FUNCTION rdf_policy_add_test(text, text, json, boolean, text[], text, text) IS 'adds or replaces a unit test of a policy, run at every reload of it';

CREATE FUNCTION rdf_policy_drop_test(policy text, name text) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C VOLATILE PARALLEL UNSAFE;
COMMENT ON FUNCTION rdf_policy_drop_test(text, text) IS 'takes a unit test of a policy away';

CREATE VIEW rdf_policy_tests AS
SELECT policy, name, form, document, base_iri, context, conforms, violations, added_at, added_by
FROM rdf_catalog_test;
COMMENT ON VIEW rdf_policy_tests IS 'the unit tests of policies';

CREATE FUNCTION rdf_policy_diff(policy text, from_version integer DEFAULT NULL, to_version integer DEFAULT NULL)
    RETURNS TABLE (shape rdf_term, path text, component text, change text, old_value text, new_value text)
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION rdf_policy_diff(text, integer, integer) IS
    'what differs between two versions of a policy; without them, between what is in force and what is staged';

-- These show what is staged, or what tests hold.
REVOKE ALL ON rdf_policy_tests FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION
    rdf_policy_try(text, rdf_triple[], integer),
    rdf_policy_try(text, text, integer, text),
    rdf_policy_try(text, jsonb, integer, text, text),
    rdf_policy_try(text, json, integer, text, text),
    rdf_policy_add_test(text, text, rdf_triple[], boolean, text[]),
    rdf_policy_add_test(text, text, text, boolean, text[], text),
    rdf_policy_add_test(text, text, jsonb, boolean, text[], text, text),
    rdf_policy_add_test(text, text, json, boolean, text[], text, text),
    rdf_policy_drop_test(text, text),
    rdf_policy_diff(text, integer, integer)
FROM PUBLIC;
