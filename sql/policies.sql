-- Policies: registering, versions, reload, rollback, discard, drop, and their views.
\set shapes1 '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . ex:DocumentShape a sh:NodeShape ; sh:targetClass ex:Document ; sh:property [ sh:path ex:title ; sh:minCount 1 ] .'
\set shapes2 '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . <http://example.org/policy> a owl:Ontology ; owl:versionInfo "two" . ex:DocumentShape a sh:NodeShape ; sh:targetClass ex:Document ; sh:property [ sh:path ex:title ; sh:minCount 1 ; sh:minLength 10 ] .'
\set short '<http://example.org/d> a <http://example.org/Document> ; <http://example.org/title> "Hi" .'

-- Nothing is in force yet.
\set VERBOSITY terse
SELECT rdf_validate(:'short');
SELECT rdf_validate(:'short', 'documents');

-- Registering stages; a second registration replaces what is staged and keeps its number.
SELECT rdf_policy_register('documents', :'shapes2');
SELECT rdf_policy_register('documents', :'shapes1');
SELECT policy, version, staged_version, generation, source FROM rdf_policies;
SELECT rdf_validate(:'short', 'documents');

-- A reload puts it in force. Its signature is the SHA-256 of the text.
SELECT policy, success, version, signature = encode(sha256(convert_to(:'shapes1', 'UTF8')), 'hex') AS is_signed,
       changed, shapes, constraints, duration_ms > 0 AS is_timed, error
FROM rdf_policy_reload('documents');
SELECT rdf_validate(:'short', 'documents'), rdf_validate(:'short'), rdf_validate(:'short', 'documents@1');
SELECT rdf_policy_source('documents') = :'shapes1' AS is_source;

-- The second version.
SELECT rdf_policy_register('documents', :'shapes2');
SELECT version, state, label FROM rdf_policy_versions WHERE policy = 'documents' ORDER BY version;
SELECT policy, success, version, changed FROM rdf_policy_reload();
SELECT version, state, label FROM rdf_policy_versions WHERE policy = 'documents' ORDER BY version;
SELECT rdf_validate(:'short', 'documents') AS now, rdf_validate(:'short', 'documents@1') AS version_1,
       rdf_validate(:'short', 'documents@2') AS version_2;
SELECT rdf_validate(:'short', 'documents@3');
SELECT rdf_policy_source('documents', 1) = :'shapes1' AS is_source;

-- Nothing new: no change, no new generation. An equal text is not a new version either.
SELECT generation AS before FROM rdf_policy_status \gset
SELECT success, version, changed FROM rdf_policy_reload('documents');
SELECT rdf_policy_register('documents', :'shapes2');
SELECT success, version, changed FROM rdf_policy_reload('documents');
SELECT generation = :before AS is_same_generation, policies, broken_policies, weakened_by FROM rdf_policy_status;
SELECT staged_version FROM rdf_policies WHERE policy = 'documents';

-- Rollback: the previous version, a given one, and ones that are not there.
SELECT success, version, changed FROM rdf_policy_rollback('documents');
SELECT rdf_validate(:'short', 'documents');
SELECT success, version, changed FROM rdf_policy_rollback('documents');
SELECT success, version, changed FROM rdf_policy_rollback('documents', 1);
SELECT success, version, changed FROM rdf_policy_rollback('documents', 1);
SELECT rdf_policy_rollback('documents', 99);
SELECT rdf_policy_rollback('documents', 0);
SELECT rdf_policy_rollback('nowhere');

-- A staged version that was never in force is no target, and can be thrown away; its number is not used again.
SELECT rdf_policy_register('documents', :'shapes2' || ' # again');
SELECT rdf_policy_rollback('documents', 4);
SELECT rdf_validate(:'short', 'documents@4');
SELECT rdf_policy_discard('documents'), rdf_policy_discard('documents');
SELECT rdf_policy_discard('nowhere');
SELECT rdf_policy_register('documents', :'shapes2' || ' # once more');
SELECT rdf_policy_discard('documents');

-- Several policies, one generation.
SELECT rdf_policy_register('documents', :'shapes2' || ' # third');
SELECT rdf_policy_register('pages', replace(:'shapes1', 'Document', 'Page'));
SELECT policy, success, version, changed, generation = :before + 4 AS is_next FROM rdf_policy_reload();
SELECT policy, version, label, shapes, constraints FROM rdf_policies ORDER BY policy;
SELECT policy, version, shape, kind, path, targets, constraints, severity, deactivated, left_out
FROM rdf_policy_shapes ORDER BY policy, kind;
SELECT rdf_validate('<http://example.org/p> a <http://example.org/Page> .') AS by_all,
       rdf_validate('<http://example.org/p> a <http://example.org/Page> .', 'documents') AS by_documents;

-- What is refused at registration, with its place.
SELECT rdf_policy_register('documents', 'this is not Turtle');
SELECT rdf_policy_register('documents', E'@prefix sh: <http://www.w3.org/ns/shacl#> .\n<http://example.org/S> a sh:NodeShape ;\n  sh:property [ sh:minCount 1 ] .');
SELECT rdf_policy_register('documents', E'@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n<http://example.org/S> a sh:NodeShape ; sh:js [] .');
SELECT rdf_policy_register('9lives', :'shapes1');
SELECT rdf_policy_register('documents@2', :'shapes1');
SELECT rdf_policy_register(NULL, :'shapes1');
SELECT rdf_policy_register('documents', NULL);
SELECT rdf_policy_register('documents', :'shapes1', ill_formed => 'ignore');
SELECT rdf_policy_register('documents', :'shapes1', base_iri => 'not an IRI');
SELECT rdf_policy_reload('nowhere');
SELECT rdf_policy_reload('no name');
SELECT rdf_validate(:'short', 'documents@x');
SELECT rdf_validate(:'short', 'documents@99999999999');

