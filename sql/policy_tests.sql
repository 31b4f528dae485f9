-- Testing a policy before it is put in force: rdf_policy_try, rdf_policy_add_test, and what a failing test does to a reload.
\set VERBOSITY terse
\set prefixes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . '
\set lax :prefixes 'ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .'
\set strict :prefixes 'ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:minLength 3 ; sh:pattern "^[A-Z]" ] .'
\set ann '@prefix ex: <http://example.org/> . ex:ann a ex:Person ; ex:name "Ann" .'
\set al '@prefix ex: <http://example.org/> . ex:al a ex:Person ; ex:name "al" .'

-- Nothing registered, nothing staged.
SELECT * FROM rdf_policy_try('tested', :'ann');
SELECT rdf_policy_add_test('tested', 'ann', :'ann', true);
SELECT rdf_policy_register('tested', :'lax');

-- The staged version judges, in all forms of data, and enforces nothing.
SELECT policy, version, focus_node, violation_type FROM rdf_policy_try('tested', '<http://example.org/x> a <http://example.org/Person> .');
SELECT count(*) FROM rdf_policy_try('tested', :'ann');
SELECT focus_node, result_path, violation_type FROM rdf_policy_try('tested', '[{"subject": "http://example.org/x", "predicate": "rdf:type", "value": "http://example.org/Person"}]'::jsonb);
SELECT focus_node, violation_type FROM rdf_policy_try('tested', ARRAY[rdf_triple('<http://example.org/x>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://example.org/Person>')]);
SELECT focus_node FROM rdf_policy_try('tested', '<#x> a <Person> .', base_iri => 'http://example.org/');
SELECT count(*) FROM rdf_policy_try('tested', NULL::text);
SELECT rdf_validate(:'ann', 'tested');
SELECT success FROM rdf_policy_reload('tested');
SELECT * FROM rdf_policy_try('tested', :'ann');
SELECT rdf_policy_register('tested', :'strict');
SELECT version, violation_type FROM rdf_policy_try('tested', :'al') ORDER BY 2;
SELECT count(*) AS under_1 FROM rdf_policy_try('tested', :'al', 1);
SELECT rdf_validate(:'al', 'tested') AS is_still_accepted;
SELECT * FROM rdf_policy_try('tested', :'al', 7);
SELECT * FROM rdf_policy_try('tested@1', :'al');
SELECT * FROM rdf_policy_try(NULL, :'al');
SELECT * FROM rdf_policy_try('tested', 'no turtle');
-- A version that was never in force is reached in no other way.
SELECT rdf_validate(:'al', 'tested@2');

