-- What it takes to make a generation, counted in rows and pieces of rows that are read: what did not change is taken from
-- what is mapped, and former versions cost nothing.

\set SHOW_CONTEXT never

-- n shapes, the first of which has <urn:x> as its target and judges with the message "text".
CREATE FUNCTION shapes(n integer, message text) RETURNS text LANGUAGE sql AS $$
    SELECT '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s1> sh:targetNode <urn:x> . ' || string_agg(format(
        '<urn:s%s> a sh:NodeShape ; sh:property [ sh:path <urn:p%s> ; sh:minCount 1 ; sh:message "%s" ] .', i, i, message), '')
    FROM generate_series(1, n) i $$;
CREATE FUNCTION judge(policy text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(result_message, ' ') FROM rdf_validation_report('', policy) $$;
-- Pieces of long values of the version table that this transaction has read, and rows by scanning all of them.
CREATE FUNCTION pieces_read() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)::bigint FROM pg_stat_xact_all_tables WHERE relid =
        (SELECT reltoastrelid FROM pg_class WHERE oid = 'rdf_catalog_version'::regclass) $$;
CREATE FUNCTION rows_scanned() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT seq_tup_read FROM pg_stat_xact_all_tables WHERE relid = 'rdf_catalog_version'::regclass $$;

SET client_min_messages = error; -- most of its shapes judge nothing
SELECT rdf_policy_register('built_big', shapes(2000, 'big'));
RESET client_min_messages;
SELECT rdf_policy_register('built', shapes(1, 'one'));
SELECT count(*) FILTER (WHERE changed) AS changed FROM rdf_policy_reload();
SELECT judge('built'), judge('built_big');

-- A reload of the one reads nothing of the other.
BEGIN;
SELECT pieces_read() AS before \gset
SELECT rdf_policy_register('built', shapes(1, 'two'));
SELECT version, changed FROM rdf_policy_reload('built');
SELECT pieces_read() - :before < 30 AS is_little;
SELECT judge('built'), judge('built_big');
-- Nor does one beside a shadow, or a rollback.
SET client_min_messages = error;
SELECT rdf_policy_shadow('built', 1);
RESET client_min_messages;
SELECT version, changed FROM rdf_policy_rollback('built');
SELECT judge('built'), judge('built_big'), pieces_read() - :before < 60 AS is_little;
SAVEPOINT s;
-- A version whose row was written is read again, whoever wrote it and whatever became of it: another text, and back.
UPDATE rdf_catalog_version v SET image = w.image FROM rdf_catalog_version w
WHERE v.policy = 'built_big' AND w.policy = 'built' AND w.version = 2;
SELECT judge('built'), judge('built_big');
SELECT rdf_policy_register('built', shapes(1, 'three'));
SELECT version, changed FROM rdf_policy_reload('built');
SELECT judge('built'), judge('built_big'), judge('built@1'), judge('built@2');
ROLLBACK TO s;
SELECT judge('built'), judge('built_big'), judge('built@2');
COMMIT;
BEGIN;
SELECT pieces_read() AS before \gset
UPDATE rdf_catalog_version SET label = 'big' WHERE policy = 'built_big';
SELECT judge('built_big'), pieces_read() - :before > 100 AS is_read;
ROLLBACK;

-- The same place in a table that was emptied and filled, or rewritten, is another row.
CREATE TABLE kept AS SELECT * FROM rdf_catalog_version WHERE policy LIKE 'built%';
BEGIN;
CREATE TABLE all_versions AS SELECT * FROM rdf_catalog_version;
TRUNCATE rdf_catalog_version;
INSERT INTO rdf_catalog_version SELECT * FROM all_versions ORDER BY policy DESC, version DESC;
UPDATE rdf_catalog_version v SET image = k.image FROM kept k
WHERE v.policy = 'built' AND v.version = 1 AND k.policy = 'built' AND k.version = 2;
SELECT judge('built'), judge('built_big'), judge('built@2');
ROLLBACK;
SELECT judge('built'), judge('built_big'), judge('built@2');
-- A table that was emptied twice in one transaction is filled from the same place in the same file again.
BEGIN;
TRUNCATE rdf_catalog_policy, rdf_catalog_version;
INSERT INTO rdf_catalog_policy (policy, active_version) VALUES ('built', 1);
INSERT INTO rdf_catalog_version SELECT * FROM kept WHERE policy = 'built' AND version = 1;
SELECT judge('built');
TRUNCATE rdf_catalog_version;
INSERT INTO rdf_catalog_version SELECT (jsonb_populate_record(k, '{"version": 1}')).*
FROM kept k WHERE policy = 'built' AND version = 2;
SELECT judge('built');
ROLLBACK;
VACUUM FULL rdf_catalog_version;
SELECT rdf_policy_register('built', shapes(1, 'four'));
SELECT version, changed FROM rdf_policy_reload('built');
SELECT judge('built'), judge('built_big'), judge('built@1'), judge('built@2');

