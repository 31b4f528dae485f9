-- require_focus: a document without a single focus node conforms, as SHACL has it, unless its policy asks for one.
\set VERBOSITY terse
\set prefixes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> . '
\set person :prefixes 'ex:PersonShape a sh:NodeShape ; sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .'

-- The option belongs to the version.
SELECT rdf_policy_register('focus', :'person');
SELECT success FROM rdf_policy_reload('focus');
SELECT rdf_policy_register('focus', :'person', require_focus => true);
SELECT policy, version, staged_version, require_focus FROM rdf_policies WHERE policy = 'focus';
SELECT version, state, require_focus FROM rdf_policy_versions WHERE policy = 'focus' ORDER BY version;
-- The same text with another option is another policy: the diff shows it, and a reload puts it in force.
SELECT * FROM rdf_policy_diff('focus');
SELECT success, version, changed FROM rdf_policy_reload('focus');
SELECT change, old_value, new_value FROM rdf_policy_diff('focus', 2, 1);
SELECT version, require_focus FROM rdf_policies WHERE policy = 'focus';
SELECT split_part(rdf_policy_explain('focus'), E'\n', 1) AS explained, split_part(rdf_policy_explain('focus@1'), E'\n', 1) AS explained_before;
SELECT valid, error FROM rdf_policy_verify('focus');
SELECT rdf_policy_register('focus', :'person', require_focus => NULL);
-- Registered again as it is in force, nothing changes; without the option, it does.
SELECT rdf_policy_register('focus', :'person', require_focus => true);
SELECT changed FROM rdf_policy_reload('focus');
SELECT rdf_policy_register('focus', :'person');
SELECT change, old_value, new_value FROM rdf_policy_diff('focus');
SELECT rdf_policy_discard('focus');

-- Rules: NULL keeps what is set.
SELECT rdf_policy_register_shape('focus_rules', 'User', '[{"property": "name", "required": true}]', require_focus => true);
SELECT rdf_policy_register_shape('focus_rules', 'Group', '[{"property": "name", "required": true}]');
SELECT version, require_focus FROM rdf_policy_versions WHERE policy = 'focus_rules';
SELECT success FROM rdf_policy_reload('focus_rules');
SELECT rdf_policy_unregister_shape('focus_rules', 'Group');
SELECT version, require_focus FROM rdf_policy_versions WHERE policy = 'focus_rules' ORDER BY version;
SELECT rdf_policy_register_shape('focus_rules', 'Group', '[{"property": "name", "required": true}]'::jsonb, require_focus => false);
SELECT rdf_policy_register_shape('focus_rules', 'Team', '[{"property": "name", "required": true}]'::json);
SELECT version, require_focus FROM rdf_policy_versions WHERE policy = 'focus_rules' ORDER BY version;
SELECT component, change, old_value, new_value FROM rdf_policy_diff('focus_rules') WHERE shape IS NULL;
SELECT rdf_policy_discard('focus_rules');

-- What violates: one result, whose message says what is looked for and what is there, nearest first.
\x on
SELECT policy, version, focus_node, result_path, value, source_shape, source_constraint_component, violation_type, result_severity,
       result_message, detail, place
FROM rdf_validation_report('<urn:bob> a <https://ex/Person> .', 'focus');
\x off
SELECT rdf_validate('<urn:bob> a <https://ex/Person> .', 'focus') AS required, rdf_validate('<urn:bob> a <https://ex/Person> .', 'focus@1') AS not_required,
       rdf_validate('<urn:bob> a <http://ex/Person> ; <http://ex/name> "Bob" .', 'focus') AS has_one;
SELECT jsonb_pretty(rdf_validation_report_jsonb('<urn:bob> a <https://ex/Person> .', 'focus'));
SELECT rdf_validation_report_turtle('<urn:bob> a <https://ex/Person> .', 'focus');
SELECT policy, shape, path, component, results, example -> 'type' AS example FROM rdf_validation_summary('<urn:bob> a <https://ex/Person> .', 'focus');
SELECT results, example ->> 'message' AS message FROM rdf_validation_summary('[]'::jsonb, 'focus@1', require_focus => true);
\set VERBOSITY default
SELECT rdf_assert_valid('<urn:bob> a <https://ex/Person> .', 'focus');
\set VERBOSITY terse
SELECT rdf_assert_valid('<urn:bob> a <http://ex/Person> ; <http://ex/name> "Bob" .', 'focus');
-- Without it, the report shows that nothing was judged.
SELECT rdf_validation_report_jsonb('<urn:bob> a <https://ex/Person> .', 'focus@1') - 'policies';
SELECT rdf_validation_report_jsonb('<urn:bob> a <http://ex/Person> .', 'focus@1') -> 'focusNodes' AS focus_nodes;
-- A NULL document is NULL, as ever.
SELECT rdf_validate(NULL::text, 'focus'), count(r) FROM rdf_validation_report(NULL::text, 'focus') r;