-- Unit tests. Data is checked when a test is added; one that the version in force fails is told of, and kept.
SELECT rdf_policy_add_test('tested', 'ann', :'ann', true, '{}');
SELECT rdf_policy_add_test('tested', 'short', '[{"subject": "http://example.org/x", "predicate": "rdf:type", "value": "http://example.org/Person"}, {"subject": "http://example.org/x", "predicate": "http://example.org/name", "value": "al"}]'::jsonb, false, '{PATTERN_VIOLATION,MIN_LENGTH_VIOLATION}');
SELECT rdf_policy_add_test('tested', 'two names', ARRAY[rdf_triple('_:b', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://example.org/Person>'), rdf_triple('_:b', '<http://example.org/name>', '"Al\n"@en'), rdf_triple('_:b', '<http://example.org/name>', '"Bo"')], false, '{MIN_LENGTH_VIOLATION}');
SELECT rdf_policy_add_test('tested', 'relative', '<#x> a <Person> .', false, ARRAY['PROPERTY_MISSING'], 'http://example.org/');
SELECT rdf_policy_add_test('tested', 'bad', 'no turtle', true);
SELECT rdf_policy_add_test('tested', 'bad', :'ann', true, '{NO_SUCH_VIOLATION}');
SELECT rdf_policy_add_test('tested', 'bad', :'ann', true, ARRAY[NULL]::text[]);
SELECT rdf_policy_add_test('tested', 'bad', :'ann', NULL);
SELECT rdf_policy_add_test('tested', 'bad', NULL::jsonb, true);
SELECT rdf_policy_add_test('tested', '', :'ann', true);
SELECT rdf_policy_add_test('nobody', 'ann', :'ann', true);
SELECT policy, name, form, document, base_iri, conforms, violations FROM rdf_policy_tests ORDER BY name;

-- They pass under version 2.
SELECT success, version FROM rdf_policy_reload('tested');

-- A version that fails one is refused, and the test is named with what is different.
SELECT rdf_policy_register('tested', :'lax');
SELECT success, version, changed, error FROM rdf_policy_reload('tested');
SELECT version, staged_version FROM rdf_policies WHERE policy = 'tested';
SELECT rdf_validate(:'al', 'tested') AS version_2_is_in_force;
SELECT version, success, error FROM rdf_policy_history WHERE policy = 'tested' ORDER BY id DESC LIMIT 1;
SELECT success FROM rdf_policy_reload('tested', must_succeed => true);
SELECT success FROM rdf_policy_reload();

-- Expected violations are a multiset: how often counts.
SELECT rdf_policy_drop_test('tested', 'short'), rdf_policy_drop_test('tested', 'short');
SELECT rdf_policy_add_test('tested', 'two names', :'al', true, '{MIN_LENGTH_VIOLATION,MIN_LENGTH_VIOLATION,CLASS_VIOLATION}');
SELECT error FROM rdf_policy_reload('tested');
SELECT rdf_policy_drop_test('tested', 'two names');

-- What cannot be judged is a failure too.
SET rdfpolicy.max_triples = 1;
SELECT error FROM rdf_policy_reload('tested');
RESET rdfpolicy.max_triples;
SELECT success, version FROM rdf_policy_reload('tested');

-- The way back is not tested. Tests outlive their policy.
SELECT rdf_policy_add_test('tested', 'al', :'al', true);
SELECT success, version FROM rdf_policy_rollback('tested', 2);
SELECT rdf_policy_drop('tested');
SELECT rdf_policy_add_test('tested', 'late', :'ann', true);
SELECT rdf_policy_register('tested', :'strict');
SELECT success, error FROM rdf_policy_reload('tested');

-- Tests are undone with their transaction, and run in the one that adds them.
BEGIN;
SELECT rdf_policy_drop_test('tested', 'al');
SELECT success, version FROM rdf_policy_reload('tested');
ROLLBACK;
SELECT name FROM rdf_policy_tests ORDER BY 1;
SELECT version FROM rdf_policies WHERE policy = 'tested';

-- Privileges: a test's data, and what a staged version says, are not for everyone.
CREATE ROLE rdf_tester;
SET ROLE rdf_tester;
SELECT * FROM rdf_policy_try('tested', :'ann');
SELECT rdf_policy_add_test('tested', 'x', :'ann', true);
SELECT rdf_policy_drop_test('tested', 'al');
SELECT count(*) FROM rdf_policy_tests;
RESET ROLE;
GRANT EXECUTE ON FUNCTION rdf_policy_try(text, text, integer, text), rdf_policy_drop_test(text, text), rdf_policy_add_test(text, text, text, boolean, text[], text) TO rdf_tester;
SET ROLE rdf_tester;
SELECT count(*) FROM rdf_policy_try('tested', :'ann');
SELECT rdf_policy_add_test('tested', 'x', :'ann', true);
SELECT rdf_policy_drop_test('tested', 'al');
RESET ROLE;
SELECT name, added_by FROM rdf_policy_tests WHERE name = 'x';
SELECT success FROM rdf_policy_reload('tested');

SELECT rdf_policy_drop_test('tested', name) FROM rdf_policy_tests;
SELECT rdf_policy_drop('tested');
DROP OWNED BY rdf_tester;
DROP ROLE rdf_tester;
