-- Schemas of other stores, retyped: Marmotta's KiWi, Redland, Jena's SDB, Attean, one with uuids, statements with IRIs apart, CURIEs.
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
CREATE SCHEMA stores;
SET search_path = stores, public;
SELECT rdf_policy_apply('stores', 'PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://ex/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    ex:S sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] , [ sh:path ex:age ; sh:datatype xsd:integer ] , [ sh:path ex:knows ; sh:class ex:Person ] .');

-- KiWi: an enum of kinds, datatypes that are ids, triples that are marked as deleted. Its own indexes do.
CREATE TYPE nodetype AS ENUM ('uri', 'bnode', 'string', 'int', 'double', 'date', 'boolean');
CREATE TABLE nodes (id bigint PRIMARY KEY, ntype nodetype NOT NULL, svalue text NOT NULL, ivalue bigint, ltype bigint REFERENCES nodes, lang varchar(5), createdAt timestamp NOT NULL DEFAULT now());
CREATE TABLE triples (id bigint PRIMARY KEY, subject bigint NOT NULL REFERENCES nodes, predicate bigint NOT NULL REFERENCES nodes, object bigint NOT NULL REFERENCES nodes,
    context bigint REFERENCES nodes, inferred boolean DEFAULT false, deleted boolean DEFAULT false, deletedAt timestamp, CHECK (deleted = (deletedAt IS NOT NULL)));
CREATE INDEX ON nodes USING hash (svalue);
CREATE INDEX ON triples (object, predicate) WHERE deleted = false;
CREATE INDEX ON triples (subject, predicate, object) WHERE deleted = false;
CREATE RULE triples_ignore_duplicates AS ON INSERT TO triples WHERE EXISTS (SELECT FROM triples WHERE id = NEW.id) DO INSTEAD NOTHING;
INSERT INTO nodes VALUES (1, 'uri', 'http://ex/ann'), (2, 'uri', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), (3, 'uri', 'http://ex/Person'), (4, 'uri', 'http://ex/name'),
    (6, 'uri', 'http://ex/age'), (7, 'uri', 'http://www.w3.org/2001/XMLSchema#integer'), (9, 'uri', 'http://ex/g'), (10, 'bnode', '8c2b:1'), (11, 'uri', 'http://ex/knows');
INSERT INTO nodes VALUES (5, 'string', 'Ann', NULL, NULL, 'en'), (8, 'int', '41', 41, 7, NULL);
INSERT INTO triples VALUES (1, 1, 2, 3, 9), (2, 1, 4, 5, 9), (3, 1, 6, 8, NULL);
\set VERBOSITY default
SELECT rdf_graph_register('kiwi', 'triples', 'subject', 'predicate', 'object', 'context', row_filter => 'deleted = false',
    terms => 'nodes', term_lexical => 'svalue', term_kind => 'ntype', term_datatype => 'ltype', term_language => 'lang');
SELECT focus_node FROM rdf_graph_report('kiwi', 'stores');
SELECT rdf_graph_drop('kiwi'), rdf_graph_register('kiwi', 'triples', 'subject', 'predicate', 'object', 'context', row_filter => 'deleted = false',
    terms => 'nodes', term_lexical => 'svalue', term_kind => 'ntype', term_datatype => 'ltype', term_language => 'lang',
    kinds => '{"uri": "iri", "bnode": "blank", "string": "literal", "int": "literal", "double": "literal", "date": "literal", "boolean": "literal"}');
