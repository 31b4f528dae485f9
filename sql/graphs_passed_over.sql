-- Rows of predicates that no policy reads are passed over once a judgement has told so: nothing is queued for them. What is passed over can still
-- be judged: by another policy that is in force at COMMIT.
SET client_min_messages = warning;
CREATE SCHEMA passed;
SET search_path = passed, public;
CREATE FUNCTION iri(name text) RETURNS rdf_term LANGUAGE sql AS $$
    SELECT CASE name WHEN 'a' THEN rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type') ELSE rdf_iri('urn:' || name) END $$;
-- Policy `passed`: what is given, of things.
CREATE FUNCTION apply(properties text, policy text DEFAULT 'passed') RETURNS text LANGUAGE sql AS $$
    SELECT rdf_policy_apply(policy, 'PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX : <urn:>
        :S sh:targetClass :Thing ; ' || properties || ' .')::text $$;
CREATE TABLE t (s rdf_term, p rdf_term, o rdf_term) WITH (autovacuum_enabled = off);
CREATE INDEX ON t (s, p);
CREATE INDEX ON t (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE FUNCTION put(s text, p text, o text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO t (s, p, o) VALUES (iri(s), iri(p), CASE p WHEN 'a' THEN iri(o) ELSE rdf_literal(o) END) $$;
-- How often an event has fired since it was forgotten last: what is passed over queues none. A vacuum of these tables would make all unknown again.
ALTER TABLE rdf_catalog_generation SET (autovacuum_enabled = off);
ALTER TABLE rdf_catalog_enforcement SET (autovacuum_enabled = off);
ALTER TABLE rdf_catalog_graph SET (autovacuum_enabled = off);
ALTER TABLE rdf_catalog_graph_source SET (autovacuum_enabled = off);
SET track_functions = 'all';
SET stats_fetch_consistency = 'none';
CREATE FUNCTION fired() RETURNS bigint LANGUAGE sql AS $$
    SELECT coalesce(pg_stat_get_function_calls(oid), 0) FROM pg_proc WHERE proname = 'rdf_graph_judge' $$;
CREATE TABLE forgotten AS SELECT 0::bigint AS events;
\set flush 'DO ''BEGIN PERFORM pg_stat_force_next_flush(); END'';'
\set forget :flush 'UPDATE passed.forgotten SET events = passed.fired();'
\set events :flush 'SELECT passed.fired() - events AS events FROM passed.forgotten;'
SELECT rdf_graph_register('passed', 't', 's', 'p', 'o') > 0 AS registered;
SELECT apply('sh:property [ sh:path :name ; sh:minCount 1 ] , [ sh:path :age ; sh:maxCount 1 ]');
SELECT rdf_graph_enforce('passed', 'passed');

-- The first time it is not known; then it is, for what comes and for what goes apart.
:forget
BEGIN;
SELECT put('x', 'note', '1'), put('x', 'age', '1');
COMMIT;
:events
:forget
BEGIN;
SELECT put('x', 'note', '2');
COMMIT;
:events
:forget
BEGIN;
DELETE FROM t WHERE p = iri('note') AND o = rdf_literal('2');
COMMIT;
:events
:forget
BEGIN;
DELETE FROM t WHERE p = iri('note');
COMMIT;
:events
-- One more name violates nothing, one fewer may; an age the other way round.
BEGIN;
SELECT put('thing', 'a', 'Thing'), put('thing', 'name', 'A'), put('thing', 'age', '1');
COMMIT;
:forget
BEGIN;
SELECT put('thing', 'name', 'B');
COMMIT;
:events
DELETE FROM t WHERE p = iri('name');
SELECT put('thing', 'age', '2');
-- Of an update both rows count.
UPDATE t SET p = iri('note') WHERE p = iri('name');
:forget
BEGIN;
SELECT put('thing', 'note', '3');
UPDATE t SET o = rdf_literal('4') WHERE p = iri('note');
COMMIT;
:events
:forget
BEGIN;
UPDATE t SET o = rdf_literal('5') WHERE p = iri('note');
COMMIT;
:events
UPDATE t SET p = iri('age') WHERE p = iri('note');
-- A row that stays the same queues nothing either.
:forget
BEGIN;
UPDATE t SET o = o;
COMMIT;
:events

-- Another policy is in force by COMMIT: the graph is judged as a whole, whatever was passed over. Put in force by the transaction itself:
BEGIN;
SELECT put('thing', 'note', 'not a whole number');
SELECT apply('sh:property [ sh:path :note ; sh:pattern "^[0-9]+$" ]');
COMMIT;
SELECT count(*) FROM t WHERE p = iri('note');
-- in a savepoint that is given up, with what it wrote: by the policy that was;
SELECT put('x', 'note', 'x');
:forget
BEGIN;
SELECT put('thing', 'note', 'not a whole number');
SAVEPOINT a;
SELECT apply('sh:property [ sh:path :note ; sh:pattern "^[0-9]+$" ]');
ROLLBACK TO a;
COMMIT;
:events
DELETE FROM t WHERE o = rdf_literal('not a whole number');
-- a savepoint's rows, which are gone, matter no more;
SELECT put('x', 'note', 'x');
BEGIN;
SAVEPOINT a;
SELECT put('thing', 'note', 'not a whole number');
ROLLBACK TO a;
SELECT apply('sh:property [ sh:path :note ; sh:pattern "^[0-9]+$" ]');
COMMIT;
-- and of a savepoint that is not given up they do; from now on such rows are kept again.
BEGIN;
SELECT put('thing', 'more', 'x'), put('thing', 'remark', 'x');
COMMIT;
BEGIN;
SAVEPOINT a;
SELECT put('thing', 'more', 'not a whole number');
RELEASE a;
SELECT apply('sh:property [ sh:path :more ; sh:pattern "^[0-9]+$" ]');
COMMIT;
DELETE FROM t WHERE p = iri('more');
SELECT apply('sh:property [ sh:path :more ; sh:pattern "^[0-9]+$" ]');
SELECT put('thing', 'more', 'not a whole number');
-- A change of any policy makes unknown what was known.
SELECT put('x', 'note', 'x');
SELECT apply('sh:property [ sh:path :note ; sh:pattern "^[0-9]+$" ]', 'passed_else');
:forget
SELECT put('x', 'note', 'x');
SELECT put('x', 'note', 'x');
:events
-- So does a proof, for everybody: who has put the policy in force may not have told of it yet.
SELECT rdf_graph_prove('passed', 'passed');
:forget
SELECT put('x', 'note', 'x');
SELECT put('x', 'note', 'x');
:events
-- Judged before, by SET CONSTRAINTS, it is judged no more: by then it was nobody's.
SELECT put('thing', 'remark', 'x'), put('thing', 'more', '1');
BEGIN;
SELECT put('thing', 'more', '2'), put('thing', 'remark', 'not a whole number');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT apply('sh:property [ sh:path :remark ; sh:pattern "^[0-9]+$" ]');
COMMIT;
-- In a savepoint that is given up it was not.
DELETE FROM t WHERE p = iri('remark');
SELECT apply('sh:property [ sh:path :more ; sh:pattern "^[0-9]+$" ]');
SELECT put('x', 'remark', 'x');
BEGIN;
SELECT put('thing', 'remark', 'y');
SAVEPOINT a;
SELECT put('thing', 'more', '3');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO a;
SET CONSTRAINTS ALL DEFERRED;
SELECT apply('sh:property [ sh:path :remark ; sh:pattern "^[0-9]+$" ]');
COMMIT;
-- PREPARE is the end, too.
BEGIN;
SELECT put('thing', 'remark', 'y');
SELECT put('thing', 'more', 'not a whole number');
PREPARE TRANSACTION 'passed';

-- A second policy, which reads what the first does not: enforced by the transaction; off, and on again.
SELECT apply('sh:property [ sh:path :second ; sh:pattern "^[0-9]+$" ]', 'passed_second');
SELECT put('thing', 'second', 'x');
BEGIN;
SELECT put('thing', 'second', 'y');
SELECT rdf_graph_enforce('passed', 'passed_second');
COMMIT;
DELETE FROM t WHERE p = iri('second');
SELECT rdf_graph_enforce('passed', 'passed_second');
SELECT put('thing', 'second', 'x');
SELECT rdf_graph_set_mode('passed', 'passed_second', 'off');
SELECT put('thing', 'second', 'x');
BEGIN;
SELECT put('thing', 'second', 'y');
SELECT rdf_graph_set_mode('passed', 'passed_second', 'enforce');
COMMIT;
DELETE FROM t WHERE p = iri('second');
SELECT rdf_graph_set_mode('passed', 'passed_second', 'enforce');
SELECT put('thing', 'second', 'x');
-- A policy that reads any predicate lets none pass.
SELECT apply('sh:closed true ; sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> )', 'passed_second');
DELETE FROM t;
SELECT put('else', 'any', 'x'), put('closed', 'a', 'Thing');
:forget
BEGIN;
SELECT put('else', 'any', 'y');
COMMIT;
:events
SELECT put('closed', 'any', 'y');
-- Nor does one that names nodes: a graph's first row may be of any predicate, and whoever writes it answers for what they lack.
SELECT apply('sh:targetNode :named ; sh:property [ sh:path :more ; sh:maxCount 9 ]', 'passed_second');
SELECT put('x', 'note', 'x');
:forget
SELECT put('x', 'note', 'x');
:events
SELECT rdf_graph_unenforce('passed', 'passed_second');
-- What is enforced at once is looked at again at the end, as a deferred judgement is.
SELECT apply('sh:property [ sh:path :more ; sh:pattern "^[0-9]+$" ]', 'passed_second');
SELECT rdf_graph_enforce('passed', 'passed_second', timing => 'immediate');
SELECT put('thing', 'a', 'Thing'), put('thing', 'remark', 'x');
BEGIN;
SELECT put('thing', 'remark', 'y');
SELECT apply('sh:property [ sh:path :remark ; sh:pattern "^[0-9]+$" ]', 'passed_second');
COMMIT;
SELECT rdf_graph_unenforce('passed', 'passed_second');

-- More predicates than are known are kept, and judged.
INSERT INTO t SELECT iri('thing'), iri('p' || n), rdf_literal('x') FROM generate_series(1, 600) n;
:forget
BEGIN;
INSERT INTO t VALUES (iri('thing'), iri('p1'), rdf_literal('x')), (iri('thing'), iri('p512'), rdf_literal('x'));
COMMIT;
:events
:forget
BEGIN;
INSERT INTO t VALUES (iri('thing'), iri('p600'), rdf_literal('x'));
COMMIT;
:events
SELECT put('thing', 'more', 'not a whole number');
-- So are those whose names are long, and what is no predicate.
INSERT INTO t VALUES (iri('thing'), iri(repeat('p', 600)), rdf_literal('x'));
:forget
BEGIN;
INSERT INTO t VALUES (iri('thing'), iri(repeat('p', 600)), rdf_literal('x'));
COMMIT;
:events
INSERT INTO t VALUES (iri('thing'), NULL, rdf_literal('x'));
INSERT INTO t VALUES (iri('thing'), rdf_literal('p'), rdf_literal('x'));
INSERT INTO t VALUES (iri('thing'), rdf_literal('p'), rdf_literal('x'));

-- The table may be changed beside what was passed over, since nothing is queued; then the graph is judged as a whole.
SELECT put('thing', 'note', 'x');
BEGIN;
SELECT put('thing', 'note', 'x');
ALTER TABLE t RENAME COLUMN p TO q;
ALTER TABLE t RENAME COLUMN q TO p;
SELECT put('thing', 'note', 'x');
COMMIT;
SELECT put('thing', 'note', 'x');
BEGIN;
SELECT put('thing', 'note', 'x');
TRUNCATE t;
COMMIT;
SELECT put('thing', 'note', 'x');
BEGIN;
SELECT put('thing', 'note', 'x');
DROP TABLE t;
COMMIT;
SELECT count(*) FROM t;

-- Every form of predicate: text of N-Triples, plain text, a constant; of two sources of one graph each by itself.
CREATE TABLE lines (s text, p text, o text) WITH (autovacuum_enabled = off);
CREATE INDEX ON lines (s, p);
CREATE INDEX ON lines (o, p);
CREATE TABLE plain (s text, p varchar(99), o text, d text) WITH (autovacuum_enabled = off);
CREATE INDEX ON plain (s, p);
CREATE INDEX ON plain (o, p);
CREATE TABLE labels (s text, o text, d text) WITH (autovacuum_enabled = off);
CREATE INDEX ON labels (s);
CREATE INDEX ON labels (o);
SELECT rdf_graph_register('lines', 'lines', 's', 'p', 'o', encoding => 'ntriples') > 0 AS registered,
       rdf_graph_add_source('lines', 'plain', 's', 'p', 'o', encoding => 'plain', datatype => 'd') > 0 AS added,
       rdf_graph_add_source('lines', 'labels', 's', '<urn:label>', 'o', encoding => 'plain', datatype => 'd') > 0 AS added;
SELECT apply('sh:property [ sh:path :name ; sh:minCount 1 ]', 'passed_lines');
SELECT rdf_graph_enforce('lines', 'passed_lines');
INSERT INTO lines VALUES ('<urn:thing>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<urn:Thing>'), ('<urn:thing>', '<urn:name>', '"A"');
BEGIN;
INSERT INTO lines VALUES ('<urn:x>', '<urn:note>', '"x"');
INSERT INTO plain VALUES ('urn:x', 'urn:note', 'x');
INSERT INTO labels VALUES ('urn:x', 'x');
COMMIT;
:forget
INSERT INTO lines VALUES ('<urn:thing>', '<urn:note>', '"1"');
INSERT INTO plain VALUES ('urn:thing', 'urn:note', '2');
INSERT INTO labels VALUES ('urn:thing', '3');
:events
BEGIN;
INSERT INTO plain VALUES ('urn:thing', 'urn:note', 'not a whole number');
SELECT apply('sh:property [ sh:path :note ; sh:pattern "^[0-9]+$" ]', 'passed_lines');
COMMIT;
INSERT INTO labels VALUES ('urn:x', 'x');
BEGIN;
INSERT INTO labels VALUES ('urn:thing', 'not a whole number');
SELECT apply('sh:property [ sh:path :label ; sh:pattern "^[0-9]+$" ]', 'passed_lines');
COMMIT;
INSERT INTO lines VALUES ('<urn:x>', '<urn:note>', '"x"');
BEGIN;
INSERT INTO lines VALUES ('<urn:thing>', '<urn:note>', '"not a whole number"');
SELECT apply('sh:property [ sh:path :note ; sh:pattern "^[0-9]+$" ]', 'passed_lines');
COMMIT;
-- Of a source that is a graph's no more nothing is known.
INSERT INTO plain VALUES ('urn:x', 'urn:note', 'x');
BEGIN;
INSERT INTO plain VALUES ('urn:thing', 'urn:note', 'not a whole number');
SELECT rdf_graph_unenforce('lines', 'passed_lines');
SELECT rdf_graph_drop('lines');
COMMIT;

-- Each named graph by itself: none is passed over, since it counts which were touched.
CREATE TABLE quads (s rdf_term, p rdf_term, o rdf_term, g rdf_term) WITH (autovacuum_enabled = off);
CREATE INDEX ON quads (s, p);
CREATE INDEX ON quads (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('quads', 'quads', 's', 'p', 'o', named_graph => 'g') > 0 AS registered;
SELECT rdf_graph_enforce('quads', 'passed_lines', each => true);
INSERT INTO quads VALUES ('<urn:x>', '<urn:note>', '"x"', '<urn:g>');
:forget
INSERT INTO quads VALUES ('<urn:x>', '<urn:note>', '"x"', '<urn:g>');
:events
-- Passed over by another policy, and then judged by one that is of each: that judges all of them.
SELECT rdf_graph_unenforce('quads', 'passed_lines');
SELECT rdf_graph_enforce('quads', 'passed_lines');
INSERT INTO quads VALUES ('<urn:thing>', rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), '<urn:Thing>', '<urn:g>'),
    ('<urn:thing>', '<urn:name>', '"A"', '<urn:g>'), ('<urn:x>', '<urn:note>', '"x"', '<urn:g>');
BEGIN;
INSERT INTO quads VALUES ('<urn:thing>', '<urn:note>', '"not a whole number"', '<urn:g>'), ('<urn:x>', '<urn:new>', '"x"', '<urn:h>');
SELECT apply('sh:property [ sh:path :note ; sh:pattern "^[0-9]+$" ]', 'passed_each');
SELECT rdf_graph_enforce('quads', 'passed_each', each => true);
COMMIT;
-- Who may not read is told of no node where rows that went were passed over: what he wrote could have been theirs.
CREATE ROLE passed_writer;
GRANT USAGE ON SCHEMA passed TO passed_writer;
GRANT INSERT, UPDATE, DELETE ON quads TO passed_writer;
GRANT SELECT (p) ON quads TO passed_writer;
CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO passed.quads VALUES (OLD.s, rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), '<urn:Thing>', '<urn:g>');
    RETURN NULL;
END $$;
SELECT apply('sh:property [ sh:path :name ; sh:minCount 1 ]', 'passed_lines');
DELETE FROM quads;
INSERT INTO quads VALUES ('<urn:x>', '<urn:note>', '"x"', '<urn:g>');
DELETE FROM quads;
INSERT INTO quads VALUES ('<urn:secret>', '<urn:note>', '"x"', '<urn:g>');
CREATE TRIGGER again AFTER DELETE ON quads FOR EACH ROW EXECUTE FUNCTION again();
SET SESSION AUTHORIZATION passed_writer;
INSERT INTO passed.quads VALUES ('<urn:own>', rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), '<urn:Thing>', '<urn:g>');
DELETE FROM passed.quads WHERE p = '<urn:note>';
DELETE FROM passed.quads WHERE p = '<urn:note>';
RESET SESSION AUTHORIZATION;

SELECT rdf_graph_unenforce(graph, policy) FROM rdf_graph_enforcements WHERE graph = 'quads';
SELECT rdf_graph_drop('quads');
SELECT rdf_graph_unenforce('passed', 'passed');
SELECT rdf_graph_drop('passed');
DROP OWNED BY passed_writer;
DROP ROLE passed_writer;
ALTER TABLE rdf_catalog_generation RESET (autovacuum_enabled);
ALTER TABLE rdf_catalog_enforcement RESET (autovacuum_enabled);
ALTER TABLE rdf_catalog_graph RESET (autovacuum_enabled);
ALTER TABLE rdf_catalog_graph_source RESET (autovacuum_enabled);
DROP SCHEMA passed CASCADE;
SELECT count(rdf_policy_drop(policy)) FROM unnest('{passed,passed_second,passed_lines,passed_else}'::text[]) policy;
