-- Reading Turtle: rdf_parse. What is misread by libserd alone is tested in test/unit; here, what SQL shows.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default

SELECT * FROM rdf_parse($$
@prefix ex: <http://ex/> .
@base <http://base/> .
ex:a ex:p 5 , 4.2 , 4e2 , true , "x"@en , "1"^^ex:d ;
     a ex:C .
<b> ex:q """a "quoted"\ttext""" .
ex:n ex:age 5.
$$);
-- N-Triples is Turtle.
SELECT * FROM rdf_parse('<http://ex/a> <http://ex/p> "x" .
_:b <http://ex/p> _:c .');
SELECT * FROM rdf_parse('<a> <http://ex/p> <../c> .', 'http://base/x/y');
-- Labels are kept; nodes without a label get one that no label of the document is.
SELECT * FROM rdf_parse('_:x <http://ex/p> _:y .', blank_prefix => 'd1_');
SELECT count(DISTINCT object), count(*) FROM rdf_parse('<http://ex/a> <http://ex/p> [], [], _:b1, _:b2, _:genid1 .');
SELECT * FROM rdf_parse('<http://ex/a> <http://ex/p> ( 1 2 ) .') ORDER BY predicate, object;
-- No triples: no rows. NULL: no rows.
SELECT count(*) FROM rdf_parse('');
SELECT count(*) FROM rdf_parse('# nothing');
SELECT count(*) FROM rdf_parse(NULL);
SELECT count(*) FROM rdf_parse('<http://ex/a> <http://ex/p> 1 .', NULL, NULL);
-- In the select list, and over many rows.
SELECT (rdf_parse(d)).object FROM (VALUES ('<http://ex/a> <http://ex/p> 1, 2 .'), ('<http://ex/a> <http://ex/p> 3 .')) v(d);
-- A document over 4096 bytes without a final newline.
SELECT count(*), count(DISTINCT object) FROM rdf_parse((SELECT string_agg('<http://ex/a> <http://ex/p> ' || i, E' .\n') || '.' FROM generate_series(1, 1000) i));

-- Errors name line and column.
SELECT * FROM rdf_parse(E'@prefix ex: <http://ex/> .\nex:a ex:p foo:b .');
SELECT * FROM rdf_parse('<a> <http://ex/p> 1 .');
SELECT * FROM rdf_parse(E'<http://ex/a> <http://ex/p> "x\\uD800" .');
SELECT * FROM rdf_parse('<http://ex/a> <http://ex/p> "open .');
SELECT * FROM rdf_parse('[{"subject": "a"}]');
\echo :LAST_ERROR_SQLSTATE
-- Words of libserd's own differ between its versions.
\set VERBOSITY sqlstate
SELECT * FROM rdf_parse('<http://ex/a> <http://ex/p> .');
SELECT * FROM rdf_parse('"x" <http://ex/p> "x" .');
\set VERBOSITY default
SELECT * FROM rdf_parse('<http://ex/a> <http://ex/p> 1 .', 'base');
SELECT * FROM rdf_parse('_:a <http://ex/p> 1 .', blank_prefix => 'a b');
-- Nesting is bounded.
SELECT count(*) FROM rdf_parse('<http://ex/a> <http://ex/p> ' || repeat('[ <http://ex/p> ', 100) || '1' || repeat(' ]', 100) || ' .');
SELECT count(*) FROM rdf_parse('<http://ex/a> <http://ex/p> ' || repeat('[ <http://ex/p> ', 1000000) || '1');
SELECT count(*) FROM rdf_parse('<http://ex/a> <http://ex/p> ' || repeat('(', 1000000));
\echo :LAST_ERROR_SQLSTATE
-- Limits are settings.
SET rdfpolicy.max_document_size = '1 kB';
SELECT count(*) FROM rdf_parse(repeat('#', 2000));
\echo :LAST_ERROR_SQLSTATE
RESET rdfpolicy.max_document_size;
SET rdfpolicy.max_triples = 3;
SELECT count(*) FROM rdf_parse('<http://ex/a> <http://ex/p> 1, 2, 3 .');
SELECT count(*) FROM rdf_parse('<http://ex/a> <http://ex/p> 1, 2, 3, 4 .');
RESET rdfpolicy.max_triples;

-- Cancel works inside a long parse.
SET statement_timeout = '200 ms';
SELECT count(*) FROM rdf_parse((SELECT string_agg('<http://ex/' || i || '> <http://ex/p> ( 1 2 3 ) .', '') FROM generate_series(1, 300) i) ||
                               repeat('<http://ex/a> <http://ex/p> ( 1 2 3 ) .', 1500000));
RESET statement_timeout;

-- The backend's memory stays as it is over 100,000 failing calls: PostgreSQL's, and what libserd takes beside it.
CREATE FUNCTION memory_after_failures(calls integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    failures integer := 0;
BEGIN
    FOR i IN 1..calls LOOP
        BEGIN
            PERFORM * FROM rdf_parse('@prefix ex: <http://ex/> . ex:a ex:p "x", ( 1 2 [ ex:q 5 ] ) ; foo:b 1 .');
        EXCEPTION WHEN invalid_text_representation THEN
            failures := failures + 1;
        END;
    END LOOP;
    IF failures <> calls THEN
        RAISE 'only % calls failed', failures;
    END IF;
    RETURN (regexp_match(pg_read_file('/proc/self/status'), 'RssAnon:\s+(\d+) kB'))[1];
END $$;
SELECT memory_after_failures(10000) AS kb_before \gset
SELECT memory_after_failures(100000) AS kb_after \gset
SELECT :kb_after - :kb_before < 1000 AS memory_is_steady;
DROP FUNCTION memory_after_failures(integer);
-- White space and comments may stand before a language tag and around ^^; a prefix may begin like a boolean.
SELECT object FROM rdf_parse(E'@prefix true: <http://t/> . <urn:s> <urn:p> "1" ^^ true:d , "a"  # a comment\n  @en , true:c , true .');
-- [] is a subject like another: without a predicate it is no statement.
SELECT * FROM rdf_parse('<urn:s> <urn:p> [] . [ ] .');
-- libserd's words, which differ by its version.
\set VERBOSITY sqlstate
SELECT * FROM rdf_parse('<urn:s> <urn:p> "a" @ en .');
\set VERBOSITY default
-- What begins as JSON does is told so; a blank node is no JSON.
SELECT * FROM rdf_parse(' { "subject": 1 }');
SELECT * FROM rdf_parse('[] .');
