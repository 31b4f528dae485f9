-- rdf_policy_check AFTER the row is stored: what is judged is the row as it stands then.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY terse
\set good '<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .'
\set bad '<http://ex/1> a <http://ex/Document> .'

SELECT rdf_policy_register('late', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:DocumentShape sh:targetClass ex:Document ; sh:property ex:Title .
ex:Title sh:path ex:title ; sh:minCount 1 .
$$);
SELECT success FROM rdf_policy_reload('late');

-- Deferred: judged at COMMIT. Each transaction begins with an empty table; what passes is seen in the table.
CREATE TABLE doc (id integer PRIMARY KEY, body text, note text);
ALTER TABLE doc ALTER note SET STORAGE PLAIN;
CREATE CONSTRAINT TRIGGER judged AFTER INSERT OR UPDATE ON doc DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'late');
\set begin 'TRUNCATE doc; BEGIN;'
-- Bad and left so; bad and repaired; good and spoilt; bad and deleted.
:begin INSERT INTO doc VALUES (1, :'bad'); COMMIT;
:begin INSERT INTO doc VALUES (2, :'bad'); UPDATE doc SET body = :'good'; COMMIT;
:begin INSERT INTO doc VALUES (3, :'good'); UPDATE doc SET body = :'bad'; COMMIT;
:begin INSERT INTO doc VALUES (4, :'bad'); UPDATE doc SET body = :'good'; DELETE FROM doc; COMMIT;
SELECT count(*) FROM doc;
-- Versions that a rolled back savepoint made, deleted or locked do not count; those of a released one do.
:begin INSERT INTO doc VALUES (5, :'bad'); SAVEPOINT a; UPDATE doc SET body = :'good'; ROLLBACK TO a; COMMIT;
:begin INSERT INTO doc VALUES (6, :'bad'); SAVEPOINT a; DELETE FROM doc; ROLLBACK TO a; COMMIT;
:begin INSERT INTO doc VALUES (7, :'good'); SAVEPOINT a; UPDATE doc SET body = :'bad'; ROLLBACK TO a; COMMIT;
SELECT id FROM doc;
:begin INSERT INTO doc VALUES (8, :'bad'); SAVEPOINT a; UPDATE doc SET body = :'bad', note = 'x'; ROLLBACK TO a;
UPDATE doc SET body = :'good'; COMMIT;
SELECT id FROM doc;
:begin INSERT INTO doc VALUES (9, :'bad'); SAVEPOINT a; UPDATE doc SET body = :'good'; SAVEPOINT b;
UPDATE doc SET body = :'bad'; ROLLBACK TO b; RELEASE a; COMMIT;
SELECT id FROM doc;
:begin INSERT INTO doc VALUES (10, :'bad'); SAVEPOINT a; SELECT id FROM doc FOR UPDATE; RELEASE a; COMMIT;
:begin INSERT INTO doc VALUES (11, :'bad'); SELECT id FROM doc FOR KEY SHARE; SAVEPOINT a; UPDATE doc SET body = :'good';
ROLLBACK TO a; COMMIT;
:begin INSERT INTO doc VALUES (12, :'bad'); SELECT id FROM doc FOR KEY SHARE; SAVEPOINT a; UPDATE doc SET body = :'good';
RELEASE a; COMMIT;
SELECT id FROM doc;
-- Many versions, on many pages.
:begin INSERT INTO doc VALUES (13, :'bad', repeat('x', 1500));
DO $$ BEGIN FOR i IN 1..50 LOOP UPDATE doc SET note = repeat(i::text, 1000), id = 13 + i; END LOOP; END $$;
SELECT ctid > '(5,1)' AS is_far FROM doc;
COMMIT;
:begin INSERT INTO doc VALUES (14, :'bad', repeat('x', 1500));
DO $$ BEGIN FOR i IN 1..50 LOOP UPDATE doc SET note = repeat(i::text, 1000), id = 14 + i; END LOOP; END $$;
UPDATE doc SET body = :'good'; COMMIT;
SELECT id FROM doc;
-- INSERT … ON CONFLICT, COPY, and a constraint that is made immediate on the way.
:begin INSERT INTO doc VALUES (15, :'bad');
INSERT INTO doc VALUES (15, :'good') ON CONFLICT (id) DO UPDATE SET body = excluded.body; COMMIT;
SELECT id FROM doc;
BEGIN; INSERT INTO doc VALUES (15, :'bad') ON CONFLICT (id) DO UPDATE SET body = excluded.body; COMMIT;
:begin COPY doc (id, body) FROM stdin;
16	<http://ex/1> a <http://ex/Document> .
17	<http://ex/1> a <http://ex/Document> .
\.
UPDATE doc SET body = :'good' WHERE id = 16; DELETE FROM doc WHERE id = 17; COMMIT;
SELECT id FROM doc;
:begin INSERT INTO doc VALUES (18, :'bad'); SET CONSTRAINTS judged IMMEDIATE;
COMMIT;
:begin INSERT INTO doc VALUES (19, :'bad'); UPDATE doc SET body = :'good'; SET CONSTRAINTS judged IMMEDIATE;
UPDATE doc SET body = :'bad';
COMMIT;
-- A row that a foreign key's action changes or deletes.
CREATE TABLE parent (body text PRIMARY KEY);
ALTER TABLE doc ADD FOREIGN KEY (body) REFERENCES parent ON UPDATE CASCADE ON DELETE CASCADE;
INSERT INTO parent VALUES (:'bad');
:begin INSERT INTO doc VALUES (20, :'bad'); DELETE FROM parent; COMMIT;
INSERT INTO parent VALUES (:'bad');
:begin INSERT INTO doc VALUES (21, :'bad'); UPDATE parent SET body = :'good'; COMMIT;
SELECT id FROM doc;
BEGIN; UPDATE parent SET body = :'bad'; COMMIT;
DROP TABLE doc, parent;

