-- Savepoints: what is rolled back is no change any more, also where a dictionary's rows that said what it meant are gone with it; what was
-- written before stays one.
CREATE TABLE words (id integer PRIMARY KEY, term rdf_term);
CREATE INDEX ON words (term);
CREATE TABLE said (s integer, p integer, o integer);
CREATE INDEX ON said (s, p);
CREATE INDEX ON said (o, p);
INSERT INTO words VALUES (1, '<urn:x>'), (2, '<urn:name>'), (3, '"a name"'), (4, '"b name"');
SELECT rdf_graph_register('said', 'said', 's', 'p', 'o', terms => 'words', term_lexical => 'term') > 0 AS registered;
SELECT rdf_policy_apply('said', '@prefix sh: <http://www.w3.org/ns/shacl#> .
    <urn:S> sh:targetSubjectsOf <urn:name> ; sh:property [ sh:path <urn:name> ; sh:maxCount 1 ] .');
SELECT rdf_graph_enforce('said', 'said');

BEGIN;
INSERT INTO said VALUES (1, 2, 3);
SAVEPOINT a;
INSERT INTO words VALUES (5, '<urn:gone>');
INSERT INTO said VALUES (5, 2, 3), (5, 2, 4);
ROLLBACK TO a;
COMMIT;
-- One within another that is kept, and is gone with the outer one.
BEGIN;
SAVEPOINT a;
SAVEPOINT b;
INSERT INTO words VALUES (5, '<urn:gone>');
INSERT INTO said VALUES (5, 2, 3);
RELEASE b;
INSERT INTO said VALUES (5, 2, 4);
ROLLBACK TO a;
COMMIT;
-- What was written before the savepoint, in it and kept, and after it.
BEGIN;
INSERT INTO said VALUES (1, 2, 4);
SAVEPOINT a;
INSERT INTO words VALUES (5, '<urn:gone>');
INSERT INTO said VALUES (5, 2, 3);
ROLLBACK TO a;
COMMIT;
BEGIN;
SAVEPOINT a;
INSERT INTO said VALUES (1, 2, 4);
RELEASE a;
SAVEPOINT b;
INSERT INTO words VALUES (5, '<urn:gone>');
INSERT INTO said VALUES (5, 2, 3);
ROLLBACK TO b;
COMMIT;
BEGIN;
SAVEPOINT a;
INSERT INTO words VALUES (5, '<urn:gone>');
INSERT INTO said VALUES (5, 2, 3);
ROLLBACK TO a;
INSERT INTO said VALUES (1, 2, 4);
COMMIT;
-- Judged in a savepoint, beside what it takes with it.
BEGIN;
INSERT INTO said VALUES (1, 2, 4);
SAVEPOINT a;
DELETE FROM said WHERE o = 3;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO a;
COMMIT;
-- More than one chunk of rows, and rows of a routine's block.
BEGIN;
SAVEPOINT a;
INSERT INTO words SELECT n, rdf_iri('urn:' || n) FROM generate_series(1001, 2000) n;
INSERT INTO said SELECT n, 2, 3 FROM generate_series(1001, 2000) n;
ROLLBACK TO a;
DO $$ BEGIN
    INSERT INTO words VALUES (5, '<urn:gone>');
    INSERT INTO said VALUES (5, 2, 3);
    RAISE division_by_zero;
EXCEPTION WHEN division_by_zero THEN
    NULL;
END $$;
INSERT INTO said VALUES (1, 2, 3);
COMMIT;
SELECT s, p, o, count(*) FROM said GROUP BY 1, 2, 3;

-- Everything is switched off, and that is rolled back; or it is on again in the same transaction. What is written then is judged.
DELETE FROM said;
BEGIN;
SAVEPOINT a;
SAVEPOINT b;
SELECT rdf_graph_set_mode('said', 'said', 'off');
INSERT INTO said VALUES (1, 2, 3), (1, 2, 4);
RELEASE b;
ROLLBACK TO a;
INSERT INTO said VALUES (1, 2, 3), (1, 2, 4);
COMMIT;
BEGIN;
SELECT rdf_graph_set_mode('said', 'said', 'off');
INSERT INTO said VALUES (1, 2, 3), (1, 2, 4);
SELECT rdf_graph_set_mode('said', 'said', 'enforce');
INSERT INTO said VALUES (1, 2, 3);
COMMIT;
SELECT count(*) FROM said;
SELECT rdf_graph_unenforce('said', 'said');
SELECT rdf_graph_drop('said');
SELECT rdf_policy_drop('said');
DROP TABLE said, words;
