-- Capture on partitioned tables, and what happens to a graph's tables without a row's being written.
CREATE SCHEMA kg;
CREATE TABLE kg.triples (s rdf_term, p rdf_term, o rdf_term, g integer NOT NULL) PARTITION BY LIST (g);
CREATE INDEX ON kg.triples (s, p);
CREATE INDEX ON kg.triples (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE TABLE kg.one PARTITION OF kg.triples FOR VALUES IN (1);
CREATE TABLE kg.two PARTITION OF kg.triples FOR VALUES IN (2) PARTITION BY LIST (g);
CREATE TABLE kg.two_a PARTITION OF kg.two FOR VALUES IN (2);
SELECT rdf_graph_register('kg', 'kg.triples', 's', 'p', 'o') > 0 AS registered;
SELECT rdf_policy_apply('kg_parts', $$
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:ex:> .
ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .
$$);
SELECT rdf_graph_enforce('kg', 'kg_parts');
CREATE FUNCTION kg.person(who text) RETURNS TABLE (s rdf_term, p rdf_term, o rdf_term) LANGUAGE sql AS $$
    SELECT rdf_iri('urn:ex:' || who), rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), rdf_iri('urn:ex:Person') $$;
CREATE FUNCTION kg.name(who text) RETURNS TABLE (s rdf_term, p rdf_term, o rdf_term) LANGUAGE sql AS $$
    SELECT rdf_iri('urn:ex:' || who), rdf_iri('urn:ex:name'), rdf_literal(who) $$;

-- By the root, by a partition's name, from one partition to another.
INSERT INTO kg.triples SELECT *, 1 FROM kg.person('a');
INSERT INTO kg.two_a SELECT *, 2 FROM kg.person('a');
BEGIN;
INSERT INTO kg.one SELECT *, 1 FROM kg.person('a');
INSERT INTO kg.two SELECT *, 2 FROM kg.name('a');
COMMIT;
UPDATE kg.triples SET g = 2 WHERE g = 1;
UPDATE kg.triples SET g = 1, o = rdf_iri('urn:ex:Robot') WHERE p = rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type');
UPDATE kg.triples SET g = 1, p = rdf_iri('urn:ex:title') WHERE p = rdf_iri('urn:ex:name');
UPDATE kg.triples SET g = 1, o = rdf_iri('urn:ex:Person') WHERE p = rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type');
UPDATE kg.triples SET p = rdf_iri('urn:ex:title'), g = 1 WHERE p = rdf_iri('urn:ex:name');

-- TRUNCATE of a partition takes the name away; of everything, all.
TRUNCATE kg.two_a;
TRUNCATE kg.two;
BEGIN;
TRUNCATE kg.triples;
INSERT INTO kg.triples SELECT *, 1 FROM kg.person('eve');
COMMIT;

-- A partition that comes, or goes.
CREATE TABLE kg.three (LIKE kg.triples INCLUDING ALL);
INSERT INTO kg.three SELECT *, 3 FROM kg.person('b');
ALTER TABLE kg.triples ATTACH PARTITION kg.three FOR VALUES IN (3);
INSERT INTO kg.three SELECT *, 3 FROM kg.name('b');
ALTER TABLE kg.triples ATTACH PARTITION kg.three FOR VALUES IN (3);
ALTER TABLE kg.triples DETACH PARTITION kg.three;
ALTER TABLE kg.triples DETACH PARTITION kg.two;
DROP TABLE kg.two;

-- A partition of a partition.
CREATE TABLE kg.six PARTITION OF kg.triples FOR VALUES IN (6) PARTITION BY LIST (g);
CREATE TABLE kg.six_a PARTITION OF kg.six FOR VALUES IN (6);
BEGIN;
INSERT INTO kg.one SELECT *, 1 FROM kg.person('z');
INSERT INTO kg.six_a SELECT *, 6 FROM kg.name('z');
COMMIT;
ALTER TABLE kg.six DETACH PARTITION kg.six_a CONCURRENTLY;
ALTER TABLE kg.triples DETACH PARTITION kg.six CONCURRENTLY;
DELETE FROM kg.triples WHERE s = rdf_iri('urn:ex:z');
ALTER TABLE kg.triples DETACH PARTITION kg.six CONCURRENTLY;
DROP TABLE kg.six;

