-- Every way in which the rows of a graph change, or seem to: what is judged, and what is no change.
SET client_min_messages = warning;
CREATE SCHEMA capture;
SET search_path = capture, public;
SELECT rdf_policy_apply('capture', 'PREFIX sh: <http://www.w3.org/ns/shacl#>
    <urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ; sh:maxCount 1 ] , [ sh:path <urn:needs> ; sh:minCount 1 ] .');
CREATE TABLE node (id integer PRIMARY KEY);
INSERT INTO node SELECT generate_series(1, 9);
CREATE TABLE t (s rdf_term, p rdf_term, o rdf_term, node integer REFERENCES node ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE,
    upper text, plain rdf_term GENERATED ALWAYS AS (rdf_literal(upper)) STORED);
CREATE INDEX ON t (s, p);
CREATE INDEX ON t (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('capture', 't', 's', 'p', 'o') > 0 AS registered;
SELECT rdf_graph_enforce('capture', 'capture');
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '<urn:b>', 1), ('<urn:a>', '<urn:needs>', '"x"', 2), ('<urn:a>', '<urn:free>', '"y"', 3);

-- A foreign key's cascade takes what is needed; and its deferred check, and ours, come at the same end.
DELETE FROM node WHERE id = 2;
DELETE FROM node WHERE id = 3;
DELETE FROM node;
INSERT INTO node SELECT generate_series(1, 9);
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '<urn:b>', 1), ('<urn:a>', '<urn:needs>', '"x"', 2);
UPDATE node SET id = 20 WHERE id = 2;
-- MERGE in all its parts, ON CONFLICT, and writing CTEs that undo each other.
CREATE UNIQUE INDEX once ON t (s, p, o);
MERGE INTO t USING (VALUES (rdf_iri('urn:a'), rdf_iri('urn:p'), rdf_iri('urn:c')), ('<urn:n>', '<urn:p>', '<urn:c>')) x (s, p, o) ON t.s = x.s AND t.p = x.p
    WHEN MATCHED THEN UPDATE SET o = x.o WHEN NOT MATCHED THEN INSERT VALUES (x.s, x.p, x.o);
MERGE INTO t USING (VALUES (rdf_iri('urn:a'), rdf_iri('urn:p'), rdf_iri('urn:c'))) x (s, p, o) ON t.s = x.s AND t.p = x.p
    WHEN MATCHED THEN UPDATE SET o = x.o;
