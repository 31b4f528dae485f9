-- Policies in CHECK constraints: every way in which rows come, and what a reload does.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default

SELECT rdf_policy_register('doc', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:DocumentShape sh:targetClass ex:Document ; sh:property ex:Title .
ex:Title sh:path ex:title ; sh:minCount 1 .
$$);
SELECT success FROM rdf_policy_reload('doc');

CREATE TABLE floating (id integer, body text CHECK (rdf_validate(body, 'doc')));
CREATE TABLE fixed (id integer, body text CONSTRAINT body_conforms CHECK (rdf_assert_valid(body, 'doc@1')));

INSERT INTO floating VALUES (1, '<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .'), (2, NULL), (3, '');
INSERT INTO floating VALUES (4, '<http://ex/4> a <http://ex/Document> .');
INSERT INTO floating VALUES (5, 'no:turtle a no:turtle .');
INSERT INTO fixed VALUES (1, '<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .');
INSERT INTO fixed VALUES (4, '<http://ex/4> a <http://ex/Document> .');
UPDATE floating SET body = '<http://ex/1> a <http://ex/Document> .' WHERE id = 1;
UPDATE floating SET id = 10 WHERE id = 1;
INSERT INTO fixed SELECT id, body FROM floating;
COPY floating FROM stdin;
20	<http://ex/20> a <http://ex/Document> ; <http://ex/title> "Hi" .
\.
COPY floating FROM stdin;
21	<http://ex/21> a <http://ex/Document> ; <http://ex/title> "Hi" .
22	<http://ex/22> a <http://ex/Document> .
\.
INSERT INTO floating VALUES (20, NULL) ON CONFLICT DO NOTHING;
PREPARE add_row(integer, text) AS INSERT INTO floating VALUES ($1, $2);
EXECUTE add_row(30, '<http://ex/30> a <http://ex/Document> ; <http://ex/title> "Hi" .');
EXECUTE add_row(31, '<http://ex/31> a <http://ex/Document> .');
SELECT id FROM floating ORDER BY id;
DO $$
DECLARE
    refused integer := 0;
BEGIN
    FOR i IN 1..100 LOOP
        BEGIN
            INSERT INTO fixed VALUES (i, CASE WHEN i % 2 = 0 THEN '<http://ex/1> a <http://ex/Document> .' ELSE '' END);
        EXCEPTION WHEN check_violation THEN
            refused := refused + 1;
        END;
    END LOOP;
    RAISE NOTICE '% refused', refused;
END $$;

-- A reload: the floating constraint judges new rows by the new version, and old rows not at all; the fixed one is as it was.
SELECT rdf_policy_register('doc', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:DocumentShape sh:targetClass ex:Document ; sh:property ex:Title .
ex:Title sh:path ex:title ; sh:minCount 1 ; sh:minLength 10 .
$$);
SELECT success FROM rdf_policy_reload('doc');
INSERT INTO floating VALUES (40, '<http://ex/40> a <http://ex/Document> ; <http://ex/title> "Hi" .');
INSERT INTO fixed VALUES (40, '<http://ex/40> a <http://ex/Document> ; <http://ex/title> "Hi" .');
EXECUTE add_row(41, '<http://ex/41> a <http://ex/Document> ; <http://ex/title> "Hi" .');
EXECUTE add_row(42, '<http://ex/42> a <http://ex/Document> ; <http://ex/title> "a long title" .');
SELECT count(*) FROM floating WHERE NOT rdf_validate(body, 'doc');
DEALLOCATE add_row;

-- Domains, jsonb and array columns.
CREATE DOMAIN document AS text CHECK (rdf_validate(VALUE, 'doc@1'));
SELECT '<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .'::document;
SELECT '<http://ex/1> a <http://ex/Document> .'::document;
CREATE TABLE json_documents (body jsonb CHECK (rdf_validate(body, 'doc@1')));
INSERT INTO json_documents VALUES ('[{"subject": "a", "predicate": "rdf:type", "value": "http://ex/Document"}]');
INSERT INTO json_documents VALUES ('[{"subject": "a", "predicate": "rdf:type", "value": "http://ex/Document"},
                                     {"subject": "a", "predicate": "<http://ex/title>", "value": "Hi"}]');
CREATE TABLE triple_documents (body rdf_triple[] CHECK (rdf_validate(body, 'doc@1')));
INSERT INTO triple_documents SELECT array_agg(t) FROM rdf_parse('<http://ex/1> a <http://ex/Document> .') t;
INSERT INTO triple_documents SELECT array_agg(t) FROM rdf_parse('<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .') t;
SELECT count(*) FROM triple_documents;

-- An unknown policy fails closed.
CREATE TABLE unknown_policy (body text CHECK (rdf_validate(body, 'no_such_policy')));
INSERT INTO unknown_policy VALUES ('');
INSERT INTO unknown_policy VALUES (NULL);

-- Memory does not grow with the rows.
CREATE TABLE many (body text CHECK (rdf_validate(body, 'doc@1')));
CREATE FUNCTION memory_kb() RETURNS integer LANGUAGE sql AS
    $$ SELECT (regexp_match(pg_read_file('/proc/self/status'), 'RssAnon:\s+(\d+) kB'))[1]::integer $$;
INSERT INTO many SELECT '<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .' FROM generate_series(1, 20000);
SELECT memory_kb() AS kb_before \gset
INSERT INTO many SELECT '<http://ex/1> a <http://ex/Document> ; <http://ex/title> "Hi" .' FROM generate_series(1, 100000);
SELECT memory_kb() - :kb_before < 3000 AS memory_is_steady;
DROP FUNCTION memory_kb();

DROP TABLE floating, fixed, json_documents, triple_documents, unknown_policy, many;
DROP DOMAIN document;
SELECT rdf_policy_drop('doc');
