-- The W3C's JSON-LD 1.1 tests of toRdf, read by rdf_parse_quads. Called by run, with the psql variable suite: the folder of the
-- manifest. Prints what fails, then `N passed, N failed`.
\pset pager off
SET client_min_messages = error;
CREATE EXTENSION rdfpolicy;

\ir left_out.sql
\ir ../conformance-rdf/compare.sql
\ir suite.sql

CALL read_manifest(:'suite');
CALL register_contexts(:'suite');
CALL read_tests(:'suite');
CALL colour_nodes();
CALL judge_tests();

\echo W3C JSON-LD 1.1 tests of toRdf (json-ld-api)
SELECT format('not ok %s: %s', id, reason) FROM verdict WHERE NOT passed ORDER BY id;
SELECT format('%s: %s of %s', type, count(*) FILTER (WHERE passed), count(*)) FROM verdict JOIN test USING (id) GROUP BY type ORDER BY type;
SELECT format('left out, %s: %s', reason, count(*)) FROM test JOIN left_out USING (id) GROUP BY reason ORDER BY reason;

-- The tests that the suite must have: fewer are a suite, or a reading of it, that lacks some.
CREATE TABLE suite_check AS
SELECT format('there are at least %s tests: %s', least, name) AS name, (SELECT count(*) FROM verdict JOIN test USING (id) WHERE type = name) >= least AS passed
    FROM (VALUES ('PositiveEvaluation', 335), ('NegativeEvaluation', 93), ('PositiveSyntax', 14)) AS s (name, least)
UNION ALL
SELECT 'what is left out is a test: ' || id, EXISTS (SELECT FROM test t WHERE t.id = l.id) FROM left_out l;

SELECT format('not ok %s', name) FROM suite_check WHERE NOT passed;
SELECT format('%s passed, %s failed', count(*) FILTER (WHERE passed), count(*) FILTER (WHERE NOT passed))
    FROM (SELECT passed FROM verdict UNION ALL SELECT passed FROM suite_check) AS every;
