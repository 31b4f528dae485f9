-- A version as one value: exported, and imported under the same number. test/t/106_many_servers.t has two servers.
\set VERBOSITY terse
\set head '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . '
\set one 'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .'
\set two 'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 2 ] .'

SELECT rdf_policy_apply('source', :'head' || :'one');
SELECT rdf_policy_apply('source', :'head' || :'two', base_iri => 'http://example.org/base', ill_formed => 'warn',
                        subclass_from_shapes => false, imports => 'ignore', require_focus => true, allow_vacuous => true);
SELECT rdf_policy_add_test('source', 'a', '<http://example.org/a> a <http://example.org/C> .', false, ARRAY['MIN_COUNT_VIOLATION']);
SELECT rdf_policy_add_test('source', 'b', '[{"subject": "x", "predicate": "rdf:type", "value": "http://example.org/C"}]'::jsonb, false);
SELECT rdf_policy_add_test('source', 'c', '<a> a <C> ; <p> 1, 2 .', true, '{}', base_iri => 'http://example.org/');

-- What is exported: all that was given, and the number.
SELECT jsonb_pretty(rdf_policy_export('source') - 'source' - 'signature' - 'tests');
SELECT jsonb_pretty(jsonb_path_query(rdf_policy_export('source'), '$.tests[*]'));
SELECT x->>'source' = rdf_policy_source('source', 1) AS is_text, x->>'signature' = encode(sha256(convert_to(x->>'source', 'UTF8')), 'hex') AS is_signed,
       x->'version' AS version
FROM rdf_policy_export('source', 1) x;
-- Tests are of the policy: a former version, which was tested by others perhaps, goes without.
SELECT rdf_policy_export('source', 1)->'tests' AS tests;
SELECT rdf_policy_export('source', 3);
SELECT rdf_policy_export('no_such');
SELECT rdf_policy_export('no name');
SELECT rdf_policy_export(NULL);
BEGIN;
UPDATE rdf_catalog_version SET source = source || ' # changed' WHERE policy = 'source' AND version = 1;
SELECT rdf_policy_export('source', 1);
ROLLBACK;

-- As if from another server: another policy's name, and another number.
CREATE FUNCTION moved(exported jsonb, policy text, version integer) RETURNS jsonb LANGUAGE sql IMMUTABLE
AS $$ SELECT exported || jsonb_build_object('policy', policy, 'version', version) $$;
SELECT rdf_policy_export('source', 1) AS first, rdf_policy_export('source', 2) AS second \gset
SELECT rdf_policy_import(moved(:'second', 'copy', 7));
SELECT version, staged_version FROM rdf_policies WHERE policy = 'copy';
SELECT moved(rdf_policy_export('copy', 7), 'source', 2) = :'second' AS is_the_same;
SELECT policy, valid, error FROM rdf_policy_verify('copy');
-- Again: nothing changes, but that a staged version is staged once more.
SELECT rdf_policy_import(moved(:'second', 'copy', 7));
SELECT count(*), max(staged_version) AS staged FROM rdf_policy_versions v JOIN rdf_policies p USING (policy) WHERE policy = 'copy';
SELECT rdf_policy_import(moved(:'second', 'copy', 7), activate => true);
SELECT generation AS before FROM rdf_policy_status \gset
SELECT string_agg(t::text, E'\n' ORDER BY name) AS tests FROM rdf_policy_tests t WHERE policy = 'copy' \gset
SELECT rdf_policy_import(moved(:'second', 'copy', 7), activate => true), rdf_policy_import(moved(:'second', 'copy', 7));
SELECT generation - :before AS generations FROM rdf_policy_status;
SELECT string_agg(t::text, E'\n' ORDER BY name) = :'tests' AS are_the_same FROM rdf_policy_tests t WHERE policy = 'copy';
SELECT version, state FROM rdf_policy_versions WHERE policy = 'copy';
SELECT rdf_validate('<http://example.org/a> a <http://example.org/C> ; <http://example.org/p> 1 .', 'copy@7');
-- Registering goes on behind it; a lower number that was never taken can be imported, and does not put the count back.
SELECT rdf_policy_register('copy', :'head' || :'one');
SELECT rdf_policy_discard('copy');
SELECT rdf_policy_import(moved(:'first', 'copy', 3), true);
SELECT rdf_policy_drop_test('copy', 'a'), rdf_policy_drop_test('copy', 'b');
SELECT rdf_policy_import(moved(:'first', 'copy', 3), true);
SELECT rdf_policy_register('copy', :'head' || :'two');
SELECT rdf_policy_discard('copy');
SELECT version, state FROM rdf_policy_versions WHERE policy = 'copy' ORDER BY version;
-- A former version is not staged: it is as it was. With activate it is in force again.
SELECT rdf_policy_import(moved(:'second', 'copy', 7));
SELECT version, staged_version FROM rdf_policies WHERE policy = 'copy';
SELECT rdf_policy_import(moved(:'second', 'copy', 7), true);
SELECT version, staged_version FROM rdf_policies WHERE policy = 'copy';
SELECT event, version, success FROM rdf_policy_history WHERE policy = 'copy' ORDER BY id;
-- One that is dropped comes back.
SELECT rdf_policy_drop('copy');
SELECT rdf_policy_import(moved(:'second', 'copy', 7), true);
SELECT version, state FROM rdf_policy_versions WHERE policy = 'copy' ORDER BY version;

