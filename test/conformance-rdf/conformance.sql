-- The W3C's RDF 1.1 syntax tests, read by rdf_parse_quads. Called by run, with the psql variable suite: the folder of the
-- four suites. Prints what fails, then `N passed, N failed`.
\pset pager off
SET client_min_messages = error;
CREATE EXTENSION rdfpolicy;

\ir exceptions.sql
\ir compare.sql
\ir suite.sql

CALL read_manifest(:'suite', 'rdf-turtle');
CALL read_manifest(:'suite', 'rdf-n-triples');
CALL read_manifest(:'suite', 'rdf-trig');
CALL read_manifest(:'suite', 'rdf-n-quads');
CALL read_tests(:'suite');
CALL colour_nodes();
CALL judge_tests();

\echo W3C RDF 1.1 syntax tests (rdf-tests)
SELECT format('not ok %s: %s', id, coalesce(reason, 'it is listed as an exception, and passes')) FROM verdict WHERE NOT passed ORDER BY id;
SELECT format('%s: %s of %s, and %s exceptions', split_part(id, '/', 1), count(*) FILTER (WHERE passed AND NOT is_exception), count(*),
              count(*) FILTER (WHERE is_exception))
    FROM verdict GROUP BY split_part(id, '/', 1) ORDER BY 1;

-- The tests that the suites must have: fewer are a suite, or a reading of it, that lacks some.
CREATE TABLE suite_check AS
SELECT format('%s has at least %s tests', folder, least) AS name,
       (SELECT count(*) FROM verdict WHERE id LIKE folder || '/%') >= least AS passed
    FROM (VALUES ('rdf-turtle', 313), ('rdf-n-triples', 70), ('rdf-trig', 356), ('rdf-n-quads', 87)) AS s (folder, least)
UNION ALL
SELECT 'each exception is a test: ' || e.id, EXISTS (SELECT FROM verdict v WHERE v.id = e.id) FROM exception e;

SELECT format('not ok %s', name) FROM suite_check WHERE NOT passed;
SELECT format('%s passed, %s failed', count(*) FILTER (WHERE passed), count(*) FILTER (WHERE NOT passed))
    FROM (SELECT passed FROM verdict UNION ALL SELECT passed FROM suite_check) AS every;
