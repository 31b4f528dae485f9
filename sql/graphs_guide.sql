-- The guide doc/graphs.md, block by block: test/lint/tour sees to it that each statement there stands here.
CREATE SCHEMA guide;
SET search_path = guide, public;
SET client_min_messages = error;
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
DELETE FROM public.rdf_catalog_violation;
RESET client_min_messages;
CREATE TABLE triples (subject rdf_term NOT NULL, predicate rdf_term NOT NULL, object rdf_term NOT NULL);
INSERT INTO triples SELECT * FROM rdf_parse('
    PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX ex: <http://example.org/>
    ex:ann a foaf:Person ; foaf:name "Ann" ; foaf:age 41 ; foaf:knows ex:bob .
    ex:bob a foaf:Person ; foaf:age "forty" .');
SELECT rdf_graph_register('people', 'triples', 'subject', 'predicate', 'object');
CREATE INDEX ON triples (subject, predicate);
CREATE INDEX ON triples (object, predicate) WHERE rdf_kind(object) <> 'literal';
SELECT rdf_policy_apply('persons', '
    PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX ex: <http://example.org/>
    ex:Person sh:targetClass foaf:Person ;
        sh:property ex:PersonName , ex:PersonAge .
    ex:PersonName sh:path foaf:name ; sh:minCount 1 .
    ex:PersonAge sh:path foaf:age ; sh:datatype xsd:integer .');
SELECT rdf_graph_validate('people', 'persons');
SELECT focus_node, result_path, result_message FROM rdf_graph_report('people', 'persons');
SELECT result_message FROM rdf_graph_report('people', 'persons', focus => '{<http://example.org/ann>}');
SELECT focus_node, result_message FROM rdf_graph_report('people', 'persons', shape => '<http://example.org/Person>', limit_focus => 10);
SELECT rdf_graph_enforce('people', 'persons');
INSERT INTO triples VALUES ('<http://example.org/cem>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://xmlns.com/foaf/0.1/Person>');
BEGIN;
INSERT INTO triples VALUES ('<http://example.org/cem>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://xmlns.com/foaf/0.1/Person>');
INSERT INTO triples VALUES ('<http://example.org/cem>', '<http://xmlns.com/foaf/0.1/name>', '"Cem"');
COMMIT;
DELETE FROM triples WHERE subject = '<http://example.org/cem>' AND predicate = '<http://xmlns.com/foaf/0.1/name>';
INSERT INTO triples VALUES ('<http://example.org/ann>', '<http://xmlns.com/foaf/0.1/age>', 42);
INSERT INTO triples VALUES ('<http://example.org/bob>', '<http://xmlns.com/foaf/0.1/age>', '"old"');
DO $$
DECLARE
    name text; of_table text; detail text;
BEGIN
    SET LOCAL rdfpolicy.error_detail = 'json';
    SET CONSTRAINTS ALL IMMEDIATE;
    INSERT INTO triples VALUES ('<http://example.org/dia>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://xmlns.com/foaf/0.1/Person>');
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS name = CONSTRAINT_NAME, of_table = TABLE_NAME, detail = PG_EXCEPTION_DETAIL;
    RAISE NOTICE '% of %: % of %', name, of_table, detail::jsonb #>> '{errors,0,type}', detail::jsonb #>> '{errors,0,context,focusNode}';
END $$;
BEGIN;
INSERT INTO triples VALUES ('<http://example.org/cem>', '<http://xmlns.com/foaf/0.1/age>', 27);
SAVEPOINT good;
INSERT INTO triples VALUES ('<http://example.org/ann>', '<http://xmlns.com/foaf/0.1/age>', '"x"');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO good;
COMMIT;
BEGIN;
INSERT INTO triples VALUES ('<http://example.org/cem>', '<http://xmlns.com/foaf/0.1/nick>', '"C"');
CREATE INDEX ON triples (predicate);
ROLLBACK;
SET rdfpolicy.judgement_timeout = '30 s';
SELECT rdf_graph_set_mode('people', 'persons', 'warn');
INSERT INTO triples VALUES ('<http://example.org/dia>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://xmlns.com/foaf/0.1/Person>');
SELECT rdf_graph_set_mode('people', 'persons', 'audit');
INSERT INTO triples VALUES ('<http://example.org/dia>', '<http://xmlns.com/foaf/0.1/age>', '"nine"');
SELECT focus_node, result_path, result_message FROM rdf_graph_violations;
SELECT rdf_graph_set_mode('people', 'persons', 'enforce');
SELECT rdf_graph_prove('people', 'persons');
DELETE FROM triples WHERE subject = '<http://example.org/dia>';
UPDATE triples SET object = 40 WHERE subject = '<http://example.org/bob>' AND predicate = '<http://xmlns.com/foaf/0.1/age>';
INSERT INTO triples VALUES ('<http://example.org/bob>', '<http://xmlns.com/foaf/0.1/name>', '"Bob"');
SELECT rdf_graph_prove('people', 'persons');
SELECT graph, policy, mode, proven_generation IS NOT NULL AS is_proven, unproven_shapes FROM rdf_graph_enforcements;
SELECT rdf_policy_apply('persons', '
    PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX ex: <http://example.org/>
    ex:Person sh:targetClass foaf:Person ;
        sh:property ex:PersonName , ex:PersonAge .
    ex:PersonName sh:path foaf:name ; sh:minCount 1 .
    ex:PersonAge sh:path foaf:age ; sh:datatype xsd:integer ; sh:maxInclusive 150 .');
SELECT rdf_policy_register('persons', '
    PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
    <http://example.org/Person> sh:targetClass foaf:Person ; sh:property [ sh:path foaf:name ; sh:minLength 10 ] .');
SELECT policy, success, error FROM rdf_policy_reload('persons', prove => true);
SELECT rdf_policy_discard('persons');
SELECT rdf_graph_set_mode('people', 'persons', 'off');
INSERT INTO triples SELECT * FROM rdf_parse('
    PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX ex: <http://example.org/>
    ex:eve a foaf:Person ; foaf:name "Eve" . ex:fay a foaf:Person ; foaf:name "Fay" .');
SELECT rdf_graph_set_mode('people', 'persons', 'enforce');
SELECT rdf_graph_prove('people', 'persons');
CREATE TABLE quads (s text, p text, o text, g text);
CREATE INDEX ON quads (s, p);
CREATE INDEX ON quads (o, p) WHERE left(o, 1) <> '"';
INSERT INTO quads VALUES ('<http://example.org/gus>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://xmlns.com/foaf/0.1/Person>', '<http://example.org/g1>'),
    ('<http://example.org/gus>', '<http://xmlns.com/foaf/0.1/age>', '"7"^^<http://www.w3.org/2001/XMLSchema#integer>', '<http://example.org/g1>'),
    ('<http://example.org/gus>', '<http://xmlns.com/foaf/0.1/name>', '"Gus"@en', '<http://example.org/g2>');
SELECT rdf_graph_register('quads', 'quads', 's', 'p', 'o', named_graph => 'g');
SELECT rdf_graph_enforce('quads', 'persons');
INSERT INTO quads VALUES ('<http://example.org/gus>', '<http://xmlns.com/foaf/0.1/age>', 'seven', '<http://example.org/g1>');
INSERT INTO quads VALUES ('<http://example.org/gus>', '<http://xmlns.com/foaf/0.1/age>', '"seven"', '<http://example.org/g1>');
SELECT rdf_graph_validate('quads', 'persons') AS all,
       rdf_graph_validate('quads', 'persons', named_graphs => '{<http://example.org/g1>}') AS g1;
SELECT named_graph, result_message FROM rdf_graph_report('quads', 'persons', "each" => true);
INSERT INTO quads VALUES ('<http://example.org/gus>', '<http://xmlns.com/foaf/0.1/name>', '"Gus"@en', '<http://example.org/g3>');
DELETE FROM quads WHERE g = '<http://example.org/g3>';
DELETE FROM quads WHERE g = '<http://example.org/g2>';
SELECT rdf_graph_unenforce('quads', 'persons'), rdf_graph_enforce('quads', 'persons', "each" => true);
INSERT INTO quads VALUES ('<http://example.org/hal>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://xmlns.com/foaf/0.1/Person>', '<http://example.org/g4>'),
    ('<http://example.org/hal>', '<http://xmlns.com/foaf/0.1/name>', '"Hal"', '<http://example.org/g5>');
CREATE TABLE statements (subject text, predicate text, object text, object_type text, datatype text, lang text);
CREATE INDEX ON statements (subject);
CREATE INDEX ON statements (object, predicate) WHERE object_type <> 'l';
SELECT rdf_graph_register('statements', 'statements', 'subject', 'predicate', 'object', encoding => 'plain',
    object_kind => 'object_type', kinds => '{"u": "iri", "b": "blank", "l": "literal"}', datatype => 'datatype', language => 'lang');
SELECT rdf_graph_enforce('statements', 'persons');
INSERT INTO statements VALUES ('http://example.org/hal', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'http://xmlns.com/foaf/0.1/Person', 'u', NULL, NULL),
    ('http://example.org/hal', 'http://xmlns.com/foaf/0.1/name', 'Hal', 'l', NULL, 'en'),
    ('http://example.org/hal', 'http://xmlns.com/foaf/0.1/age', '33', 'l', 'http://www.w3.org/2001/XMLSchema#integer', NULL);
UPDATE statements SET datatype = NULL;
CREATE TABLE terms (id bigint PRIMARY KEY, type smallint, value text, datatype bigint, language text);
CREATE INDEX ON terms USING hash (value);
INSERT INTO terms (id, type, value) VALUES (1, 1, 'http://example.org/ida'), (2, 1, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), (3, 1, 'http://xmlns.com/foaf/0.1/Person'),
    (4, 1, 'http://xmlns.com/foaf/0.1/name'), (5, 3, 'Ida'), (6, 1, 'http://xmlns.com/foaf/0.1/age'), (7, 3, '12'), (8, 1, 'http://www.w3.org/2001/XMLSchema#integer');
UPDATE terms SET datatype = 8 WHERE id = 7;
CREATE TABLE edges (s bigint, p bigint, o bigint, is_deleted boolean NOT NULL DEFAULT false);
CREATE INDEX ON edges (s, p) WHERE NOT is_deleted;
CREATE INDEX ON edges (p, o) WHERE NOT is_deleted;
INSERT INTO edges VALUES (1, 2, 3), (1, 4, 5), (1, 6, 7);
SELECT rdf_graph_register('edges', 'edges', 's', 'p', 'o', row_filter => 'NOT is_deleted',
    terms => 'terms', term_lexical => 'value', term_kind => 'type', term_datatype => 'datatype', term_language => 'language',
    kinds => '{"1": "iri", "2": "blank", "3": "literal"}');
SELECT rdf_graph_enforce('edges', 'persons');
UPDATE edges SET is_deleted = true WHERE p = 4;
UPDATE terms SET datatype = NULL WHERE id = 7;
CREATE TABLE person (iri text PRIMARY KEY, name text, age integer,
    name_term rdf_term GENERATED ALWAYS AS (rdf_literal(name)) STORED,
    age_term rdf_term GENERATED ALWAYS AS (age::rdf_term) STORED);
SELECT rdf_graph_register('tables', 'person', 'iri', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://xmlns.com/foaf/0.1/Person>', encoding => 'plain'),
    rdf_graph_add_source('tables', 'person', 'iri', '<http://xmlns.com/foaf/0.1/name>', 'name_term', encoding => 'plain', row_filter => 'name IS NOT NULL'),
    rdf_graph_add_source('tables', 'person', 'iri', '<http://xmlns.com/foaf/0.1/age>', 'age_term', encoding => 'plain', row_filter => 'age IS NOT NULL');
CREATE INDEX ON person (name_term) WHERE rdf_kind(name_term) <> 'literal';
CREATE INDEX ON person (age_term) WHERE rdf_kind(age_term) <> 'literal';
SELECT rdf_graph_enforce('tables', 'persons');
INSERT INTO person VALUES ('http://example.org/jo', 'Jo', 50), ('http://example.org/kai', NULL, 20);
CREATE SCHEMA pgrdf;
CREATE TABLE pgrdf._pgrdf_dictionary (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, term_type smallint NOT NULL, lexical_value text NOT NULL, datatype_iri_id bigint, language_tag text);
CREATE INDEX ON pgrdf._pgrdf_dictionary USING hash (lexical_value);
CREATE TABLE pgrdf._pgrdf_quads (subject_id bigint NOT NULL, predicate_id bigint NOT NULL, object_id bigint NOT NULL, graph_id bigint NOT NULL DEFAULT 0,
    is_inferred boolean NOT NULL DEFAULT false) PARTITION BY LIST (graph_id);
CREATE TABLE pgrdf._pgrdf_quads_default PARTITION OF pgrdf._pgrdf_quads DEFAULT;
CREATE INDEX ON pgrdf._pgrdf_quads (subject_id, predicate_id, object_id) INCLUDE (is_inferred);
CREATE INDEX ON pgrdf._pgrdf_quads (predicate_id, object_id, subject_id) INCLUDE (is_inferred);
CREATE TABLE pgrdf._pgrdf_graphs (graph_id bigint PRIMARY KEY, iri text NOT NULL UNIQUE);
INSERT INTO pgrdf._pgrdf_graphs VALUES (0, 'urn:pgrdf:graph:0');
INSERT INTO pgrdf._pgrdf_dictionary (term_type, lexical_value) VALUES
    (1, 'http://example.org/lea'), (1, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), (1, 'http://xmlns.com/foaf/0.1/Person');
CREATE TABLE kb_0123456789_asserted_statements (id serial PRIMARY KEY, subject text NOT NULL, predicate text NOT NULL, object text NOT NULL, context text NOT NULL,
    termcomb integer NOT NULL);
CREATE TABLE kb_0123456789_type_statements (id serial PRIMARY KEY, member text NOT NULL, klass text NOT NULL, context text NOT NULL, termcomb integer NOT NULL);
CREATE TABLE kb_0123456789_literal_statements (id serial PRIMARY KEY, subject text NOT NULL, predicate text NOT NULL, object text, context text NOT NULL,
    termcomb integer NOT NULL, objlanguage varchar(255), objdatatype varchar(255));
CREATE INDEX ON kb_0123456789_asserted_statements (subject);
CREATE INDEX ON kb_0123456789_asserted_statements (object);
CREATE UNIQUE INDEX ON kb_0123456789_type_statements (member, klass, context);
CREATE INDEX ON kb_0123456789_type_statements (klass);
CREATE INDEX ON kb_0123456789_literal_statements (subject);
SELECT rdf_graph_register_preset('store', 'pgrdf') AS sources;
SELECT rdf_graph_enforce('store', 'persons');
INSERT INTO pgrdf._pgrdf_quads VALUES (1, 2, 3, 0);
SELECT rdf_graph_register_preset('rdflib', 'rdflib-sqlalchemy', 'guide', 'kb_0123456789') AS sources;
CREATE INDEX ON kb_0123456789_asserted_statements (object, predicate) WHERE termcomb <> '9' AND termcomb <> '10' AND termcomb <> '69' AND termcomb <> '70';
CREATE INDEX ON kb_0123456789_literal_statements (object, predicate) WHERE termcomb <> '9' AND termcomb <> '10' AND termcomb <> '69' AND termcomb <> '70';
SELECT rdf_graph_enforce('rdflib', 'persons');
INSERT INTO kb_0123456789_type_statements (member, klass, context, termcomb)
VALUES ('http://example.org/max', 'http://xmlns.com/foaf/0.1/Person', 'http://example.org/g', 0);
ALTER TABLE triples RENAME object TO o;
SELECT graph, problem FROM rdf_graph_sources WHERE problem IS NOT NULL;
INSERT INTO triples VALUES ('<http://example.org/ann>', '<http://xmlns.com/foaf/0.1/nick>', '"A"');
ALTER TABLE triples RENAME o TO object;
SELECT rdf_graph_unenforce('people', 'persons'), rdf_graph_drop('people');
SELECT count(rdf_graph_unenforce(graph, policy)) FROM rdf_graph_enforcements;
SELECT count(rdf_graph_drop(graph)) FROM rdf_graphs;
SELECT rdf_policy_drop('persons');
RESET rdfpolicy.judgement_timeout;
SET client_min_messages = warning;
DROP SCHEMA guide, pgrdf CASCADE;
