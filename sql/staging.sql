-- Registering is not reloading: every way of registering says so, unless the user has switched that off.
SET rdfpolicy.staging_notice = on;
\set shapes '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; sh:nodeKind sh:IRI .'

SELECT rdf_policy_register('staging_turtle', :'shapes');
SELECT rdf_policy_register('staging_turtle', :'shapes');
SELECT rdf_policy_register_file('staging_file', 'person.ttl');
SELECT rdf_policy_register_shape('staging_rules', 'A', '{"property": "p", "required": true}'::jsonb);
SELECT rdf_policy_register_shape('staging_rules', 'B', '{"property": "p", "required": true}'::json);
SELECT rdf_policy_register_shape('staging_rules', 'C', '{"property": "p", "required": true}');
SELECT rdf_policy_unregister_shape('staging_rules', 'C');
-- The version that it says is the one that a reload takes.
SELECT policy, version FROM rdf_policy_reload('staging_rules');
SELECT rdf_policy_register_shape('staging_rules', 'B', '{"property": "q", "required": true}');
SELECT policy, version FROM rdf_policy_reload('staging_rules');
-- What is refused is not staged, and is not said to be.
SELECT rdf_policy_register('staging_turtle', '');

-- It is on by default, and anybody who may register may switch it off.
SELECT boot_val, context FROM pg_settings WHERE name = 'rdfpolicy.staging_notice';
CREATE ROLE regress_stager;
DO $$ BEGIN
    EXECUTE (SELECT string_agg(format('GRANT EXECUTE ON FUNCTION %s TO regress_stager;', oid::regprocedure), '')
             FROM pg_proc WHERE proname = 'rdf_policy_register_shape');
END $$;
SET ROLE regress_stager;
SELECT rdf_policy_register_shape('staging_rules', 'A', '{"property": "q", "required": true}');
SET rdfpolicy.staging_notice = off;
SELECT rdf_policy_register_shape('staging_rules', 'A', '{"property": "r", "required": true}');
RESET ROLE;
DROP OWNED BY regress_stager;
DROP ROLE regress_stager;

SELECT rdf_policy_drop(policy) FROM rdf_policies WHERE policy ~ '^staging_';
