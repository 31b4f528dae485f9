-- Shadows: a candidate judges the same data beside the active version, and enforces nothing. What is counted is in test/t/031_shadow.t,
-- since it needs shared memory.
\set VERBOSITY terse
SET client_min_messages = error;
\set prefixes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . '
\set lax :prefixes 'ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .'
\set strict :prefixes 'ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minLength 3 ] .'
\set al '<http://example.org/al> a <http://example.org/Person> ; <http://example.org/name> "al" .'
\set none '<http://example.org/x> a <http://example.org/Person> .'

SELECT rdf_policy_shadow('shadowed', 1);
SELECT rdf_policy_register('shadowed', :'lax');
SELECT rdf_policy_shadow('shadowed', 1);
SELECT success FROM rdf_policy_reload('shadowed');
SELECT rdf_policy_shadow('shadowed', 1);
SELECT rdf_policy_shadow('shadowed', 2);
SELECT rdf_policy_shadow('shadowed', 0);
SELECT rdf_policy_shadow(NULL, 1);
SELECT rdf_policy_register('shadowed', :'strict');

-- Setting a shadow is a new generation, once, and changes no verdict.
SELECT generation AS before, policies AS policies_before FROM rdf_policy_status \gset
SELECT rdf_policy_shadow('shadowed', 2);
SELECT generation - :before AS generations, policies - :policies_before AS policies FROM rdf_policy_status;
SELECT rdf_policy_shadow('shadowed', 2);
SELECT generation - :before AS generations FROM rdf_policy_status;
SELECT event, policy, version, success FROM rdf_policy_history ORDER BY id DESC LIMIT 1;
SELECT policy, active_version, shadow_version FROM rdf_policy_shadows;
SELECT version, state FROM rdf_policy_versions WHERE policy = 'shadowed' ORDER BY 1;
SELECT rdf_validate(:'al', 'shadowed'), rdf_validate(:'none', 'shadowed');
SELECT rdf_assert_valid(:'al', 'shadowed');
SELECT rdf_assert_valid(:'none', 'shadowed');
SELECT version, violation_type FROM rdf_validation_report(:'none', 'shadowed');
SELECT DISTINCT version FROM rdf_policy_shapes WHERE policy = 'shadowed';

-- A shadow that was never in force is not reached by its number.
SELECT rdf_validate(:'al', 'shadowed@2');
SELECT rdf_validate(:'al', 'shadowed@1');

-- The text behind a shadow cannot be changed.
SELECT rdf_policy_register('shadowed', :'lax');
SELECT rdf_policy_discard('shadowed');
SELECT rdf_policy_shadow('shadowed', NULL);
SELECT event, policy, version FROM rdf_policy_history ORDER BY id DESC LIMIT 1;
SELECT count(*) FROM rdf_policy_shadows;
SELECT rdf_policy_register('shadowed', :'strict');

-- Putting the shadow in force ends it.
SELECT rdf_policy_shadow('shadowed', 2);
SELECT success, version FROM rdf_policy_reload('shadowed');
SELECT count(*) FROM rdf_policy_shadows;
SELECT rdf_validate(:'al', 'shadowed'), rdf_validate(:'none', 'shadowed');

-- A former version can be one; it is not pruned, and is reached by its number as before.
SELECT rdf_policy_shadow('shadowed', 1);
SELECT rdf_policy_prune('shadowed', 0);
SELECT rdf_validate(:'al', 'shadowed'), rdf_validate(:'al', 'shadowed@1');

-- One that is staged and then found equal to what is in force goes with it.
SELECT rdf_policy_register('shadowed', :'strict');
SELECT rdf_policy_shadow('shadowed', 3);
SELECT success, version, changed FROM rdf_policy_reload('shadowed');
SELECT count(*) FROM rdf_policy_shadows;

-- Undone with its transaction, also for this transaction.
BEGIN;
SELECT rdf_policy_shadow('shadowed', 1);
SELECT count(*) FROM rdf_policy_shadows;
SAVEPOINT s;
SELECT rdf_policy_shadow('shadowed', NULL);
SELECT count(*) FROM rdf_policy_shadows;
ROLLBACK TO s;
SELECT count(*) FROM rdf_policy_shadows;
ROLLBACK;
SELECT count(*) FROM rdf_policy_shadows;

CREATE ROLE rdf_shadower;
SET ROLE rdf_shadower;
SELECT rdf_policy_shadow('shadowed', 1);
SELECT * FROM rdf_policy_shadow_examples();
SELECT policy FROM rdf_policy_shadows;
RESET ROLE;
DROP ROLE rdf_shadower;

-- Dropping the policy drops it too.
SELECT rdf_policy_shadow('shadowed', 1);
SELECT rdf_policy_drop('shadowed');
SELECT count(*) FROM rdf_policy_shadows;
