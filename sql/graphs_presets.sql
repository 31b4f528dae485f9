-- Schemas that are known, retyped: pgRDF's and rdflib-sqlalchemy's.
\pset format unaligned
\set VERBOSITY default
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
SET client_min_messages = error;
SELECT rdf_policy_apply('presets', 'PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://ex/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    ex:P sh:targetClass ex:Person ; sh:property [ sh:path ex:age ; sh:datatype xsd:integer ; sh:minCount 1 ], [ sh:path ex:name ; sh:uniqueLang true ],
        [ sh:path ex:knows ; sh:nodeKind sh:IRI ] .');

CREATE SCHEMA pgrdf;
SET search_path = pgrdf, public;
CREATE TABLE _pgrdf_dictionary (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, term_type smallint NOT NULL, lexical_value text NOT NULL, datatype_iri_id bigint, language_tag text,
    lexical_md5 bytea GENERATED ALWAYS AS (decode(md5(lexical_value), 'hex')) STORED,
    CONSTRAINT unique_term UNIQUE (term_type, lexical_md5, datatype_iri_id, language_tag));
CREATE INDEX _pgrdf_dict_val_idx ON _pgrdf_dictionary USING hash (lexical_value);
CREATE TABLE _pgrdf_quads (subject_id bigint NOT NULL, predicate_id bigint NOT NULL, object_id bigint NOT NULL, graph_id bigint NOT NULL DEFAULT 0,
    is_inferred boolean NOT NULL DEFAULT false) PARTITION BY LIST (graph_id);
CREATE TABLE _pgrdf_quads_default PARTITION OF _pgrdf_quads DEFAULT;
CREATE INDEX ON _pgrdf_quads (subject_id, predicate_id, object_id) INCLUDE (is_inferred);
CREATE INDEX ON _pgrdf_quads (predicate_id, object_id, subject_id) INCLUDE (is_inferred);
CREATE INDEX ON _pgrdf_quads (object_id, subject_id, predicate_id) INCLUDE (is_inferred);
CREATE TABLE _pgrdf_graphs (graph_id bigint PRIMARY KEY, iri text NOT NULL UNIQUE);
INSERT INTO _pgrdf_graphs VALUES (0, 'urn:pgrdf:graph:0'), (7, 'http://ex/g');
CREATE TABLE _pgrdf_quads_g7 PARTITION OF _pgrdf_quads FOR VALUES IN (7);
INSERT INTO _pgrdf_dictionary (term_type, lexical_value, datatype_iri_id, language_tag) VALUES
    (1, 'http://ex/ann', NULL, NULL), (1, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', NULL, NULL), (1, 'http://ex/Person', NULL, NULL),
    (1, 'http://ex/age', NULL, NULL), (1, 'http://www.w3.org/2001/XMLSchema#integer', NULL, NULL), (3, '41', 5, NULL), (3, '41', NULL, NULL),
    (1, 'http://ex/name', NULL, NULL), (3, 'Ann', NULL, 'en'), (3, 'Anne', NULL, 'EN'), (1, 'http://ex/knows', NULL, NULL), (2, '_:b0', NULL, NULL),
    (1, 'http://ex/Person', NULL, NULL), (1, 'http://ex/bob', NULL, NULL);
INSERT INTO _pgrdf_quads VALUES (1, 2, 3, 0), (1, 4, 6, 0), (1, 4, 6, 7), (1, 8, 9, 0), (1, 8, 10, 7), (1, 11, 12, 0), (14, 2, 13, 7), (14, 4, 7, 7);
\set VERBOSITY terse
RESET client_min_messages;
SELECT rdf_graph_register_preset('p', 'pgrdf');
SELECT relation, problem, missing_indexes FROM rdf_graph_sources;
\set columns 'focus_node, result_path, value, result_message'
SELECT :columns FROM rdf_graph_report('p', 'presets') ORDER BY 1, 2;
SELECT :columns FROM rdf_graph_report('p', 'presets', named_graphs => '{<http://ex/g>}') ORDER BY 1, 2;
SELECT named_graph, :columns FROM rdf_graph_report('p', 'presets', "each" => true) ORDER BY 1, 2, 3;
SELECT :columns FROM rdf_graph_report('p', 'presets', focus => '{<http://ex/bob>}') ORDER BY 1, 2;
SELECT :columns FROM rdf_graph_report('p', 'presets', named_graphs => '{<urn:pgrdf:graph:0>}', shape => '<http://ex/P>') ORDER BY 1, 2;
-- A graph of which the table of graphs knows nothing.
INSERT INTO _pgrdf_quads VALUES (1, 2, 3, 8);
SELECT rdf_graph_validate('p', 'presets', "each" => true);
SELECT rdf_graph_validate('p', 'presets', '{<http://ex/g>}');
-- The table of graphs' names is the graph's, too: nothing inherits from it, and a partition of it that leaves is judged.
DELETE FROM _pgrdf_quads WHERE graph_id = 8 OR subject_id = 14;
DELETE FROM _pgrdf_quads WHERE object_id = 12;
SELECT rdf_graph_enforce('p', 'presets', named_graphs => '{<urn:pgrdf:graph:0>}');
CREATE TABLE more_graphs () INHERITS (_pgrdf_graphs);
SELECT rdf_graph_unenforce('p', 'presets');
SELECT rdf_graph_drop('p');
ALTER TABLE _pgrdf_graphs RENAME TO graphs_0;
CREATE TABLE _pgrdf_graphs (graph_id bigint PRIMARY KEY, iri text NOT NULL) PARTITION BY RANGE (graph_id);
CREATE INDEX ON _pgrdf_graphs (iri);
ALTER TABLE _pgrdf_graphs ATTACH PARTITION graphs_0 FOR VALUES FROM (0) TO (100);
SELECT rdf_graph_register_preset('p', 'pgrdf');
SELECT rdf_graph_enforce('p', 'presets', named_graphs => '{<urn:pgrdf:graph:0>}');
ALTER TABLE _pgrdf_graphs DETACH PARTITION graphs_0;
ALTER TABLE _pgrdf_graphs DETACH PARTITION graphs_0 CONCURRENTLY;
SELECT rdf_graph_unenforce('p', 'presets');
SELECT rdf_graph_drop('p');
ALTER TABLE _pgrdf_quads RENAME TO other_quads;
SELECT rdf_graph_register_preset('p', 'pgrdf');
SELECT rdf_graph_register_preset('p', 'pgrdf', prefix => 'other_');
SELECT rdf_graph_register_preset('p', 'pgrdf', schema => 'nowhere');
SELECT rdf_graph_register_preset('p', 'jena');
SELECT count(*) FROM rdf_graphs;

CREATE SCHEMA rdflib;
SET search_path = rdflib, public;
CREATE TABLE kb_0123456789_asserted_statements (id serial PRIMARY KEY, subject text NOT NULL, predicate text NOT NULL, object text NOT NULL, context text NOT NULL,
    termcomb integer NOT NULL);
CREATE TABLE kb_0123456789_type_statements (id serial PRIMARY KEY, member text NOT NULL, klass text NOT NULL, context text NOT NULL, termcomb integer NOT NULL);
CREATE TABLE kb_0123456789_literal_statements (id serial PRIMARY KEY, subject text NOT NULL, predicate text NOT NULL, object text, context text NOT NULL,
    termcomb integer NOT NULL, objlanguage varchar(255), objdatatype varchar(255));
CREATE TABLE kb_0123456789_quoted_statements (LIKE kb_0123456789_literal_statements);
CREATE INDEX "kb_0123456789_A_s_index" ON kb_0123456789_asserted_statements (subject);
CREATE INDEX "kb_0123456789_A_o_index" ON kb_0123456789_asserted_statements (object);
CREATE UNIQUE INDEX kb_0123456789_type_mkc_key ON kb_0123456789_type_statements (member, klass, context);
CREATE INDEX kb_0123456789_klass_index ON kb_0123456789_type_statements (klass);
CREATE INDEX "kb_0123456789_L_s_index" ON kb_0123456789_literal_statements (subject);
-- UUUU is 0, UUUB 1, UUBU 6, UULU 9, BUUU 60, BULB 70.
INSERT INTO kb_0123456789_type_statements (member, klass, context, termcomb) VALUES ('http://ex/ann', 'http://ex/Person', 'http://ex/g', 0),
    ('N1', 'http://ex/Person', 'Nctx', 61);
INSERT INTO kb_0123456789_asserted_statements (subject, predicate, object, context, termcomb) VALUES ('http://ex/ann', 'http://ex/knows', 'N1', 'http://ex/g', 6),
    ('N1', 'http://ex/knows', 'http://ex/ann', 'http://ex/g', 60);
INSERT INTO kb_0123456789_literal_statements (subject, predicate, object, context, termcomb, objlanguage, objdatatype) VALUES
    ('http://ex/ann', 'http://ex/age', '41', 'http://ex/g', 9, NULL, 'http://www.w3.org/2001/XMLSchema#integer'), ('N1', 'http://ex/age', '41', 'Nctx', 70, NULL, NULL),
    ('http://ex/ann', 'http://ex/name', 'Ann', 'http://ex/g', 9, 'en', NULL), ('http://ex/ann', 'http://ex/name', 'Anna', 'http://ex/g', 9, 'de', NULL);
SELECT rdf_graph_register_preset('r', 'rdflib-sqlalchemy');
SELECT rdf_graph_register_preset('r', 'rdflib-sqlalchemy', 'rdflib', 'kb_0123456789');
SELECT relation, problem, missing_indexes FROM rdf_graph_sources;
SELECT :columns FROM rdf_graph_report('r', 'presets') ORDER BY 1, 2;
SELECT named_graph, :columns FROM rdf_graph_report('r', 'presets', "each" => true) ORDER BY 1, 2, 3;
SELECT :columns FROM rdf_graph_report('r', 'presets', shape => '<http://ex/P>', focus => '{_:N1}') ORDER BY 1, 2;
-- A code of a quoted graph is no triple's.
UPDATE kb_0123456789_asserted_statements SET termcomb = 2 WHERE id = 1;
SELECT rdf_graph_validate('r', 'presets');
SELECT rdf_graph_drop('r');
SET client_min_messages = error;
DROP SCHEMA pgrdf, rdflib CASCADE;
SELECT rdf_policy_drop('presets');