-- What a document has instead. Each form is read alike.
CREATE FUNCTION said(document text, policy text) RETURNS text LANGUAGE sql RETURN (SELECT result_message FROM rdf_validation_report(document, policy, require_focus => true));
CREATE FUNCTION said(document jsonb, policy text) RETURNS text LANGUAGE sql RETURN (SELECT result_message FROM rdf_validation_report(document, policy, require_focus => true));
SELECT said('', 'focus');
SELECT said('<urn:x> <urn:y> <urn:z> .', 'focus');
SELECT said('<urn:x> a <http://ex/Place>, <http://ex/Persn> . <urn:y> a <http://ex/Place> . <urn:y> a <http://ex/Place> .', 'focus');
SELECT said('<urn:x> a <http://ex/person> , <http://other/Person> , <http://ex/A> , <http://ex/B> .', 'focus');
SELECT said('<urn:x> a "Person", _:b .', 'focus');
SELECT said('[{"subject": "urn:x", "predicate": "type", "value": "http://ex/Person"}, {"subject": "urn:x", "predicate": "name", "value": "Bob"}]'::jsonb, 'focus');
SELECT said('[{"subject": "u", "predicate": "rdf:type", "value": "Userr"}]'::jsonb, 'focus_rules');
SELECT result_message FROM rdf_validation_report('[{"subject": "u", "predicate": "a", "value": "User"}]'::json, 'focus_rules');
SELECT result_message FROM rdf_validation_report('{}'::rdf_triple[], 'focus');
SELECT result_message FROM rdf_validation_report(ARRAY[rdf_triple('<urn:x>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://ex/Persons>')], 'focus');
-- A class is found by its subclasses, in the document or in the shapes.
SELECT rdf_validate('<http://ex/Clerk> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <http://ex/Person> . <urn:x> a <http://ex/Clerk> ; <http://ex/name> "x" .', 'focus');

-- Every kind of target. A deactivated shape looks for nothing.
SELECT rdf_policy_register('focus_kinds', :'prefixes' ||
    'ex:N sh:targetNode ex:alice, 5 ; sh:property [ sh:path ex:name ; sh:maxCount 1 ] .'
    'ex:S sh:targetSubjectsOf ex:knows . ex:O sh:targetObjectsOf ex:knows, ex:likes . ex:D sh:targetClass ex:Dog ; sh:deactivated true .'
    'ex:C a sh:NodeShape, <http://www.w3.org/2000/01/rdf-schema#Class> .', require_focus => true);
SELECT success FROM rdf_policy_reload('focus_kinds');
SELECT said('<http://ex/bob> <http://ex/know> <urn:x> ; a <http://ex/Dog> .', 'focus_kinds');
SELECT said('', 'focus_kinds');
SELECT document, rdf_validate(document, 'focus_kinds') AS conforms FROM (VALUES
    ('<http://ex/alice> <urn:unread> <urn:x> .'), ('<urn:x> <urn:unread> <http://ex/alice> .'), ('<urn:x> <http://ex/alice> <urn:y> .'),
    ('<urn:x> <http://ex/name> 5 .'), ('<urn:x> <urn:unread> 5 .'), ('<urn:x> <urn:unread> 5.0 .'), ('<urn:x> <urn:unread> "http://ex/alice" .'),
    ('<urn:x> <http://ex/knows> <urn:y> .'), ('<urn:x> a <http://ex/C> .'), ('<urn:x> a <http://ex/Dog> .')) d (document);