-- A thousand former versions: found by the primary key.
INSERT INTO rdf_catalog_version SELECT (jsonb_populate_record(v, jsonb_build_object('version', n))).*
FROM rdf_catalog_version v, generate_series(1001, 2000) n WHERE policy = 'built' AND version = 2;
UPDATE rdf_catalog_policy SET next_version = 2001 WHERE policy = 'built';
ANALYZE rdf_catalog_version;
BEGIN;
SELECT rows_scanned() AS before \gset
SELECT judge('built@1500'), judge('built@1501'), judge('built@2'), rows_scanned() - :before AS scanned;
SELECT judge('built@2001');
ROLLBACK;
SELECT rdf_policy_register('built', shapes(1, 'five'));
BEGIN;
SELECT rows_scanned() AS before \gset
SELECT version, changed FROM rdf_policy_reload('built');
SELECT judge('built'), judge('built@1500'), rows_scanned() - :before AS scanned;
COMMIT;
BEGIN;
SELECT rows_scanned() AS before \gset
UPDATE rdf_catalog_policy SET is_dropped = is_dropped;
SELECT judge('built'), judge('built_big'), rows_scanned() - :before AS scanned;
COMMIT;

-- Where somebody has dropped that key, the rows are found all the same.
BEGIN;
ALTER TABLE rdf_catalog_version DROP CONSTRAINT rdf_catalog_version_pkey;
ALTER TABLE rdf_catalog_policy DROP CONSTRAINT rdf_catalog_policy_pkey;
UPDATE rdf_catalog_version SET label = 'l' WHERE policy = 'built' AND version = 2001;
SELECT judge('built'), judge('built_big'), judge('built@1700');
ROLLBACK;

SELECT rdf_policy_drop('built'), rdf_policy_drop('built_big');
SELECT rdf_policy_prune('built', 0);
DROP TABLE kept;

-- Of rows in a file that their own transaction made, nothing tells which of the file's fillings they are: the number of the
-- command in a row's header does not, since a deletion that is undone leaves its own there. The call site of the block
-- keeps the generation of the first filling mapped.
CREATE TABLE all_policies AS SELECT * FROM rdf_catalog_policy;
CREATE TABLE all_versions AS SELECT * FROM rdf_catalog_version;
CREATE TABLE commands (number integer);
SET client_min_messages = error; -- most of its shapes judge nothing
SELECT rdf_policy_register('built', shapes(1, 'first')), rdf_policy_register('built_big', shapes(1, 'second'));
RESET client_min_messages;
CREATE TABLE kept AS SELECT (jsonb_populate_record(v, '{"policy": "built"}')).*
FROM rdf_catalog_version v WHERE policy LIKE 'built%';
DO $$
DECLARE
    written integer;
    count integer := 0;
    is_valid boolean;
BEGIN
    TRUNCATE rdf_catalog_policy, rdf_catalog_version;
    INSERT INTO rdf_catalog_policy (policy, active_version)
    SELECT policy, version FROM kept WHERE source ~ 'first';
    INSERT INTO rdf_catalog_version SELECT * FROM kept WHERE source ~ 'first';
    is_valid := rdf_validate('', 'built');
    SELECT cmin::text INTO written FROM rdf_catalog_version;
    TRUNCATE rdf_catalog_version;
    INSERT INTO rdf_catalog_version SELECT (jsonb_populate_record(k, to_jsonb(p))).*
    FROM kept k, (SELECT active_version AS version FROM rdf_catalog_policy) p WHERE source ~ 'second';
    COMMIT;
    WHILE (SELECT cmin::text::integer <> written FROM rdf_catalog_version) AND count < 100 LOOP
        BEGIN
            FOR i IN 1..count LOOP
                INSERT INTO commands VALUES (i);
            END LOOP;
            DELETE FROM rdf_catalog_version;
            RAISE EXCEPTION USING errcode = 'RR001';
        EXCEPTION WHEN SQLSTATE 'RR001' THEN
            count := count + 1;
        END;
        COMMIT;
    END LOOP;
    RAISE NOTICE '%', judge('built');
END $$;
SELECT judge('built');
TRUNCATE rdf_catalog_policy, rdf_catalog_version;
INSERT INTO rdf_catalog_policy SELECT * FROM all_policies;
INSERT INTO rdf_catalog_version SELECT * FROM all_versions;
DROP TABLE all_policies, all_versions, kept, commands;
DROP FUNCTION rows_scanned(), pieces_read(), judge(text), shapes(integer, text);
