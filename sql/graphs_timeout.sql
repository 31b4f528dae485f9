-- rdfpolicy.judgement_timeout: a bound on judging a transaction, which statement_timeout is not at COMMIT.
CREATE SCHEMA timeout;
SET search_path = timeout, public;
CREATE TABLE t (s rdf_term, p rdf_term, o rdf_term);
CREATE INDEX ON t (s, p);
CREATE INDEX ON t (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('timeout', 't', 's', 'p', 'o') > 0 AS registered;
-- A long chain: each step is a layer of reads.
INSERT INTO t SELECT rdf_iri('urn:' || i), '<urn:next>', rdf_iri('urn:' || i + 1) FROM generate_series(1, 3000) i;
SELECT rdf_policy_apply('timeout', 'PREFIX sh: <http://www.w3.org/ns/shacl#>
    <urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path [ sh:oneOrMorePath <urn:next> ] ; sh:nodeKind sh:IRI ] .');
SELECT rdf_graph_enforce('timeout', 'timeout');
INSERT INTO t VALUES ('<urn:1>', '<urn:p>', '<urn:x>');
\set VERBOSITY sqlstate
SET rdfpolicy.judgement_timeout = '1ms';
INSERT INTO t VALUES ('<urn:1>', '<urn:p>', '<urn:y>');
\set VERBOSITY default
INSERT INTO t VALUES ('<urn:1>', '<urn:p>', '<urn:y>');
-- It is of one judgement: what comes after goes on, whatever became of it.
SELECT pg_sleep(0.05) IS NOT NULL AS goes_on;
DO $$
BEGIN
    INSERT INTO t VALUES ('<urn:1>', '<urn:p>', '<urn:y>');
    SET CONSTRAINTS ALL IMMEDIATE;
EXCEPTION WHEN query_canceled THEN
    RAISE NOTICE '%', SQLERRM;
    PERFORM pg_sleep(0.05);
    SET LOCAL rdfpolicy.judgement_timeout = 0;
    INSERT INTO t VALUES ('<urn:1>', '<urn:p>', '<urn:z>');
END $$;
SELECT o FROM t WHERE s = '<urn:1>' AND p = '<urn:p>' ORDER BY o::text;
-- A judgement that ends in time leaves no timer behind.
RESET rdfpolicy.judgement_timeout;
DELETE FROM t WHERE s <> '<urn:1>';
SET rdfpolicy.judgement_timeout = '200ms';
DO $$
BEGIN
    FOR i IN 1 .. 50 LOOP
        BEGIN
            DELETE FROM t WHERE s = '<urn:1>' AND p = '<urn:p>';
            SET CONSTRAINTS ALL IMMEDIATE;
            PERFORM pg_sleep(0.3);
            RAISE NOTICE 'slept';
            EXIT;
        EXCEPTION WHEN query_canceled THEN
            -- A machine that is very busy: try again.
            IF SQLERRM !~ 'judgement_timeout' THEN RAISE; END IF;
        END;
    END LOOP;
END $$;
RESET rdfpolicy.judgement_timeout;

SELECT rdf_graph_unenforce('timeout', 'timeout'), rdf_graph_drop('timeout');
DROP SCHEMA timeout CASCADE;
SELECT rdf_policy_drop('timeout');
