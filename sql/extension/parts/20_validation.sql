-- Judging data by policies. C code: src/pg/sql/validate.c, validate_agg.c, src/pg/judge.
-- An untyped literal is taken as text, since PostgreSQL prefers it among the overloads.

CREATE FUNCTION rdf_validate(triples rdf_triple[], policy text = NULL, require_focus boolean = NULL) RETURNS boolean
    AS 'MODULE_PATHNAME', 'rdf_validate_triples' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_validate(document text, policy text = NULL, base_iri text = NULL, named_graph text = NULL,
    require_focus boolean = NULL) RETURNS boolean
    AS 'MODULE_PATHNAME', 'rdf_validate_text' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_validate(document jsonb, policy text = NULL, base_iri text = NULL, context text = NULL,
    named_graph text = NULL, require_focus boolean = NULL) RETURNS boolean
    AS 'MODULE_PATHNAME', 'rdf_validate_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_validate(document json, policy text = NULL, base_iri text = NULL, context text = NULL,
    named_graph text = NULL, require_focus boolean = NULL) RETURNS boolean
    AS 'MODULE_PATHNAME', 'rdf_validate_json' LANGUAGE C STABLE PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION rdf_validate(rdf_triple[], text, boolean) IS 'whether triples conform to a policy, or to every active one';
COMMENT ON FUNCTION rdf_validate(text, text, text, text, boolean) IS 'whether a text (Turtle, N-Triples, TriG, N-Quads) conforms to a policy, or to every active one';
COMMENT ON FUNCTION rdf_validate(jsonb, text, text, text, text, boolean) IS 'whether a document as jsonb conforms to a policy, or to every active one';
COMMENT ON FUNCTION rdf_validate(json, text, text, text, text, boolean) IS 'whether a document as json conforms to a policy, or to every active one';

CREATE FUNCTION rdf_assert_valid(triples rdf_triple[], policy text = NULL, require_focus boolean = NULL) RETURNS boolean
    AS 'MODULE_PATHNAME', 'rdf_assert_valid_triples' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_assert_valid(document text, policy text = NULL, base_iri text = NULL, named_graph text = NULL,
    require_focus boolean = NULL) RETURNS boolean
    AS 'MODULE_PATHNAME', 'rdf_assert_valid_text' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_assert_valid(document jsonb, policy text = NULL, base_iri text = NULL, context text = NULL,
    named_graph text = NULL, require_focus boolean = NULL) RETURNS boolean
    AS 'MODULE_PATHNAME', 'rdf_assert_valid_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_assert_valid(document json, policy text = NULL, base_iri text = NULL, context text = NULL,
    named_graph text = NULL, require_focus boolean = NULL) RETURNS boolean
    AS 'MODULE_PATHNAME', 'rdf_assert_valid_json' LANGUAGE C STABLE PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION rdf_assert_valid(rdf_triple[], text, boolean) IS 'true, or an error that says what does not conform';
COMMENT ON FUNCTION rdf_assert_valid(text, text, text, text, boolean) IS 'true, or an error that says what does not conform';
COMMENT ON FUNCTION rdf_assert_valid(jsonb, text, text, text, text, boolean) IS 'true, or an error that says what does not conform';
COMMENT ON FUNCTION rdf_assert_valid(json, text, text, text, text, boolean) IS 'true, or an error that says what does not conform';

-- One row for each validation result. Columns are named after SHACL's properties.
CREATE FUNCTION rdf_validation_report(
    triples rdf_triple[], policy text = NULL, max_results integer = NULL, require_focus boolean = NULL,
    OUT policy text, OUT version integer, OUT focus_node rdf_term, OUT result_path text, OUT value rdf_term,
    OUT source_shape rdf_term, OUT source_constraint_component text, OUT violation_type text,
    OUT result_severity text, OUT result_message text, OUT detail jsonb, OUT place text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_validation_report_triples' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION rdf_validation_report(
    document text, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    named_graph text = NULL, require_focus boolean = NULL,
    OUT policy text, OUT version integer, OUT focus_node rdf_term, OUT result_path text, OUT value rdf_term,
    OUT source_shape rdf_term, OUT source_constraint_component text, OUT violation_type text,
    OUT result_severity text, OUT result_message text, OUT detail jsonb, OUT place text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_validation_report_text' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION rdf_validation_report(
    document jsonb, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    context text = NULL, named_graph text = NULL, require_focus boolean = NULL,
    OUT policy text, OUT version integer, OUT focus_node rdf_term, OUT result_path text, OUT value rdf_term,
    OUT source_shape rdf_term, OUT source_constraint_component text, OUT violation_type text,
    OUT result_severity text, OUT result_message text, OUT detail jsonb, OUT place text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_validation_report_jsonb_rows' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION rdf_validation_report(
    document json, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    context text = NULL, named_graph text = NULL, require_focus boolean = NULL,
    OUT policy text, OUT version integer, OUT focus_node rdf_term, OUT result_path text, OUT value rdf_term,
    OUT source_shape rdf_term, OUT source_constraint_component text, OUT violation_type text,
    OUT result_severity text, OUT result_message text, OUT detail jsonb, OUT place text)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_validation_report_json_rows' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION rdf_validation_report(rdf_triple[], text, integer, boolean) IS 'the validation results, one row each';
