-- JSON-LD contexts: registered, replaced, taken away; and the policies that read documents by them.
\set VERBOSITY default
\set shapes '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ] .'
SELECT generation AS start FROM rdf_policy_status \gset
CREATE FUNCTION attempt(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text; hint text;
BEGIN
    EXECUTE statement;
    RETURN 'done';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' | ', SQLSTATE, SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;

-- As jsonb, json and text. Each change is a generation; the same text again, in whatever form and order of keys, is none.
SELECT rdf_context_register('http://ex/a', '{"@context": {"p": "urn:p", "C": "urn:C"}}'::jsonb);
SELECT rdf_context_register('http://ex/a', '{"@context": {"C": "urn:C",   "p": "urn:p"}}'::json);
SELECT rdf_context_register('http://ex/a', '{"@context": {"C": "urn:C",   "p": "urn:p"}}'::text);
SELECT rdf_context_register('http://ex/a', '{"@context": {"p": "urn:p", "C": "urn:C"}}', replace => true);
SELECT generation - :start AS generations, contexts, broken_contexts, differences FROM rdf_policy_status;
SELECT iri, terms, includes, policies, body, registered_by = current_user AS is_mine, signature = encode(sha256(convert_to(body::text, 'UTF8')), 'hex') AS is_signed
FROM rdf_contexts;

-- Another text needs to be wanted.
SELECT rdf_context_register('http://ex/a', '{"@context": {"p": "urn:q"}}');
SELECT rdf_context_register('http://ex/a', '{"@context": {"p": "urn:q"}}', replace => true);
SELECT body FROM rdf_contexts;
SELECT generation - :start AS generation, event, context, policy, success, signature = (SELECT signature FROM rdf_contexts) AS is_now, error
FROM rdf_policy_history WHERE context = 'http://ex/a' ORDER BY id;
SELECT count(*) FROM rdf_catalog_context;

-- What is included must be there before, in whatever way it is.
SELECT rdf_context_register('http://ex/b', '{"@context": ["http://ex/a", {"r": "urn:r"}, "http://ex/none"]}');
SELECT how, attempt(format('SELECT rdf_context_register(''http://ex/x'', %L)', body)) FROM (VALUES
    ('alone', '{"@context": "http://ex/none"}'),
    ('by @import', '{"@context": {"@import": "http://ex/none"}}'),
    ('for a type', '{"@context": {"T": {"@id": "urn:T", "@context": "http://ex/none"}}}'),
    ('for a property', '{"@context": {"t": {"@id": "urn:t", "@context": ["http://ex/a", "http://ex/none"]}}}')) AS t (how, body);
SELECT count(*) FROM rdf_contexts WHERE iri = 'http://ex/x';
SELECT rdf_context_register('http://ex/b', '{"@context": ["http://ex/a", {"r": "urn:r"}]}');
SELECT rdf_context_register('http://ex/c', '{"@context": {"t": {"@id": "urn:t", "@context": "http://ex/b"}}}');
SELECT iri, includes, (SELECT string_agg(key, ' ' ORDER BY key) FROM jsonb_object_keys(included) key) AS all_included
FROM rdf_catalog_context ORDER BY iri;
-- Relative IRIs are those of the including one's folder.
SELECT rdf_context_register('http://ex/d', '{"@context": "b"}');
SELECT includes FROM rdf_contexts WHERE iri = 'http://ex/d';

-- Where one is replaced, those that include it are compiled anew: their signatures are of all that they read by.
CREATE TEMPORARY TABLE before AS SELECT iri, signature FROM rdf_contexts;
SELECT rdf_context_register('http://ex/a', '{"@context": {"p": "urn:p", "C": "urn:C"}}', replace => true);
SELECT iri, c.signature <> b.signature AS is_another FROM rdf_contexts c JOIN before b USING (iri) ORDER BY iri;
SELECT generation - :start AS generation, event, context FROM rdf_policy_history WHERE context LIKE 'http://ex/%' AND generation > :start ORDER BY id;
SELECT contexts, broken_contexts, differences FROM rdf_policy_status;
-- One that includes it would not compile any more: nothing is replaced.
SELECT rdf_context_register('http://ex/e', '{"@context": ["http://ex/a", {"x": {"@id": "p:x"}}]}');
SELECT rdf_context_register('http://ex/a', '{"@context": {"@protected": true, "p": "urn:p", "r": "urn:z", "C": "urn:C"}}', replace => true);
SELECT body FROM rdf_contexts WHERE iri = 'http://ex/a';
SELECT rdf_context_drop('http://ex/e');

-- One that is of use behind another one only.
SELECT rdf_context_register('http://ex/partial', '{"@context": {"p": "q", "r": {}}}');
SELECT rdf_context_register('http://ex/partial', '{"@context": {"p": "q", "r": {}}}');
SELECT terms FROM rdf_contexts WHERE iri = 'http://ex/partial';
SELECT predicate FROM rdf_parse('{"@context": [{"@vocab": "http://ex/v#"}, "http://ex/partial"], "p": 1, "r": 2}'::jsonb);
SELECT predicate FROM rdf_parse('{"@context": "http://ex/partial", "p": 1}'::jsonb);
SELECT rdf_context_drop('http://ex/partial');

-- Cycles.
SELECT rdf_context_register('http://ex/self', '{"@context": "http://ex/self"}');
SELECT rdf_context_register('http://ex/a', '{"@context": "http://ex/b"}', replace => true);
-- In scoped contexts they are allowed.
SELECT rdf_context_register('http://ex/list', '{"@context": {"next": {"@id": "urn:next", "@context": "http://ex/list"}}}');
SELECT rdf_context_register('http://ex/left', '{"@context": {"l": "urn:l"}}');
SELECT rdf_context_register('http://ex/right', '{"@context": {"l": {"@id": "urn:l", "@context": "http://ex/left"}}}');
SELECT rdf_context_register('http://ex/left', '{"@context": {"r": {"@id": "urn:r", "@context": "http://ex/right"}}}', replace => true);
SELECT iri, includes FROM rdf_contexts WHERE iri IN ('http://ex/list', 'http://ex/left', 'http://ex/right') ORDER BY iri;
SELECT rdf_context_drop('http://ex/left');
SELECT rdf_context_register('http://ex/left', '{"@context": {}}', replace => true);
SELECT rdf_context_drop('http://ex/right'), rdf_context_drop('http://ex/left'), rdf_context_drop('http://ex/list');

-- What is none.
SELECT body, attempt(format('SELECT rdf_context_register(''http://ex/x'', %L)', body)) FROM unnest(ARRAY[
    '[]', '5', '"http://ex/a"', 'null', '{}', '{"@context": 5}', '{"@context": {"p": 5}}', '{"@context": {"@vocab": 5}}', '{"@context": {"p": "@context"}}',
    '{"@context": {"p": {"@id": "urn:p", "@container": "@never"}}}', '{"@context": {"@version": 1.0}}', '{"@context": {"p": "p:q", "q": "p"}}']) body;
SELECT iri, attempt(format('SELECT rdf_context_register(%L, ''{"@context": {}}'')', iri)) FROM unnest(ARRAY['', 'a', '<http://ex/a>', 'http://ex/a b', '_:b']) iri;
SELECT attempt(format('SELECT rdf_context_register(%L, ''{"@context": {}}'')', 'http://ex/' || repeat('a', 1990)));
SELECT attempt(format('SELECT rdf_context_register(%L, ''{"@context": {}}'')', 'http://ex/' || repeat('a', 1991)));
SELECT rdf_context_drop('http://ex/' || repeat('a', 1990));
SELECT rdf_context_register(NULL, '{}');
SELECT rdf_context_register('http://ex/x', NULL::jsonb);
SELECT rdf_context_register('http://ex/x', '{}', NULL);
SELECT rdf_context_drop(NULL);
SELECT rdf_context_drop('http://ex/x');
SET rdfpolicy.max_document_size = '1kB';
SELECT rdf_context_register('http://ex/x', jsonb_build_object('@context', jsonb_build_object('p', 'urn:' || repeat('p', 2000))));
RESET rdfpolicy.max_document_size;
SET rdfpolicy.max_image_size = '64kB';
SELECT attempt(format('SELECT rdf_context_register(''http://ex/x'', %L)', (SELECT jsonb_build_object('@context', jsonb_object_agg('p' || n, 'urn:' || n)) FROM generate_series(1, 5000) n)))
    LIKE '53400 | the compiled context is too large | It has % bytes; rdfpolicy.max_image_size is 64 kB.' AS is_too_large;
RESET rdfpolicy.max_image_size;

-- Taking away: not what others include, nor what policies read by.
SELECT rdf_context_drop('http://ex/a');
SELECT rdf_context_drop('http://ex/d'), rdf_context_drop('http://ex/c'), rdf_context_drop('http://ex/b');
SELECT rdf_policy_apply('by_a', :'shapes', context => 'http://ex/none');
SELECT rdf_policy_apply('by_a', :'shapes', context => 'no IRI');
SELECT rdf_policy_apply('by_a', :'shapes', dropped => 'ignore');
SELECT rdf_policy_apply('by_a', :'shapes', dropped => NULL);
SELECT rdf_policy_apply('by_a', :'shapes', context => 'http://ex/a', dropped => 'error');
SELECT rdf_context_drop('http://ex/a');
SELECT policies FROM rdf_contexts WHERE iri = 'http://ex/a';
SELECT policy, version, context, dropped FROM rdf_policies WHERE policy = 'by_a';
SELECT rdf_policy_explain('by_a');

-- Options are part of the version: the same again is none, another is one.
SELECT rdf_policy_apply('by_a', :'shapes', context => 'http://ex/a', dropped => 'error');
SELECT rdf_policy_register('by_a', :'shapes', context => 'http://ex/a', dropped => 'error');
SELECT version, changed FROM rdf_policy_reload('by_a');
-- Another IRI is another option, though its text be the same.
SELECT rdf_context_register('http://ex/a2', body) FROM rdf_contexts WHERE iri = 'http://ex/a';
SELECT rdf_policy_apply('by_a', :'shapes', context => 'http://ex/a2', dropped => 'error');
SELECT version FROM rdf_policy_rollback('by_a', 1);
SELECT rdf_policy_prune('by_a', 0), rdf_context_drop('http://ex/a2');
SELECT rdf_policy_apply('by_a', :'shapes', context => 'http://ex/a');
SELECT rdf_policy_apply('by_a', :'shapes');
SELECT rdf_policy_apply('by_a', :'shapes', dropped => 'error');
SELECT from_version, component, change, regexp_replace(old_value, '[0-9a-f]{12}', '…') AS old_value, regexp_replace(new_value, '[0-9a-f]{12}', '…') AS new_value
FROM (VALUES (1, 4), (4, 5), (5, 6)) v (from_version, to_version), rdf_policy_diff('by_a', from_version, to_version);
SELECT rdf_context_drop('http://ex/a');

-- Replacing: versions keep what they were registered with, and history has the policies.
SELECT version FROM rdf_policy_rollback('by_a', 1);
SELECT rdf_context_register('http://ex/a', '{"@context": {"q": "urn:p", "C": "urn:C"}}', replace => true);
SELECT event, policy, version, context FROM rdf_policy_history WHERE context = 'http://ex/a' ORDER BY id DESC LIMIT 2;
SELECT version, context, context_signature = (SELECT signature FROM rdf_contexts WHERE iri = 'http://ex/a') AS is_now, dropped FROM rdf_policy_versions WHERE policy = 'by_a' ORDER BY version;
SELECT is_in_force, body FROM rdf_catalog_context WHERE iri = 'http://ex/a' ORDER BY is_in_force;
SELECT policy, valid, error FROM rdf_policy_verify('by_a');
-- Applied again it is another version, which reads by the text of now.
SELECT rdf_policy_apply('by_a', :'shapes', context => 'http://ex/a');
SELECT component, change, split_part(old_value, ' ', 1) AS old_value, split_part(new_value, ' ', 1) AS new_value FROM rdf_policy_diff('by_a', 1, 7);
-- The former text goes with the last version that was registered with it.
SELECT rdf_policy_prune('by_a', 0);
SELECT is_in_force, body FROM rdf_catalog_context WHERE iri = 'http://ex/a' ORDER BY is_in_force;

-- Rules: what is not said stays as it is set.
SELECT rdf_policy_register_shape('ruled_by_a', 'A', '{"property": "p", "required": true}', context => 'http://ex/a', dropped => 'error');
SELECT rdf_policy_register_shape('ruled_by_a', 'B', '{"property": "p", "required": true}');
SELECT context, dropped FROM rdf_policies WHERE policy = 'ruled_by_a';
SELECT rdf_policy_register_shape('ruled_by_a', 'B', '{"property": "p", "required": true}', context => '', dropped => 'notice');
SELECT context, dropped FROM rdf_policies WHERE policy = 'ruled_by_a';
SELECT rdf_policy_apply('ruled_by_a', '{"A": {"rules": {"property": "p", "required": true}}}'::jsonb, context => 'http://ex/a');
SELECT context, dropped FROM rdf_policies WHERE policy = 'ruled_by_a';

-- Exported with all that it reads by, and imported.
SELECT rdf_context_register('http://ex/b', '{"@context": ["http://ex/a", {"r": "urn:r"}]}');
SELECT rdf_policy_apply('by_b', :'shapes', context => 'http://ex/b', dropped => 'error');
SELECT rdf_policy_add_test('by_b', 'one', '{"@type": "C", "q": 1}'::jsonb, true);
SELECT rdf_policy_export('by_b') AS exported \gset
SELECT :'exported'::jsonb->'options'->'context' AS context, :'exported'::jsonb->'options'->'dropped' AS dropped, jsonb_pretty(:'exported'::jsonb->'contexts') AS contexts;
SELECT rdf_policy_import(:'exported');
BEGIN;
SELECT rdf_policy_drop('by_b'), rdf_policy_prune('by_b', 0), rdf_context_drop('http://ex/b'), rdf_policy_apply('by_a', :'shapes'), rdf_policy_prune('by_a', 0),
    rdf_policy_drop('ruled_by_a'), rdf_policy_prune('ruled_by_a', 0), rdf_context_drop('http://ex/a');
SELECT count(*) FROM rdf_catalog_context;
SELECT rdf_policy_import(:'exported', activate => true);
SELECT iri, policies FROM rdf_contexts ORDER BY iri;
SELECT rdf_policy_export('by_b') = :'exported' AS is_the_same;
SELECT rdf_policy_import(:'exported');
ROLLBACK;
-- Another text is refused; one that is kept for a version is not another.
BEGIN;
SELECT rdf_context_register('http://ex/a', '{"@context": {"p": "urn:another"}}', replace => true);
SELECT rdf_policy_import(:'exported');
SELECT rdf_policy_drop('by_b'), rdf_policy_prune('by_b', 0);
SELECT attempt(format('SELECT rdf_policy_import(%L)', :'exported'));
ROLLBACK;
SELECT what, attempt(format('SELECT rdf_policy_import(%L)', exported)) FROM (VALUES
    ('none', :'exported'::jsonb - 'contexts'), ('no object', :'exported'::jsonb || '{"contexts": []}'), ('empty', :'exported'::jsonb || '{"contexts": {}}'),
    ('too many', jsonb_set(:'exported', '{contexts,http://ex/z}', '{"@context": {}}')), ('too few', :'exported'::jsonb #- '{contexts,http://ex/b}'),
    ('without one', jsonb_set(:'exported', '{options,context}', 'null')), ('another', jsonb_set(:'exported', '{options,dropped}', '"notice"')),
    ('no word', jsonb_set(:'exported', '{options,dropped}', '"never"')), ('no IRI', jsonb_set(:'exported', '{options,context}', '"b"'))) AS t (what, exported);

-- Written by hand: a new generation, and what does not compile is told where it is asked for.
SELECT generation AS before FROM rdf_policy_status \gset
UPDATE rdf_catalog_context SET body = '{"@context": 5}' WHERE iri = 'http://ex/a';
SELECT generation - :before AS generations, contexts, broken_contexts, differences FROM rdf_policy_status;
SELECT policy, valid, error FROM rdf_policy_verify('by_a');
SELECT rdf_context_register('http://ex/a', '{"@context": {"q": "urn:p", "C": "urn:C"}}', replace => true);
SELECT contexts, broken_contexts, differences FROM rdf_policy_status;
SELECT policy, valid, error FROM rdf_policy_verify('by_a');
-- With the triggers disabled nobody is told; a reload puts it in force.
BEGIN;
ALTER TABLE rdf_catalog_context DISABLE TRIGGER USER;
UPDATE rdf_catalog_context SET is_in_force = false WHERE iri = 'http://ex/b';
SELECT contexts, differences, weakened_by <> '{}' AS is_weakened FROM rdf_policy_status;
SELECT DISTINCT success, changed FROM rdf_policy_reload();
SELECT contexts, differences, weakened_by FROM rdf_policy_status;
ROLLBACK;

-- Who may: nobody but those who are granted it. Contexts cannot be changed within a hook, nor by hand.
CREATE ROLE reader;
SET ROLE reader;
SELECT count(*) FROM rdf_contexts;
SELECT rdf_context_register('http://ex/x', '{"@context": {}}');
SELECT rdf_context_drop('http://ex/a');
RESET ROLE;
GRANT EXECUTE ON FUNCTION rdf_context_register(text, text, boolean), rdf_context_drop(text) TO reader;
GRANT SELECT ON rdf_contexts TO reader;
SET ROLE reader;
SELECT rdf_context_register('http://ex/x', '{"@context": {"p": "urn:x"}}');
SELECT registered_by FROM rdf_contexts WHERE iri = 'http://ex/x';
SELECT rdf_context_drop('http://ex/x');
SELECT count(*) FROM rdf_catalog_context;
RESET ROLE;
SELECT DISTINCT happened_by FROM rdf_policy_history WHERE context = 'http://ex/x';
DROP OWNED BY reader;
DROP ROLE reader;
CREATE FUNCTION meddle(payload jsonb) RETURNS void LANGUAGE sql AS $$ SELECT rdf_context_register('http://ex/x', '{"@context": {}}') $$;
SELECT rdf_policy_add_hook('by_a', 'before_reload', 'meddle(jsonb)', required => true) AS hook \gset
SELECT rdf_policy_register('by_a', :'shapes');
SELECT success, error FROM rdf_policy_reload('by_a');
SELECT rdf_policy_discard('by_a'), rdf_policy_drop_hook(:hook);
DROP FUNCTION meddle(jsonb);

-- What is undone was not.
BEGIN;
SAVEPOINT s;
SELECT rdf_context_register('http://ex/x', '{"@context": {}}');
ROLLBACK TO s;
SELECT count(*) FROM rdf_contexts WHERE iri = 'http://ex/x';
SELECT rdf_context_register('http://ex/x', '{"@context": {"p": "urn:x"}}');
SELECT contexts FROM rdf_policy_status;
ROLLBACK;
SELECT contexts FROM rdf_policy_status;

-- What they are for: by its name a policy reads by what is in force, by its number by what its version was registered with, whether a
-- document names the context or not.
CREATE FUNCTION read_by(policy text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('without %s, named %s', rdf_validate('{"@type": "C", "q": 1}'::jsonb, policy), rdf_validate('{"@context": "http://ex/a", "@type": "C", "q": 1}'::jsonb, policy)) $$;
SELECT rdf_policy_apply('read', :'shapes', context => 'http://ex/a'), rdf_policy_apply('read', :'shapes' || '# 2', context => 'http://ex/a');
SELECT v, read_by(v) FROM unnest(ARRAY['read', 'read@1', 'read@2']) v;
SELECT rdf_context_register('http://ex/a', '{"@context": {"q": "urn:other", "C": "urn:C"}}', replace => true);
SELECT v, read_by(v) FROM unnest(ARRAY['read', 'read@1', 'read@2']) v;
SELECT v, (SELECT count(*) FROM rdf_policy_try('read', '{"@type": "C", "q": 1}'::jsonb, v)) AS results FROM generate_series(1, 2) v;
-- Staged, and tried: it will read by what is in force then.
SELECT rdf_policy_register('read', :'shapes' || '# 3', context => 'http://ex/a');
SELECT violation_type FROM rdf_policy_try('read', '{"@type": "C", "q": 1}'::jsonb);
SELECT rdf_policy_discard('read');
-- Another session, with another call site, has what is shared.
\c
SELECT v, read_by(v) FROM unnest(ARRAY['read', 'read@1', 'read@2']) v;
-- What is dropped: a notice, or an error, as the policy has it.
SELECT rdf_validate('{"@type": "C", "nothing": 1, "http://ex/p": {"@id": "relative"}}'::jsonb, 'read');
SELECT rdf_policy_apply('read', :'shapes', context => 'http://ex/a', dropped => 'error');
SELECT rdf_validate('{"@type": "C", "nothing": 1}'::jsonb, 'read');
-- One that is not registered is named, with how it would be. One that does not compile is refused where it is needed, and nowhere else.
SELECT rdf_validate('{"@context": "http://ex/none", "@type": "C"}'::jsonb, 'read');
SELECT rdf_validate('{"@context": ["http://ex/a", {"@import": "http://ex/none"}], "@type": "C"}'::jsonb, 'read');
BEGIN;
UPDATE rdf_catalog_context SET body = '{"@context": 5}' WHERE iri = 'http://ex/a' AND is_in_force;
SELECT rdf_validate('{"@context": {"C": "urn:C", "q": "urn:p"}, "@type": "C", "q": 1}'::jsonb, 'read');
SELECT rdf_validate('{"@type": "C"}'::jsonb, 'read');
ROLLBACK;
-- Gone, by hand: so is what a version was registered with.
BEGIN;
DELETE FROM rdf_catalog_context WHERE iri = 'http://ex/a';
SELECT broken_policies, broken_contexts, differences FROM rdf_policy_status;
SAVEPOINT s;
SELECT rdf_validate('{"@type": "C"}'::jsonb, 'read');
ROLLBACK TO s;
SELECT rdf_validate('{"@type": "C"}'::jsonb, 'read@1');
ROLLBACK TO s;
SELECT valid, error FROM rdf_policy_verify('read');
ROLLBACK;
DROP FUNCTION read_by(text);

SELECT rdf_policy_drop_test('by_b', 'one');
SELECT rdf_policy_drop(policy), rdf_policy_prune(policy, 0) FROM unnest(ARRAY['by_a', 'by_b', 'ruled_by_a', 'read']) policy;
SELECT rdf_context_drop('http://ex/b'), rdf_context_drop('http://ex/a');
SELECT count(*) FROM rdf_catalog_context;
DROP FUNCTION attempt(text);
