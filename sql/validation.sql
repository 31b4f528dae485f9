-- Judging data from SQL: every form of T, every form of the verdict.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default

SELECT rdf_policy_register('person', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://ex/> .
ex:PersonShape a sh:NodeShape ;
    sh:targetClass ex:Person ;
    sh:property ex:PersonName, ex:PersonAge, ex:PersonAddress .
ex:PersonName sh:path ex:name ; sh:minCount 1 ; sh:datatype xsd:string ; sh:minLength 3 .
ex:PersonAge sh:path ex:age ; sh:maxCount 1 ; sh:minInclusive 0 ; sh:severity sh:Warning .
ex:PersonAddress sh:path ex:address ; sh:node ex:AddressShape .
ex:AddressShape sh:property ex:AddressCity .
ex:AddressCity sh:path ex:city ; sh:minCount 1 ; sh:message "an address needs a city" .
$$);
SELECT success, version FROM rdf_policy_reload('person');

-- The verdict. A bare literal is text.
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" .', 'person');
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "An" .', 'person');
SELECT rdf_validate('<http://ex/a> a <http://ex/Cat> .', 'person');
SELECT rdf_validate('', 'person');
SELECT rdf_validate('[{"subject": "<http://ex/a>", "predicate": "rdf:type", "value": "http://ex/Person"}]'::jsonb, 'person');
SELECT rdf_validate('[{"subject": "<http://ex/a>", "predicate": "rdf:type", "value": "http://ex/Person"},
                      {"subject": "<http://ex/a>", "predicate": "<http://ex/name>", "value": "Anna"}]'::jsonb, 'person');
SELECT rdf_validate(array_agg(t), 'person') FROM rdf_parse('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" .') t;
SELECT rdf_validate(array_agg(t), 'person') FROM rdf_parse('<http://ex/a> a <http://ex/Person> .') t;
SELECT rdf_validate('{}'::rdf_triple[], 'person');
SELECT rdf_validate('<a> a <Person> .', 'person', 'http://ex/');
SELECT rdf_validate(document => '<a> a <Person> ; <name> "Anna" .', base_iri => 'http://ex/', policy => 'person');
-- Which policy.
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> .', 'person@1');
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> .', 'person@7');
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> .', 'nobody');
\echo :LAST_ERROR_SQLSTATE
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> .', 'no name!');
\echo :LAST_ERROR_SQLSTATE
-- NULL data: NULL, or no row.
SELECT rdf_validate(NULL::text, 'person') IS NULL, rdf_validate(NULL::rdf_triple[], 'person') IS NULL,
       rdf_assert_valid(NULL::text, 'person') IS NULL, rdf_validation_report_jsonb(NULL::jsonb, 'person') IS NULL;
SELECT count(*) FROM rdf_validation_report(NULL::text, 'person');
-- What cannot be judged is an error, never a verdict.
SELECT rdf_validate('<http://ex/a> a foo:Person .', 'person');
SELECT rdf_validate(ARRAY[rdf_triple('<http://ex/a>', '<http://ex/p>', '1'), NULL], 'person');
SELECT rdf_validate(ARRAY[rdf_triple('<http://ex/a>', '<http://ex/p>', NULL)], 'person');
\echo :LAST_ERROR_SQLSTATE
SELECT rdf_validate(ARRAY[rdf_triple('<http://ex/a>', '<http://ex/p>', '1'), rdf_triple('<http://ex/a>', '_:p', '1')], 'person');
SELECT rdf_validate(ARRAY[rdf_triple('"a"', '<http://ex/p>', '1')], 'person');
\echo :LAST_ERROR_SQLSTATE
SET rdfpolicy.max_triples = 1;
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" .', 'person');
RESET rdfpolicy.max_triples;
SET rdfpolicy.max_document_size = '1 kB';
SELECT rdf_validate(repeat('#', 5000), 'person');
SELECT rdf_validate(array_fill(rdf_triple('<http://ex/a>', '<http://ex/p>', '1'), ARRAY[100]), 'person');
\echo :LAST_ERROR_SQLSTATE
RESET rdfpolicy.max_document_size;