-- SHACL's own results stay: what sh:targetNode names is a focus node wherever it is. Here it must be there besides.
SELECT rdf_policy_register('focus_node', :'prefixes' || 'ex:N sh:targetNode ex:alice ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .', require_focus => true);
SELECT success FROM rdf_policy_reload('focus_node');
SELECT violation_type, focus_node, result_message FROM rdf_validation_report('', 'focus_node');
SELECT rdf_validation_report_jsonb('', 'focus_node') -> 'focusNodes' AS focus_nodes;
SELECT violation_type FROM rdf_validation_report('<urn:x> <urn:y> <http://ex/alice> .', 'focus_node');
-- A policy without any target, and a call that asks.
SELECT rdf_policy_register('focus_vacuous', :'prefixes' || 'ex:S a sh:NodeShape .', allow_vacuous => true);
SELECT success FROM rdf_policy_reload('focus_vacuous');
SELECT rdf_validate('<urn:x> a <urn:y> .', 'focus_vacuous'), rdf_validate('<urn:x> a <urn:y> .', 'focus_vacuous', require_focus => true), said('<urn:x> a <urn:y> .', 'focus_vacuous');

-- A call can ask for itself, and cannot take back what the policy asks.
SELECT rdf_validate('', 'focus@1', require_focus => true) AS asked, rdf_validate('', 'focus@1', require_focus => false) AS not_asked,
       rdf_validate('', 'focus', require_focus => false) AS by_policy, rdf_validate('[]'::jsonb, 'focus@1', require_focus => true) AS jsonb,
       rdf_validate('[]'::json, 'focus@1', require_focus => true) AS json, rdf_validate('{}'::rdf_triple[], 'focus@1', require_focus => true) AS array;
SELECT rdf_assert_valid('', 'focus@1', require_focus => true);
SELECT violation_type FROM rdf_validation_report('{}'::rdf_triple[], 'focus@1', require_focus => true);
SELECT rdf_validation_report_jsonb('[]'::jsonb, 'focus@1', require_focus => true) -> 'valid', rdf_validation_report_turtle('[]'::json, 'focus@1', require_focus => true) ~ 'NO_FOCUS|RequireFocus';
-- The options of JSON stand before it.
SELECT rdf_validate('[]'::jsonb, 'focus', context => 'http://ex/context');
SELECT rdf_validation_report('[]'::json, 'focus', named_graph => '*');
SELECT rdf_assert_valid('[]'::jsonb, 'focus', base_iri => 'http://ex/');
\echo :LAST_ERROR_SQLSTATE

-- Every active policy: one focus node by any of them is enough, and if there is none, one result says so.
SELECT policy, require_focus FROM rdf_policies WHERE version IS NOT NULL ORDER BY policy;
SELECT policy, violation_type, result_message FROM rdf_validation_report('<urn:x> a <http://ex/Persn> .');
SELECT rdf_validate('<urn:x> a <http://ex/Persn> .'), rdf_validate('<http://ex/alice> <http://ex/name> "Alice" .'), rdf_validate('<urn:u> <http://ex/likes> <urn:v> . <http://ex/alice> <http://ex/name> "Alice" .');
SELECT rdf_assert_valid('<urn:x> a <http://ex/Persn> .');
SELECT rdf_policy_drop('focus_node'), rdf_policy_drop('focus_kinds');
-- Of the policies that are left, focus and focus_rules ask and focus_vacuous does not.
SELECT rdf_policy_register('focus_other', :'prefixes' || 'ex:S sh:targetClass ex:Dog .');
SELECT success FROM rdf_policy_reload('focus_other');
SELECT rdf_validate('<urn:x> a <http://ex/Dog> .') AS only_by_one_that_does_not_ask, rdf_validate('<urn:x> a <http://ex/Cat> .') AS by_none;
SELECT policy, result_message FROM rdf_validation_report('<urn:x> a <http://ex/Cat> .');
SELECT rdf_policy_register('focus', :'person'), rdf_policy_register_shape('focus_rules', 'User', '{"property": "name", "required": true}', require_focus => false);
SELECT success FROM rdf_policy_reload();
SELECT rdf_validate('<urn:x> a <http://ex/Cat> .') AS nobody_asks, rdf_validate('<urn:x> a <http://ex/Cat> .', require_focus => true) AS the_call_asks;
SELECT policy FROM rdf_validation_report('<urn:x> a <http://ex/Cat> .', require_focus => true);
SELECT rdf_policy_register_shape('focus_rules', 'User', '{"property": "name", "required": true}', require_focus => true);
SELECT success FROM rdf_policy_reload('focus_rules');
SELECT policy AS only_the_last_asks, violation_type FROM rdf_validation_report('<urn:x> a <http://ex/Cat> .');
SELECT success, version FROM rdf_policy_rollback('focus', 2);

