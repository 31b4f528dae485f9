-- Graphs in tables: what is registered, and judging all that is stored.

-- One row for each graph.
CREATE TABLE rdf_catalog_graph (
    graph         text COLLATE "C" NOT NULL PRIMARY KEY,
    registered_at timestamptz NOT NULL,
    registered_by text        NOT NULL
) USING heap;

-- How the rows of a relation read as triples of a graph: the options of rdf_graph_register by their names. Relations are named by text, not
-- by OID: a stored OID would stop pg_upgrade, and a dump has names. There are no foreign keys: a parallel restore fills tables in any order.
CREATE TABLE rdf_catalog_graph_source (
    id            integer     NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    graph         text COLLATE "C" NOT NULL,
    relation      text        NOT NULL,
    options       jsonb       NOT NULL,
    registered_at timestamptz NOT NULL,
    registered_by text        NOT NULL
) USING heap;

COMMENT ON TABLE rdf_catalog_graph IS 'internal: the graphs in tables; see rdf_graphs';
COMMENT ON TABLE rdf_catalog_graph_source IS 'internal: how relations read as triples of graphs; see rdf_graph_sources';

REVOKE ALL ON rdf_catalog_graph, rdf_catalog_graph_source FROM PUBLIC;

SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_graph', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_graph_source', '');
SELECT pg_catalog.pg_extension_config_dump('rdf_catalog_graph_source_id_seq', '');

-- Tells every backend, standbys included, that a graph has changed: a relcache invalidation of the table.
CREATE FUNCTION rdf_catalog_graph_changed() RETURNS trigger
    LANGUAGE c AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_graph_changed() IS 'internal: trigger of rdf_catalog_graph, rdf_catalog_graph_source and rdf_catalog_enforcement';

CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON rdf_catalog_graph
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_graph_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON rdf_catalog_graph
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_graph_changed();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON rdf_catalog_graph_source
    FOR EACH ROW EXECUTE FUNCTION rdf_catalog_graph_changed();
CREATE TRIGGER truncated AFTER TRUNCATE ON rdf_catalog_graph_source
    FOR EACH STATEMENT EXECUTE FUNCTION rdf_catalog_graph_changed();
ALTER TABLE rdf_catalog_graph ENABLE ALWAYS TRIGGER changed;
ALTER TABLE rdf_catalog_graph ENABLE ALWAYS TRIGGER truncated;
ALTER TABLE rdf_catalog_graph_source ENABLE ALWAYS TRIGGER changed;
ALTER TABLE rdf_catalog_graph_source ENABLE ALWAYS TRIGGER truncated;

-- A graph and its first source. Options are given by name; see doc/sql.md, "Graphs in tables".
CREATE FUNCTION rdf_graph_register(
    graph text, relation regclass, subject text, predicate text, object text DEFAULT NULL, named_graph text DEFAULT NULL,
    encoding text DEFAULT NULL, subject_kind text DEFAULT NULL, object_kind text DEFAULT NULL, graph_kind text DEFAULT NULL,
    kinds jsonb DEFAULT NULL, object_iri text DEFAULT NULL, datatype text DEFAULT NULL, language text DEFAULT NULL,
    terms regclass DEFAULT NULL, term_id text DEFAULT 'id', term_lexical text DEFAULT NULL, term_kind text DEFAULT NULL,
    term_datatype text DEFAULT NULL, term_language text DEFAULT NULL, row_filter text DEFAULT NULL)
    RETURNS integer LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_register(text, regclass, text, text, text, text, text, text, text, text, jsonb, text, text, text, regclass,
    text, text, text, text, text, text) IS 'registers a graph in tables with its first source; returns the number of the source';

CREATE FUNCTION rdf_graph_add_source(
    graph text, relation regclass, subject text, predicate text, object text DEFAULT NULL, named_graph text DEFAULT NULL,
    encoding text DEFAULT NULL, subject_kind text DEFAULT NULL, object_kind text DEFAULT NULL, graph_kind text DEFAULT NULL,
    kinds jsonb DEFAULT NULL, object_iri text DEFAULT NULL, datatype text DEFAULT NULL, language text DEFAULT NULL,
    terms regclass DEFAULT NULL, term_id text DEFAULT 'id', term_lexical text DEFAULT NULL, term_kind text DEFAULT NULL,
    term_datatype text DEFAULT NULL, term_language text DEFAULT NULL, row_filter text DEFAULT NULL)
    RETURNS integer LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_add_source(text, regclass, text, text, text, text, text, text, text, text, jsonb, text, text, text, regclass,
    text, text, text, text, text, text) IS 'adds a source to a graph; returns its number';

CREATE FUNCTION rdf_graph_register_preset(graph text, preset text, schema text DEFAULT NULL, prefix text DEFAULT NULL)
    RETURNS integer LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_register_preset(text, text, text, text) IS
    'registers a graph whose tables have a known schema, with all its sources; returns how many';

CREATE FUNCTION rdf_graph_drop(graph text) RETURNS void
    LANGUAGE c STRICT VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_drop(text) IS 'forgets a graph and its sources; its tables stay as they are';

-- What keeps a source from being read by now, and the statements that make the indexes it lacks. By its number, and not by its options:
-- compiling a row filter calls functions in the name of the relation's owner, who has been asked for those that are registered alone.
CREATE FUNCTION rdf_catalog_source_problem(source integer, OUT problem text, OUT missing_indexes text[])
    LANGUAGE c STRICT VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_source_problem(integer) IS 'internal: what is wrong with a source now, for rdf_graph_sources';

