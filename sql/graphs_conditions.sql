-- The conditions of capture triggers are made ready when a statement begins, where the graph is known as it is; else the server makes them. It comes to
-- the same: so what is tried here is tried by a session that knows nothing, and once more.
SET client_min_messages = warning;
CREATE SCHEMA conditions;
SET search_path = conditions, public;
CREATE FUNCTION own_trigger(relation regclass, event text, condition text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE CONSTRAINT TRIGGER %I AFTER %s ON %s FOR EACH ROW %s EXECUTE FUNCTION rdf_graph_judge(''conditions'', ''deferred'', %s)',
        concat('a ', event), event, relation, condition, (SELECT source FROM rdf_graph_sources WHERE graph = 'conditions'));
END $$;
-- Columns in another order than a triple's, of which one is gone.
CREATE TABLE t (gone text, o rdf_term, n integer, p rdf_term, s rdf_term);
ALTER TABLE t DROP COLUMN gone;
CREATE INDEX ON t (s, p);
CREATE INDEX ON t (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_policy_apply('conditions', 'PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX : <urn:>
    :S sh:targetClass :Thing ; sh:property [ sh:path :name ; sh:minCount 1 ; sh:maxLength 3 ] .') > 0 AS applied;
SELECT rdf_graph_register('conditions', 't', 's', 'p', 'o') > 0 AS registered;
SELECT rdf_graph_enforce('conditions', 'conditions');
CREATE PROCEDURE try() LANGUAGE plpgsql AS $try$
DECLARE
    tried text;
    told text;
BEGIN
    FOREACH tried IN ARRAY ARRAY[
        $$INSERT INTO t (s, p, o) VALUES ('<urn:a>', '<urn:name>', '"long"'), ('<urn:a>', rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), '<urn:Thing>')$$,
        $$INSERT INTO t (s, p, o) VALUES ('<urn:a>', '<urn:name>', '"A"'), ('<urn:a>', rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), '<urn:Thing>')$$,
        $$UPDATE t SET o = '"long"' WHERE p = '<urn:name>'$$,
        $$UPDATE t SET n = 1$$,
        $$UPDATE t SET s = '<urn:b>' WHERE p = '<urn:name>'$$,
        $$DELETE FROM t WHERE p = '<urn:name>'$$,
        $$WITH gone AS (DELETE FROM t WHERE p = '<urn:name>' RETURNING s, p) INSERT INTO t (s, p, o) SELECT s, p, '"long"' FROM gone$$,
        $$WITH gone AS (DELETE FROM t WHERE p = '<urn:name>' RETURNING s, p) SELECT count(*) FROM gone$$,
        $$MERGE INTO t USING (SELECT '<urn:name>'::rdf_term AS q) x ON p = q WHEN MATCHED THEN UPDATE SET o = '"long"'$$,
        $$UPDATE t SET o = '"B"' WHERE p = '<urn:name>'$$,
        $$DELETE FROM t$$] LOOP
        BEGIN
            SET CONSTRAINTS ALL DEFERRED;
            EXECUTE tried;
            SET CONSTRAINTS ALL IMMEDIATE;
            RAISE INFO '%: conforms', left(tried, 40);
        EXCEPTION WHEN check_violation THEN
            GET STACKED DIAGNOSTICS told = PG_EXCEPTION_DETAIL;
            RAISE INFO '%: %', left(tried, 40), told;
        END;
    END LOOP;
END $try$;
\c -
SET search_path = conditions, public;
CALL try();
CALL try();
-- Triggers of somebody's own with our function and arguments: of several events, and with other conditions.
SELECT own_trigger('t', 'INSERT OR UPDATE OR DELETE', 'WHEN (pg_trigger_depth() > 7)'),
       own_trigger('t', 'INSERT', 'WHEN (NEW.n > 7)'), own_trigger('t', 'UPDATE', '');
CALL try();
-- With arguments that are nobody's.
CREATE CONSTRAINT TRIGGER b AFTER INSERT ON t FOR EACH ROW WHEN (NEW.n > 7) EXECUTE FUNCTION rdf_graph_judge('conditions', 'deferred', 'none');
CREATE CONSTRAINT TRIGGER c AFTER INSERT ON t FOR EACH ROW WHEN (NEW.n > 7) EXECUTE FUNCTION rdf_graph_judge('else', 'deferred', '1');
CREATE CONSTRAINT TRIGGER d AFTER INSERT ON t FOR EACH ROW WHEN (NEW.n > 7) EXECUTE FUNCTION rdf_graph_judge('conditions', 'soon', '1');
CALL try();
-- Partitions, by their own names and by the table's.
CREATE TABLE parts (s rdf_term, p rdf_term, o rdf_term, k integer) PARTITION BY LIST (k);
CREATE TABLE part1 (k integer, o rdf_term, p rdf_term, s rdf_term);
ALTER TABLE parts ATTACH PARTITION part1 FOR VALUES IN (1);
CREATE TABLE part2 PARTITION OF parts FOR VALUES IN (2);
CREATE INDEX ON parts (s, p);
CREATE INDEX ON parts (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('parts', 'parts', 's', 'p', 'o') > 0 AS registered;
SELECT rdf_graph_enforce('parts', 'conditions');
INSERT INTO parts VALUES ('<urn:a>', '<urn:name>', '"A"', 1), ('<urn:a>', rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), '<urn:Thing>', 2);
UPDATE parts SET o = '"long"' WHERE p = '<urn:name>';
UPDATE part1 SET o = '"long"';
UPDATE parts SET k = 2, o = '"long"' WHERE k = 1;
DELETE FROM part1;
UPDATE parts SET k = 3 - k;
DELETE FROM part2 WHERE p = '<urn:name>';

SELECT rdf_graph_unenforce(graph, policy) FROM rdf_graph_enforcements WHERE graph IN ('conditions', 'parts');
SELECT count(rdf_graph_drop(graph)) FROM unnest('{conditions,parts}'::text[]) graph;
SET client_min_messages = warning;
DROP SCHEMA conditions CASCADE;
SELECT rdf_policy_drop('conditions');