-- The newest version has no event of its own: UPDATE OF another column, WHEN.
CREATE TABLE doc (id integer, body text, state text DEFAULT 'final');
CREATE CONSTRAINT TRIGGER judged AFTER INSERT OR UPDATE OF body ON doc DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'final') EXECUTE FUNCTION rdf_policy_check('body', 'late');
:begin INSERT INTO doc VALUES (1, :'bad'); UPDATE doc SET id = 2; COMMIT;
:begin INSERT INTO doc VALUES (3, :'bad'); UPDATE doc SET id = 4; UPDATE doc SET body = :'good'; UPDATE doc SET id = 5; COMMIT;
SELECT id FROM doc;
-- WHEN is about the event: what fulfilled it once is judged.
:begin INSERT INTO doc VALUES (6, :'bad'); UPDATE doc SET state = 'draft'; COMMIT;
:begin INSERT INTO doc VALUES (7, :'bad', 'draft'); COMMIT;
SELECT id FROM doc;
DROP TABLE doc;

-- Only a warning, of the newest version; a NULL passes.
CREATE TABLE doc (id integer, body text);
CREATE CONSTRAINT TRIGGER judged AFTER INSERT ON doc DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'late', 'warn');
:begin INSERT INTO doc VALUES (1, :'good'); UPDATE doc SET body = :'bad'; COMMIT;
:begin INSERT INTO doc VALUES (2, :'bad'); UPDATE doc SET body = NULL; COMMIT;
SELECT * FROM doc;
-- A row that was changed many times is followed once. Its newest version has an event of its own besides.
:begin INSERT INTO doc VALUES (3, :'bad'); UPDATE doc SET id = 4; UPDATE doc SET id = 5; UPDATE doc SET id = 6; COMMIT;
DROP TRIGGER judged ON doc;
CREATE CONSTRAINT TRIGGER judged AFTER INSERT OR UPDATE ON doc DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'late', 'warn');
:begin INSERT INTO doc VALUES (7, :'bad'); UPDATE doc SET id = 8; UPDATE doc SET id = 9; UPDATE doc SET id = 10; COMMIT;
:begin INSERT INTO doc VALUES (0, :'good'), (1, :'good');
DO $$ BEGIN FOR i IN 1..1000 LOOP UPDATE doc SET id = 1 - id; END LOOP; END $$;
SELECT pg_stat_get_xact_blocks_fetched('doc'::regclass) AS fetched \gset
SET CONSTRAINTS judged IMMEDIATE;
SELECT pg_stat_get_xact_blocks_fetched('doc'::regclass) - :fetched < 20000 AS is_linear;
DELETE FROM doc;
COMMIT;
:begin INSERT INTO doc VALUES (0, :'good');
DO $$ BEGIN FOR i IN 1..1000 LOOP UPDATE doc SET id = i; END LOOP; END $$;
DELETE FROM doc;
SELECT pg_stat_get_xact_blocks_fetched('doc'::regclass) AS fetched \gset
SET CONSTRAINTS judged IMMEDIATE;
SELECT pg_stat_get_xact_blocks_fetched('doc'::regclass) - :fetched < 20000 AS is_linear;
COMMIT;
-- It is followed anew where a trigger in between has changed it again.
CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN UPDATE doc SET body = '<http://ex/1> a <http://ex/Document> .'; RETURN NULL; END $$;
DROP TRIGGER judged ON doc;
CREATE CONSTRAINT TRIGGER judged AFTER INSERT OR UPDATE OF id ON doc DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'late');
CREATE CONSTRAINT TRIGGER spoilt AFTER INSERT ON doc DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION spoil();
:begin INSERT INTO doc VALUES (1, :'good'); UPDATE doc SET id = 2; COMMIT;
SELECT * FROM doc;
DROP TABLE doc;
DROP FUNCTION spoil();

