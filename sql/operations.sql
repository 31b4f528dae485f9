-- Looking after policies: verifying, pruning, waiting, seeing who holds what.
\set VERBOSITY terse
\set head '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . '
\set one 'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .'
\set two 'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 2 ] .'
\set three 'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 3 ] .'
\set data '<http://example.org/a> a <http://example.org/C> ; <http://example.org/p> 1, 2 .'

-- Verifying: what is stored is what was registered.
SELECT rdf_policy_register('kept', :'head' || :'one');
SELECT policy, valid, signature = previous_signature AS is_same, source_changed, error FROM rdf_policy_verify('kept');
SELECT success, version FROM rdf_policy_reload('kept');
SELECT rdf_policy_register('kept', :'head' || :'two');
SELECT success, version FROM rdf_policy_reload('kept');
SELECT rdf_policy_register_shape('ruled', 'Thing', '{"property": "name", "required": true}');
SELECT policy, valid, signature = encode(sha256(convert_to(rdf_policy_source('kept'), 'UTF8')), 'hex') AS is_sha256, source_changed, error
FROM rdf_policy_verify('kept');
SELECT policy, valid, signature = previous_signature AS is_same, source_changed, error FROM rdf_policy_verify()
WHERE policy IN ('kept', 'ruled') ORDER BY policy;
SELECT * FROM rdf_policy_verify('no_such');
SELECT * FROM rdf_policy_verify('no name');

-- A changed source: its signature tells.
BEGIN;
UPDATE rdf_catalog_version SET source = source || ' # changed' WHERE policy = 'kept' AND version = 2;
SELECT valid, signature = previous_signature AS is_same, source_changed, error FROM rdf_policy_verify('kept');
ROLLBACK;

-- A changed source with a signature that fits it: its compiled form tells. The comment alone compiles to the same.
BEGIN;
UPDATE rdf_catalog_version SET source = source || ' # changed' WHERE policy = 'kept' AND version = 2;
UPDATE rdf_catalog_version SET signature = encode(sha256(convert_to(source, 'UTF8')), 'hex') WHERE policy = 'kept';
SELECT valid, error FROM rdf_policy_verify('kept');
UPDATE rdf_catalog_version SET source = :'head' || :'three' WHERE policy = 'kept' AND version = 2;
UPDATE rdf_catalog_version SET signature = encode(sha256(convert_to(source, 'UTF8')), 'hex') WHERE policy = 'kept';
SELECT valid, signature = previous_signature AS is_same, error FROM rdf_policy_verify('kept');
UPDATE rdf_catalog_version SET source = 'x' WHERE policy = 'kept' AND version = 2;
UPDATE rdf_catalog_version SET signature = encode(sha256(convert_to(source, 'UTF8')), 'hex') WHERE policy = 'kept';
SELECT valid, error ~ '^version 2: the source does not compile: ' AS is_told FROM rdf_policy_verify('kept');
ROLLBACK;