MERGE INTO t USING (VALUES (rdf_iri('urn:a'))) x (s) ON t.s = x.s AND t.p = '<urn:needs>' WHEN MATCHED THEN DO NOTHING;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '<urn:c>') ON CONFLICT (s, p, o) DO UPDATE SET o = '"literal"';
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '<urn:c>') ON CONFLICT DO NOTHING;
WITH gone AS (DELETE FROM t WHERE p = '<urn:needs>' RETURNING *), back AS (INSERT INTO t (s, p, o) SELECT s, p, '"again"' FROM gone RETURNING 1)
SELECT count(*) FROM back;
WITH more AS (INSERT INTO t (s, p, o) VALUES ('<urn:a>', '<urn:p>', '<urn:d>') RETURNING *) SELECT count(*) FROM more;
-- Updatable views, one with an INSTEAD OF trigger, a rule.
CREATE VIEW plain_view AS SELECT s, p, o FROM t;
UPDATE plain_view SET o = '"x"' WHERE p = '<urn:p>';
CREATE VIEW made_view AS SELECT s::text || '' AS s FROM t;
CREATE FUNCTION instead() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO capture.t (s, p, o) VALUES (NEW.s::rdf_term, '<urn:p>', '<urn:x>'); RETURN NEW; END $$;
CREATE TRIGGER instead INSTEAD OF INSERT ON made_view FOR EACH ROW EXECUTE FUNCTION instead();
INSERT INTO made_view VALUES ('<urn:new>');
CREATE RULE also AS ON INSERT TO node DO ALSO INSERT INTO t (s, p, o) VALUES (rdf_iri('urn:' || NEW.id), '<urn:p>', '<urn:x>');
INSERT INTO node VALUES (30);
DROP RULE also ON node;
-- A trigger that changes another row when this one changes, after ours has seen it.
CREATE FUNCTION chain() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM capture.t WHERE s = NEW.s AND p = '<urn:needs>'; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER zz_chain AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.p = '<urn:free>') EXECUTE FUNCTION chain();
INSERT INTO t VALUES ('<urn:a>', '<urn:free>', '"z"');
DROP TRIGGER zz_chain ON t;
-- Columns that are no part of the triple are no change; a generated column is one where it is.
UPDATE t SET upper = 'X';
SELECT rdf_graph_register('generated', 't', 's', '<urn:p>', 'plain', row_filter => 'upper IS NOT NULL') > 0 AS registered;
SELECT rdf_policy_apply('generated', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:maxLength 3 ] .');
CREATE INDEX ON t (plain, s) WHERE rdf_kind(plain) <> 'literal';
SELECT rdf_graph_enforce('generated', 'generated');
UPDATE t SET upper = 'too long';
UPDATE t SET upper = NULL;
SELECT rdf_graph_unenforce('generated', 'generated'), rdf_graph_drop('generated');
-- Loads: COPY, with FREEZE too; an unlogged table; rewrites of the table are none.
ALTER TABLE t DROP COLUMN plain, DROP COLUMN upper, DROP COLUMN node;
COPY t FROM stdin;
<urn:copied>	<urn:p>	<urn:x>
\.
BEGIN;
TRUNCATE t;
COPY t FROM stdin (FREEZE);
<urn:copied>	<urn:p>	<urn:x>
\.
COMMIT;
VACUUM FULL t;
CLUSTER t USING once;
ALTER TABLE t SET UNLOGGED;
ALTER TABLE t ADD extra text DEFAULT clock_timestamp()::text;
ALTER TABLE t SET LOGGED;
REINDEX TABLE t;
INSERT INTO t VALUES ('<urn:bad>', '<urn:p>', '<urn:x>');
SELECT problem FROM rdf_graph_enforcements WHERE graph = 'capture';
-- Statements that are judged at once, within functions, whose errors are caught; what was written before is judged all the same.
DO $$
BEGIN
    INSERT INTO t VALUES ('<urn:kept>', '<urn:free>', '"1"');
    BEGIN
        INSERT INTO t VALUES ('<urn:bad>', '<urn:p>', '<urn:x>');
        SET CONSTRAINTS ALL IMMEDIATE;
    EXCEPTION WHEN check_violation THEN RAISE WARNING 'refused: %', SQLERRM;
    END;
    BEGIN
        INSERT INTO t VALUES ('<urn:bad>', '<urn:p>', '<urn:x>');
    EXCEPTION WHEN check_violation THEN RAISE WARNING 'refused at once: %', SQLERRM;
    END;
END $$;
DO $$
BEGIN
    INSERT INTO t VALUES ('<urn:kept>', '<urn:free>', '"1"');
    BEGIN
        INSERT INTO t VALUES ('<urn:bad>', '<urn:p>', '<urn:x>');
        SET CONSTRAINTS ALL IMMEDIATE;
    EXCEPTION WHEN check_violation THEN RAISE WARNING 'refused: %', SQLERRM;
    END;
END $$;
DO $$
BEGIN
    INSERT INTO t VALUES ('<urn:one>', '<urn:free>', '"1"');
    COMMIT;
    INSERT INTO t VALUES ('<urn:bad>', '<urn:p>', '<urn:x>');
    COMMIT;
EXCEPTION WHEN OTHERS THEN RAISE WARNING 'never here: %', SQLERRM;
END $$;
DO $$
BEGIN
    INSERT INTO t VALUES ('<urn:two>', '<urn:free>', '"1"');
    COMMIT;
    INSERT INTO t VALUES ('<urn:bad>', '<urn:p>', '<urn:x>');
    ROLLBACK;
    INSERT INTO t VALUES ('<urn:three>', '<urn:free>', '"1"');
