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
ROLLBACK;

-- A partition that comes, or goes.
CREATE TABLE kg.three (LIKE kg.triples INCLUDING ALL);
INSERT INTO kg.three SELECT *, 3 FROM kg.person('b');
ALTER TABLE kg.triples ATTACH PARTITION kg.three FOR VALUES IN (3);
INSERT INTO kg.three SELECT *, 3 FROM kg.name('b');
ALTER TABLE kg.triples ATTACH PARTITION kg.three FOR VALUES IN (3);
ALTER TABLE kg.triples DETACH PARTITION kg.three;
ALTER TABLE kg.triples DETACH PARTITION kg.two;
DROP TABLE kg.two;

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
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE kg.triples DETACH PARTITION kg.four;
ROLLBACK;

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
