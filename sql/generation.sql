-- Which generation a statement is judged by: one session's transactions, savepoints and errors, and changes of the
-- tables by hand. Races of several sessions are in test/isolation.

\set SHOW_CONTEXT never

-- What vN judges has a violation with the message "vN" unless <urn:v> of <urn:x> is N.
CREATE FUNCTION shapes(n integer) RETURNS text LANGUAGE sql AS $$
    SELECT format('@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ;
        sh:property [ sh:path <urn:v> ; sh:hasValue %s ; sh:message "v%s" ] .', n, n) $$;
CREATE FUNCTION put(n integer) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    PERFORM rdf_policy_register('gen', shapes(n));
    PERFORM rdf_policy_reload('gen', true);
    RETURN 'v' || n; END $$;
CREATE FUNCTION judge() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT result_message FROM rdf_validation_report('', 'gen') $$;
-- How many generations were made since the last look.
CREATE TABLE last_number AS SELECT number FROM rdf_catalog_generation;
CREATE FUNCTION made() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    UPDATE last_number l SET number = g.number FROM rdf_catalog_generation g, last_number before
    RETURNING g.number - before.number $$;

-- Unknown before it is in force.
SELECT judge();
SELECT rdf_policy_register('gen', shapes(1));
SELECT judge();
SELECT made();
SELECT version, changed FROM rdf_policy_reload('gen');
SELECT judge(), made();
-- Nothing staged: nothing made.
SELECT version, changed FROM rdf_policy_reload('gen');
-- Staged again what is in force: nothing made, nothing left staged.
SELECT rdf_policy_register('gen', shapes(1));
SELECT version, changed FROM rdf_policy_reload('gen');
SELECT staged_version FROM rdf_policies WHERE policy = 'gen';
SELECT judge(), made();

-- The statement that reloads is judged by the old generation, the next one by the new.
SELECT rdf_policy_register('gen', shapes(2));
SELECT judge() AS before, (SELECT version FROM rdf_policy_reload('gen')) AS reloaded, judge() AS after;
SELECT judge(), made();
BEGIN;
SELECT judge() AS before, put(3), judge() AS after;
SELECT judge(), rdf_validate('<urn:x> <urn:v> 2 .', 'gen') AS "2", rdf_validate('<urn:x> <urn:v> 3 .', 'gen') AS "3";
ROLLBACK;
SELECT judge(), made();

-- Savepoints; the same numbers come again with other policies.
BEGIN;
SELECT put(10);
SELECT judge(), number - (SELECT number FROM last_number) AS later FROM rdf_catalog_generation;
SAVEPOINT s;
SELECT put(11);
SELECT judge(), number - (SELECT number FROM last_number) AS later FROM rdf_catalog_generation;
ROLLBACK TO s;
SELECT judge();
SELECT put(12);
SELECT judge(), number - (SELECT number FROM last_number) AS later FROM rdf_catalog_generation;
SAVEPOINT t;
SELECT put(13);
RELEASE t;
SELECT judge();
COMMIT;
SELECT judge(), made();
-- With no look-up between the reload and the way back.
BEGIN;
SAVEPOINT s;
SELECT put(14);
ROLLBACK TO s;
SELECT judge();
SAVEPOINT s;
SELECT put(15);
RELEASE s;
ROLLBACK;
SELECT judge(), made();
-- REPEATABLE READ: the snapshot before and after the savepoint is the same.
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT judge();
SAVEPOINT s;
SELECT put(16);
SELECT judge();
ROLLBACK TO s;
SELECT judge();
COMMIT;
SELECT judge(), made();
-- SERIALIZABLE: the catalog is read without predicate locks, also where it has to be built.
UPDATE rdf_catalog_policy SET is_dropped = is_dropped WHERE policy = 'gen';
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT rdf_validate('<urn:x> <urn:v> 12 .', 'gen'), rdf_validate('<urn:x> <urn:v> 13 .', 'gen');
SELECT count(*) AS predicate_locks FROM pg_locks
WHERE mode = 'SIReadLock' AND relation::regclass::text LIKE 'rdf\_catalog\_%';
COMMIT;
SELECT made();

-- A cursor keeps its policies across all of it; its segment is looked up and mapped again meanwhile.
BEGIN;
DECLARE rows CURSOR FOR SELECT n, rdf_validate('<urn:x> <urn:v> 13 .', 'gen') FROM generate_series(1, 6) n;
FETCH 1 FROM rows;
SAVEPOINT s;
SELECT put(17);
SELECT judge();
FETCH 1 FROM rows;
ROLLBACK TO s;
SELECT judge();
FETCH 1 FROM rows;
SELECT put(18);
SELECT judge();
FETCH 1 FROM rows;
COMMIT;
SELECT judge(), made();

-- Exception blocks.
DO $$ BEGIN
    BEGIN
        PERFORM put(20);
        RAISE NOTICE 'within: %', judge();
        RAISE EXCEPTION 'no';
    EXCEPTION WHEN raise_exception THEN
        RAISE NOTICE 'after: %', judge();
    END;
    BEGIN
        PERFORM rdf_assert_valid('<urn:x> <urn:v> 1 .', 'gen');
    EXCEPTION WHEN check_violation THEN
        RAISE NOTICE 'refused by %', judge();
    END;
    FOR n IN 21 .. 22 LOOP
        PERFORM put(n);
        RAISE NOTICE '%: %, %', n, judge(), rdf_validate(format('<urn:x> <urn:v> %s .', n), 'gen');
    END LOOP;
END $$;
SELECT judge(), made();
-- Two calls in one statement, a volatile function that reloads between them.
SELECT rdf_validate('<urn:x> <urn:v> 22 .', 'gen') AS before, put(23), rdf_validate('<urn:x> <urn:v> 22 .', 'gen') AS after;
SELECT judge(), made();

-- COMMIT that fails in a deferred constraint.
CREATE TABLE late (n integer UNIQUE DEFERRABLE INITIALLY DEFERRED);
BEGIN;
SELECT put(24);
SELECT judge();
INSERT INTO late VALUES (1), (1);
COMMIT;
SELECT judge(), made();
-- A deferred constraint trigger judges by what its own transaction has reloaded.
CREATE FUNCTION check_late() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE NOTICE 'at commit: %', judge();
    RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON late DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_late();
BEGIN;
INSERT INTO late VALUES (2);
SELECT put(25);
COMMIT;
SELECT judge(), made();

-- COPY, INSERT ... SELECT, UPDATE, generated columns and domains, before and after a reload in one transaction.
CREATE DOMAIN document AS text CHECK (rdf_validate(VALUE, 'gen'));
CREATE TABLE doc (t text CHECK (rdf_validate(t, 'gen')));
BEGIN;
COPY doc FROM stdin;
<urn:x> <urn:v> 25 .
<urn:x> <urn:v> 25 .
\.
INSERT INTO doc SELECT '<urn:x> <urn:v> 25 .' FROM generate_series(1, 100);
SELECT '<urn:x> <urn:v> 25 .'::document;
SELECT put(26);
SAVEPOINT s;
INSERT INTO doc SELECT '<urn:x> <urn:v> 25 .' FROM generate_series(1, 100);
ROLLBACK TO s;
COPY doc FROM stdin;
<urn:x> <urn:v> 26 .
<urn:x> <urn:v> 25 .
\.
ROLLBACK TO s;
SELECT '<urn:x> <urn:v> 25 .'::document;
ROLLBACK TO s;
SELECT '<urn:x> <urn:v> 26 .'::document;
INSERT INTO doc VALUES ('<urn:x> <urn:v> 26 .');
SELECT count(*) FROM doc;
ROLLBACK;
SELECT judge(), made();
-- A lazy build at the first row of each.
UPDATE rdf_catalog_policy SET is_dropped = is_dropped WHERE policy = 'gen';
INSERT INTO doc SELECT '<urn:x> <urn:v> 25 .' FROM generate_series(1, 3);
UPDATE rdf_catalog_policy SET is_dropped = is_dropped WHERE policy = 'gen';
COPY doc FROM stdin;
<urn:x> <urn:v> 25 .
\.
UPDATE rdf_catalog_policy SET is_dropped = is_dropped WHERE policy = 'gen';
UPDATE doc SET t = '<urn:x> <urn:v> 24 .';
SELECT count(*) FROM doc;
SELECT made();
UPDATE rdf_catalog_policy SET is_dropped = is_dropped WHERE policy = 'gen';
ALTER TABLE doc ADD CONSTRAINT again CHECK (rdf_validate(t, 'gen')) NOT VALID;
ALTER TABLE doc VALIDATE CONSTRAINT again;
UPDATE rdf_catalog_policy SET is_dropped = is_dropped WHERE policy = 'gen';
BEGIN READ ONLY;
SELECT judge();
COMMIT;
SELECT made();

-- Parallel workers agree with their leader, on a generation that is not committed too.
CREATE TABLE many AS SELECT format('<urn:x> <urn:v> %s .', 24 + n % 4) AS t FROM generate_series(1, 4000) n;
ANALYZE many;
SET max_parallel_workers_per_gather = 2;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
EXPLAIN (COSTS OFF) SELECT count(*) FILTER (WHERE rdf_validate(t, 'gen')) FROM many;
SELECT count(*) FILTER (WHERE rdf_validate(t, 'gen')), count(*) FILTER (WHERE rdf_validate(t, 'gen') AND t LIKE '%25 .') FROM many;
UPDATE rdf_catalog_policy SET is_dropped = is_dropped WHERE policy = 'gen';
SELECT count(*) FILTER (WHERE rdf_validate(t, 'gen')) FROM many;
BEGIN;
SELECT put(26);
SELECT count(*) FILTER (WHERE rdf_validate(t, 'gen')), count(*) FILTER (WHERE rdf_validate(t, 'gen') AND t LIKE '%26 .') FROM many;
ROLLBACK;
SELECT count(*) FILTER (WHERE rdf_validate(t, 'gen') AND t LIKE '%25 .') FROM many;
RESET max_parallel_workers_per_gather;
RESET min_parallel_table_scan_size;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
SELECT made();

-- Whoever writes the policy tables by hand makes a new generation, in the same statement.
BEGIN;
UPDATE rdf_catalog_policy SET active_version = 1 WHERE policy = 'gen';
SELECT judge(), made();
DELETE FROM rdf_catalog_policy WHERE policy = 'gen';
SELECT judge();
ROLLBACK;
SELECT judge(), made();
BEGIN;
DELETE FROM rdf_catalog_version WHERE policy = 'gen' AND version = (SELECT version FROM rdf_policies WHERE policy = 'gen');
SELECT judge();
ROLLBACK;
SELECT judge(), made();
BEGIN;
TRUNCATE rdf_catalog_policy;
SELECT judge();
ROLLBACK;
BEGIN;
TRUNCATE rdf_catalog_version;
SELECT judge();
ROLLBACK;
SELECT judge(), made();
-- Rows that bring numbers of another database, as a restore does: the count goes on from there.
BEGIN;
UPDATE rdf_catalog_policy SET generation = 1000000 WHERE policy = 'gen';
SELECT number FROM rdf_catalog_generation;
ROLLBACK;
-- As an apply worker does.
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE rdf_catalog_policy SET active_version = 1 WHERE policy = 'gen';
SELECT judge(), made();
ROLLBACK;
SELECT made();

-- One statement makes one new generation, however many rows it writes, in each table or both.
SELECT put(27);
BEGIN;
INSERT INTO rdf_catalog_policy (policy) SELECT 'row' || n FROM generate_series(1, 100) n;
SELECT made();
UPDATE rdf_catalog_policy SET file = 'f', file_signature = 's', file_options = '{}' WHERE policy LIKE 'row%';
SELECT made();
WITH gone AS (DELETE FROM rdf_catalog_policy WHERE policy LIKE 'row%' RETURNING policy)
UPDATE rdf_catalog_version SET label = 'l' WHERE (SELECT count(*) FROM gone) = 100;
SELECT made();
-- None where it writes none.
UPDATE rdf_catalog_policy SET file = NULL WHERE policy LIKE 'row%';
SELECT made();
-- In a savepoint that is rolled back, and after it.
SAVEPOINT s;
UPDATE rdf_catalog_policy SET active_version = 1 WHERE policy = 'gen';
SELECT judge(), made();
ROLLBACK TO s;
SELECT judge();
UPDATE rdf_catalog_policy SET active_version = 1 WHERE policy = 'gen';
SELECT judge(), made();
-- The highest number that a row brings with it is gone on from, in whatever order they come.
INSERT INTO rdf_catalog_policy (policy, generation) SELECT 'row' || n, 2000000 + n FROM generate_series(1, 5) n;
SELECT number FROM rdf_catalog_generation;
INSERT INTO rdf_catalog_policy (policy, generation) SELECT 'row' || n, 3000000 - n FROM generate_series(6, 9) n;
SELECT number FROM rdf_catalog_generation;
ROLLBACK;
SELECT judge(), made();
-- A staged version cannot be put in force and stay staged: a registration would write over it, a reload delete it.
BEGIN;
SELECT rdf_policy_register('gen', shapes(40));
\set VERBOSITY terse
UPDATE rdf_catalog_policy SET active_version = staged_version WHERE policy = 'gen';
\set VERBOSITY default
ROLLBACK;
-- A staged version whose row is missing is told so; registering writes it again.
BEGIN;
SELECT rdf_policy_register('gen', shapes(40)) AS staged \gset
DELETE FROM rdf_catalog_version WHERE policy = 'gen' AND version = :staged;
SELECT policy, version, changed, error FROM rdf_policy_reload() WHERE policy = 'gen';
SELECT rdf_policy_register('gen', shapes(40)) = :staged AS is_same;
SELECT version = :staged AS is_staged, changed, error FROM rdf_policy_reload('gen');
SELECT judge(), made();
ROLLBACK;
-- Nor is a version written over of which the policy's row does not know.
BEGIN;
INSERT INTO rdf_catalog_version SELECT (jsonb_populate_record(v, jsonb_build_object('version', p.next_version, 'was_active', true))).*
FROM rdf_catalog_version v JOIN rdf_catalog_policy p USING (policy) WHERE policy = 'gen' AND version = 1;
SELECT rdf_policy_register('gen', shapes(41)) - max(version) AS after_it FROM rdf_catalog_version WHERE policy = 'gen';
SELECT rdf_policy_register('gen', shapes(42)) - max(version) AS the_same FROM rdf_catalog_version WHERE policy = 'gen';
SELECT next_version - staged_version AS next FROM rdf_catalog_policy WHERE policy = 'gen';
ROLLBACK;
SELECT judge(), made();
-- A look-up amid a statement sees some of its rows; what it finds is nobody else's, and not what is found afterwards.
CREATE FUNCTION judge_amid() RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN
    RETURN (SELECT string_agg(result_message, ' ' ORDER BY result_message) FROM rdf_validation_report('')); END $$;
SELECT rdf_policy_register('gen2', shapes(2));
SELECT rdf_policy_register('gen3', shapes(3));
UPDATE rdf_catalog_version SET was_active = true WHERE policy IN ('gen2', 'gen3');
WITH written AS (
    UPDATE rdf_catalog_policy SET active_version = 1, staged_version = NULL
    WHERE policy IN ('gen2', 'gen3') RETURNING judge_amid() AS amid)
SELECT amid FROM written ORDER BY amid;
SELECT judge_amid();
DELETE FROM rdf_catalog_policy WHERE policy IN ('gen2', 'gen3');
DELETE FROM rdf_catalog_version WHERE policy IN ('gen2', 'gen3');
SELECT judge_amid();
DROP FUNCTION judge_amid();
SELECT made() > 0 AS made;

-- Rows written while the triggers are disabled, as pg_restore --disable-triggers does: what they say is seen, and put
-- in force by a reload; the triggers it leaves behind are as they were made again.
CREATE FUNCTION write_unseen(statement text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN
    ALTER TABLE rdf_catalog_policy DISABLE TRIGGER ALL;
    ALTER TABLE rdf_catalog_version DISABLE TRIGGER ALL;
    EXECUTE statement;
    ALTER TABLE rdf_catalog_policy ENABLE TRIGGER ALL;
    ALTER TABLE rdf_catalog_version ENABLE TRIGGER ALL; END $$;
SELECT rdf_policy_register('other', shapes(2));
SELECT version FROM rdf_policy_reload('other');
SELECT rdf_policy_register('other', shapes(3));
SELECT version FROM rdf_policy_reload('other');
SELECT made();
SELECT rdf_validate('<urn:x> <urn:v> 2 .', 'other'), rdf_validate('<urn:x> <urn:v> 3 .', 'other');
SELECT write_unseen($$UPDATE rdf_catalog_policy SET active_version = 1 WHERE policy = 'other'$$);
SELECT rdf_validate('<urn:x> <urn:v> 2 .', 'other'), rdf_validate('<urn:x> <urn:v> 3 .', 'other');
SELECT differences, weakened_by FROM rdf_policy_status;
SELECT policy, version, changed FROM rdf_policy_reload() WHERE policy = 'other';
SELECT rdf_validate('<urn:x> <urn:v> 2 .', 'other'), rdf_validate('<urn:x> <urn:v> 3 .', 'other');
SELECT differences, weakened_by FROM rdf_policy_status;
SELECT made();
SELECT policy, version, changed FROM rdf_policy_reload('other');
SELECT made();
-- Though the triggers are as they were.
BEGIN;
ALTER TABLE rdf_catalog_policy DISABLE TRIGGER ALL;
UPDATE rdf_catalog_policy SET active_version = 2 WHERE policy = 'other';
ALTER TABLE rdf_catalog_policy ENABLE ALWAYS TRIGGER changing, ENABLE ALWAYS TRIGGER changed, ENABLE ALWAYS TRIGGER changed_all;
SELECT differences, weakened_by FROM rdf_policy_status;
SELECT policy, version, changed FROM rdf_policy_reload('other');
SELECT rdf_validate('<urn:x> <urn:v> 2 .', 'other'), rdf_validate('<urn:x> <urn:v> 3 .', 'other');
ROLLBACK;
SELECT rdf_validate('<urn:x> <urn:v> 2 .', 'other'), rdf_validate('<urn:x> <urn:v> 3 .', 'other');
SELECT made();
-- Another text under the same number, in force and former; a policy of which the generation knows nothing, and one of
-- which the rows know nothing. By a reload of one policy.
SELECT rdf_validate('<urn:x> <urn:v> 3 .', 'other@2');
SELECT write_unseen($$
    UPDATE rdf_catalog_version v SET image = w.image FROM rdf_catalog_version w, rdf_catalog_policy p
    WHERE v.policy = 'other' AND w.policy = p.policy AND w.version = p.active_version AND p.policy = 'gen';
    INSERT INTO rdf_catalog_policy (policy, active_version, next_version, generation)
    SELECT 'another', 1, 2, number + 100 FROM rdf_catalog_generation;
    INSERT INTO rdf_catalog_version SELECT (jsonb_populate_record(v, '{"policy": "another"}')).*
    FROM rdf_catalog_version v WHERE policy = 'other' AND version = 1$$);
SELECT differences FROM rdf_policy_status;
SELECT rdf_validate('', 'another');
SELECT policy, version, changed FROM rdf_policy_reload('other');
SELECT judge(), rdf_validate('<urn:x> <urn:v> 27 .', 'other'), rdf_validate('<urn:x> <urn:v> 27 .', 'other@2'),
    rdf_validate('<urn:x> <urn:v> 27 .', 'another');
SELECT made();
SELECT write_unseen($$DELETE FROM rdf_catalog_policy WHERE policy IN ('other', 'another')$$);
SELECT differences FROM rdf_policy_status;
-- A reload that has something else to do takes it up too.
SELECT put(28);
SELECT differences, weakened_by FROM rdf_policy_status;
SELECT rdf_validate('', 'other');
-- So does one that is refused: for all but what it was to put in force.
SELECT rdf_policy_add_test('gen', 'never', '<urn:x> <urn:v> 29 .'::text, false);
SELECT rdf_policy_register('gen', shapes(29));
SELECT rdf_policy_register('other', shapes(4));
SELECT version FROM rdf_policy_reload('other');
SELECT rdf_policy_register('other', shapes(5));
SELECT version FROM rdf_policy_reload('other');
SELECT made();
SELECT write_unseen($$UPDATE rdf_catalog_policy SET active_version = 3 WHERE policy = 'other'$$);
\set VERBOSITY terse
SELECT policy, success, changed FROM rdf_policy_reload('gen');
\set VERBOSITY default
SELECT judge(), rdf_validate('<urn:x> <urn:v> 4 .', 'other'), made();
SELECT differences, weakened_by FROM rdf_policy_status;
SELECT rdf_policy_drop_test('gen', 'never');
SELECT rdf_policy_discard('gen');
SELECT rdf_policy_drop('other');
-- A version whose row is missing is no difference where it was missing before.
BEGIN;
DELETE FROM rdf_catalog_version v USING rdf_catalog_policy p WHERE v.policy = 'gen' AND p.policy = 'gen' AND version = active_version;
SELECT differences FROM rdf_policy_status;
ROLLBACK;
-- So are triggers that were left off; a table that was only rewritten is the same.
ALTER TABLE rdf_catalog_version DISABLE TRIGGER changed;
SELECT weakened_by FROM rdf_policy_status;
SELECT count(*) FROM rdf_policy_reload();
SELECT weakened_by FROM rdf_policy_status;
SELECT made() > 0 AS made;
VACUUM FULL rdf_catalog_version;
SELECT differences FROM rdf_policy_status;
SELECT count(*) FROM rdf_policy_reload();
SELECT judge(), made();
DROP FUNCTION write_unseen(text);

-- The generation row is gone: an error in all, until a reload or a change of the policies makes a new one.
DELETE FROM rdf_catalog_generation;
SELECT judge();
SELECT rdf_validate('', NULL);
SELECT version, changed FROM rdf_policy_reload('gen');
SELECT judge();
BEGIN;
TRUNCATE rdf_catalog_generation;
SELECT judge();
ROLLBACK;
SELECT judge();
TRUNCATE rdf_catalog_generation;
SELECT judge();
SELECT put(30);
SELECT judge();
SELECT p.generation = g.number AS is_same_number, g.number > 1 AS is_later FROM rdf_catalog_policy p, rdf_catalog_generation g
WHERE policy = 'gen';
DELETE FROM rdf_catalog_generation;
UPDATE rdf_catalog_policy SET is_dropped = is_dropped WHERE policy = 'gen';
SELECT judge();
-- A lower number is no older generation.
UPDATE rdf_catalog_generation SET number = 1, stamp = gen_random_uuid();
SELECT judge();
SELECT put(31);
SELECT judge();
UPDATE last_number l SET number = g.number FROM rdf_catalog_generation g;

-- A constraint on the policy table itself, which looks policies up while a reload is writing: what it sees must not
-- be taken for the new generation.
CREATE FUNCTION is_judged(text) RETURNS boolean LANGUAGE plpgsql SET search_path = public AS $$ BEGIN RETURN judge() IS NOT NULL; END $$;
ALTER TABLE rdf_catalog_policy ADD CONSTRAINT judged CHECK (is_judged(policy));
SELECT put(32);
SELECT judge(), made();
\c
SELECT judge();
ALTER TABLE rdf_catalog_policy DROP CONSTRAINT judged;

-- Neither search_path nor privileges matter to a validation.
SET search_path = '';
SELECT public.rdf_validate('<urn:x> <urn:v> 32 .', 'gen'), public.rdf_validate('<urn:x> <urn:v> 31 .', 'gen');
RESET search_path;
CREATE ROLE generation_guest;
CREATE SCHEMA open_house;
CREATE TABLE open_house.doc (t text CHECK (rdf_validate(t, 'gen')));
GRANT USAGE ON SCHEMA open_house TO generation_guest;
GRANT INSERT ON open_house.doc TO generation_guest;
UPDATE rdf_catalog_policy SET is_dropped = is_dropped WHERE policy = 'gen';
SET ROLE generation_guest;
SELECT rdf_validate('<urn:x> <urn:v> 32 .', 'gen');
INSERT INTO open_house.doc VALUES ('<urn:x> <urn:v> 32 .');
INSERT INTO open_house.doc VALUES ('<urn:x> <urn:v> 31 .');
RESET ROLE;
DROP SCHEMA open_house CASCADE;

-- The extension anew: in a database of its own, in a schema that the role may not use.
\set home :DBNAME
CREATE DATABASE generation_away TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C';
\c generation_away
SET rdfpolicy.staging_notice = off;
CREATE FUNCTION shapes(n integer) RETURNS text LANGUAGE sql AS $$
    SELECT format('@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ;
        sh:property [ sh:path <urn:v> ; sh:hasValue %s ; sh:message "v%s" ] .', n, n) $$;
CREATE FUNCTION put(n integer) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
    PERFORM rdf_policy_register('gen', shapes(n));
    PERFORM rdf_policy_reload('gen', true);
    RETURN 'v' || n; END $$;
CREATE FUNCTION judge() RETURNS text LANGUAGE plpgsql STABLE AS $$ BEGIN
    RETURN (SELECT result_message FROM rdf_validation_report('', 'gen')); END $$;
CREATE SCHEMA "Far away";
CREATE EXTENSION rdfpolicy SCHEMA "Far away";
SET search_path = "Far away", public;
SELECT judge();
SELECT number FROM rdf_catalog_generation;
SELECT put(1);
SELECT judge(), rdf_validate('<urn:x> <urn:v> 1 .', 'gen@1');
SELECT put(2);
SELECT judge(), rdf_validate('<urn:x> <urn:v> 1 .', 'gen@1');
SELECT version, changed, generation FROM rdf_policy_rollback('gen');
SELECT judge();
CREATE TABLE public.doc (t text CHECK (rdf_validate(t, 'gen')));
GRANT INSERT ON public.doc TO generation_guest;
RESET search_path;
UPDATE "Far away".rdf_catalog_policy SET is_dropped = is_dropped;
SET ROLE generation_guest;
SELECT "Far away".rdf_validate('<urn:x> <urn:v> 1 .', 'gen');
INSERT INTO doc VALUES ('<urn:x> <urn:v> 1 .');
INSERT INTO doc VALUES ('<urn:x> <urn:v> 2 .');
RESET ROLE;
DROP TABLE doc;
DROP EXTENSION rdfpolicy;
DROP SCHEMA "Far away";
-- The same numbers again, other policies.
CREATE EXTENSION rdfpolicy;
SELECT put(41);
SELECT judge(), number FROM rdf_catalog_generation;
SELECT put(42);
SELECT put(43);
SELECT judge(), number FROM rdf_catalog_generation;

\c :home
DROP DATABASE generation_away;
SELECT judge();

DROP TABLE doc;
DROP DOMAIN document;
SELECT rdf_policy_drop('gen');
SELECT judge();
DROP ROLE generation_guest;
DROP TABLE late, many, last_number;
DROP FUNCTION made(), judge(), put(integer), shapes(integer), check_late(), is_judged(text);

-- A reload undone by a savepoint, under one snapshot, at one place of a program: nothing but the undoing tells the second
-- evaluation from the first.
SELECT rdf_policy_register('undone', '<urn:s> a <http://www.w3.org/ns/shacl#NodeShape> ; <http://www.w3.org/ns/shacl#targetNode> <urn:x> ;
    <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#IRI> .');
SELECT success FROM rdf_policy_reload('undone');
SELECT rdf_policy_register('undone', '<urn:s> a <http://www.w3.org/ns/shacl#NodeShape> ; <http://www.w3.org/ns/shacl#targetNode> <urn:x> ;
    <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#Literal> .');
BEGIN ISOLATION LEVEL REPEATABLE READ;
DO $$
DECLARE
    conforms boolean;
BEGIN
    FOR step IN 1 .. 2 LOOP
        BEGIN
            IF step = 1 THEN
                PERFORM rdf_policy_reload('undone', true);
            END IF;
            conforms := rdf_validate(''::text, 'undone');
            RAISE NOTICE 'step %: %', step, conforms;
            RAISE EXCEPTION 'undone';
        EXCEPTION WHEN raise_exception THEN
            NULL;
        END;
    END LOOP;
END $$;
ROLLBACK;
SELECT rdf_policy_drop('undone');