END $$;
SELECT s FROM t WHERE s IN ('<urn:kept>', '<urn:one>', '<urn:two>', '<urn:three>', '<urn:bad>') ORDER BY s::text;
-- Savepoints within savepoints, judged and undone at each depth: the committed whole is what counts.
BEGIN;
INSERT INTO t VALUES ('<urn:deep>', '<urn:p>', '<urn:x>');
SAVEPOINT a;
INSERT INTO t VALUES ('<urn:deep>', '<urn:needs>', '"1"');
SAVEPOINT b;
SET CONSTRAINTS ALL IMMEDIATE;
SAVEPOINT c;
DELETE FROM t WHERE s = '<urn:deep>' AND p = '<urn:free>';
RELEASE c;
ROLLBACK TO b;
RELEASE b;
SET CONSTRAINTS ALL DEFERRED;
SAVEPOINT d;
DELETE FROM t WHERE s = '<urn:deep>' AND p = '<urn:needs>';
ROLLBACK TO d;
ROLLBACK TO a;
SAVEPOINT e;
RELEASE e;
COMMIT;
BEGIN;
SAVEPOINT a;
SAVEPOINT b;
INSERT INTO t VALUES ('<urn:deep>', '<urn:p>', '<urn:x>'), ('<urn:deep>', '<urn:needs>', '"1"');
SET CONSTRAINTS ALL IMMEDIATE;
RELEASE b;
SET CONSTRAINTS ALL DEFERRED;
SAVEPOINT c;
DELETE FROM t WHERE s = '<urn:deep>' AND p = '<urn:needs>';
RELEASE c;
RELEASE a;
COMMIT;
-- A cursor that changes the row it is on.
BEGIN;
DECLARE c CURSOR FOR SELECT * FROM t WHERE p = '<urn:free>' FOR UPDATE;
MOVE c;
UPDATE t SET p = '<urn:p>' WHERE CURRENT OF c;
COMMIT;
-- Sessions that replicate are not judged.
BEGIN;
SET LOCAL session_replication_role = replica;
INSERT INTO t VALUES ('<urn:bad>', '<urn:p>', '<urn:x>');
SET LOCAL session_replication_role = origin;
INSERT INTO t VALUES ('<urn:fine>', '<urn:free>', '"1"');
COMMIT;
DELETE FROM t WHERE s = '<urn:bad>';

-- A dictionary's rows in the transaction that uses them: added before, added after, changed, removed.
CREATE TABLE dict (id bigint PRIMARY KEY, term rdf_term);
CREATE INDEX ON dict USING hash (term);
CREATE TABLE ids (s bigint, p bigint, o bigint);
CREATE INDEX ON ids (s, p);
CREATE INDEX ON ids (o, p);
INSERT INTO dict VALUES (1, '<urn:a>'), (2, '<urn:p>'), (3, '<urn:b>'), (4, '<urn:needs>');
SELECT rdf_graph_register('ids', 'ids', 's', 'p', 'o', terms => 'dict', term_lexical => 'term') > 0 AS registered;
SELECT rdf_graph_enforce('ids', 'capture');
INSERT INTO ids VALUES (1, 2, 3), (1, 4, 3);
BEGIN;
INSERT INTO ids VALUES (5, 2, 6);
INSERT INTO dict VALUES (5, '<urn:c>'), (6, '"literal"');
COMMIT;
BEGIN;
INSERT INTO dict VALUES (5, '<urn:c>'), (6, '<urn:d>');
INSERT INTO ids VALUES (5, 2, 6), (5, 4, 6);
UPDATE dict SET term = '"literal"' WHERE id = 6;
COMMIT;
INSERT INTO ids VALUES (7, 2, 3);
UPDATE dict SET term = '<urn:other>' WHERE id = 4;
UPDATE dict SET id = 8 WHERE id = 4;
DELETE FROM dict WHERE id = 3;
BEGIN;
DELETE FROM ids WHERE p = 4;
DELETE FROM dict WHERE id = 4;
COMMIT;
BEGIN;
DELETE FROM ids;
TRUNCATE dict;
COMMIT;
SELECT rdf_graph_unenforce('ids', 'capture'), rdf_graph_drop('ids');