-- The trigger, whose DETAIL says it; it can ask for itself too.
CREATE TABLE focused (id integer, doc text, data jsonb);
CREATE TRIGGER by_policy BEFORE INSERT ON focused FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('doc', 'focus');
CREATE TRIGGER by_itself BEFORE INSERT ON focused FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('data', 'focus@1', 'require_focus');
\set VERBOSITY default
INSERT INTO focused (doc) VALUES ('<urn:bob> a <https://ex/Person> .');
INSERT INTO focused (data) VALUES ('[{"subject": "urn:x", "predicate": "type", "value": "http://ex/Person"}]');
CREATE TRIGGER only_warns BEFORE INSERT ON focused FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('doc', 'focus@1', 'require_focus', 'warn');
DROP TRIGGER by_policy ON focused;
INSERT INTO focused (doc) VALUES ('');
-- Who may not see the column is not told what it has.
CREATE ROLE focus_writer;
GRANT INSERT ON focused TO focus_writer;
ALTER TABLE focused ENABLE ROW LEVEL SECURITY;
CREATE POLICY anything ON focused FOR INSERT TO focus_writer WITH CHECK (true);
SET ROLE focus_writer;
INSERT INTO focused (data) VALUES ('[{"subject": "urn:x", "predicate": "type", "value": "http://ex/Secret"}]');
RESET ROLE;
\set VERBOSITY terse
DROP TABLE focused;
DROP ROLE focus_writer;
CREATE TABLE focused (doc text);
CREATE TRIGGER twice BEFORE INSERT ON focused FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('doc', 'focus', 'require_focus', 'require_focus');
INSERT INTO focused VALUES ('');
DROP TABLE focused;

-- The aggregate: the policy's option. A group without rows is the empty graph.
SELECT rdf_validate_agg(s, p, o, 'focus') AS wrong_class FROM (VALUES ('<urn:x>'::rdf_term, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'::rdf_term, '<http://ex/Persn>'::rdf_term)) t (s, p, o);
SELECT rdf_validate_agg(s, p, o, 'focus') AS no_rows, rdf_validate_agg(s, p, o, 'focus@1') AS not_required FROM (SELECT NULL::rdf_term, NULL::rdf_term, NULL::rdf_term WHERE false) t (s, p, o);

-- A graph in tables may have nothing that the policy is about.
CREATE TABLE focus_triples (s text, p text, o text);
INSERT INTO focus_triples VALUES ('<urn:x>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://ex/Persn>');
SELECT rdf_graph_register('focus_graph', 'focus_triples', 's', 'p', 'o') > 0 AS is_registered;
SELECT rdf_graph_validate('focus_graph', 'focus') AS validates, count(r) AS results FROM rdf_graph_report('focus_graph', 'focus') r;
SELECT rdf_graph_drop('focus_graph');
DROP TABLE focus_triples;

-- A trial, and a test of the policy.
SELECT violation_type FROM rdf_policy_try('focus', '', 2);
SELECT count(*) FROM rdf_policy_try('focus', '', 1);
SELECT rdf_policy_add_test('focus', 'nothing to judge', '', false, '{NO_FOCUS_NODE}');
SELECT rdf_policy_register('focus', :'person');
SELECT success, error FROM rdf_policy_reload('focus');
SELECT rdf_policy_discard('focus'), rdf_policy_drop_test('focus', 'nothing to judge');

-- However many names there are, and however long they are, the nearest is found and the message stays short.
SELECT said(string_agg(format('<urn:s%s> a <http://ex/Class%s> .', i, i), ' ') || '<urn:x> a <https://ex/person> .', 'focus') FROM generate_series(1, 5000) i;
SELECT left(message, 60), length(message) FROM said('<urn:x> a <http://ex/' || repeat('Person', 10000) || '> .', 'focus') message;
SELECT regexp_replace(said(string_agg(format('<urn:s%s> a <http://ex/C> .', i), ' '), 'focus'), '^.*;', '') FROM generate_series(1, 100001) i;

DROP FUNCTION said(text, text), said(jsonb, text);
SELECT rdf_policy_drop(policy) FROM rdf_policies WHERE policy ~ '^focus';
