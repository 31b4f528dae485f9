-- The W3C's SHACL test suite, judged in SQL. Called by run, with the psql variable suite: a folder with tests/ (the suite)
-- and, perhaps, expectations.json. Prints what fails, then `N passed, N failed`.
\pset pager off
SET client_min_messages = error;
CREATE EXTENSION rdfpolicy;

\ir suite.sql
\ir judge.sql

CALL read_suite(:'suite' || '/tests');
CALL judge_suite();

\echo W3C SHACL test suite (data-shapes-test-suite, of the Recommendation of 20 July 2017)
SELECT format('not ok %s: %s', id, reason) FROM test WHERE NOT passed ORDER BY id;
SELECT format('sparql tests: %s refused as they must be, %s judged', count(*) FILTER (WHERE was_refused), count(*) FILTER (WHERE NOT was_refused))
    FROM test WHERE id LIKE 'sparql/%' AND passed;
SELECT format('%s: %s of %s', split_part(id, '/', 1), count(*) FILTER (WHERE passed), count(*))
    FROM test GROUP BY split_part(id, '/', 1) ORDER BY 1;

-- The tests that the suite must have: fewer are a suite, or a reading of it, that lacks some.
CREATE TABLE suite_check AS
SELECT 'the manifests name at least 98 core tests' AS name, count(*) FILTER (WHERE id LIKE 'core/%') >= 98 AS passed FROM test
UNION ALL
SELECT 'there are at least 23 sparql tests', count(*) FILTER (WHERE id LIKE 'sparql/%') >= 23 FROM test
UNION ALL
SELECT 'the paths of every report are well-formed by the shapes for shapes',
       bool_and(rdf_validate(report_as_shapes(report), policy_name('core/complex/shacl-shacl')))
       FROM (SELECT DISTINCT document FROM triple WHERE document LIKE 'report of %') AS reports(report);

-- What another parser read in the same manifests.
SELECT (pg_stat_file(:'suite' || '/expectations.json', true)).size IS NOT NULL AS has_expectations \gset
\if :has_expectations
\ir expectations.sql
CALL compare_expectations(pg_read_file(:'suite' || '/expectations.json')::jsonb);
SELECT format('not ok %s: %s', id, reason) FROM expectation_difference ORDER BY id;
INSERT INTO suite_check SELECT 'the expectations of another parser are the same', count(*) = 0 FROM expectation_difference;
\endif

SELECT format('not ok %s', name) FROM suite_check WHERE NOT passed;
SELECT format('%s passed, %s failed', count(*) FILTER (WHERE passed), count(*) FILTER (WHERE NOT passed))
    FROM (SELECT passed FROM test UNION ALL SELECT passed FROM suite_check) AS every;
