-- rdf_policy_apply: registers and reloads in one call, raising on failure. What migrations use.
SET rdfpolicy.staging_notice = on;
\set one '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ] .'
\set two '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:minCount 2 ] .'
CREATE VIEW generation AS SELECT generation FROM rdf_policy_status;
CREATE VIEW applied AS SELECT version, staged_version, source, require_focus, generation - (SELECT min(generation) FROM rdf_policy_history WHERE policy = 'applied') AS later
FROM rdf_policies WHERE policy = 'applied';

-- In force at once, for everybody at commit; nothing is left staged, so no notice.
SELECT rdf_policy_apply('applied', :'one');
SELECT * FROM applied;
SELECT rdf_validate('<urn:a> a <urn:C> .', 'applied');

-- The same again changes nothing: no generation, no number, no history.
SELECT generation AS before FROM generation \gset
SELECT rdf_policy_apply('applied', :'one');
SELECT generation = :before AS is_unchanged FROM generation;
SELECT rdf_policy_apply('applied', :'two');
SELECT event, version, success FROM rdf_policy_history WHERE policy = 'applied' ORDER BY id;

-- Other options are another version, each of them.
SELECT rdf_policy_apply('applied', :'two', base_iri => 'http://ex/');
SELECT rdf_policy_apply('applied', :'two', base_iri => 'http://ex/');
SELECT rdf_policy_apply('applied', :'two', ill_formed => 'warn');
SELECT rdf_policy_apply('applied', :'two', subclass_from_shapes => false);
SELECT rdf_policy_apply('applied', :'two', require_focus => true);
SELECT rdf_policy_apply('applied', :'two', allow_vacuous => true);
SELECT rdf_policy_apply('applied', :'two', allow_vacuous => true);

-- What others have staged is replaced, as by registering, also where nothing else changes.
SELECT rdf_policy_register('applied', :'one');
SELECT rdf_policy_apply('applied', :'two', allow_vacuous => true);
SELECT version, staged_version FROM applied;
SELECT rdf_policy_register('applied', :'one');
SELECT rdf_policy_apply('applied', :'two');
SELECT version, staged_version FROM applied;

-- A file that the policy was bound to is not any more.
SELECT rdf_policy_register_file('applied', 'person.ttl');
SELECT rdf_policy_apply('applied', :'two');
SELECT version, staged_version, source FROM applied;
SELECT count(*) FROM rdf_policy_files WHERE policy = 'applied';
SELECT rdf_policy_register_file('applied_file', 'person.ttl');
SELECT success FROM rdf_policy_reload('applied_file');
SELECT rdf_policy_apply('applied_file', rdf_policy_source('applied_file'));
SELECT count(*) FROM rdf_policy_files WHERE policy = 'applied_file';
SELECT version, staged_version, source FROM rdf_policies WHERE policy = 'applied_file';

-- Refusals are raised, with their reasons; what was staged before is staged still, and nothing else.
SELECT rdf_policy_register('applied', :'one');
SELECT version, staged_version FROM applied;
SELECT rdf_policy_apply('applied', '<urn:S> a .');
SELECT rdf_policy_apply('applied', '');
SELECT rdf_policy_apply('applied', '@prefix sh: <http://www.w3.org/ns/shacl/> . <urn:S> sh:targetClass <urn:C> .');
SELECT rdf_policy_apply('applied', :'one' || '<urn:O> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <urn:X> .');
-- What was passed over before is asked for again: imports is an option like the others.
\set importing :one '<urn:O> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <urn:X> .'
SELECT rdf_policy_apply('applied_import', :'importing', imports => 'ignore');
SELECT rdf_policy_apply('applied_import', :'importing', imports => 'ignore');
SELECT rdf_policy_apply('applied_import', :'importing');
SELECT rdf_policy_apply('applied_import', :'one', imports => 'ignore');
SELECT rdf_policy_apply('applied_import', :'one');
SELECT version, rdf_policy_export('applied_import', version) #>> '{options,imports}' AS imports FROM rdf_policy_versions WHERE policy = 'applied_import' ORDER BY version;
SELECT rdf_policy_add_test('applied', 'two of them', '<urn:a> a <urn:C> ; <urn:p> 1, 2 .'::text, true);
\set three '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:minCount 3 ] .'
SELECT rdf_policy_apply('applied', :'three');
BEGIN;
SAVEPOINT before;
SELECT rdf_policy_apply('applied', :'three');
ROLLBACK TO before;
SELECT version, staged_version FROM applied;
COMMIT;
DO $$ BEGIN
    PERFORM rdf_policy_apply('applied', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:minCount 3 ] .');