-- The same number with another text, or another option, is refused, whatever it is here.
\set VERBOSITY default
SELECT rdf_policy_import(moved(:'first', 'copy', 7));
SELECT rdf_policy_import(jsonb_set(moved(:'second', 'copy', 7), '{options,require_focus}', 'false'));
SELECT rdf_policy_import(jsonb_set(moved(:'second', 'copy', 7), '{options,imports}', '"require"'), true);
SELECT rdf_policy_register('x_mine', :'head' || :'one');
SELECT rdf_policy_import(moved(:'second', 'x_mine', 1));
-- Nothing that is staged is lost.
SELECT rdf_policy_import(moved(:'second', 'x_mine', 2));
SELECT rdf_policy_discard('x_mine');
SELECT rdf_policy_import(moved(:'second', 'x_mine', 2));
SELECT rdf_policy_register('x_mine', :'head' || :'one');
SELECT rdf_policy_register_shape('x_mine', 'S', '{"property": "name"}'::jsonb);
-- What is pruned had its text.
SELECT rdf_policy_import(moved(:'first', 'pruned', 1), true), rdf_policy_import(moved(:'second', 'pruned', 2) || '{"tests": []}', true);
SELECT rdf_policy_prune('pruned', 0);
SELECT rdf_policy_import(moved(:'second', 'pruned', 1));
SELECT rdf_policy_import(moved(:'first', 'pruned', 1), true);
\set VERBOSITY terse

-- An import with the text of the version in force still comes into force, under its number.
SELECT rdf_policy_apply('same', :'head' || :'one');
SELECT rdf_policy_import(moved(:'first', 'same', 4));
SELECT version, changed FROM rdf_policy_reload('same');
SELECT rdf_validate('', 'same@4'), rdf_validate('', 'same@1');

-- What a test of it refuses is raised, and stays out.
SELECT rdf_policy_import(jsonb_set(moved(:'second', 'failing', 1), '{tests,1,conforms}', 'true'), true);
SELECT count(*) FROM rdf_policy_versions WHERE policy = 'failing';

-- Rules.
SELECT rdf_policy_register_shape('x_ruled', 'User', '[{"property": "name", "required": true}]'::jsonb, require_focus => true);
SELECT success FROM rdf_policy_reload('x_ruled');
SELECT rdf_policy_export('x_ruled') AS ruled \gset
SELECT rdf_policy_import(moved(:'ruled', 'x_ruled2', 5), true);
SELECT moved(rdf_policy_export('x_ruled2'), 'x_ruled', 1) = :'ruled' AS is_the_same;
SELECT rdf_validate('[{"subject": "a", "predicate": "rdf:type", "value": "User"}]'::jsonb, 'x_ruled2@5');
SELECT rdf_policy_register_shape('x_ruled2', 'Other', '{"property": "name"}'::jsonb);

-- Imports of other policies: they are to be there, unless the version was registered without asking.
SELECT rdf_policy_apply('base', '@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:base> a owl:Ontology . ' || :'head' || :'one');
SELECT rdf_policy_apply('importing', '@prefix owl: <http://www.w3.org/2002/07/owl#> . <urn:importing> a owl:Ontology ; owl:imports <urn:base> . ' || :'head' || :'one');
SELECT rdf_policy_export('importing') AS importing \gset
SELECT rdf_policy_drop('base');
SELECT rdf_policy_import(moved(:'importing', 'importing2', 1));
SELECT rdf_policy_import(jsonb_set(moved(:'importing', 'importing2', 1), '{options,imports}', '"ignore"'));

-- A policy that was bound to a file is so no more: its number has its text.
SELECT rdf_policy_register_file('x_filed', 'person.ttl');
SELECT rdf_policy_discard('x_filed');
SELECT rdf_policy_import(moved(:'first', 'x_filed', 9), true);
SELECT source FROM rdf_policies WHERE policy = 'x_filed';

-- As json, as text, from a driver that has no types.
SELECT rdf_policy_import(moved(:'first', 'as_json', 1)::json), rdf_policy_import(moved(:'first', 'as_text', 1)::text);
SELECT rdf_policy_import('{}');

