-- Results counted by policy, shape, path and component, with one of each as rdf_validation_report_jsonb writes it.
CREATE FUNCTION rdf_validation_summary(
    triples rdf_triple[], policy text = NULL, max_results integer = NULL, require_focus boolean = NULL,
    OUT policy text, OUT shape rdf_term, OUT path text, OUT component text, OUT results bigint, OUT example jsonb)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_validation_summary_triples' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION rdf_validation_summary(
    document text, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    named_graph text = NULL, require_focus boolean = NULL,
    OUT policy text, OUT shape rdf_term, OUT path text, OUT component text, OUT results bigint, OUT example jsonb)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_validation_summary_text' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION rdf_validation_summary(
    document jsonb, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    context text = NULL, named_graph text = NULL, require_focus boolean = NULL,
    OUT policy text, OUT shape rdf_term, OUT path text, OUT component text, OUT results bigint, OUT example jsonb)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_validation_summary_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION rdf_validation_summary(
    document json, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    context text = NULL, named_graph text = NULL, require_focus boolean = NULL,
    OUT policy text, OUT shape rdf_term, OUT path text, OUT component text, OUT results bigint, OUT example jsonb)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_validation_summary_json' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 10;

COMMENT ON FUNCTION rdf_validation_summary(rdf_triple[], text, integer, boolean) IS 'how many validation results there are of each shape, path and component, with an example';
COMMENT ON FUNCTION rdf_validation_summary(text, text, integer, text, text, boolean) IS 'how many validation results there are of each shape, path and component, with an example';
COMMENT ON FUNCTION rdf_validation_summary(jsonb, text, integer, text, text, text, boolean) IS 'how many validation results there are of each shape, path and component, with an example';
COMMENT ON FUNCTION rdf_validation_summary(json, text, integer, text, text, text, boolean) IS 'how many validation results there are of each shape, path and component, with an example';