CREATE VIEW rdf_graphs AS
SELECT g.graph, (SELECT pg_catalog.count(*) FROM rdf_catalog_graph_source s WHERE s.graph = g.graph) AS sources,
       g.registered_at, g.registered_by
FROM rdf_catalog_graph g;
COMMENT ON VIEW rdf_graphs IS 'the graphs in tables';

CREATE VIEW rdf_graph_sources AS
SELECT s.id AS source, s.graph, s.relation, s.options, p.problem, p.missing_indexes, s.registered_at, s.registered_by
FROM rdf_catalog_graph_source s, LATERAL rdf_catalog_source_problem(s.id) p;
COMMENT ON VIEW rdf_graph_sources IS 'how rows of relations read as triples of graphs, and what is wrong with it by now';

GRANT SELECT ON rdf_graphs, rdf_graph_sources TO PUBLIC;
REVOKE EXECUTE ON FUNCTION
    rdf_graph_register(text, regclass, text, text, text, text, text, text, text, text, jsonb, text, text, text, regclass, text, text, text,
        text, text, text),
    rdf_graph_add_source(text, regclass, text, text, text, text, text, text, text, text, jsonb, text, text, text, regclass, text, text,
        text, text, text, text),
    rdf_graph_register_preset(text, text, text, text),
    rdf_graph_drop(text)
FROM PUBLIC;

-- Judging all that is stored.
CREATE FUNCTION rdf_graph_validate(graph text, policy text DEFAULT NULL, named_graphs text[] DEFAULT NULL, "each" boolean DEFAULT false)
    RETURNS boolean LANGUAGE c STABLE PARALLEL RESTRICTED COST 100000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_validate(text, text, text[], boolean) IS 'whether all that is stored of a graph conforms to a policy';

CREATE FUNCTION rdf_graph_report(
    graph text, policy text DEFAULT NULL, max_results integer DEFAULT NULL, shape text DEFAULT NULL, focus rdf_term[] DEFAULT NULL,
    limit_focus integer DEFAULT NULL, named_graphs text[] DEFAULT NULL, "each" boolean DEFAULT false,
    OUT policy text, OUT version integer, OUT focus_node rdf_term, OUT result_path text, OUT value rdf_term,
    OUT source_shape rdf_term, OUT source_constraint_component text, OUT violation_type text,
    OUT result_severity text, OUT result_message text, OUT detail jsonb, OUT place text, OUT named_graph text)
    RETURNS SETOF record LANGUAGE c STABLE PARALLEL RESTRICTED COST 100000 ROWS 100 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_report(text, text, integer, text, rdf_term[], integer, text[], boolean) IS
    'the validation results of all that is stored of a graph, one row each';

CREATE FUNCTION rdf_graph_report_jsonb(
    graph text, policy text DEFAULT NULL, max_results integer DEFAULT NULL, shape text DEFAULT NULL, focus rdf_term[] DEFAULT NULL,
    limit_focus integer DEFAULT NULL, named_graphs text[] DEFAULT NULL, "each" boolean DEFAULT false)
    RETURNS jsonb LANGUAGE c STABLE PARALLEL RESTRICTED COST 100000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_report_jsonb(text, text, integer, text, rdf_term[], integer, text[], boolean) IS
    'the validation report of all that is stored of a graph, as one jsonb value';

CREATE FUNCTION rdf_graph_report_turtle(
    graph text, policy text DEFAULT NULL, max_results integer DEFAULT NULL, shape text DEFAULT NULL, focus rdf_term[] DEFAULT NULL,
    limit_focus integer DEFAULT NULL, named_graphs text[] DEFAULT NULL, "each" boolean DEFAULT false)
    RETURNS text LANGUAGE c STABLE PARALLEL RESTRICTED COST 100000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_report_turtle(text, text, integer, text, rdf_term[], integer, text[], boolean) IS
    'the validation report of all that is stored of a graph, in Turtle';

CREATE FUNCTION rdf_graph_summary(
    graph text, policy text DEFAULT NULL, max_results integer DEFAULT NULL, shape text DEFAULT NULL, focus rdf_term[] DEFAULT NULL,
    limit_focus integer DEFAULT NULL, named_graphs text[] DEFAULT NULL, "each" boolean DEFAULT false,
    OUT policy text, OUT shape rdf_term, OUT path text, OUT component text, OUT results bigint, OUT example jsonb)
    RETURNS SETOF record LANGUAGE c STABLE PARALLEL RESTRICTED COST 100000 ROWS 100 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_graph_summary(text, text, integer, text, rdf_term[], integer, text[], boolean) IS
    'the validation results of all that is stored of a graph, counted by policy, shape, path and component';

CREATE FUNCTION rdf_catalog_graph_progress()
    RETURNS TABLE (pid integer, graph text, policy text, phase text, rows_read bigint, rows_total bigint, focus_done bigint,
                   focus_total bigint, memory_bytes bigint)
    LANGUAGE c VOLATILE PARALLEL RESTRICTED AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_graph_progress() IS 'internal: the rows of rdf_graph_progress';

CREATE VIEW rdf_graph_progress AS SELECT * FROM rdf_catalog_graph_progress();
COMMENT ON VIEW rdf_graph_progress IS 'how far judging graphs in tables is';
GRANT SELECT ON rdf_graph_progress TO PUBLIC;
