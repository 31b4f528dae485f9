-- Transactions that change a graph in a table, judged by what they changed.
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
CREATE SCHEMA kg;
CREATE TABLE kg.triples (s rdf_term NOT NULL, p rdf_term NOT NULL, o rdf_term NOT NULL);
CREATE INDEX ON kg.triples (s, p);
CREATE INDEX ON kg.triples (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('kg', 'kg.triples', 's', 'p', 'o') > 0 AS registered;

SELECT rdf_policy_apply('kg', $$
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:ex:> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:PersonShape sh:targetClass ex:Person ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] ,
        [ sh:path ex:worksFor ; sh:class ex:Company ] .
$$);
SELECT rdf_graph_enforce('kg', 'kg');
SELECT graph, policy, mode, timing, severities, proven_generation FROM rdf_graph_enforcements;
SELECT regexp_replace(pg_get_triggerdef(oid), '(graph_|[(]''|, '')[0-9]+', '\1N', 'g') AS trigger FROM pg_trigger
WHERE tgrelid = 'kg.triples'::regclass ORDER BY 1;

-- A short way to write triples.
CREATE FUNCTION kg.t(s text, p text, o text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO kg.triples VALUES (rdf_iri('urn:ex:' || s),
        CASE p WHEN 'a' THEN rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type') ELSE rdf_iri('urn:ex:' || p) END,
        CASE WHEN o LIKE '"%' THEN rdf_literal(trim(o, '"')) ELSE rdf_iri('urn:ex:' || o) END) $$;
CREATE FUNCTION kg.minus(subject text, predicate text) RETURNS void LANGUAGE sql AS $$
    DELETE FROM kg.triples WHERE s = rdf_iri('urn:ex:' || subject) AND p = rdf_iri('urn:ex:' || predicate) $$;

-- Several statements may pass through a state that is invalid: the commit is judged.
BEGIN;
SELECT kg.t('ann', 'a', 'Person');
SELECT kg.t('ann', 'name', '"Ann"');
COMMIT;
BEGIN;
SELECT kg.t('bob', 'a', 'Person');
COMMIT;
SELECT count(*) FROM kg.triples;

-- The error has what drivers look for.
DO $$
DECLARE
    state text; schema text; tab text; con text; said text;
BEGIN
    PERFORM kg.t('bob', 'a', 'Person');
    SET CONSTRAINTS ALL IMMEDIATE;
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, schema = SCHEMA_NAME, tab = TABLE_NAME, con = CONSTRAINT_NAME;
    RAISE NOTICE '% schema % table % constraint %', state, schema, tab, con;
END $$;

-- A removal, an update, and a change of what is referred to.
SELECT kg.minus('ann', 'name');
UPDATE kg.triples SET o = rdf_iri('urn:ex:ann') WHERE p = rdf_iri('urn:ex:name');
BEGIN;
SELECT kg.t('acme', 'a', 'Company');
SELECT kg.t('ann', 'worksFor', 'acme');
COMMIT;
DELETE FROM kg.triples WHERE s = rdf_iri('urn:ex:acme');
-- Nothing that the policy reads.
SELECT kg.t('ann', 'shoeSize', '"38"');
-- Removed and added again is no change that matters.
BEGIN;
SELECT kg.minus('ann', 'name');
SELECT kg.t('ann', 'name', '"Anna"');
COMMIT;

-- SET CONSTRAINTS judges at once, and what comes later again.
BEGIN;
SELECT kg.t('bob', 'a', 'Person');
SAVEPOINT before;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO before;
SELECT kg.t('bob', 'name', '"Bob"');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT kg.minus('bob', 'name');
ROLLBACK;

-- Savepoints: what was rolled back is no change; what was judged within one that was rolled back is judged again.
BEGIN;
SELECT kg.t('bob', 'a', 'Person');
SAVEPOINT a;
SELECT kg.t('bob', 'name', '"Bob"');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO a;
SET CONSTRAINTS ALL DEFERRED;
COMMIT;
BEGIN;
SELECT kg.t('bob', 'a', 'Person');
SAVEPOINT a;
SELECT kg.t('bob', 'name', '"Bob"');
SAVEPOINT b;
SET CONSTRAINTS ALL IMMEDIATE;
RELEASE b;
SET CONSTRAINTS ALL DEFERRED;
ROLLBACK TO a;
COMMIT;
BEGIN;
SAVEPOINT a;
SELECT kg.t('bob', 'a', 'Person');
ROLLBACK TO a;
SELECT kg.t('carl', 'a', 'Person');
SELECT kg.t('carl', 'name', '"Carl"');
COMMIT;
BEGIN;
SAVEPOINT a;
SELECT kg.t('dora', 'a', 'Person');
SELECT kg.t('dora', 'name', '"Dora"');
RELEASE a;
COMMIT;

-- Ways to write: ON CONFLICT, a writing CTE, MERGE, a cascade, another trigger's change, COPY.
CREATE UNIQUE INDEX triples_once ON kg.triples (s, p, o);
INSERT INTO kg.triples SELECT * FROM kg.triples ON CONFLICT DO NOTHING;
INSERT INTO kg.triples SELECT s, p, o FROM kg.triples WHERE p = rdf_iri('urn:ex:name')
    ON CONFLICT (s, p, o) DO UPDATE SET o = rdf_literal('x', 'urn:ex:type');
WITH gone AS (DELETE FROM kg.triples WHERE p = rdf_iri('urn:ex:name') RETURNING s) SELECT count(*) > 0 FROM gone;
MERGE INTO kg.triples t USING (SELECT rdf_iri('urn:ex:ann') AS s) x ON t.s = x.s AND t.p = rdf_iri('urn:ex:name')
    WHEN MATCHED THEN DELETE;
CREATE FUNCTION kg.mangle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.o := rdf_literal('1', 'xsd:integer');
    RETURN NEW;
END $$;
CREATE TRIGGER mangle BEFORE UPDATE OF p ON kg.triples FOR EACH ROW EXECUTE FUNCTION kg.mangle();
UPDATE kg.triples SET p = p WHERE p = rdf_iri('urn:ex:name');
DROP TRIGGER mangle ON kg.triples;
COPY kg.triples FROM stdin;
<urn:ex:eve>	<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>	<urn:ex:Person>
\.

-- TRUNCATE may remove what others need; here everything goes, and what comes after it is all that is judged.
BEGIN;
TRUNCATE kg.triples;
SELECT kg.t('eve', 'a', 'Person');
COMMIT;

-- Calling what the triggers call changes no verdict.
BEGIN;
SELECT rdf_graph_capture_insert((SELECT source || 'd kg' FROM rdf_graph_sources WHERE graph = 'kg'),
    rdf_iri('urn:ex:x'), rdf_iri('urn:ex:name'), rdf_literal('x'));
SELECT kg.t('eve', 'a', 'Person');
COMMIT;
SELECT rdf_graph_capture_insert('1d none', rdf_iri('urn:ex:x'));
SELECT rdf_graph_capture_insert('2147483647i kg', rdf_iri('urn:ex:x'));
SELECT rdf_graph_capture_insert((SELECT source || 'd kg' FROM rdf_graph_sources WHERE graph = 'kg'), 1);
DO $$
DECLARE target text;
BEGIN
    FOREACH target IN ARRAY '{"",1,1d,"d kg",1dkg,"1s kg","2147483648d kg","99999999999999999999d kg","-1d kg"," 1d kg"}'::text[] LOOP
        BEGIN
            PERFORM rdf_graph_capture_insert(target, rdf_iri('urn:ex:x'), rdf_iri('urn:ex:name'), rdf_literal('x'));
            RAISE NOTICE '"%" is taken', target;
        EXCEPTION WHEN OTHERS THEN
            RAISE NOTICE '"%": % %', target, sqlstate, sqlerrm;
        END;
    END LOOP;
END
$$;
SELECT rdf_graph_capture_insert(NULL, 1);

-- For programs: more results than a text shows, each with what it has; and what is left out is said.
SET rdfpolicy.error_detail = 'json';
CREATE FUNCTION kg.refused(count integer) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE detail text;
BEGIN
    INSERT INTO kg.triples SELECT rdf_iri('urn:ex:j' || i), rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), rdf_iri('urn:ex:Person') FROM generate_series(1, count) i;
    SET CONSTRAINTS ALL IMMEDIATE;
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN detail;
END $$;
SELECT jsonb_pretty(kg.refused(1));
SELECT count, report -> 'valid' AS valid, jsonb_array_length(report -> 'errors') AS errors, report -> 'truncated' AS truncated, report -> 'focusNodes' AS focus_nodes
FROM (VALUES (7), (100), (101)) v(count), kg.refused(count) report;
RESET rdfpolicy.error_detail;

