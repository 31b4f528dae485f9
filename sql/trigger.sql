-- The trigger function rdf_policy_check.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default

SELECT rdf_policy_register('titled', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:DocumentShape sh:targetClass ex:Document ; sh:property ex:Title .
ex:Title sh:path ex:title ; sh:minCount 1 .
$$);
SELECT success FROM rdf_policy_reload('titled');

CREATE TABLE watched (id integer, body text, note text);
CREATE TRIGGER body_is_valid BEFORE INSERT OR UPDATE ON watched
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'titled');
INSERT INTO watched VALUES (1, '<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .'), (2, NULL), (3, '');
INSERT INTO watched VALUES (4, '<http://ex/4> a <http://ex/Document> .');
-- The error says where, for programs.
DO $$
DECLARE
    schema_name text; table_name text; column_name text; constraint_name text;
BEGIN
    INSERT INTO watched VALUES (4, '<http://ex/4> a <http://ex/Document> .');
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS schema_name = SCHEMA_NAME, table_name = TABLE_NAME,
        column_name = COLUMN_NAME, constraint_name = CONSTRAINT_NAME;
    RAISE NOTICE '% % % %', schema_name, table_name, column_name, constraint_name;
END $$;
UPDATE watched SET body = '<http://ex/1> a <http://ex/Document> .' WHERE id = 1;
UPDATE watched SET note = 'x';
DELETE FROM watched WHERE id = 3;
COPY watched (id, body) FROM stdin;
5	<http://ex/5> a <http://ex/Document> ; <http://ex/title> "Hi" .
6	<http://ex/6> a <http://ex/Document> .
\.
INSERT INTO watched VALUES (7, 'no:turtle a no:turtle .');
INSERT INTO watched SELECT 8, repeat('<http://ex/a> <http://ex/p> 1 .', 10000);
SELECT id, length(body) FROM watched ORDER BY id;

-- A reload is in force for the next statement.
SELECT rdf_policy_register('titled', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:DocumentShape sh:targetClass ex:Document ; sh:property ex:Title .
ex:Title sh:path ex:title ; sh:minCount 1 ; sh:minLength 10 .
$$);
SELECT success FROM rdf_policy_reload('titled');
INSERT INTO watched VALUES (9, '<http://ex/9> a <http://ex/Document> ; <http://ex/title> "Hi" .');
DROP TABLE watched;

-- AFTER, deferred, a fixed version, and warnings only.
CREATE TABLE watched (id integer, body text);
CREATE CONSTRAINT TRIGGER body_is_valid AFTER INSERT OR UPDATE OF body ON watched DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'titled@1');
BEGIN;
INSERT INTO watched VALUES (1, '<http://ex/1> a <http://ex/Document> .');
UPDATE watched SET body = '<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .';
COMMIT;
BEGIN;
UPDATE watched SET body = '<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .';
INSERT INTO watched VALUES (2, '<http://ex/2> a <http://ex/Document> .');
COMMIT;
SELECT id FROM watched;
CREATE TRIGGER body_is_titled BEFORE INSERT ON watched
    FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'titled', 'warn');
INSERT INTO watched VALUES (3, '<http://ex/3> a <http://ex/Document> ; <http://ex/title> "Hi" .');
SELECT id FROM watched ORDER BY id;
DROP TABLE watched;

-- Other columns: jsonb, rdf_triple[], a domain, varchar, a generated one; a partitioned table.
CREATE DOMAIN turtle AS text;
CREATE TABLE watched (j jsonb, t rdf_triple[], d turtle, v varchar(100)) PARTITION BY LIST (v);
CREATE TABLE watched_rest PARTITION OF watched DEFAULT;
CREATE TRIGGER j BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('j', 'titled');
CREATE TRIGGER t BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('t', 'titled');
CREATE TRIGGER d BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('d', 'titled');
CREATE TRIGGER v BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('v', 'titled');
INSERT INTO watched (j) VALUES ('[{"subject": "a", "predicate": "rdf:type", "value": "http://ex/Document"}]');
INSERT INTO watched (t) SELECT array_agg(x) FROM rdf_parse('<http://ex/1> a <http://ex/Document> .') x;
INSERT INTO watched (d) VALUES ('<http://ex/1> a <http://ex/Document> .');
INSERT INTO watched (v) VALUES ('<http://ex/1> a <http://ex/Document> .');
INSERT INTO watched VALUES ('[]', '{}', '', '');
SELECT count(*) FROM watched;
DROP TABLE watched;
DROP DOMAIN turtle;
CREATE TABLE watched (id integer, body text GENERATED ALWAYS AS ('<http://ex/1> a <http://ex/Document> .') STORED);
CREATE TRIGGER before_row BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'titled');
INSERT INTO watched VALUES (1);
DROP TRIGGER before_row ON watched;
CREATE TRIGGER after_row AFTER INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'titled');
INSERT INTO watched VALUES (1);
DROP TABLE watched;
CREATE TABLE watched (c character(200), j json);
CREATE TRIGGER c_is_valid BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('c', 'titled');
CREATE TRIGGER j_is_valid BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('j', 'titled');
INSERT INTO watched (c) VALUES ('<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hello, world" .');
INSERT INTO watched (c) VALUES ('<http://ex/1> a <http://ex/Document> .');
INSERT INTO watched (j) VALUES ('[{"subject": "http://ex/1", "predicate": "rdf:type", "value": "http://ex/Document"}, {"subject": "http://ex/1", "predicate": "http://ex/title", "value": "Hello, world"}]');
INSERT INTO watched (j) VALUES ('[{"subject": "http://ex/1", "predicate": "rdf:type", "value": "http://ex/Document"}]');
-- The functions take such columns too.
SELECT rdf_validate(c, 'titled'), rdf_validate(j, 'titled') FROM watched;
DROP TABLE watched;

-- Wrong use is told; an unknown policy fails closed.
CREATE TABLE watched (id integer, body text);
SELECT rdf_policy_check();
CREATE TRIGGER wrong BEFORE INSERT ON watched FOR EACH STATEMENT EXECUTE FUNCTION rdf_policy_check('body', 'titled');
INSERT INTO watched VALUES (1, '');
DROP TRIGGER wrong ON watched;
CREATE TRIGGER wrong BEFORE INSERT OR DELETE ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'titled');
INSERT INTO watched VALUES (1, '');
DELETE FROM watched;
\echo :LAST_ERROR_SQLSTATE
DROP TRIGGER wrong ON watched;
CREATE TRIGGER wrong BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body');
INSERT INTO watched VALUES (1, '');
DROP TRIGGER wrong ON watched;
CREATE TRIGGER wrong BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'titled', 'ignore');
INSERT INTO watched VALUES (1, '');
\echo :LAST_ERROR_SQLSTATE
DROP TRIGGER wrong ON watched;
CREATE TRIGGER wrong BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('bodies', 'titled');
INSERT INTO watched VALUES (1, '');
\echo :LAST_ERROR_SQLSTATE
DROP TRIGGER wrong ON watched;
CREATE TRIGGER wrong BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('id', 'titled');
INSERT INTO watched VALUES (1, '');
\echo :LAST_ERROR_SQLSTATE
DROP TRIGGER wrong ON watched;
CREATE TRIGGER wrong BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'no_such_policy', 'warn');
INSERT INTO watched VALUES (1, '');
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM watched;
DROP TABLE watched;
SELECT rdf_policy_drop('titled');