-- The report.
\pset expanded on
SELECT * FROM rdf_validation_report($$
@prefix ex: <http://ex/> .
ex:a a ex:Person ; ex:name 42 ; ex:age -1 ; ex:address _:home .
_:home ex:street "High Street" .
$$, 'person');
\pset expanded off
SELECT violation_type, focus_node FROM rdf_validation_report('<http://ex/a> a <http://ex/Person> .', 'person');
SELECT count(*) FROM rdf_validation_report('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" .', 'person');
-- Severities: all count, unless the superuser says which.
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" ; <http://ex/age> -1 .', 'person');
SET rdfpolicy.conformance_disallows = 'Violation';
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" ; <http://ex/age> -1 .', 'person');
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "An" ; <http://ex/age> -1 .', 'person');
SELECT rdf_assert_valid('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" ; <http://ex/age> -1 .', 'person');
SELECT rdf_assert_valid('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "An" ; <http://ex/age> -1, -2, -3, -4, -5, -6 .', 'person');
SELECT jsonb_pretty(rdf_validation_report_jsonb('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "An" ; <http://ex/age> -1 .', 'person'));
-- What is no severity is refused: nothing has it, so all would pass.
SET rdfpolicy.conformance_disallows = 'violation';
\set VERBOSITY default
SET rdfpolicy.conformance_disallows = 'Violation, Error';
\set VERBOSITY terse
SET rdfpolicy.conformance_disallows = 'all, Error';
SET rdfpolicy.conformance_disallows = 'sh:violation';
SET rdfpolicy.conformance_disallows = 'SH:Violation';
SET rdfpolicy.conformance_disallows = 'http://www.w3.org/ns/shacl#violation';
SET rdfpolicy.conformance_disallows = 'https://www.w3.org/ns/shacl#Violation';
SET rdfpolicy.conformance_disallows = '<http://www.w3.org/ns/shacl#Violation>';
SET rdfpolicy.conformance_disallows = 'none';
SET rdfpolicy.conformance_disallows = '';
SHOW rdfpolicy.conformance_disallows;
SET rdfpolicy.conformance_disallows = 'sh:Violation, http://www.w3.org/ns/shacl#Warning, Info, http://example.org/ns#Grave';
SET rdfpolicy.conformance_disallows = 'Info, ALL';
\set VERBOSITY default
RESET rdfpolicy.conformance_disallows;

-- The report as jsonb, with nested results.
SELECT jsonb_pretty(rdf_validation_report_jsonb($$
@prefix ex: <http://ex/> .
ex:a a ex:Person ; ex:name "Anna" ; ex:address _:home . _:home ex:street "High Street" .
$$, 'person'));
SELECT rdf_validation_report_jsonb('', 'person');

-- Limits: the argument, or else the setting, with a NOTICE where results are left out.
SELECT count(*) FROM rdf_validation_report((SELECT string_agg('<http://ex/' || i || '> a <http://ex/Person> .', '') FROM generate_series(1, 30) i), 'person', 20);
SELECT count(*) FROM rdf_validation_report((SELECT string_agg('<http://ex/' || i || '> a <http://ex/Person> .', '') FROM generate_series(1, 30) i), 'person', 30);
SET rdfpolicy.max_results = 10;
SELECT count(*) FROM rdf_validation_report((SELECT string_agg('<http://ex/' || i || '> a <http://ex/Person> .', '') FROM generate_series(1, 30) i), 'person', 20);
SELECT jsonb_array_length(report -> 'errors'), report -> 'valid', report -> 'focusNodes'
FROM rdf_validation_report_jsonb((SELECT string_agg('<http://ex/' || i || '> a <http://ex/Person> .', '') FROM generate_series(1, 30) i), 'person') report;
RESET rdfpolicy.max_results;
SELECT * FROM rdf_validation_report('', 'person', 0);
\echo :LAST_ERROR_SQLSTATE

-- rdf_assert_valid: true, or an error that says what is wrong.
SELECT rdf_assert_valid('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" .', 'person');
SELECT rdf_assert_valid('<http://ex/a> a <http://ex/Person> .', 'person');
SELECT rdf_assert_valid((SELECT string_agg('<http://ex/' || i || '> a <http://ex/Person> .', '') FROM generate_series(1, 8) i), 'person');
SELECT rdf_assert_valid('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "' || repeat('é', 1000) || '"@fr .', 'person');
\echo :LAST_ERROR_SQLSTATE

