-- Who may do what.
\set VERBOSITY terse
\set shapes '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .'
SELECT rdf_policy_register('guarded', :'shapes');
SELECT success FROM rdf_policy_reload();
CREATE ROLE anybody;
CREATE ROLE policy_administrator;
GRANT EXECUTE ON FUNCTION rdf_policy_register(text, text, text, text, boolean, text, boolean, boolean, text, text), rdf_policy_reload(text, boolean, boolean),
    rdf_policy_source(text, integer), rdf_policy_drop(text, boolean), rdf_policy_rollback(text, integer), rdf_policy_discard(text)
TO policy_administrator;

-- Anybody may validate and look, and nothing else.
SET ROLE anybody;
SELECT rdf_validate('<http://example.org/a> a <http://example.org/C> .', 'guarded');
SELECT policy, version FROM rdf_policies;
SELECT count(*) FROM rdf_policy_shapes;
SELECT count(*) FROM rdf_policy_history WHERE policy = 'guarded';
SELECT policies FROM rdf_policy_status;
SELECT rdf_policy_register('mine', :'shapes');
SELECT rdf_policy_register_shape('mine', 'S', '{"property": "p"}');
SELECT rdf_policy_unregister_shape('mine', 'S');
SELECT * FROM rdf_policy_reload();
SELECT * FROM rdf_policy_rollback('guarded');
SELECT rdf_policy_discard('guarded');
SELECT rdf_policy_drop('guarded');
SELECT rdf_policy_source('guarded');
SELECT rdf_policy_add_hook(NULL, 'on_error', 'jsonb_typeof(jsonb)');
SELECT rdf_policy_drop_hook(1);
SELECT source FROM rdf_catalog_version;
UPDATE rdf_catalog_generation SET number = 7;
SET rdfpolicy.no_policy = 'pass';
SET rdfpolicy.conformance_disallows = 'Info';
SET rdfpolicy.debug_point = 'reload';

-- Who was given the functions may use them, without any right on the tables.
SET ROLE policy_administrator;
SELECT rdf_policy_register('mine', :'shapes');
SELECT policy, success FROM rdf_policy_reload('mine');
SELECT length(rdf_policy_source('mine')) > 0;
SELECT happened_by, event FROM rdf_policy_history WHERE policy = 'mine';
SELECT current_user;
SELECT source FROM rdf_catalog_version;
SELECT rdf_policy_drop('mine');
RESET ROLE;

-- What PUBLIC may call, and nothing else; and no function of ours runs with the rights of its owner: names that it resolves when it runs could be led elsewhere.
SELECT DISTINCT p.proname FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'rdfpolicy'
WHERE has_function_privilege('anybody', p.oid, 'EXECUTE') AND p.prorettype <> 'trigger'::regtype ORDER BY 1;
SELECT p.proname FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'rdfpolicy'
WHERE p.prosecdef ORDER BY 1;
-- Tables and views of ours that anybody may read, and that anybody may write: none.
SELECT c.relname FROM pg_class c
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'rdfpolicy'
WHERE c.relkind IN ('r', 'v') AND has_table_privilege('anybody', c.oid, 'SELECT') ORDER BY 1;
SELECT c.relname FROM pg_class c
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'rdfpolicy'
WHERE c.relkind IN ('r', 'v') AND has_table_privilege('anybody', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') ORDER BY 1;

-- A read-only transaction validates, and changes nothing.
BEGIN READ ONLY;
SELECT rdf_validate('<http://example.org/a> a <http://example.org/C> .', 'guarded');
SELECT * FROM rdf_policy_reload();
ROLLBACK;

-- A hostile search_path resolves nothing for us.
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.sha256(bytea) RETURNS bytea LANGUAGE plpgsql AS $$ BEGIN RAISE 'called'; END $$;
CREATE FUNCTION hostile.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS $$ BEGIN RAISE 'called'; END $$;
CREATE TABLE hostile.rdf_catalog_generation (number bigint);
SET search_path = hostile, public, pg_catalog;
SELECT rdf_policy_register('guarded', :'shapes' || ' # 2');
SELECT success, version FROM rdf_policy_reload('guarded');
SELECT rdf_validate('<http://example.org/a> a <http://example.org/C> .', 'guarded');
SET search_path = '';
SELECT public.rdf_validate('<http://example.org/a> a <http://example.org/C> .', 'guarded');
RESET search_path;
DROP SCHEMA hostile CASCADE;
SELECT rdf_policy_drop('guarded');
DROP OWNED BY anybody, policy_administrator;
DROP ROLE anybody, policy_administrator;
