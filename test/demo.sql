\echo '== The extension is preloaded, so that all backends share one compiled form of the policies'
SHOW shared_preload_libraries;
CREATE SCHEMA rdf;
GRANT USAGE ON SCHEMA rdf TO PUBLIC;
CREATE EXTENSION rdfpolicy SCHEMA rdf;
SET search_path = public, rdf;

\echo '== Policy v1: a document needs a title'
SELECT rdf_policy_register_shape('documents', 'test:Document', '{"property": "test:title", "required": true}');
SELECT policy, success, version, error FROM rdf_policy_reload('documents');
SET client_min_messages = warning;

\echo '== "Hi" is a title, so the document is valid'
SELECT rdf_validate('[{"subject": "test:doc1", "predicate": "rdf:type", "value": "test:Document"},
                     {"subject": "test:doc1", "predicate": "test:title", "value": "Hi"}]'::jsonb, 'documents');

\echo '== Hooks: two functions that log, before and after a reload, and one that logs a failure'
CREATE TABLE hook_log (id integer GENERATED ALWAYS AS IDENTITY, event text, policy text, version text, error text);
CREATE FUNCTION log_before(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS
    $$ INSERT INTO public.hook_log (event, policy, version) VALUES ('before', payload->>'policy', payload->>'version') $$;
CREATE FUNCTION log_after(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS
    $$ INSERT INTO public.hook_log (event, policy, version) VALUES ('after', payload->>'policy', payload->>'version') $$;
CREATE FUNCTION log_error(payload jsonb) RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS
    $$ INSERT INTO public.hook_log (event, policy, version, error)
       VALUES ('error', payload->>'policy', payload->>'version', payload->>'error') $$;
SELECT rdf_policy_add_hook('documents', 'before_reload', 'log_before(jsonb)') AS before_hook,
       rdf_policy_add_hook('documents', 'after_reload', 'log_after(jsonb)') AS after_hook,
       rdf_policy_add_hook('documents', 'on_error', 'log_error(jsonb)') AS error_hook;

\echo '== Policy v2: the title has at least 10 characters. Registered, it is staged and judges nothing yet'
LISTEN rdf_policy;
SELECT rdf_policy_register_shape('documents', 'test:Document',
    '{"property": "test:title", "required": true, "minLength": 10}');
SELECT policy, version, staged_version FROM rdf_policies;

\echo '== Reload: v2 is in force when the statement commits. Who listens is told'
SELECT policy, success, version, generation, left(signature, 16) || '...' AS signature, changed,
       round(duration_ms::numeric, 2) AS duration_ms, duration_ms < 100 AS below_100_ms
FROM rdf_policy_reload('documents');
SELECT event, policy, version FROM hook_log ORDER BY id;

\echo '== The same document is not valid any more, and the report says why'
SELECT rdf_validate('[{"subject": "test:doc1", "predicate": "rdf:type", "value": "test:Document"},
                     {"subject": "test:doc1", "predicate": "test:title", "value": "Hi"}]'::jsonb, 'documents');
SELECT focus_node, value, violation_type, result_message
FROM rdf_validation_report('[{"subject": "test:doc1", "predicate": "rdf:type", "value": "test:Document"},
                             {"subject": "test:doc1", "predicate": "test:title", "value": "Hi"}]'::jsonb, 'documents');

\echo '== The same in Turtle, as the report that other programs read'
SELECT jsonb_pretty(rdf_validation_report_jsonb('PREFIX test: <test:>  test:doc1 a test:Document ; test:title "Hi" .', 'documents'));

\echo '== A policy that cannot be read never comes as far as a reload'
SELECT rdf_policy_register('broken', '@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:NodeShape ; sh:property [ sh:minCount 1 ] .');
SELECT rdf_policy_register('broken', '@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:s> a sh:NodeShape ; sh:targetClass ex:Document .');

\echo '== A reload that fails: a required hook vetoes it. v2 stays in force, and the hook for errors has run'
CREATE TABLE change_freeze (reason text);
INSERT INTO change_freeze VALUES ('the audit lasts until Friday');
CREATE FUNCTION refuse_while_frozen(payload jsonb) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.change_freeze) THEN
        RAISE EXCEPTION 'no change of policies: %', (SELECT string_agg(reason, ', ') FROM public.change_freeze);
    END IF;
END $$;
SELECT rdf_policy_add_hook('documents', 'before_reload', 'refuse_while_frozen(jsonb)', required => true) AS required_hook;
SELECT rdf_policy_register_shape('documents', 'test:Document',
    '{"property": "test:title", "required": true, "minLength": 2}');
SELECT policy, success, version, changed, error FROM rdf_policy_reload('documents');
SELECT policy, version, staged_version FROM rdf_policies;
SELECT event, policy, version, error FROM hook_log ORDER BY id;
SELECT rdf_validate('PREFIX test: <test:>  test:doc1 a test:Document ; test:title "Hi" .', 'documents') AS hi_is_valid;
SELECT rdf_policy_discard('documents');
DELETE FROM change_freeze;

\echo '== A CHECK that refuses a row and says why'
CREATE TABLE document (id integer PRIMARY KEY, body jsonb, CHECK (rdf_assert_valid(body, 'documents@2')));
INSERT INTO document VALUES (1, '[{"subject": "test:doc1", "predicate": "rdf:type", "value": "test:Document"},
                                  {"subject": "test:doc1", "predicate": "test:title", "value": "A title of more than ten"}]');
INSERT INTO document VALUES (2, '[{"subject": "test:doc2", "predicate": "rdf:type", "value": "test:Document"},
                                  {"subject": "test:doc2", "predicate": "test:title", "value": "Hi"}]');

\echo '== A trigger, which follows each reload'
CREATE TABLE page (id integer PRIMARY KEY, body text);
CREATE TRIGGER page_is_valid BEFORE INSERT OR UPDATE ON page FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'documents');
INSERT INTO page VALUES (1, 'PREFIX test: <test:>  test:page1 a test:Document ; test:title "A title of more than ten" .');
INSERT INTO page VALUES (2, 'PREFIX test: <test:>  test:page2 a test:Document .');
SELECT count(*) AS rows_in_table FROM page;