-- Several policies: without a name, every active one, in the order of their names.
SELECT rdf_policy_register('cat', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:CatShape sh:targetClass ex:Cat, ex:Person ; sh:property [ sh:path ex:sound ; sh:minCount 1 ] .
$$);
SELECT success FROM rdf_policy_reload('cat');
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" .', 'person');
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" .');
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" ; <http://ex/sound> "hum" .');
SELECT policy, violation_type FROM rdf_validation_report('<http://ex/a> a <http://ex/Person> .') WHERE policy IN ('cat', 'person');
SELECT rdf_validation_report_jsonb('<http://ex/a> a <http://ex/Person> .') -> 'policies' @> '[{"policy": "cat", "version": 1}, {"policy": "person", "version": 1}]';

-- One statement, one generation; the next statement sees what this transaction has reloaded.
BEGIN;
SELECT rdf_validate('<http://ex/a> a <http://ex/Cat> .', 'cat');
SELECT rdf_policy_register('cat', '@prefix sh: <http://www.w3.org/ns/shacl#> . <http://ex/S> sh:targetNode <http://ex/b> ; sh:nodeKind sh:IRI .');
SELECT rdf_validate('<http://ex/a> a <http://ex/Cat> .', 'cat'), (SELECT success FROM rdf_policy_reload('cat')), rdf_validate('<http://ex/a> a <http://ex/Cat> .', 'cat');
SELECT rdf_validate('<http://ex/a> a <http://ex/Cat> .', 'cat');
SELECT rdf_validate('<http://ex/a> a <http://ex/Cat> .', 'cat@1');
ROLLBACK;
SELECT rdf_validate('<http://ex/a> a <http://ex/Cat> .', 'cat');

-- Prepared statements, cursors, exception blocks, parallel query.
PREPARE judge(text) AS SELECT rdf_validate($1, 'person');
EXECUTE judge('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" .');
EXECUTE judge('<http://ex/a> a <http://ex/Person> .');
BEGIN;
DECLARE verdicts CURSOR FOR SELECT i, rdf_validate(CASE WHEN i % 2 = 0 THEN '<http://ex/a> a <http://ex/Person> .' ELSE '' END, 'person')
    FROM generate_series(1, 4) i;
FETCH 2 FROM verdicts;
SAVEPOINT s;
SELECT rdf_assert_valid('<http://ex/a> a <http://ex/Person> .', 'person');
ROLLBACK TO s;
FETCH 2 FROM verdicts;
COMMIT;
DO $$
DECLARE
    refused integer := 0;
BEGIN
    FOR i IN 1..1000 LOOP
        BEGIN
            IF i % 3 = 0 THEN
                PERFORM rdf_validate('<http://ex/a> a foo:Person .', 'person');
            ELSE
                PERFORM rdf_assert_valid('<http://ex/a> a <http://ex/Person> .', 'person');
            END IF;
        EXCEPTION WHEN check_violation OR invalid_text_representation THEN
            refused := refused + 1;
        END;
    END LOOP;
    RAISE NOTICE '% refused', refused;
END $$;
CREATE TABLE documents AS
    SELECT '<http://ex/' || i || '> a <http://ex/Person> ; <http://ex/name> "' || repeat('x', i % 5) || '" .' AS document FROM generate_series(1, 10000) i;
ANALYZE documents;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT count(*) FROM documents WHERE rdf_validate(document, 'person');
SELECT count(*) FROM documents WHERE rdf_validate(document, 'person');
SELECT count(*), count(DISTINCT violation_type) FROM documents, rdf_validation_report(document, 'person');
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;
DROP TABLE documents;

-- Cancel works inside a validation.
SET statement_timeout = '100 ms';
SELECT rdf_validate((SELECT string_agg('<http://ex/' || i || '> a <http://ex/Person> ; <http://ex/name> "Anna" .', '') FROM generate_series(1, 1000) i), 'person')
FROM generate_series(1, 100000);
RESET statement_timeout;

SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
WHERE proname ~ '^rdf_(valid|assert)' AND prokind = 'f' AND (provolatile <> 's' OR proparallel <> 's');

SELECT rdf_policy_drop('person'), rdf_policy_drop('cat');