-- Modes.
SELECT rdf_graph_set_mode('kg', 'kg', 'warn');
SELECT kg.t('frank', 'a', 'Person');
SELECT rdf_graph_set_mode('kg', 'kg', 'audit');
SELECT kg.t('gus', 'a', 'Person');
SELECT graph, policy, version, focus_node, result_path, value, violation_type, result_message FROM rdf_graph_violations WHERE graph = 'kg';
SELECT rdf_graph_set_mode('kg', 'kg', 'off');
SELECT kg.t('hal', 'a', 'Person');
SELECT rdf_graph_set_mode('kg', 'kg', 'enforce');
-- What was there before is no fault of who comes later …
SELECT kg.t('dora', 'worksFor', 'acme');
SELECT kg.t('ida', 'a', 'Person');
-- … not of a load either, though one that is most of the graph has all of it read first …
CREATE FUNCTION kg.load(nameless integer) RETURNS bigint LANGUAGE sql AS $$
    WITH added AS (INSERT INTO kg.triples
        SELECT rdf_iri('urn:ex:load' || n), p, o
        FROM generate_series(1, 1500) n, LATERAL (VALUES (rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), rdf_iri('urn:ex:Person')),
            (rdf_iri('urn:ex:name'), rdf_literal('Load ' || n))) AS t (p, o)
        WHERE n <> nameless OR p <> rdf_iri('urn:ex:name') RETURNING 1)
    SELECT count(*) FROM added $$;