-- What cannot be enforced may be left out, loudly (more of it in left_out.sql).
SELECT rdf_policy_register('lenient', E'@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .\nex:Good a sh:NodeShape ; sh:targetClass ex:Good ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .\nex:Bad a sh:NodeShape ; sh:targetClass ex:Bad ; sh:minCount 1 .', ill_formed => 'warn');
SELECT success FROM rdf_policy_reload('lenient');
SELECT shape, kind, left_out FROM rdf_policy_shapes WHERE policy = 'lenient' ORDER BY kind, shape::text;

-- Dropping: refused while something names the policy.
CREATE TABLE pages (content text CONSTRAINT is_page CHECK (rdf_validate(content, 'pages')),
                    draft text CONSTRAINT is_draft CHECK (rdf_validate(draft, 'pages@1')));
CREATE TRIGGER is_good BEFORE INSERT ON pages FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('content', 'pages');
SELECT policy, kind, object FROM rdf_policy_dependents ORDER BY kind, object;
\set VERBOSITY default
SELECT rdf_policy_drop('pages');
\set VERBOSITY terse
DROP TRIGGER is_good ON pages;
ALTER TABLE pages DROP CONSTRAINT is_draft;
SELECT rdf_policy_drop('pages', force => true);
INSERT INTO pages VALUES ('<http://example.org/p> a <http://example.org/Page> .');
DROP TABLE pages;
SELECT rdf_policy_drop('pages');
SELECT rdf_validate(:'short', 'pages@1');
SELECT policy FROM rdf_policies ORDER BY policy;

-- A dropped policy can be registered again; its numbers go on.
SELECT rdf_policy_register('pages', :'shapes1');
SELECT version, success FROM rdf_policy_reload('pages');
SELECT event, policy, version, success FROM rdf_policy_history WHERE policy = 'pages' ORDER BY id;
SELECT rdf_policy_source('pages', 1) IS NOT NULL AS is_kept;
SELECT rdf_policy_source('nowhere');
SELECT rdf_policy_source('pages', 77);

-- The damaged source of a staged version is not put in force, and says so; must_succeed makes it an error.
SELECT rdf_policy_register('pages', :'shapes2');
UPDATE rdf_catalog_version SET source = source || ' # changed' WHERE policy = 'pages' AND version = 3;
SELECT policy, success, version, changed, error FROM rdf_policy_reload('pages');
SELECT version FROM rdf_policies WHERE policy = 'pages';
SELECT * FROM rdf_policy_reload('pages', must_succeed => true);
SELECT event, version, success, error FROM rdf_policy_history WHERE policy = 'pages' ORDER BY id DESC LIMIT 1;
-- So is a damaged image, which is never read.
UPDATE rdf_catalog_version SET source = left(source, -length(' # changed')),
       image = set_byte(image, 300, (get_byte(image, 300) + 1) % 256) WHERE policy = 'pages' AND version = 3;
SELECT policy, success, version, changed, error FROM rdf_policy_reload('pages');
SELECT rdf_policy_discard('pages');

-- What is in force and damaged breaks only itself.
UPDATE rdf_catalog_version SET image = set_byte(image, 300, (get_byte(image, 300) + 1) % 256)
WHERE policy = 'pages' AND version = 2;
SELECT rdf_validate(:'short', 'pages');
SELECT rdf_validate(:'short', 'documents');
SELECT broken_policies FROM rdf_policy_status;
-- An image of another format is built again from its source.
UPDATE rdf_catalog_version SET image = '' WHERE policy = 'pages' AND version = 2;
SELECT rdf_validate(:'short', 'pages');

SELECT rdf_policy_drop(policy) FROM (SELECT policy FROM rdf_policies) p;
SELECT count(*) FROM rdf_policies;

-- The SQLSTATEs that are promised.
\set VERBOSITY sqlstate
SELECT rdf_validate(:'short');
SELECT rdf_validate(:'short', 'documents');
SELECT rdf_validate(:'short', 'documents@1');
SELECT rdf_validate(:'short', 'no name');
SELECT rdf_policy_register(NULL, '');
SELECT rdf_policy_register('documents', 'not Turtle');
SELECT rdf_policy_register('documents', '@prefix sh: <http://www.w3.org/ns/shacl#> . <http://example.org/S> a sh:PropertyShape .');
SELECT rdf_policy_register('documents', '@prefix sh: <http://www.w3.org/ns/shacl#> . <http://example.org/S> a sh:NodeShape ; sh:js [] .');
SELECT rdf_policy_register('documents', '<http://example.org/s> <http://example.org/p> ' || repeat('[ <http://example.org/p> ', 200));
SET rdfpolicy.max_document_size = '1kB';
SELECT rdf_policy_register('documents', repeat(' ', 1025));
RESET rdfpolicy.max_document_size;
SELECT rdf_policy_rollback('documents');
SELECT rdf_policy_drop('documents');