-- What cannot be enforced is refused by name: tables of the session, views, a parent, one with a foreign partition.
CREATE TEMPORARY TABLE temp (s rdf_term, p rdf_term, o rdf_term);
SELECT rdf_graph_register('temp', 'temp', 's', 'p', 'o');
SELECT rdf_graph_register('view', 'plain_view', 's', 'p', 'o') > 0 AS registered;
SELECT rdf_graph_enforce('view', 'capture');
CREATE FOREIGN DATA WRAPPER nowhere;
CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere;
CREATE TABLE parts (s rdf_term, p rdf_term, o rdf_term, k integer) PARTITION BY LIST (k);
CREATE TABLE part1 PARTITION OF parts FOR VALUES IN (1);
CREATE FOREIGN TABLE part2 PARTITION OF parts FOR VALUES IN (2) SERVER nowhere;
SELECT rdf_graph_register('parts', 'parts', 's', 'p', 'o') > 0 AS registered;
DROP FOREIGN TABLE part2;
CREATE INDEX ON parts (s, p);
CREATE INDEX ON parts (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE FOREIGN TABLE part2 PARTITION OF parts FOR VALUES IN (2) SERVER nowhere;
SELECT rdf_graph_enforce('parts', 'capture');
DROP FOREIGN TABLE part2;
SELECT rdf_graph_enforce('parts', 'capture');
CREATE FOREIGN TABLE part2 PARTITION OF parts FOR VALUES IN (2) SERVER nowhere;
CREATE TABLE made AS SELECT '<urn:bad>'::rdf_term AS s, '<urn:p>'::rdf_term AS p, '<urn:x>'::rdf_term AS o, 3 AS k;
ALTER TABLE parts ATTACH PARTITION made FOR VALUES IN (3);
-- DETACH CONCURRENTLY takes the rows away in a transaction of its own, before its end can be judged: so it is judged before it begins, and what
-- is refused leaves nothing pending.
CREATE TABLE part4 PARTITION OF parts FOR VALUES IN (4);
CREATE TABLE part5 PARTITION OF parts FOR VALUES IN (5);
INSERT INTO parts VALUES ('<urn:a>', '<urn:p>', '<urn:x>', 1), ('<urn:a>', '<urn:needs>', '<urn:x>', 4), ('<urn:a>', '<urn:free>', '<urn:x>', 5);
ALTER TABLE parts DETACH PARTITION part5 CONCURRENTLY;
ALTER TABLE parts DETACH PARTITION part4 CONCURRENTLY;
SELECT inhrelid::regclass, inhdetachpending FROM pg_inherits WHERE inhparent = 'parts'::regclass ORDER BY 1;
-- What the server itself refuses is not judged; nor is what another owns.
BEGIN;
ALTER TABLE parts DETACH PARTITION part4 CONCURRENTLY;
ROLLBACK;
ALTER TABLE parts DETACH PARTITION t CONCURRENTLY;
CREATE ROLE capture_other;
GRANT USAGE ON SCHEMA capture TO capture_other;
SET ROLE capture_other;
ALTER TABLE parts DETACH PARTITION part4 CONCURRENTLY;
RESET ROLE;
DROP OWNED BY capture_other;
DROP ROLE capture_other;
INSERT INTO parts VALUES ('<urn:a>', '<urn:needs>', '<urn:x>', 1);
ALTER TABLE parts DETACH PARTITION part4 CONCURRENTLY;
SELECT rdf_graph_validate('parts', 'capture');
SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE tgname ~ '^rdf_graph' AND tgrelid IN ('part4'::regclass, 'part5'::regclass);
ALTER TABLE part1 DISABLE TRIGGER ALL;
SELECT graph, regexp_replace(problem, 'graph_\d+', 'graph_N') AS problem FROM rdf_graph_enforcements WHERE graph = 'parts';

SELECT rdf_graph_unenforce(graph, policy) FROM rdf_graph_enforcements;
SELECT rdf_graph_drop(graph) FROM rdf_graphs;
SET client_min_messages = error;
DROP SCHEMA capture CASCADE;
DROP FOREIGN DATA WRAPPER nowhere CASCADE;
SELECT rdf_policy_drop('capture'), rdf_policy_drop('generated');