-- Partitions: a row that moves is deleted in one and new in the other.
CREATE TABLE doc (id integer, body text) PARTITION BY RANGE (id);
CREATE TABLE doc_low PARTITION OF doc FOR VALUES FROM (0) TO (10);
CREATE TABLE doc_high (note text, body text, id integer);
ALTER TABLE doc_high DROP note;
ALTER TABLE doc ATTACH PARTITION doc_high FOR VALUES FROM (10) TO (20);
CREATE CONSTRAINT TRIGGER judged AFTER INSERT OR UPDATE ON doc DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'late');
:begin INSERT INTO doc VALUES (1, :'bad'); UPDATE doc SET id = 11; COMMIT;
:begin INSERT INTO doc VALUES (1, :'bad'); UPDATE doc SET id = 12, body = :'good'; COMMIT;
SELECT tableoid::regclass, id FROM doc;
:begin INSERT INTO doc VALUES (13, :'bad'); UPDATE doc SET id = 14; UPDATE doc SET id = 3; UPDATE doc SET body = :'good'; COMMIT;
SELECT tableoid::regclass, id FROM doc;
:begin INSERT INTO doc VALUES (15, :'bad'); UPDATE doc SET id = 5; DELETE FROM doc; COMMIT;
SELECT count(*) FROM doc;
DROP TABLE doc;

-- Not deferred: another AFTER trigger has changed the row before this one runs.
CREATE TABLE doc (id integer, body text);
CREATE FUNCTION change_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_ARGV[0] = 'delete' THEN DELETE FROM doc WHERE id = NEW.id;
    ELSE UPDATE doc SET body = TG_ARGV[0] WHERE id = NEW.id; END IF;
    RETURN NULL; END $$;
CREATE TRIGGER b_judged AFTER INSERT ON doc FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'late');
INSERT INTO doc VALUES (1, :'bad');
CREATE TRIGGER a_changed AFTER INSERT ON doc FOR EACH ROW EXECUTE FUNCTION change_row(:'good');
INSERT INTO doc VALUES (2, :'bad'), (3, :'bad');
SELECT id FROM doc;
DROP TRIGGER a_changed ON doc;
CREATE TRIGGER a_changed AFTER INSERT ON doc FOR EACH ROW EXECUTE FUNCTION change_row(:'bad');
INSERT INTO doc VALUES (4, :'good');
DROP TRIGGER a_changed ON doc;
CREATE TRIGGER a_changed AFTER INSERT ON doc FOR EACH ROW EXECUTE FUNCTION change_row('delete');
INSERT INTO doc VALUES (5, :'bad');
SELECT id FROM doc ORDER BY id;
DROP TABLE doc;
DROP FUNCTION change_row();
SELECT rdf_policy_drop('late');