-- Whatever else comes is refused by the name of what is wrong with it.
CREATE FUNCTION attempt(exported jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN rdf_policy_import(exported);
EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT attempt(x::jsonb) FROM unnest(ARRAY['null', '1', '"x"', '[]', '{}', '[{"format": 1}]']) x;
SELECT key, attempt(:'second'::jsonb - key) FROM jsonb_object_keys(:'second'::jsonb) key ORDER BY 1;
SELECT key, attempt(:'second'::jsonb || jsonb_build_object(key, NULL)) FROM jsonb_object_keys(:'second'::jsonb) key ORDER BY 1;
SELECT key, attempt(:'second'::jsonb #- ARRAY['options', key]) FROM jsonb_object_keys(:'second'::jsonb->'options') key ORDER BY 1;
SELECT key, attempt(jsonb_set(:'second', ARRAY['options', key], '7')) FROM jsonb_object_keys(:'second'::jsonb->'options') key ORDER BY 1;
SELECT key, attempt(:'second'::jsonb #- ARRAY['tests', '1', key]) FROM jsonb_object_keys(:'second'::jsonb->'tests'->1) key ORDER BY 1;
SELECT key, attempt(jsonb_set(:'second', ARRAY['tests', '1', key], '7')) FROM jsonb_object_keys(:'second'::jsonb->'tests'->1) key ORDER BY 1;
SELECT path, value, attempt(jsonb_set(:'second', path::text[], value::jsonb))
FROM (VALUES ('{format}', '2'), ('{format}', '1.5'), ('{version}', '0'), ('{version}', '-1'), ('{version}', '2.5'), ('{version}', '100000000'),
    ('{version}', '1e400'), ('{version}', '"2"'), ('{policy}', '""'), ('{policy}', '"a b"'), ('{policy}', '"p@2"'), ('{form}', '"sparql"'),
    ('{form}', '"rules"'), ('{signature}', '""'), ('{source}', '"x"'), ('{more}', '1'), ('{options,more}', '1'), ('{options,base_iri}', '"relative"'),
    ('{options,ill_formed}', '"ignore"'), ('{options,imports}', '"fetch"'), ('{tests}', '{}'), ('{tests,0}', '[]'), ('{tests,0,more}', '1'),
    ('{tests,0,name}', '""'), ('{tests,0,form}', '"trig"'), ('{tests,0,document}', '"<a"'), ('{tests,1,document}', '"[{}]"'), ('{tests,1,document}', '"{"'),
    ('{tests,0,base_iri}', '"relative"'), ('{tests,0,violations}', '["NO_SUCH"]'), ('{tests,0,violations}', '[1]'), ('{tests,0,violations}', '[null]')) v(path, value);
-- Rules that jsonb would print otherwise have another signature: they are refused, not signed anew.
SELECT attempt(:'ruled'::jsonb || jsonb_build_object('source', s, 'signature', encode(sha256(convert_to(s, 'UTF8')), 'hex')))
FROM (SELECT (:'ruled'::jsonb->>'source') || ' ' AS s) spaced;
-- A text that does not compile, or is too large.
SELECT attempt(:'first'::jsonb || jsonb_build_object('policy', 'broken', 'source', s, 'signature', encode(sha256(convert_to(s, 'UTF8')), 'hex')))
FROM unnest(ARRAY['<a', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:targetClass 5 .']) s;
SET rdfpolicy.max_document_size = '64kB';
SELECT attempt(:'second'::jsonb || jsonb_build_object('policy', 'large', 'source', s, 'signature', encode(sha256(convert_to(s, 'UTF8')), 'hex')))
FROM repeat('# large', 10000) s;
SELECT attempt(jsonb_set(:'second', '{tests,0,document}', to_jsonb(repeat('# large', 10000))));
RESET rdfpolicy.max_document_size;
SELECT count(*) FROM rdf_policy_versions WHERE policy IN ('broken', 'large');
SELECT rdf_policy_import(NULL::jsonb);
SELECT rdf_policy_import(:'second'::jsonb, NULL);

-- Rights.
CREATE ROLE regress_exporter;
SET ROLE regress_exporter;
SELECT rdf_policy_export('source');
SELECT rdf_policy_import('{}'::jsonb);
RESET ROLE;
GRANT EXECUTE ON FUNCTION rdf_policy_export(text, integer), rdf_policy_import(jsonb, boolean) TO regress_exporter;
SET ROLE regress_exporter;
SELECT rdf_policy_export('source', 1)->'version' AS version;
SELECT rdf_policy_import(moved(:'first', 'granted', 1), true);
SELECT registered_by FROM rdf_policy_versions WHERE policy = 'granted';
RESET ROLE;
REVOKE EXECUTE ON FUNCTION rdf_policy_export(text, integer), rdf_policy_import(jsonb, boolean) FROM regress_exporter;
DROP ROLE regress_exporter;

SELECT count(rdf_policy_drop(policy, true)) AS dropped FROM rdf_policies WHERE policy IN
    ('source', 'copy', 'x_mine', 'pruned', 'same', 'x_ruled', 'x_ruled2', 'importing', 'importing2', 'x_filed', 'as_json', 'as_text',
    'granted');
DELETE FROM rdf_catalog_test WHERE policy NOT IN (SELECT policy FROM rdf_policies);
DROP FUNCTION moved, attempt;
