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