COMMENT ON FUNCTION rdf_validation_report(text, text, integer, text, text, boolean) IS 'the validation results, one row each';
COMMENT ON FUNCTION rdf_validation_report(jsonb, text, integer, text, text, text, boolean) IS 'the validation results, one row each';
COMMENT ON FUNCTION rdf_validation_report(json, text, integer, text, text, text, boolean) IS 'the validation results, one row each';

CREATE FUNCTION rdf_validation_report_jsonb(triples rdf_triple[], policy text = NULL, max_results integer = NULL, require_focus boolean = NULL)
    RETURNS jsonb
    AS 'MODULE_PATHNAME', 'rdf_validation_report_jsonb_triples' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_validation_report_jsonb(document text, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    named_graph text = NULL, require_focus boolean = NULL)
    RETURNS jsonb
    AS 'MODULE_PATHNAME', 'rdf_validation_report_jsonb_text' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_validation_report_jsonb(document jsonb, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    context text = NULL, named_graph text = NULL, require_focus boolean = NULL)
    RETURNS jsonb
    AS 'MODULE_PATHNAME', 'rdf_validation_report_jsonb_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_validation_report_jsonb(document json, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    context text = NULL, named_graph text = NULL, require_focus boolean = NULL)
    RETURNS jsonb
    AS 'MODULE_PATHNAME', 'rdf_validation_report_jsonb_json' LANGUAGE C STABLE PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION rdf_validation_report_jsonb(rdf_triple[], text, integer, boolean) IS 'the validation report as one jsonb value';
COMMENT ON FUNCTION rdf_validation_report_jsonb(text, text, integer, text, text, boolean) IS 'the validation report as one jsonb value';
COMMENT ON FUNCTION rdf_validation_report_jsonb(jsonb, text, integer, text, text, text, boolean) IS 'the validation report as one jsonb value';
COMMENT ON FUNCTION rdf_validation_report_jsonb(json, text, integer, text, text, text, boolean) IS 'the validation report as one jsonb value';

-- The triples of a group as one graph.
CREATE FUNCTION rdf_validate_agg_transition(internal, rdf_term, rdf_term, rdf_term) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION rdf_validate_agg_transition(internal, rdf_term, rdf_term, rdf_term, text) RETURNS internal
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION rdf_validate_agg_final(internal) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE COST 1000;

CREATE AGGREGATE rdf_validate_agg(subject rdf_term, predicate rdf_term, object rdf_term) (
    SFUNC = rdf_validate_agg_transition, STYPE = internal, SSPACE = 4096,
    FINALFUNC = rdf_validate_agg_final, PARALLEL = SAFE
);
CREATE AGGREGATE rdf_validate_agg(subject rdf_term, predicate rdf_term, object rdf_term, policy text) (
    SFUNC = rdf_validate_agg_transition, STYPE = internal, SSPACE = 4096,
    FINALFUNC = rdf_validate_agg_final, PARALLEL = SAFE
);

COMMENT ON FUNCTION rdf_validate_agg_transition(internal, rdf_term, rdf_term, rdf_term) IS 'part of rdf_validate_agg: takes a triple';
COMMENT ON FUNCTION rdf_validate_agg_transition(internal, rdf_term, rdf_term, rdf_term, text) IS 'part of rdf_validate_agg: takes a triple';
COMMENT ON FUNCTION rdf_validate_agg_final(internal) IS 'part of rdf_validate_agg: the verdict';
COMMENT ON AGGREGATE rdf_validate_agg(rdf_term, rdf_term, rdf_term) IS 'whether the triples of a group conform to every active policy';
COMMENT ON AGGREGATE rdf_validate_agg(rdf_term, rdf_term, rdf_term, text) IS 'whether the triples of a group conform to a policy';

CREATE FUNCTION rdf_policy_check() RETURNS trigger
    AS 'MODULE_PATHNAME' LANGUAGE C;
COMMENT ON FUNCTION rdf_policy_check() IS 'trigger: judges a column of each new row; arguments: column, policy [, ''warn''] [, ''require_focus'']';