SELECT kg.load(700);
SELECT kg.load(0);
DELETE FROM kg.triples WHERE s::text LIKE '<urn:ex:load%';
-- … and is not proven.
SELECT rdf_graph_prove('kg', 'kg');
DELETE FROM kg.triples WHERE s IN (rdf_iri('urn:ex:frank'), rdf_iri('urn:ex:gus'), rdf_iri('urn:ex:hal'));
SELECT rdf_graph_prove('kg', 'kg');
SELECT policy, mode, proven_generation > 0 AS is_proven FROM rdf_graph_enforcements;

-- At the end of each statement.
SELECT rdf_graph_unenforce('kg', 'kg');
SELECT rdf_graph_enforce('kg', 'kg', timing => 'immediate');
BEGIN;
SELECT kg.t('bob', 'a', 'Person');
ROLLBACK;
INSERT INTO kg.triples SELECT (rdf_triple(t.subject, t.predicate, t.object)).*
    FROM rdf_parse('<urn:ex:bob> a <urn:ex:Person> ; <urn:ex:name> "Bob" .') t;

-- Back from a literal: the index on objects has none, and is not asked for one.
SELECT rdf_policy_apply('kg_names', $$
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:ex:> .
ex:NameShape sh:targetObjectsOf ex:name ; sh:property [ sh:path [ sh:inversePath ex:name ] ; sh:maxCount 1 ] .
$$);
SELECT rdf_graph_enforce('kg', 'kg_names');
SELECT kg.t('bill', 'name', '"Bob"');
SELECT kg.t('bill', 'name', '"Bill"');
SELECT rdf_graph_unenforce('kg', 'kg_names');
SELECT rdf_policy_drop('kg_names');

-- What is wrong is said.
SELECT rdf_graph_enforce('kg', 'kg');
SELECT rdf_graph_enforce('kg', 'none');
SELECT rdf_graph_enforce('none', 'kg');
SELECT rdf_graph_enforce('kg', 'kg', 'allow');
SELECT rdf_graph_enforce('kg', 'kg', timing => 'later');
SELECT rdf_graph_enforce('kg', 'kg', severities => '{}');
SELECT rdf_graph_enforce('kg', 'kg', severities => '{Fatal}');
SELECT rdf_graph_set_mode('kg', 'none', 'warn');
SELECT rdf_graph_unenforce('kg', 'none');
SELECT rdf_graph_prove('kg', 'none');

SELECT rdf_graph_unenforce('kg', 'kg');
SELECT count(*) FROM pg_trigger WHERE tgrelid = 'kg.triples'::regclass;
DELETE FROM rdf_catalog_violation;
SELECT rdf_graph_drop('kg');
DROP SCHEMA kg CASCADE;
SELECT rdf_policy_drop('kg');
DELETE FROM rdf_catalog_violation;
