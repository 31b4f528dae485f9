-- What errors about data say of the place: the fields, the line with a caret, the context; and the report as JSON.
\set VERBOSITY default
\pset format unaligned
\pset tuples_only on
SELECT rdf_policy_register('places', $$
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
ex:Named sh:targetClass ex:Dog ; sh:property ex:Name .
ex:Name sh:path ex:name ; sh:minCount 1 ; sh:minLength 3 ; sh:maxLength 1000 .
$$);
SELECT success FROM rdf_policy_reload('places');

-- Everything that an application is told by a statement that fails.
CREATE FUNCTION pg_temp.told(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    state text; message text; detail text; hint text; context text; sch text; tab text; col text; con text; typ text;
BEGIN
    EXECUTE statement;
    RETURN NEXT 'nothing';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
        context = PG_EXCEPTION_CONTEXT, sch = SCHEMA_NAME, tab = TABLE_NAME, col = COLUMN_NAME, con = CONSTRAINT_NAME, typ = PG_DATATYPE_NAME;
    RETURN QUERY SELECT name || ': ' || value FROM (VALUES ('sqlstate', state), ('schema', regexp_replace(sch, 'pg_temp_\d+', 'pg_temp')), ('table', tab),
        ('column', col), ('datatype', typ), ('constraint', con), ('message', message), ('detail', detail), ('hint', hint),
        ('context', regexp_replace(context, '\n?(SQL statement|PL/pgSQL) .*', ''))) told (name, value) WHERE value <> '';
END $$;

CREATE TABLE m (a text, b text, j jsonb, t rdf_triple[]);
CREATE TRIGGER m_a BEFORE INSERT OR UPDATE ON m FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('a', 'places');
CREATE TRIGGER m_b BEFORE INSERT OR UPDATE ON m FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('b', 'places');
CREATE TRIGGER m_j BEFORE INSERT OR UPDATE ON m FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('j', 'places');
CREATE TRIGGER m_t AFTER INSERT OR UPDATE ON m FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('t', 'places');

-- A trigger: all fields, whatever the form of the column.
SELECT pg_temp.told($$INSERT INTO m VALUES ('<urn:a> <urn:b> <urn:c> .', '<urn:a> <urn:b> <urn:c> ;;; oops')$$);
SELECT pg_temp.told($$INSERT INTO m (j) VALUES ('[{"subject": "a", "predicate": "b", "valu": 1}]')$$);
SELECT pg_temp.told($$INSERT INTO m (t) VALUES (ARRAY[rdf_triple('"a"', '<urn:p>', '1')])$$);
SELECT pg_temp.told($$INSERT INTO m (t) VALUES (ARRAY[rdf_triple(NULL, '<urn:p>', '1')])$$);
SELECT pg_temp.told($$INSERT INTO m (a) VALUES ('<http://ex/a> a <http://ex/Dog> .')$$);
SELECT pg_temp.told($$INSERT INTO m (a) VALUES ('$$ || repeat('(', 200) || $$')$$);
-- In 'warn' mode too, what cannot be judged is an error.
CREATE TABLE w (a json);
CREATE TRIGGER w_a BEFORE INSERT ON w FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('a', 'places', 'warn');
SELECT pg_temp.told($$INSERT INTO w VALUES ('[{"predicate": "b", "value": 1}]')$$);
SELECT * FROM pg_temp.told($$INSERT INTO w VALUES ('["\u0000"]')$$) told WHERE told ~ '^(sqlstate|table|column|constraint)';
-- A policy that is not there, and a column.
CREATE TRIGGER w_b AFTER INSERT ON w FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('a', 'place');
SELECT pg_temp.told($$INSERT INTO w VALUES ('[]')$$);
DROP TRIGGER w_b ON w;
CREATE TRIGGER w_b AFTER INSERT ON w FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('A', 'places');
SELECT pg_temp.told($$INSERT INTO w VALUES ('[]')$$);
DROP TRIGGER w_b ON w;
CREATE TRIGGER w_b AFTER INSERT ON w EXECUTE FUNCTION rdf_policy_check('a', 'places');
SELECT pg_temp.told($$INSERT INTO w VALUES ('[]')$$);
DROP TRIGGER w_b ON w;

-- A CHECK with rdf_validate: the server's own fields, and no reason. With rdf_assert_valid: the reason, and the policy as the constraint.
-- Neither has a field where the document does not parse.
CREATE TABLE validates (doc text CONSTRAINT doc_conforms CHECK (rdf_validate(doc, 'places')));
CREATE TABLE asserts (doc text CONSTRAINT doc_conforms CHECK (rdf_assert_valid(doc, 'places')));
CREATE DOMAIN place AS text CONSTRAINT place_conforms CHECK (rdf_validate(VALUE, 'places'));
SELECT pg_temp.told($$INSERT INTO validates VALUES ('<http://ex/a> a <http://ex/Dog> .')$$);
SELECT pg_temp.told($$INSERT INTO asserts VALUES ('<http://ex/a> a <http://ex/Dog> .')$$);
SELECT pg_temp.told($$SELECT '<http://ex/a> a <http://ex/Dog> .'::place$$);
SELECT pg_temp.told($$INSERT INTO validates VALUES ('<http://ex/a> a ex:Dog .')$$);

-- The line: of several, a long one, one with characters that take more than one byte or no column, or that would change the terminal.
SELECT pg_temp.told($$SELECT * FROM rdf_parse(E'<urn:a> <urn:b>\n  <urn:c> ;\n  no:d "x" .')$$);
SELECT pg_temp.told($$SELECT rdf_validate('<urn:a> <urn:b> "' || repeat('x', 500) || '" , ! , "' || repeat('y', 500) || '" .', 'places')$$);
SELECT pg_temp.told($$SELECT rdf_validate('<urn:ä> <urn:b> "中文€" !', 'places')$$);
SELECT pg_temp.told($$SELECT rdf_validate(E'<urn:a>\t<urn:b> """\x1b[2J\u0085\u202e""" !', 'places')$$);
SELECT pg_temp.told($$SELECT rdf_validate(E'\ufeff<urn:a> !\r\n', 'places')$$);
-- So for shapes.
SELECT pg_temp.told($$SELECT rdf_policy_register('broken', E'@prefix sh: <http://www.w3.org/ns/shacl#> .\n<urn:S> sh:targetNode <urn:a> ; sh:property [ .')$$);
SELECT pg_temp.told($$SELECT rdf_policy_try('places', '<urn:a> <urn:b> !', 1)$$);

-- The DETAIL as JSON: what rdf_validation_report_jsonb gives, in the error.
SET rdfpolicy.error_detail = 'json';
CREATE FUNCTION pg_temp.detail(statement text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    detail text;
BEGIN
    EXECUTE statement;
    RETURN NULL;
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN detail;
END $$;
\set dogs '<http://ex/a> a <http://ex/Dog> . <http://ex/b> a <http://ex/Dog> ; <http://ex/name> "B" .'
SELECT jsonb_pretty(pg_temp.detail(format('INSERT INTO m (a) VALUES (%L)', :'dogs')));
SELECT pg_temp.detail(format('INSERT INTO m (a) VALUES (%L)', :'dogs')) = rdf_validation_report_jsonb(:'dogs', 'places'),
       pg_temp.detail(format('SELECT rdf_assert_valid(%L::text, %L)', :'dogs', 'places')) = rdf_validation_report_jsonb(:'dogs', 'places');
-- Bounded: a hundred results and 64 kB, texts cut as in messages; and it says so.
SELECT d ->> 'truncated', jsonb_array_length(d -> 'errors'), d ->> 'focusNodes', octet_length(d::text) < 65536 FROM pg_temp.detail(format('INSERT INTO m (a) VALUES (%L)',
    (SELECT string_agg('<http://ex/' || i || '> a <http://ex/Dog> .', ' ') FROM generate_series(1, 1000) i))) d;
SELECT d ->> 'truncated', jsonb_array_length(d -> 'errors') BETWEEN 20 AND 99, octet_length(d::text) <= 65536, length(d #>> '{errors,0,context,focusNode}')
    FROM pg_temp.detail(format('INSERT INTO m (a) VALUES (%L)',
    (SELECT string_agg('<http://ex/' || i || repeat('é', 5000) || '> a <http://ex/Dog> .', ' ') FROM generate_series(1, 1000) i))) d;
SELECT d ->> 'truncated', d #>> '{errors,0,context,value}' = '"' || repeat('ab', 99) || 'a…', d #>> '{errors,0,type}' FROM pg_temp.detail(format(
    'SELECT rdf_assert_valid(%L::text, %L)', '<http://ex/a> a <http://ex/Dog> ; <http://ex/name> "' || repeat('ab', 1000000) || '" .', 'places')) d;
-- What turns the text around is escaped, and the same to who reads the JSON.
DO $$
DECLARE
    detail text;
BEGIN
    PERFORM rdf_assert_valid(U&'<http://ex/a> a <http://ex/Dog> ; <http://ex/name> "\202E", "\009B" .', 'places');
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RAISE NOTICE 'raw: %, escaped: %, as JSON: %', detail ~ U&'[\202E\009B]', detail ~ '"\\"\\u202E\\""',
        (SELECT array_agg(octet_length(error #>> '{context,value}')) FROM jsonb_array_elements(detail::jsonb -> 'errors') error);
END $$;
-- A role that may not read the column learns the shape, and nothing of the data but counts.
CREATE ROLE rdf_writer;
GRANT INSERT ON m TO rdf_writer;
SET ROLE rdf_writer;
SELECT pg_temp.told(format('INSERT INTO m (a) VALUES (%L)', :'dogs'));
SELECT pg_temp.told($$INSERT INTO m (a) VALUES ('<http://ex/secret> oops')$$);
RESET ROLE;
DROP OWNED BY rdf_writer;
DROP ROLE rdf_writer;
SET rdfpolicy.error_detail = 'xml';
RESET rdfpolicy.error_detail;
DROP TABLE m, w, validates, asserts;
DROP DOMAIN place;
SELECT rdf_policy_drop('places');
