-- What rdf_policy_check tells a role of a value that it may not read: nothing. The server's own constraints have the same rule.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default
SELECT rdf_policy_register('note', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:NoteShape sh:targetSubjectsOf ex:text ; sh:property ex:Text ; sh:closed true ; sh:ignoredProperties ( ex:mark ) .
ex:Text sh:path ex:text ; sh:maxLength 10 ; sh:message "too long" .
$$);
SELECT success FROM rdf_policy_reload('note');
CREATE ROLE note_clerk;
-- Every row that is stored holds the word Diagnosis, and violates the policy: its trigger came later.
CREATE TABLE note (id integer, body text);
INSERT INTO note VALUES (1, '<http://ex/Diagnosis> <http://ex/text> "Diagnosis of somebody" ; <http://ex/hasDiagnosis> "Diagnosis" .');
CREATE TRIGGER body_is_valid BEFORE INSERT OR UPDATE ON note FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'note');
GRANT INSERT, UPDATE, SELECT (id) ON note TO note_clerk;
-- A CHECK beside it, as a measure.
CREATE TABLE note_checked (LIKE note);
INSERT INTO note_checked SELECT * FROM note;
ALTER TABLE note_checked ADD CHECK (body !~ 'Diagnosis') NOT VALID;
GRANT UPDATE, SELECT (id) ON note_checked TO note_clerk;
SET ROLE note_clerk;
SELECT body FROM note;
UPDATE note SET id = 2;
UPDATE note_checked SET id = 2;
-- What the UPDATE sets is the role's own, ...
UPDATE note SET body = '<http://ex/own> <http://ex/text> "a text of my own" .';
-- ... an INSERT does not know what it sets.
INSERT INTO note VALUES (2, '<http://ex/own> <http://ex/text> "a text of my own" .');
INSERT INTO note VALUES (2, '<http://ex/own> <http://ex/text> "short" .');
-- The columns of a MERGE are those of all its actions, whichever is taken.
MERGE INTO note USING (VALUES (1), (2)) v(id) ON note.id = v.id
    WHEN MATCHED AND v.id = 2 THEN UPDATE SET body = NULL
    WHEN MATCHED THEN UPDATE SET id = 3;
RESET ROLE;

-- Who may read the column is shown it: of the table, or the column.
GRANT SELECT (body) ON note TO note_clerk;
SET ROLE note_clerk;
UPDATE note SET id = 2 WHERE id = 1;
RESET ROLE;
REVOKE SELECT (body) ON note FROM note_clerk;
GRANT SELECT ON note TO note_clerk;
SET ROLE note_clerk;
INSERT INTO note VALUES (2, '<http://ex/own> <http://ex/text> "a text of my own" .');
RESET ROLE;
-- Unless row security applies to him, even to what he sets. To the owner it does not.
ALTER TABLE note ENABLE ROW LEVEL SECURITY;
CREATE POLICY writes ON note FOR INSERT TO note_clerk WITH CHECK (true);
CREATE POLICY updates ON note FOR UPDATE TO note_clerk USING (true);
SET ROLE note_clerk;
INSERT INTO note VALUES (2, '<http://ex/own> <http://ex/text> "a text of my own" .');
SET row_security = off;
INSERT INTO note VALUES (2, '<http://ex/own> <http://ex/text> "a text of my own" .');
RESET row_security;
RESET ROLE;
UPDATE note SET id = 2 WHERE id = 1;
ALTER TABLE note DISABLE ROW LEVEL SECURITY;
REVOKE SELECT ON note FROM note_clerk;
GRANT SELECT (id) ON note TO note_clerk;

-- A trigger that warns, one that comes after, and what cannot be judged: text, jsonb, triples; too large, too deep.
DROP TRIGGER body_is_valid ON note;
CREATE TRIGGER body_is_valid BEFORE UPDATE ON note FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'note', 'warn');
SET ROLE note_clerk;
UPDATE note SET id = id WHERE id = 1;
RESET ROLE;
DROP TRIGGER body_is_valid ON note;
CREATE TRIGGER body_is_valid AFTER UPDATE ON note FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'note');
SET ROLE note_clerk;
UPDATE note SET id = id WHERE id = 1;
UPDATE note SET body = '<http://ex/own> <http://ex/text> "a text of my own" .';
RESET ROLE;
CREATE TABLE unreadable (id integer, t text, j jsonb, a rdf_triple[]);
GRANT UPDATE (id, t, j, a) ON unreadable TO note_clerk;
GRANT SELECT (id) ON unreadable TO note_clerk;
INSERT INTO unreadable VALUES
    (1, '<http://ex/a> <http://ex/text> Diagnosis:x .', NULL, NULL),
    (2, NULL, '[{"subject": "Diagnosis", "predicate": "ex:text", "value": "Diagnosis", "type": "Diagnosis"}]', NULL),
    (3, NULL, NULL, ARRAY[rdf_triple('<http://ex/a>', '"Diagnosis"', '"Diagnosis"')]),
    (4, repeat('# Diagnosis', 200), NULL, NULL),
    (5, '<http://ex/Diagnosis> <http://ex/text> [ <http://ex/p> [ <http://ex/p> [ <http://ex/p> [] ] ] ] .', NULL, NULL);