\echo '== A graph in a table, a triple a row: the policy is enforced on all of it, at every commit'
CREATE TABLE triples (subject rdf_term NOT NULL, predicate rdf_term NOT NULL, object rdf_term NOT NULL);
CREATE INDEX ON triples (subject, predicate);
CREATE INDEX ON triples (object, predicate) WHERE rdf_kind(object) <> 'literal';
SELECT rdf_graph_register('library', 'triples', 'subject', 'predicate', 'object') AS source;
SELECT rdf_graph_enforce('library', 'documents');

\echo '== Within a transaction it may be invalid for a while; at its end it must not be'
BEGIN;
INSERT INTO triples VALUES ('<test:doc1>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<test:Document>');
INSERT INTO triples VALUES ('<test:doc1>', '<test:title>', '"A title of more than ten"');
COMMIT;
BEGIN;
INSERT INTO triples VALUES ('<test:doc2>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<test:Document>');
INSERT INTO triples VALUES ('<test:doc2>', '<test:title>', '"Hi"');
COMMIT;
DELETE FROM triples WHERE predicate = '<test:title>';
SELECT * FROM triples;

\echo '== All that is stored is judged, and known to conform from now on'
SELECT rdf_graph_prove('library', 'documents') AS conforms;
SELECT graph, policy, mode, proven_generation FROM rdf_graph_enforcements;

\echo '== Back to v1, in one call, and what was done is on record'
SELECT policy, success, version, changed FROM rdf_policy_rollback('documents', 1);
SELECT rdf_validate('PREFIX test: <test:>  test:doc1 a test:Document ; test:title "Hi" .', 'documents') AS hi_is_valid;
SELECT event, policy, version, success, error FROM rdf_policy_history ORDER BY id;

\echo '== Two clients that validate without pause through 50 reloads'