SELECT rdf_graph_enforce('kiwi', 'stores'), rdf_graph_prove('kiwi', 'stores');
UPDATE triples SET deleted = true, deletedAt = now() WHERE id = 2;
INSERT INTO triples VALUES (4, 1, 11, 10, 9);
-- The rule passes over a row that is there.
INSERT INTO triples VALUES (1, 1, 11, 10, 9);
BEGIN;
INSERT INTO triples VALUES (4, 1, 11, 10, 9), (5, 10, 2, 3, 9), (6, 10, 4, 5, 9);
COMMIT;
-- A label that Turtle has not: it is shown, and asked for, by its bytes.
DELETE FROM triples WHERE id = 6;
SELECT focus_node FROM rdf_graph_report('kiwi', 'stores', focus => '{_:bytes-8c2b_3A1}', shape => '<http://ex/S>');
SELECT rdf_graph_unenforce('kiwi', 'stores');
DELETE FROM triples WHERE id = 6;
SELECT focus_node, result_message FROM rdf_graph_report('kiwi', 'stores');
SELECT focus_node FROM rdf_graph_report('kiwi', 'stores', focus => '{_:bytes-8c2b_3A1,_:bytes-8c2b_3a1,_:bytes-_00,_:bytes-_FF,_:bytes-_,_:bytes-}');
INSERT INTO nodes VALUES (20, 'bnode', 'bytes-8c2b_3A1'), (21, 'bnode', '_:-x'), (22, 'bnode', '-x'), (23, 'bnode', 'é '), (24, 'bnode', '');
INSERT INTO triples VALUES (20, 20, 2, 3), (21, 21, 2, 3), (23, 23, 2, 3);
SELECT focus_node FROM rdf_graph_report('kiwi', 'stores') ORDER BY 1;
-- Two rows for one label are one node.
INSERT INTO triples VALUES (22, 22, 4, 5);
SELECT focus_node FROM rdf_graph_report('kiwi', 'stores') ORDER BY 1;
SELECT focus_node FROM rdf_graph_report('kiwi', 'stores', focus => '{_:bytes-bytes_2D8c2b_5F3A1,_:bytes-_2Dx,_:bytes-_C3_A9_20}') ORDER BY 1;
INSERT INTO triples VALUES (24, 24, 2, 3);
SELECT focus_node FROM rdf_graph_report('kiwi', 'stores');

-- Redland: numeric ids of 20 digits, a table for each kind of term, 0 for no context. The dictionary is a view, whose tables' indexes serve.
CREATE TABLE statements1 (subject numeric(20) NOT NULL, predicate numeric(20) NOT NULL, object numeric(20) NOT NULL, context numeric(20) NOT NULL);
CREATE TABLE resources (id numeric(20) PRIMARY KEY, uri text NOT NULL);
CREATE TABLE bnodes (id numeric(20) PRIMARY KEY, name text NOT NULL);
CREATE TABLE literals (id numeric(20) PRIMARY KEY, value text NOT NULL, language text NOT NULL, datatype text NOT NULL);
CREATE INDEX ON resources USING hash (uri);
CREATE INDEX ON statements1 (subject, predicate);
CREATE INDEX ON statements1 (object, predicate);
CREATE VIEW redland_terms AS SELECT id, 'iri' AS kind, uri AS lexical, NULL AS datatype, NULL AS language FROM resources
    UNION ALL SELECT id, 'blank', name, NULL, NULL FROM bnodes UNION ALL SELECT id, 'literal', value, datatype, language FROM literals;
INSERT INTO resources VALUES (17293822569102704640, 'http://ex/ann'), (2, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), (3, 'http://ex/Person'), (4, 'http://ex/name'), (6, 'http://ex/age'), (7, 'http://ex/g');
INSERT INTO literals VALUES (18446744073709551615, 'Ann', 'en', ''), (8, '41', '', 'http://www.w3.org/2001/XMLSchema#integer');
INSERT INTO statements1 VALUES (17293822569102704640, 2, 3, 0), (17293822569102704640, 4, 18446744073709551615, 7);
SELECT rdf_graph_register('redland', 'statements1', 'subject', 'predicate', 'object', row_filter => 'context = 0',
    terms => 'redland_terms', term_lexical => 'lexical', term_kind => 'kind', term_datatype => 'datatype', term_language => 'language'),
  rdf_graph_add_source('redland', 'statements1', 'subject', 'predicate', 'object', 'context', row_filter => 'context <> 0',
    terms => 'redland_terms', term_lexical => 'lexical', term_kind => 'kind', term_datatype => 'datatype', term_language => 'language');
SELECT rdf_graph_enforce('redland', 'stores'), rdf_graph_prove('redland', 'stores');
INSERT INTO statements1 VALUES (17293822569102704640, 6, 18446744073709551615, 7);
INSERT INTO statements1 VALUES (17293822569102704640, 6, 8, 7);
DELETE FROM statements1 WHERE context = 7 AND predicate = 4;
SELECT named_graph, result_message FROM rdf_graph_report('redland', 'stores', "each" => true);