-- Changed compiled bytes, of a version that is not in force too.
BEGIN;
UPDATE rdf_catalog_version SET image = set_byte(image, length(image) - 1, get_byte(image, length(image) - 1) # 1) WHERE policy = 'kept' AND version = 1;
SELECT valid, signature = previous_signature AS is_same, source_changed, error ~ '^version 1: the compiled form is damaged: ' AS is_told FROM rdf_policy_verify('kept');
UPDATE rdf_catalog_version v SET image = o.image FROM rdf_catalog_version o
WHERE v.policy = 'kept' AND v.version = 1 AND o.policy = 'kept' AND o.version = 2;
SELECT valid, error FROM rdf_policy_verify('kept');
ROLLBACK;
SELECT valid, error FROM rdf_policy_verify('kept');

-- Pruning: what is in force, staged, named or among the newest stays.
SELECT rdf_policy_register('kept', :'head' || :'three');
SELECT success, version FROM rdf_policy_reload('kept');
SELECT rdf_policy_register('kept', :'head' || :'one' || ' # 4');
SELECT success, version FROM rdf_policy_reload('kept');
SELECT rdf_policy_register('kept', :'head' || :'one' || ' # 5');
SELECT success, version FROM rdf_policy_reload('kept');
SELECT rdf_policy_register('kept', :'head' || :'one' || ' # 6');
SELECT success, version FROM rdf_policy_rollback('kept', 3);
CREATE TABLE pruned (document text CHECK (rdf_validate(document, 'kept@1')));
SELECT rdf_policy_prune('kept', 10);
SELECT generation AS before FROM rdf_policy_status \gset
SELECT version, state FROM rdf_policy_versions WHERE policy = 'kept' ORDER BY version;
BEGIN;
SELECT rdf_policy_prune('kept', 1);
SELECT version FROM rdf_policy_versions WHERE policy = 'kept' ORDER BY version;
ROLLBACK;
SELECT rdf_validate(:'data', 'kept@4');
SELECT rdf_policy_prune('kept', 2);
SELECT version FROM rdf_policy_versions WHERE policy = 'kept' ORDER BY version;
SELECT rdf_policy_prune('kept', 0);
SELECT version, state FROM rdf_policy_versions WHERE policy = 'kept' ORDER BY version;
SELECT generation - :before AS generations FROM rdf_policy_status;
SELECT rdf_validate(:'data', 'kept@4');
INSERT INTO pruned VALUES (:'data');
SELECT version, success, generation - :before AS generation FROM rdf_policy_history WHERE policy = 'kept' AND event = 'prune' ORDER BY id;
SELECT success, version FROM rdf_policy_rollback('kept', 2);
SELECT success, version FROM rdf_policy_rollback('kept');
SELECT rdf_policy_prune('kept', 0);
DROP TABLE pruned;
SELECT rdf_policy_prune('kept', -1);
SELECT rdf_policy_prune('kept', NULL);
SELECT rdf_policy_prune(NULL, 1);
SELECT rdf_policy_prune('no_such', 1);
-- A policy is not taken for another whose name begins like it.
SELECT rdf_policy_register('kept.x', :'head' || :'one');
SELECT success FROM rdf_policy_reload('kept.x');
CREATE TABLE named (document text CHECK (rdf_validate(document, 'kept.x@1')));
SELECT rdf_policy_prune('kept', 0);
SELECT version, state FROM rdf_policy_versions WHERE policy = 'kept' ORDER BY version;

-- A policy that was dropped: all its versions are former ones.
SELECT rdf_policy_register('gone', :'head' || :'one');
SELECT success FROM rdf_policy_reload('gone');
SELECT rdf_policy_register('gone', :'head' || :'one' || ' # 2');
SELECT success FROM rdf_policy_reload('gone');
CREATE TABLE holding (document text CHECK (rdf_validate(document, 'gone@1')));
SELECT rdf_policy_drop('gone', force => true);
SELECT version, state FROM rdf_policy_versions WHERE policy = 'gone' ORDER BY version;
SELECT rdf_policy_prune('gone', 1);
SELECT rdf_policy_prune('gone', 0);
SELECT version, state FROM rdf_policy_versions WHERE policy = 'gone' ORDER BY version;
DROP TABLE holding;
SELECT rdf_policy_prune('gone', 0);
SELECT rdf_policy_prune('gone', 0);
SELECT event, version FROM rdf_policy_history WHERE policy = 'gone' ORDER BY id;
-- Its numbers are not used again.
SELECT rdf_policy_register('gone', :'head' || :'one');
SELECT success FROM rdf_policy_reload('gone');
SELECT rdf_validate(:'data', 'gone@2');

-- Old history goes, but each version that is kept keeps the row that it came into force by last: rollback goes by it.
SELECT success, version FROM rdf_policy_rollback('gone', 3);
SELECT rdf_policy_register('gone', :'head' || :'one' || ' # 4');
SELECT success, version FROM rdf_policy_reload('gone');
SELECT success, version FROM rdf_policy_rollback('gone');
SELECT success, version FROM rdf_policy_rollback('gone', 4);
SELECT rdf_policy_prune_history('1 hour');
BEGIN;
SELECT rdf_policy_prune_history('0') > 10 AS is_pruned;
SELECT policy, event, version, success FROM rdf_policy_history WHERE policy IN ('kept', 'gone') ORDER BY id;
SELECT success, version FROM rdf_policy_rollback('gone');
ROLLBACK;
SELECT rdf_policy_prune_history('-1 second');
SELECT rdf_policy_prune_history(NULL);
SELECT rdf_policy_drop('gone');

-- Waiting: for what is there already, for what does not come, for oneself.
SELECT generation AS now FROM rdf_policy_status \gset
SELECT rdf_policy_wait(:now);
SELECT rdf_policy_wait(0);
SELECT rdf_policy_wait(:now + 1, '20 ms');
SELECT rdf_policy_wait(:now, '0');
SELECT rdf_policy_wait(:now, '-1 s');
SELECT rdf_policy_wait(NULL);
SELECT rdf_policy_wait(:now, NULL);
BEGIN;
SELECT rdf_policy_register('kept', :'head' || :'two' || ' # 7');
SELECT success FROM rdf_policy_reload('kept');
SELECT rdf_policy_wait(:now + 1);
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT rdf_policy_wait(:now);
COMMIT;
SET statement_timeout = '50 ms';
SELECT rdf_policy_wait(:now + 1, '1 year');
RESET statement_timeout;

-- Who holds what. Without shared memory there is nothing to see.
SELECT rdf_validate(:'data', 'kept');
SELECT b.generation = s.generation AS is_current, b.mapped_generations, b.mapped_bytes >= s.image_bytes AS is_sized
FROM rdf_policy_status s LEFT JOIN rdf_policy_backends b ON b.pid = pg_backend_pid() WHERE s.is_shared
UNION ALL SELECT true, 1, true FROM rdf_policy_status WHERE NOT is_shared;

-- Rights.
CREATE ROLE operator;
SET ROLE operator;
SELECT count(*) >= 0 AS is_readable FROM rdf_policy_backends;
SELECT rdf_policy_wait(:now);
SELECT * FROM rdf_policy_verify();
SELECT rdf_policy_prune('kept', 0);
SELECT rdf_policy_prune_history('1 hour');
RESET ROLE;
GRANT EXECUTE ON FUNCTION rdf_policy_verify(text), rdf_policy_prune(text, integer),
    rdf_policy_prune_history(interval) TO operator;
SET ROLE operator;
SELECT valid FROM rdf_policy_verify('kept');
SELECT rdf_policy_prune('kept', 0);
SELECT rdf_policy_prune_history('1 hour');
RESET ROLE;
DROP OWNED BY operator;
DROP ROLE operator;
DROP TABLE named;
SELECT rdf_policy_drop('kept'), rdf_policy_drop('kept.x'), rdf_policy_drop('ruled');