-- One that is made later has its triggers, also that of TRUNCATE.
CREATE TABLE kg.four PARTITION OF kg.triples FOR VALUES IN (4);
INSERT INTO kg.four SELECT *, 4 FROM kg.person('c');
BEGIN;
INSERT INTO kg.triples SELECT *, 1 FROM kg.person('c');
INSERT INTO kg.four SELECT *, 4 FROM kg.name('c');
COMMIT;
TRUNCATE kg.four;
DROP TABLE kg.four;
-- A row is written and its partition goes: nothing is left of the event.
BEGIN;
INSERT INTO kg.four SELECT *, 4 FROM kg.person('d');
DELETE FROM kg.triples WHERE s = rdf_iri('urn:ex:c');
ALTER TABLE kg.triples DETACH PARTITION kg.four;
COMMIT;
DROP TABLE kg.four;

-- A session that has names quoted otherwise sees the same.
SET quote_all_identifiers = on;
CREATE TABLE kg.quoted (LIKE kg.triples);
INSERT INTO kg.quoted SELECT *, 7 FROM kg.person('e');
ALTER TABLE kg.triples ATTACH PARTITION kg.quoted FOR VALUES IN (7);
RESET quote_all_identifiers;

-- A dictionary's partitions: without their rows nothing can be told of the triples that have their ids.
CREATE TABLE kg.words (id integer PRIMARY KEY, term rdf_term) PARTITION BY RANGE (id);
CREATE INDEX ON kg.words (term);
CREATE TABLE kg.few PARTITION OF kg.words FOR VALUES FROM (1) TO (10);
CREATE TABLE kg.said (s integer, p integer, o integer);
CREATE INDEX ON kg.said (s, p);
CREATE INDEX ON kg.said (o, p);
SELECT rdf_graph_register('words', 'kg.said', 's', 'p', 'o', terms => 'kg.words', term_lexical => 'term') > 0 AS registered;
SELECT rdf_graph_enforce('words', 'kg_parts');
CREATE TABLE kg.more PARTITION OF kg.words FOR VALUES FROM (10) TO (20);
INSERT INTO kg.words VALUES (1, '<urn:ex:a>'), (2, '<urn:ex:name>'), (11, '"a"');
INSERT INTO kg.said VALUES (1, 2, 11);
TRUNCATE kg.more;
ALTER TABLE kg.words DETACH PARTITION kg.more;
ALTER TABLE kg.words DETACH PARTITION kg.more CONCURRENTLY;
DROP TABLE kg.more;
DELETE FROM kg.said;
ALTER TABLE kg.words DETACH PARTITION kg.more;
TRUNCATE kg.more;
SELECT graph, problem FROM rdf_graph_enforcements WHERE graph = 'words';
DROP TABLE kg.words;
SELECT rdf_graph_unenforce('words', 'kg_parts');
SELECT rdf_graph_drop('words');

-- A graph that is enforced stays; a table that is gone, or another one by now, is noticed.
SELECT rdf_graph_drop('kg');
ALTER TABLE kg.triples RENAME COLUMN o TO object;
INSERT INTO kg.one SELECT *, 1 FROM kg.name('f');
ALTER TABLE kg.triples RENAME COLUMN object TO o;
ALTER TABLE kg.triples RENAME TO statements;
INSERT INTO kg.one SELECT *, 1 FROM kg.name('f');
ALTER TABLE kg.statements RENAME TO triples;
INSERT INTO kg.one SELECT *, 1 FROM kg.name('f');
DROP TABLE kg.triples;
SELECT graph, relation, problem FROM rdf_graph_sources;
SELECT rdf_graph_unenforce('kg', 'kg_parts');
SELECT rdf_graph_drop('kg');
DROP SCHEMA kg CASCADE;
SELECT rdf_policy_drop('kg_parts');