EXCEPTION WHEN object_not_in_prerequisite_state THEN
    RAISE NOTICE '%', sqlerrm;
END $$;
CREATE FUNCTION no(payload jsonb) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not on a Friday'; END $$;
SELECT rdf_policy_add_hook('applied', 'before_reload', 'no(jsonb)', required => true) AS hook \gset
SELECT rdf_policy_apply('applied', :'one');
SELECT rdf_policy_drop_hook(:hook);
SELECT version, staged_version FROM applied;
SELECT rdf_policy_source('applied', staged_version) = :'one' AS is_the_same FROM applied;
SELECT event, version, success FROM rdf_policy_history WHERE policy = 'applied' ORDER BY id;
SELECT rdf_policy_apply('applied', NULL::text);
SELECT rdf_policy_apply(NULL, :'one');
SELECT rdf_policy_apply('no name', :'one');
SELECT rdf_policy_apply('applied', :'one', ill_formed => NULL);

-- In a transaction that is rolled back nothing has happened.
SELECT rdf_policy_drop_test('applied', 'two of them');
BEGIN;
SELECT rdf_policy_apply('applied', :'three');
SELECT rdf_validate('<urn:a> a <urn:C> ; <urn:p> 1, 2 .', 'applied');
ROLLBACK;
SELECT version, staged_version FROM applied;
SELECT rdf_validate('<urn:a> a <urn:C> ; <urn:p> 1, 2 .', 'applied');

-- Rules: all shapes of the policy, as rdf_policy_source gives them.
SELECT rdf_policy_apply('applied_rules', '{"User": {"rules": {"property": "name", "required": true}}, "Group": {"rules": [{"property": "member", "minCount": 1}]}}'::jsonb);
SELECT rdf_policy_apply('applied_rules', '{"Group": {"rules": [{"minCount": 1, "property": "member"}]}, "User": {"rules": {"required": true, "property": "name"}}}'::json);
SELECT policy, version, shapes, source, require_focus FROM rdf_policies WHERE policy = 'applied_rules';
SELECT rdf_policy_apply('applied_rules', rdf_policy_source('applied_rules')::jsonb, require_focus => true);
SELECT policy, version, shapes, source, require_focus FROM rdf_policies WHERE policy = 'applied_rules';
-- A shape that is not there any more is gone.
SELECT rdf_policy_apply('applied_rules', '{"User": {"rules": {"property": "name", "required": true}}}'::jsonb);
SELECT shape, targets FROM rdf_policy_shapes WHERE policy = 'applied_rules' ORDER BY shape;
SELECT rdf_policy_apply('applied_rules', '{}'::jsonb);
SELECT rdf_policy_apply('applied_rules', '[]'::jsonb);
SELECT rdf_policy_apply('applied_rules', NULL::jsonb);
SELECT rdf_policy_apply('applied_rules', '{"User": {"rules": {"property": "name"}}}'::jsonb, NULL);
-- The form of a policy may change.
SELECT rdf_policy_apply('applied_rules', :'one');
SELECT version, source FROM rdf_policies WHERE policy = 'applied_rules';

-- It is for those who may change policies.
SELECT oid::regprocedure, has_function_privilege('pg_monitor', oid, 'EXECUTE') FROM pg_proc WHERE proname = 'rdf_policy_apply' ORDER BY 1;

DROP FUNCTION no(jsonb);
DROP VIEW applied, generation;
SELECT rdf_policy_drop(policy) FROM rdf_policies WHERE policy ~ '^applied';
