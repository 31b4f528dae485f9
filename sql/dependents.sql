-- rdf_policy_dependents: whatever in the catalogs names a policy, and what rdf_policy_prune and rdf_policy_drop make of it.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default
CREATE SCHEMA dep;
SET search_path = dep, public;
-- Policy d has versions 1 to 30, of which 30 is in force; each kind of object names another.
DO $$ BEGIN
    FOR i IN 1..30 LOOP
        PERFORM rdf_policy_register('d', format('@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
            ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:n ; sh:minCount 0 ; sh:maxCount %s ] .', i));
        PERFORM rdf_policy_reload('d', true);
    END LOOP;
    PERFORM rdf_policy_register('d.e', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:s> sh:targetNode <urn:x> ; sh:minLength 1 .');
    PERFORM rdf_policy_reload('d.e', true);
END $$;
SELECT count(*) FROM rdf_policy_dependents;

CREATE TABLE doc (id integer, body text CONSTRAINT c CHECK (rdf_validate(body, 'd@1')), j jsonb, t rdf_triple[]);
CREATE DOMAIN turtle AS text DEFAULT rdf_validate('', 'd@3')::text CONSTRAINT c CHECK (rdf_assert_valid(VALUE, 'd@2'));
CREATE POLICY only_valid ON doc USING (rdf_validate(body, 'd@4')) WITH CHECK (rdf_validate(j, 'd@5'));
CREATE RULE leave_out AS ON INSERT TO doc WHERE NOT rdf_validate(new.body, 'd@6')
    DO INSTEAD SELECT rdf_validation_report_jsonb(new.body, 'd@7');
CREATE TABLE defaults (id integer, is_valid boolean DEFAULT rdf_validate('', 'd@8'));
CREATE FUNCTION is_valid(body text, otherwise boolean DEFAULT rdf_validate('', 'd@9')) RETURNS boolean
    RETURN rdf_validate(body, 'd@10') OR otherwise;
CREATE FUNCTION count_valid() RETURNS bigint LANGUAGE sql BEGIN ATOMIC;
    DELETE FROM doc WHERE NOT rdf_validate(t, 'd@11');
    SELECT count(*) FROM doc;
END;
CREATE VIEW results AS SELECT d.id, r.* FROM doc d, rdf_validation_report(d.body, 'd@12') r
    WHERE EXISTS (WITH w AS (SELECT rdf_validate(d.j, 'd@13') AS ok) SELECT FROM w WHERE ok);
CREATE MATERIALIZED VIEW stored AS
    SELECT rdf_validate_agg((x).subject, (x).predicate, (x).object, 'd@14') FROM (SELECT unnest(t) AS x FROM doc) s;
CREATE TRIGGER arguments BEFORE INSERT ON doc FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'd@15');
CREATE TRIGGER condition BEFORE UPDATE ON doc FOR EACH ROW WHEN (rdf_validate(old.body, 'd@16'))
    EXECUTE FUNCTION rdf_policy_check('j', 'd.e', 'warn');
CREATE OPERATOR ==> (LEFTARG = text, RIGHTARG = text, FUNCTION = rdf_policy_drop_test);
ALTER TABLE doc ADD CONSTRAINT by_operator CHECK ('d@17' ==> body OR 'd@24' ==> ANY (ARRAY['a', 'b']) OR 'd@25' ==> ALL (ARRAY['a', 'b']));
-- What the server takes of functions that are said to be immutable.
ALTER FUNCTION rdf_validate(text, text, text, text, boolean) IMMUTABLE;
ALTER FUNCTION rdf_validate(rdf_triple[], text, boolean) IMMUTABLE;
ALTER TABLE defaults ADD generated boolean GENERATED ALWAYS AS (rdf_validate(id::text, 'd@18')) STORED;
CREATE INDEX by_expression ON doc ((rdf_validate(body, 'd@19')));
CREATE INDEX by_predicate ON doc (id) WHERE rdf_validate(body, 'd@20');
CREATE STATISTICS kept ON (rdf_validate(body, 'd@21')), id FROM doc;
CREATE TABLE parts (id integer, body text) PARTITION BY LIST (rdf_validate(body, 'd@22'));
ALTER FUNCTION rdf_validate(text, text, text, text, boolean) STABLE;
ALTER FUNCTION rdf_validate(rdf_triple[], text, boolean) STABLE;
-- A publication's WHERE takes no function of an extension.
CREATE PUBLICATION pub FOR TABLE doc WHERE (rdf_validate(body, 'd@23'));
SELECT policy, version, kind, object FROM rdf_policy_dependents ORDER BY policy, version, kind, object;
SELECT version, definition FROM rdf_policy_dependents WHERE definition !~ '\n' ORDER BY version;

-- What they name stays: versions 1 to 22, 24, 25, and 30, which is in force.
SELECT rdf_policy_prune('d', 0);
SELECT min(version), max(version), count(*) FROM rdf_policy_versions WHERE policy = 'd';
\set VERBOSITY terse
SELECT rdf_policy_drop('d');
\set VERBOSITY default
SELECT rdf_policy_drop('d.e');
-- It goes with the objects.
DROP STATISTICS kept;
DROP INDEX by_expression;
SELECT rdf_policy_prune('d', 0);
DROP FUNCTION is_valid(text, boolean), count_valid();
DROP TABLE doc, defaults, parts CASCADE;
DROP DOMAIN turtle;
DROP OPERATOR ==> (text, text);
SELECT count(*) FROM rdf_policy_dependents;
SELECT rdf_policy_prune('d', 0);

-- How an argument can be written: by position, by name, left out; constants under casts; alternatives; computed.
CREATE FUNCTION named(argument text) RETURNS TABLE (policy text, version integer) LANGUAGE plpgsql AS $$ BEGIN
    EXECUTE format('CREATE VIEW way AS SELECT rdf_validate(%s) FROM (VALUES (''a'', 1)) v (text, number)', argument);
    RETURN QUERY SELECT d.policy, d.version FROM rdf_policy_dependents d WHERE d.object = 'dep.way' ORDER BY 1, 2;
    DROP VIEW way;
END $$;
SELECT argument, string_agg(coalesce(policy, '(unknown)') || coalesce(' ' || version, ''), ', ')
FROM unnest(ARRAY[
    $$ '', 'd' $$, $$ '', 'd@7' $$, $$ policy => 'd@7', document => '' $$, $$ '', base_iri => 'urn:x', policy => 'd@7' $$,
    $$ '' $$, $$ '', NULL $$, $$ '', base_iri => 'd@7' $$,
    $$ '', 'd@7'::text $$, $$ '', 'd@7'::varchar $$, $$ '', 'd@77'::varchar(3) $$, $$ '', 'd@7'::char(10) $$, $$ '', 'd@7'::name $$,
    $$ '', 'd@7  '::char(10) $$, $$ '', 'd@7  '::bpchar::name $$,
    $$ '', ('d@7'::varchar(20) COLLATE "C")::text $$, $$ '', 'd' || '@7' $$, $$ '', 'd'::varchar || '@'::varchar || '7' $$,
    $$ '', CASE WHEN number > 1 THEN 'd@7' WHEN number > 2 THEN 'd@8'::varchar ELSE 'd.e' END $$,
    $$ '', coalesce(text, 'd@7') $$, $$ '', CASE WHEN number > 1 THEN 'd@7' END $$,
    $$ '', text $$, $$ '', format('%s@7', 'd') $$, $$ '', 'd@' || number $$, $$ '', (SELECT 'd@7') $$, $$ '', lower('D') $$,
    $$ '', 'd@' $$, $$ '', 'd@07' $$, $$ '', 'd@99999999999' $$, $$ '', 'no name' $$, $$ '', '' $$, $$ '', 'nowhere@1' $$,
    $$ 'd@7', 'd@8' $$, $$ rdf_validate('', 'd@9')::text, 'd@8' $$]) argument, LATERAL named(argument)
GROUP BY argument ORDER BY argument;
DROP FUNCTION named(text);

-- Looking runs nothing of what it looks at, whoever wrote it.
CREATE FUNCTION tell() RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE 'ran as %', current_user; END $$;
CREATE VIEW trap AS SELECT rdf_validate('', tell()) AS a, rdf_validate('', 'd' || (1 / 0)) AS b,
    rdf_validate('', repeat('d', 1000000000)) AS c, rdf_validate('', 'd'::char(10000000)) AS d;
SELECT DISTINCT policy, kind, object FROM rdf_policy_dependents;
SELECT rdf_policy_prune('d', 0);
DROP VIEW trap;
DROP FUNCTION tell();

-- Nobody keeps others from looking: an argument may be as long as it likes. (It is made longer where it stands, which takes less time.)
CREATE TABLE doc (body text);
CREATE TRIGGER long AFTER INSERT ON doc FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('body', 'd@7');
UPDATE pg_trigger SET tgargs = convert_to(repeat('é', 34000000), 'UTF8') || tgargs WHERE tgname = 'long' AND tgrelid = 'doc'::regclass;
SELECT policy, version, kind, object FROM rdf_policy_dependents;
DROP TABLE doc;

-- What cannot be looked at is said, and then nothing is dropped.
DO $$ BEGIN EXECUTE 'CREATE VIEW deep AS SELECT ' || repeat('NOT ', 3000) || 'rdf_validate('''', ''d@1'')'; END $$;
SELECT policy, version, kind, object FROM rdf_policy_dependents;
SET max_stack_depth = '500kB';
SELECT policy, version, kind, object FROM rdf_policy_dependents;
\set VERBOSITY terse
SELECT rdf_policy_prune('d', 0);
SELECT rdf_policy_drop('d');
\set VERBOSITY default
RESET max_stack_depth;
DROP VIEW deep;

-- A trigger's column can have any name; the view is everybody's.
CREATE TABLE odd ("a\000b" text, "c'\d" text, "é" text);
CREATE TRIGGER a BEFORE INSERT ON odd FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('a\000b', 'd@1');
CREATE TRIGGER b BEFORE INSERT ON odd FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('c''\d', 'd@2');
CREATE TRIGGER c BEFORE INSERT ON odd FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('é', 'd@3');
CREATE TRIGGER d BEFORE INSERT ON odd FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('', 'd@4', 'warn');
CREATE TRIGGER e BEFORE INSERT ON odd FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('é', '\');
CREATE TRIGGER f BEFORE INSERT ON odd FOR EACH ROW EXECUTE FUNCTION rdf_policy_check();
CREATE ROLE dep_reader;
SET ROLE dep_reader;
SELECT policy, version, kind, object FROM rdf_policy_dependents ORDER BY object;
RESET ROLE;
DROP ROLE dep_reader;

-- Bodies that are kept as text are not seen.
CREATE FUNCTION old_style(body text) RETURNS boolean LANGUAGE sql AS $$ SELECT rdf_validate(body, 'd@5') $$;
CREATE FUNCTION procedural(body text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN rdf_validate(body, 'd@5'); END $$;
SELECT count(*) FROM rdf_policy_dependents WHERE version = 5;

-- Of many dependents the first hundred are listed.
DO $$ BEGIN FOR i IN 1..150 LOOP EXECUTE format('CREATE VIEW many_%s AS SELECT rdf_validate('''', ''d.e'')', i); END LOOP; END $$;
DO $$
DECLARE detail text;
BEGIN
    PERFORM rdf_policy_drop('d.e');
EXCEPTION WHEN dependent_objects_still_exist THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RAISE NOTICE '% lines, the last: %', regexp_count(detail, '\n') + 1, regexp_replace(detail, '.*\n', '');
END $$;
RESET search_path;
\set VERBOSITY terse
SET client_min_messages = warning;
DROP SCHEMA dep CASCADE;
SELECT rdf_policy_drop(policy) FROM rdf_policies WHERE policy IN ('d', 'd.e');
