-- rdf_policy_stats: what holds with and without shared memory. What is counted is in test/t/030_stats.t.
\set VERBOSITY terse
\set shapes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . ex:DogShape sh:targetClass ex:Dog ; sh:property [ sh:path ex:owner ; sh:minCount 1 ] .'
\set stray '<http://example.org/a> a <http://example.org/Dog> .'
SELECT rdf_policy_register('dogs', :'shapes');
SELECT success FROM rdf_policy_reload('dogs');

-- Off by default, and then nothing is counted.
SHOW rdfpolicy.track;
SELECT rdf_policy_stats_reset();
SELECT rdf_validate(:'stray', 'dogs');
SELECT * FROM rdf_policy_stats;

-- On, it changes no answer.
SET rdfpolicy.track = on;
SELECT rdf_validate(:'stray', 'dogs'), rdf_validate('', 'dogs'), rdf_validate(NULL::text, 'dogs');
SELECT focus_node, violation_type FROM rdf_validation_report(:'stray', 'dogs');
SELECT count(*) FROM rdf_validation_report(:'stray' || ' <http://example.org/b> a <http://example.org/Dog> .', 'dogs', 1);
SELECT rdf_validation_report_jsonb(:'stray', 'dogs') -> 'focusNodes' AS focus_nodes;
SELECT rdf_assert_valid(:'stray', 'dogs');
SELECT rdf_validate('no turtle', 'dogs');

-- Only a superuser turns it on; resetting can be granted; looking is for everyone.
CREATE ROLE rdf_counter;
SET ROLE rdf_counter;
SET rdfpolicy.track = off;
SELECT rdf_policy_stats_reset();
SELECT count(*) >= 0 AS can_look FROM rdf_policy_stats;
RESET ROLE;
GRANT EXECUTE ON FUNCTION rdf_policy_stats_reset() TO rdf_counter;
SET ROLE rdf_counter;
SELECT rdf_policy_stats_reset();
RESET ROLE;
DROP OWNED BY rdf_counter;
DROP ROLE rdf_counter;
RESET rdfpolicy.track;
SELECT count(*) FROM rdf_policy_stats;
SELECT rdf_policy_drop('dogs');
