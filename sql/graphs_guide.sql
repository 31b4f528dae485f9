-- The guide doc/graphs.md, block by block.
CREATE SCHEMA guide;
SET search_path = guide, public;
SET client_min_messages = error;
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
CREATE TABLE triples (subject rdf_term NOT NULL, predicate rdf_term NOT NULL, object rdf_term NOT NULL);
CREATE INDEX ON triples (subject, predicate);
CREATE INDEX ON triples (object, predicate) WHERE rdf_kind(object) <> 'literal';
INSERT INTO triples SELECT * FROM rdf_parse('
    PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX ex: <http://example.org/>
    ex:ann a foaf:Person ; foaf:name "Ann" ; foaf:age 41 ; foaf:knows ex:bob .
    ex:bob a foaf:Person ; foaf:age "forty" .');
SELECT rdf_graph_register('people', 'triples', 'subject', 'predicate', 'object');
SELECT rdf_policy_apply('persons', '
    PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX ex: <http://example.org/>
    ex:Person sh:targetClass foaf:Person ;
        sh:property [ sh:path foaf:name ; sh:minCount 1 ] , [ sh:path foaf:age ; sh:datatype xsd:integer ] .');
SELECT rdf_graph_validate('people', 'persons');
SELECT focus_node, result_path, result_message FROM rdf_graph_report('people', 'persons');
SELECT result_message FROM rdf_graph_report('people', 'persons', focus => '{<http://example.org/ann>}');
SELECT focus_node, result_message FROM rdf_graph_report('people', 'persons', shape => '<http://example.org/Person>', limit_focus => 10);
CREATE TABLE quads (s text, p text, o text, g text);
INSERT INTO quads VALUES ('<http://example.org/cy>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://xmlns.com/foaf/0.1/Person>', '<http://example.org/g1>'),
    ('<http://example.org/cy>', '<http://xmlns.com/foaf/0.1/age>', '"7"^^<http://www.w3.org/2001/XMLSchema#integer>', '<http://example.org/g1>'),
    ('<http://example.org/cy>', '<http://xmlns.com/foaf/0.1/name>', '"Cy"@en', '<http://example.org/g2>');
CREATE INDEX ON quads (s, p);
CREATE INDEX ON quads (o, p) WHERE left(o, 1) <> '"';
SELECT rdf_graph_register('quads', 'quads', 's', 'p', 'o', named_graph => 'g');
SELECT rdf_graph_validate('quads', 'persons') AS all,
       rdf_graph_validate('quads', 'persons', named_graphs => '{<http://example.org/g1>}') AS g1;
SELECT named_graph, result_message FROM rdf_graph_report('quads', 'persons', "each" => true);
CREATE TABLE statements (subject text, predicate text, object text, object_type text, datatype text, lang text);
INSERT INTO statements VALUES ('http://example.org/dee', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'http://xmlns.com/foaf/0.1/Person', 'u', NULL, NULL),
    ('http://example.org/dee', 'http://xmlns.com/foaf/0.1/name', 'Dee', 'l', NULL, 'en'),
    ('http://example.org/dee', 'http://xmlns.com/foaf/0.1/age', '33', 'l', 'http://www.w3.org/2001/XMLSchema#integer', NULL);
CREATE INDEX ON statements (subject);
CREATE INDEX ON statements (object, predicate) WHERE object_type <> 'l';
SELECT rdf_graph_register('statements', 'statements', 'subject', 'predicate', 'object', encoding => 'plain',
    object_kind => 'object_type', kinds => '{"u": "iri", "b": "blank", "l": "literal"}', datatype => 'datatype', language => 'lang');
SELECT rdf_graph_validate('statements', 'persons');
CREATE TABLE terms (id bigint PRIMARY KEY, type smallint, value text, datatype bigint, language text);
CREATE TABLE edges (s bigint, p bigint, o bigint, is_deleted boolean NOT NULL DEFAULT false);
INSERT INTO terms (id, type, value) VALUES (1, 1, 'http://example.org/eve'), (2, 1, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), (3, 1, 'http://xmlns.com/foaf/0.1/Person'),
    (4, 1, 'http://xmlns.com/foaf/0.1/name'), (5, 3, 'Eve'), (6, 1, 'http://xmlns.com/foaf/0.1/age'), (7, 3, '12'), (8, 1, 'http://www.w3.org/2001/XMLSchema#integer');
UPDATE terms SET datatype = 8 WHERE id = 7;
INSERT INTO edges VALUES (1, 2, 3, false), (1, 4, 5, true), (1, 6, 7, false);
CREATE INDEX ON edges (s, p) WHERE NOT is_deleted;
CREATE INDEX ON edges (p, o) WHERE NOT is_deleted;
CREATE INDEX ON terms USING hash (value);
SELECT rdf_graph_register('edges', 'edges', 's', 'p', 'o', row_filter => 'NOT is_deleted',
    terms => 'terms', term_lexical => 'value', term_kind => 'type', term_datatype => 'datatype', term_language => 'language',
    kinds => '{"1": "iri", "2": "blank", "3": "literal"}');
SELECT focus_node, result_message FROM rdf_graph_report('edges', 'persons');
CREATE TABLE person (iri text PRIMARY KEY, name text);
CREATE TABLE age (person text, years integer);
INSERT INTO person VALUES ('http://example.org/fay', 'Fay'), ('http://example.org/gus', NULL);
INSERT INTO age VALUES ('http://example.org/fay', 50), ('http://example.org/gus', 20);
CREATE VIEW person_name AS SELECT rdf_iri(iri) AS s, rdf_literal(name) AS o FROM person WHERE name IS NOT NULL;
CREATE VIEW person_age AS SELECT rdf_iri(person) AS s, years::rdf_term AS o FROM age;
SELECT rdf_graph_register('tables', 'person', 'iri', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://xmlns.com/foaf/0.1/Person>', encoding => 'plain'),
    rdf_graph_add_source('tables', 'person_name', 's', '<http://xmlns.com/foaf/0.1/name>', 'o'),
    rdf_graph_add_source('tables', 'person_age', 's', '<http://xmlns.com/foaf/0.1/age>', 'o');
SELECT focus_node, result_message FROM rdf_graph_report('tables', 'persons');
ALTER TABLE triples RENAME object TO o;
SELECT graph, problem FROM rdf_graph_sources WHERE problem IS NOT NULL;
ALTER TABLE triples RENAME o TO object;
UPDATE quads SET o = 'Cy' WHERE g = '<http://example.org/g2>';
SELECT rdf_graph_validate('quads', 'persons');
SELECT count(rdf_graph_drop(graph)) FROM rdf_graphs;
SELECT rdf_policy_drop('persons');
DROP SCHEMA guide CASCADE;
