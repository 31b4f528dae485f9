-- Testing a policy before it is put in force: rdf_policy_test, rdf_policy_add_test, and what a failing test does to a reload.
\set VERBOSITY terse
\set prefixes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . '
\set lax :prefixes 'ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .'
\set strict :prefixes 'ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:minLength 3 ; sh:pattern "^[A-Z]" ] .'
\set ann '@prefix ex: <http://example.org/> . ex:ann a ex:Person ; ex:name "Ann" .'
\set al '@prefix ex: <http://example.org/> . ex:al a ex:Person ; ex:name "al" .'

-- Nothing registered, nothing staged.
SELECT * FROM rdf_policy_test('person', :'ann');
SELECT rdf_policy_add_test('person', 'ann', :'ann', true);
SELECT rdf_policy_register('person', :'lax');

-- The staged version judges, in all forms of data, and enforces nothing.
SELECT policy, version, focus_node, violation_type FROM rdf_policy_test('person', '<http://example.org/x> a <http://example.org/Person> .');
SELECT count(*) FROM rdf_policy_test('person', :'ann');
SELECT focus_node, result_path, violation_type FROM rdf_policy_test('person', '[{"subject": "http://example.org/x", "predicate": "rdf:type", "value": "http://example.org/Person"}]'::jsonb);
SELECT focus_node, violation_type FROM rdf_policy_test('person', ARRAY[rdf_triple('<http://example.org/x>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://example.org/Person>')]);
SELECT focus_node FROM rdf_policy_test('person', '<#x> a <Person> .', base_iri => 'http://example.org/');
SELECT count(*) FROM rdf_policy_test('person', NULL::text);
SELECT rdf_validate(:'ann', 'person');
SELECT success FROM rdf_policy_reload('person');
SELECT * FROM rdf_policy_test('person', :'ann');
SELECT rdf_policy_register('person', :'strict');
SELECT version, violation_type FROM rdf_policy_test('person', :'al') ORDER BY 2;
SELECT count(*) AS under_1 FROM rdf_policy_test('person', :'al', 1);
SELECT rdf_validate(:'al', 'person') AS is_still_accepted;
SELECT * FROM rdf_policy_test('person', :'al', 7);
SELECT * FROM rdf_policy_test('person@1', :'al');
SELECT * FROM rdf_policy_test(NULL, :'al');
SELECT * FROM rdf_policy_test('person', 'no turtle');
-- A version that was never in force is reached in no other way.
SELECT rdf_validate(:'al', 'person@2');

-- Unit tests. Data is checked when a test is added; one that the version in force fails is told of, and kept.
SELECT rdf_policy_add_test('person', 'ann', :'ann', true, '{}');
SELECT rdf_policy_add_test('person', 'short', '[{"subject": "http://example.org/x", "predicate": "rdf:type", "value": "http://example.org/Person"}, {"subject": "http://example.org/x", "predicate": "http://example.org/name", "value": "al"}]'::jsonb, false, '{PATTERN_VIOLATION,MIN_LENGTH_VIOLATION}');
SELECT rdf_policy_add_test('person', 'two names', ARRAY[rdf_triple('_:b', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://example.org/Person>'), rdf_triple('_:b', '<http://example.org/name>', '"Al\n"@en'), rdf_triple('_:b', '<http://example.org/name>', '"Bo"')], false, '{MIN_LENGTH_VIOLATION}');
SELECT rdf_policy_add_test('person', 'relative', '<#x> a <Person> .', false, ARRAY['PROPERTY_MISSING'], 'http://example.org/');
SELECT rdf_policy_add_test('person', 'bad', 'no turtle', true);
SELECT rdf_policy_add_test('person', 'bad', :'ann', true, '{NO_SUCH_VIOLATION}');
SELECT rdf_policy_add_test('person', 'bad', :'ann', true, ARRAY[NULL]::text[]);
SELECT rdf_policy_add_test('person', 'bad', :'ann', NULL);
SELECT rdf_policy_add_test('person', 'bad', NULL::jsonb, true);
SELECT rdf_policy_add_test('person', '', :'ann', true);
SELECT rdf_policy_add_test('nobody', 'ann', :'ann', true);
SELECT policy, name, form, document, base_iri, conforms, violations FROM rdf_policy_tests ORDER BY name;

-- They pass under version 2.
SELECT success, version FROM rdf_policy_reload('person');

-- A version that fails one is refused, and the test is named with what is different.
SELECT rdf_policy_register('person', :'lax');
SELECT success, version, changed, error FROM rdf_policy_reload('person');
SELECT version, staged_version FROM rdf_policies WHERE policy = 'person';
SELECT rdf_validate(:'al', 'person') AS version_2_is_in_force;
SELECT version, success, error FROM rdf_policy_history WHERE policy = 'person' ORDER BY id DESC LIMIT 1;
SELECT success FROM rdf_policy_reload('person', must_succeed => true);
SELECT success FROM rdf_policy_reload();

-- Expected violations are a multiset: how often counts.
SELECT rdf_policy_drop_test('person', 'short'), rdf_policy_drop_test('person', 'short');
SELECT rdf_policy_add_test('person', 'two names', :'al', true, '{MIN_LENGTH_VIOLATION,MIN_LENGTH_VIOLATION,CLASS_VIOLATION}');
SELECT error FROM rdf_policy_reload('person');
SELECT rdf_policy_drop_test('person', 'two names');

-- What cannot be judged is a failure too.
SET rdfpolicy.max_triples = 1;
SELECT error FROM rdf_policy_reload('person');
RESET rdfpolicy.max_triples;
SELECT success, version FROM rdf_policy_reload('person');

-- The way back is not tested. Tests outlive their policy.
SELECT rdf_policy_add_test('person', 'al', :'al', true);
SELECT success, version FROM rdf_policy_rollback('person', 2);
SELECT rdf_policy_drop('person');
SELECT rdf_policy_add_test('person', 'late', :'ann', true);
SELECT rdf_policy_register('person', :'strict');
SELECT success, error FROM rdf_policy_reload('person');

-- Tests are undone with their transaction, and run in the one that adds them.
BEGIN;
SELECT rdf_policy_drop_test('person', 'al');
SELECT success, version FROM rdf_policy_reload('person');
ROLLBACK;
SELECT name FROM rdf_policy_tests ORDER BY 1;
SELECT version FROM rdf_policies WHERE policy = 'person';

-- Privileges: a test's data, and what a staged version says, are not for everyone.
CREATE ROLE rdf_tester;
SET ROLE rdf_tester;
SELECT * FROM rdf_policy_test('person', :'ann');
SELECT rdf_policy_add_test('person', 'x', :'ann', true);
SELECT rdf_policy_drop_test('person', 'al');
SELECT count(*) FROM rdf_policy_tests;
RESET ROLE;
GRANT EXECUTE ON FUNCTION rdf_policy_test(text, text, integer, text), rdf_policy_drop_test(text, text), rdf_policy_add_test(text, text, text, boolean, text[], text) TO rdf_tester;
SET ROLE rdf_tester;
SELECT count(*) FROM rdf_policy_test('person', :'ann');
SELECT rdf_policy_add_test('person', 'x', :'ann', true);
SELECT rdf_policy_drop_test('person', 'al');
RESET ROLE;
SELECT name, added_by FROM rdf_policy_tests WHERE name = 'x';
SELECT success FROM rdf_policy_reload('person');

SELECT rdf_policy_drop_test('person', name) FROM rdf_policy_tests;
SELECT rdf_policy_drop('person');
DROP OWNED BY rdf_tester;
DROP ROLE rdf_tester;