-- SDB: hashes that are ids, codes of kinds, a table for the default graph and one for the others, blank nodes with Jena's labels.
CREATE TABLE sdb_nodes (hash bigint PRIMARY KEY, lex text NOT NULL, lang varchar NOT NULL DEFAULT '', datatype varchar(200) NOT NULL DEFAULT '', type integer NOT NULL DEFAULT 0);
CREATE TABLE sdb_triples (s bigint NOT NULL, p bigint NOT NULL, o bigint NOT NULL, PRIMARY KEY (s, p, o));
CREATE TABLE sdb_quads (g bigint NOT NULL, s bigint NOT NULL, p bigint NOT NULL, o bigint NOT NULL, PRIMARY KEY (g, s, p, o));
CREATE INDEX ON sdb_triples (p, o);
CREATE INDEX ON sdb_quads (s, p, o);
CREATE INDEX ON sdb_quads (p, o, s);
CREATE INDEX ON sdb_nodes USING hash (lex);
INSERT INTO sdb_nodes VALUES (-1, '-2ddb8fb4:14c1fc5e4a0:-7ffe', '', '', 1), (2, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', '', '', 2), (3, 'http://ex/Person', '', '', 2), (4, 'http://ex/name', '', '', 2),
    (5, 'Ann', 'en', '', 3), (6, 'http://ex/age', '', '', 2), (7, '41', '', 'http://www.w3.org/2001/XMLSchema#integer', 5), (8, 'x', '', '', 3), (9, 'http://ex/g', '', '', 2);
INSERT INTO sdb_triples VALUES (-1, 2, 3), (-1, 4, 5);
INSERT INTO sdb_quads VALUES (9, -1, 6, 7);
\set sdb 'terms => \'sdb_nodes\', term_id => \'hash\', term_lexical => \'lex\', term_kind => \'type\', term_datatype => \'datatype\', term_language => \'lang\', kinds => \'{"1": "blank", "2": "iri", "3": "literal", "4": "literal", "5": "literal", "6": "literal", "7": "literal", "50": "literal"}\''
SELECT rdf_graph_register('sdb', 'sdb_triples', 's', 'p', 'o', :sdb), rdf_graph_add_source('sdb', 'sdb_quads', 's', 'p', 'o', 'g', :sdb);
SELECT rdf_graph_enforce('sdb', 'stores'), rdf_graph_prove('sdb', 'stores');
INSERT INTO sdb_quads VALUES (9, -1, 6, 8);
DELETE FROM sdb_triples WHERE p = 4;
ALTER TABLE sdb_nodes SET UNLOGGED;
SELECT problem FROM rdf_graph_enforcements WHERE graph = 'sdb';
ALTER TABLE sdb_nodes SET LOGGED;

-- Attean: an enum whose words are known, serial ids, datatypes that are ids, an index with the graph in between.
CREATE TYPE term_type AS ENUM ('iri', 'literal', 'blank');
CREATE TABLE term (term_id serial PRIMARY KEY, type term_type, datatype_id bigint REFERENCES term, value text NOT NULL, language text, UNIQUE (datatype_id, value, language));
CREATE TABLE quad (subject bigint NOT NULL REFERENCES term, predicate bigint NOT NULL REFERENCES term, object bigint NOT NULL REFERENCES term, graph bigint NOT NULL REFERENCES term,
    PRIMARY KEY (subject, predicate, object, graph));
CREATE INDEX quad_pogs_idx ON quad (predicate, object, graph, subject);
INSERT INTO term (type, datatype_id, value) VALUES ('iri', NULL, 'http://ex/ann'), ('iri', NULL, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), ('iri', NULL, 'http://ex/Person'), ('iri', NULL, 'http://ex/g');
SELECT rdf_graph_register('attean', 'quad', 'subject', 'predicate', 'object', 'graph', terms => 'term', term_id => 'term_id', term_lexical => 'value', term_kind => 'type',
    term_datatype => 'datatype_id', term_language => 'language');
CREATE INDEX ON term USING hash (value);
SELECT rdf_graph_enforce('attean', 'stores');
INSERT INTO quad VALUES (1, 2, 3, 4);

-- uuids, datatypes in a table of their own by other ids: a view has them as text. All tables of triples are unlogged, which is as good.
CREATE UNLOGGED TABLE uuid_terms (term_uuid uuid PRIMARY KEY, term_text text NOT NULL, term_type char(1) NOT NULL, lang varchar(20), datatype_id bigint);
CREATE UNLOGGED TABLE uuid_quads (s uuid NOT NULL, p uuid NOT NULL, o uuid NOT NULL, g uuid NOT NULL, PRIMARY KEY (s, p, o, g));
CREATE INDEX ON uuid_quads (o);
CREATE TABLE uuid_datatypes (datatype_id bigserial PRIMARY KEY, datatype_uri varchar(255) NOT NULL UNIQUE);
\set uuids 'term_id => \'term_uuid\', term_lexical => \'term_text\', term_kind => \'term_type\', term_language => \'lang\', kinds => \'{"U": "iri", "G": "iri", "L": "literal", "B": "blank"}\''
SELECT rdf_graph_register('uuids', 'uuid_quads', 's', 'p', 'o', 'g', terms => 'uuid_terms', term_datatype => 'datatype_id', :uuids);
CREATE VIEW uuid_meaning AS SELECT t.*, d.datatype_uri FROM uuid_terms t LEFT JOIN uuid_datatypes d USING (datatype_id);
SELECT rdf_graph_register('uuids', 'uuid_quads', 's', 'p', 'o', 'g', terms => 'uuid_meaning', term_datatype => 'datatype_uri', :uuids);
INSERT INTO uuid_terms SELECT md5(t)::uuid, t, k FROM (VALUES ('http://ex/ann', 'U'), ('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'U'), ('http://ex/Person', 'U'), ('http://ex/g', 'G')) v (t, k);
CREATE INDEX ON uuid_quads (o, p);
SELECT rdf_graph_enforce('uuids', 'stores');
INSERT INTO uuid_quads SELECT md5('http://ex/ann')::uuid, md5('http://www.w3.org/1999/02/22-rdf-syntax-ns#type')::uuid, md5('http://ex/Person')::uuid, md5('http://ex/g')::uuid;

-- Statements with IRIs and literals apart; and CURIEs, whose kinds are in the column of datatypes: a view.
CREATE TABLE statements (stanza text, subject text, predicate text, object text, value text, datatype text, language text);
CREATE INDEX ON statements (subject, predicate);
CREATE INDEX ON statements (object, predicate);
SELECT rdf_graph_register('semsql', 'statements', 'subject', 'predicate', 'value', object_iri => 'object', encoding => 'plain', datatype => 'datatype', language => 'language');
SELECT rdf_graph_enforce('semsql', 'stores');
INSERT INTO statements VALUES ('s', 'http://ex/ann', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'http://ex/Person');
INSERT INTO statements VALUES ('s', 'http://ex/ann', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', 'http://ex/Person', NULL, NULL, NULL), ('s', 'http://ex/ann', 'http://ex/name', NULL, 'Ann', NULL, 'en');
CREATE TABLE curies (transaction integer NOT NULL, retraction integer NOT NULL DEFAULT 0, subject text NOT NULL, predicate text NOT NULL, object text NOT NULL, datatype text NOT NULL);
CREATE TABLE prefix (prefix text PRIMARY KEY, base text NOT NULL);
INSERT INTO prefix VALUES ('ex', 'http://ex/'), ('rdf', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'), ('xsd', 'http://www.w3.org/2001/XMLSchema#');
INSERT INTO curies VALUES (1, 0, 'ex:ann', 'rdf:type', 'ex:Person', '_IRI'), (1, 0, 'ex:ann', 'ex:age', '4x', 'xsd:integer'), (1, 1, 'ex:ann', 'ex:age', '41', 'xsd:integer'), (1, 0, 'ex:ann', 'ex:name', 'Ann', '@en');
CREATE FUNCTION expanded(curie text) RETURNS text STABLE LANGUAGE sql AS $$
    SELECT CASE WHEN curie LIKE '<%' THEN trim(curie, '<>') ELSE coalesce((SELECT base || substr(curie, length(prefix) + 2) FROM stores.prefix WHERE starts_with(curie, prefix || ':')), curie) END $$;
CREATE VIEW expanded_curies AS SELECT expanded(subject) AS s, expanded(predicate) AS p, CASE datatype WHEN '_IRI' THEN expanded(object) END AS iri, CASE WHEN datatype <> '_IRI' THEN object END AS o,
    CASE WHEN datatype NOT LIKE '@%' AND datatype <> '_IRI' THEN expanded(datatype) END AS datatype, CASE WHEN datatype LIKE '@%' THEN substr(datatype, 2) END AS language FROM curies WHERE retraction = 0;
SELECT rdf_graph_register('curies', 'expanded_curies', 's', 'p', 'o', object_iri => 'iri', encoding => 'plain', datatype => 'datatype', language => 'language');
SELECT focus_node, result_message FROM rdf_graph_report('curies', 'stores');
SELECT rdf_graph_enforce('curies', 'stores');

SELECT rdf_graph_unenforce(graph, policy) FROM rdf_graph_enforcements;
SELECT rdf_graph_drop(graph) FROM rdf_graphs;
SELECT rdf_policy_drop('stores');
SET client_min_messages = warning;
DROP SCHEMA stores CASCADE;
