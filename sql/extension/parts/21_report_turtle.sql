-- The validation report graph, as Turtle. C code: src/pg/judge/report_turtle.c.

CREATE FUNCTION rdf_validation_report_turtle(triples rdf_triple[], policy text = NULL, max_results integer = NULL, require_focus boolean = NULL)
    RETURNS text
    AS 'MODULE_PATHNAME', 'rdf_validation_report_turtle_triples' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_validation_report_turtle(document text, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    named_graph text = NULL, require_focus boolean = NULL)
    RETURNS text
    AS 'MODULE_PATHNAME', 'rdf_validation_report_turtle_text' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_validation_report_turtle(document jsonb, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    context text = NULL, named_graph text = NULL, require_focus boolean = NULL)
    RETURNS text
    AS 'MODULE_PATHNAME', 'rdf_validation_report_turtle_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION rdf_validation_report_turtle(document json, policy text = NULL, max_results integer = NULL, base_iri text = NULL,
    context text = NULL, named_graph text = NULL, require_focus boolean = NULL)
    RETURNS text
    AS 'MODULE_PATHNAME', 'rdf_validation_report_turtle_json' LANGUAGE C STABLE PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION rdf_validation_report_turtle(rdf_triple[], text, integer, boolean) IS 'the validation report graph as Turtle';
COMMENT ON FUNCTION rdf_validation_report_turtle(text, text, integer, text, text, boolean) IS 'the validation report graph as Turtle';
COMMENT ON FUNCTION rdf_validation_report_turtle(jsonb, text, integer, text, text, text, boolean) IS 'the validation report graph as Turtle';
COMMENT ON FUNCTION rdf_validation_report_turtle(json, text, integer, text, text, text, boolean) IS 'the validation report graph as Turtle';
