-- Shapes that refer to themselves: which are refused, and what the others report.
\set VERBOSITY default
CREATE TEMP TABLE shapes_prefix AS SELECT
    '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> . '::text AS prefix;

-- Through a negation: refused, with the way round.
SELECT rdf_policy_register('odd', prefix || 'ex:A sh:targetNode ex:a ; sh:not ex:B .
ex:B sh:property [ sh:path ex:p ; sh:node ex:A ] .') FROM shapes_prefix;
SELECT rdf_policy_register('odd', prefix || 'ex:A sh:targetNode ex:a ; sh:xone ( [ sh:class ex:C ] ex:A ) .')
FROM shapes_prefix;
SELECT rdf_policy_register('odd', prefix || 'ex:A sh:targetNode ex:a ; sh:property [ sh:path ex:p ;
    sh:qualifiedValueShape ex:A ; sh:qualifiedMaxCount 1 ] .') FROM shapes_prefix;
SELECT code, message FROM shapes_prefix, rdf_policy_lint(prefix || 'ex:A sh:targetNode ex:a ; sh:not ex:A .');

-- A person has a name, and knows persons only.
SELECT rdf_policy_register('cycle_person', prefix || 'ex:Person sh:targetClass ex:Person ;
    sh:property [ sh:path ex:knows ; sh:node ex:Person ] , [ sh:path ex:name ; sh:minCount 1 ] .') FROM shapes_prefix;
-- Whoever is known, over any number of others, has a name: property shapes within themselves.
SELECT rdf_policy_register('cycle_known', prefix || 'ex:Known sh:targetClass ex:Person ; sh:path ex:knows ;
    sh:property ex:Known , [ sh:path ex:name ; sh:minCount 1 ] .') FROM shapes_prefix;
-- Negated twice.
SELECT rdf_policy_register('cycle_twice', prefix || 'ex:T sh:targetClass ex:Person ;
    sh:not [ sh:not [ sh:property [ sh:path ex:knows ; sh:node ex:T ; sh:minCount 1 ] ] ] .') FROM shapes_prefix;
SELECT r.policy, r.success, r.shapes FROM unnest(ARRAY['cycle_person', 'cycle_known', 'cycle_twice']) p, rdf_policy_reload(p) r;

-- Two who know each other. Nothing contradicts that they conform.
\set couple '\'@prefix ex: <http://ex/> . ex:a a ex:Person ; ex:name "A" ; ex:knows ex:b . ex:b a ex:Person ; ex:name "B" ; ex:knows ex:a .\''
SELECT p AS policy, rdf_validate(:couple::text, p) FROM unnest(ARRAY['cycle_person', 'cycle_known', 'cycle_twice']) p;

-- A third one, without a name, in the cycle: each level is reported once, with the details of the next.
\set three '\'@prefix ex: <http://ex/> . ex:a a ex:Person ; ex:name "A" ; ex:knows ex:b . ex:b ex:name "B" ; ex:knows ex:c . ex:c ex:knows ex:a , ex:c .\''
SELECT focus_node, result_path, value, violation_type FROM rdf_validation_report(:three::text, 'cycle_person');
SELECT jsonb_pretty(detail) FROM rdf_validation_report(:three::text, 'cycle_person');
SELECT focus_node, result_path, value, violation_type FROM rdf_validation_report(:three::text, 'cycle_known');
SELECT rdf_validate(:three::text, 'cycle_twice');
SELECT rdf_validate('<http://ex/a> a <http://ex/Person> ; <http://ex/knows> <http://ex/b> .'::text, 'cycle_twice');

SET client_min_messages = warning;
-- A chain of 100,000 that ends badly, and a good one made a cycle. Nothing recurses along the data.
CREATE FUNCTION chain(length integer, rest text) RETURNS text LANGUAGE sql AS $$
    SELECT '@prefix ex: <http://ex/> . ' || rest || string_agg(format(
        'ex:n%s a ex:Person ; ex:name "n" ; ex:knows ex:n%s .', i, i + 1), E'\n') FROM generate_series(1, length) i
$$;
SET max_stack_depth = '100kB';
SELECT count(*), min(violation_type) FROM rdf_validation_report(chain(100000, ''), 'cycle_person');
SELECT count(*), min(violation_type) FROM rdf_validation_report(chain(100000, ''), 'cycle_known');
SELECT rdf_validate(chain(100000, 'ex:n100001 ex:name "n" ; ex:knows ex:n1 . '), 'cycle_person');
RESET max_stack_depth;
RESET client_min_messages;
DROP FUNCTION chain(integer, text);
SELECT rdf_policy_drop('cycle_person'), rdf_policy_drop('cycle_known'), rdf_policy_drop('cycle_twice');