CREATE TRIGGER t BEFORE UPDATE ON unreadable FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('t', 'note');
CREATE TRIGGER j BEFORE UPDATE ON unreadable FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('j', 'note');
CREATE TRIGGER a BEFORE UPDATE ON unreadable FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('a', 'note');
SET rdfpolicy.max_document_size = '1kB';
SET rdfpolicy.max_depth = 2;
SET ROLE note_clerk;
UPDATE unreadable SET id = id WHERE id = 1;
\echo :LAST_ERROR_SQLSTATE
UPDATE unreadable SET id = id WHERE id = 2;
\echo :LAST_ERROR_SQLSTATE
UPDATE unreadable SET id = id WHERE id = 3;
\echo :LAST_ERROR_SQLSTATE
UPDATE unreadable SET id = id WHERE id = 4;
\echo :LAST_ERROR_SQLSTATE
UPDATE unreadable SET id = id WHERE id = 5;
\echo :LAST_ERROR_SQLSTATE
-- What is his own is told in full.
UPDATE unreadable SET t = 'own:x <http://ex/text> "x" .' WHERE id = 1;
-- So is what has nothing to do with the data.
RESET ROLE;
CREATE TRIGGER z BEFORE UPDATE ON unreadable FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('id', 'note');
SET ROLE note_clerk;
UPDATE unreadable SET id = 6, t = NULL, j = NULL, a = NULL WHERE id = 4;
RESET ROLE;
RESET rdfpolicy.max_document_size;
RESET rdfpolicy.max_depth;
DROP TABLE unreadable;

-- Partitions: the columns have other numbers there. Who may read the column by the partition or any table above it is shown it.
CREATE TABLE parted (gone integer, id integer, body text) PARTITION BY LIST (id);
ALTER TABLE parted DROP COLUMN gone;
CREATE TABLE parted_some (body text, id integer) PARTITION BY LIST (id);
CREATE TABLE parted_one (more integer, body text, id integer);
ALTER TABLE parted_one DROP COLUMN more;
ALTER TABLE parted_some ATTACH PARTITION parted_one FOR VALUES IN (1);
ALTER TABLE parted ATTACH PARTITION parted_some FOR VALUES IN (1, 3);
CREATE TABLE parted_rest PARTITION OF parted DEFAULT;
INSERT INTO parted SELECT 1, body FROM note_checked;
INSERT INTO parted SELECT 2, body FROM note_checked;
CREATE TRIGGER body_is_valid BEFORE INSERT OR UPDATE ON parted FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'note');
GRANT UPDATE (id, body), SELECT (id) ON parted, parted_some, parted_one TO note_clerk;
SET ROLE note_clerk;
UPDATE parted SET id = id WHERE id = 1;
UPDATE parted_one SET id = id;
UPDATE parted SET body = '<http://ex/own> <http://ex/text> "a text of my own" .' WHERE id = 1;
-- Moved to another partition: an INSERT there, of a column that was not read.
RESET ROLE;
ALTER TABLE parted_one DISABLE TRIGGER body_is_valid;
SET ROLE note_clerk;
UPDATE parted SET id = 4 WHERE id = 1;
RESET ROLE;
ALTER TABLE parted_one ENABLE TRIGGER body_is_valid;
GRANT SELECT (body) ON parted_some TO note_clerk;
SET ROLE note_clerk;
UPDATE parted_one SET id = id;
UPDATE parted SET id = id WHERE id = 2;
RESET ROLE;
-- Row security of the table by which he may read it.
ALTER TABLE parted_some ENABLE ROW LEVEL SECURITY;
SET ROLE note_clerk;
UPDATE parted SET id = id WHERE id = 1;
UPDATE parted SET body = '<http://ex/own> <http://ex/text> "a text of my own" .' WHERE id = 1;
RESET ROLE;
DROP TABLE parted;

-- A generated column has what others have; a deferrable trigger may run for another role than the UPDATE did.
CREATE TABLE made (id integer, hidden text, body text GENERATED ALWAYS AS (hidden) STORED);
INSERT INTO made SELECT * FROM note_checked;
CREATE TRIGGER body_is_valid AFTER UPDATE ON made FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'note');
GRANT UPDATE, SELECT (id) ON made TO note_clerk;
SET ROLE note_clerk;
UPDATE made SET hidden = '<http://ex/own> <http://ex/text> "a text of my own" .';
RESET ROLE;
DROP TABLE made;
DROP TRIGGER body_is_valid ON note;
CREATE CONSTRAINT TRIGGER body_is_valid AFTER UPDATE ON note DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'note');
CREATE FUNCTION add_diagnosis() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
AS $$ UPDATE note SET body = '<http://ex/Diagnosis> <http://ex/text> "Diagnosis again" .' WHERE id = 1 $$;
SET ROLE note_clerk;
-- Since PostgreSQL 18 it runs for the role that made the UPDATE, which may read the column.
DO $$
DECLARE
    shown text;
BEGIN
    PERFORM add_diagnosis();
    SET CONSTRAINTS ALL IMMEDIATE;
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS shown = PG_EXCEPTION_DETAIL;
    RAISE NOTICE '%', CASE WHEN (shown ~ 'Diagnosis') = (current_setting('server_version_num')::integer >= 180000)
                           THEN 'as the role has it' ELSE shown END;
END $$;
RESET ROLE;
DROP FUNCTION add_diagnosis;

DROP TABLE note, note_checked;
DROP ROLE note_clerk;
SELECT rdf_policy_drop('note');
