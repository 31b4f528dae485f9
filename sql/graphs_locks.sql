-- Locks of one transaction: however many judgements it has, they are bounded.
CREATE TABLE locked (s rdf_term, p rdf_term, o rdf_term);
CREATE INDEX ON locked (s, p);
CREATE INDEX ON locked (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('locked', 'locked', 's', 'p', 'o') > 0 AS registered;
SELECT rdf_policy_apply('locked', '@prefix sh: <http://www.w3.org/ns/shacl#> .
    <urn:S> sh:targetSubjectsOf <urn:name> ; sh:property [ sh:path <urn:name> ; sh:maxCount 1 ] .');
SELECT rdf_graph_enforce('locked', 'locked', timing => 'immediate');
CREATE FUNCTION locks() RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(format('%s %s', mode, CASE WHEN count > 900 AND count < 1100 THEN 'about 1000' ELSE count::text END), ', ' ORDER BY mode)
    FROM (SELECT mode || CASE objsubid WHEN x'5252'::integer THEN ' on the graph' ELSE ' on nodes' END AS mode, count(*)
          FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() GROUP BY 1) l $$;

-- What nothing reads: the graph's lock alone. What is written and read: the node's, once.
BEGIN;
INSERT INTO locked VALUES (rdf_iri('urn:n'), rdf_iri('urn:other'), rdf_literal('n'));
SELECT locks();
INSERT INTO locked VALUES (rdf_iri('urn:n'), rdf_iri('urn:name'), rdf_literal('n'));
SELECT locks();
COMMIT;
-- Many statements, each judged by itself.
BEGIN;
DO $$ BEGIN
    FOR i IN 1 .. 3000 LOOP
        INSERT INTO locked VALUES (rdf_iri('urn:n' || i), rdf_iri('urn:name'), rdf_literal('n'));
    END LOOP;
END $$;
SELECT locks();
COMMIT;
-- One judgement of many nodes locks the graph alone.
BEGIN;
INSERT INTO locked SELECT rdf_iri('urn:m' || i), rdf_iri('urn:name'), rdf_literal('m') FROM generate_series(1, 1500) i;
SELECT locks();
COMMIT;

SELECT rdf_graph_unenforce('locked', 'locked');
SELECT rdf_graph_drop('locked');
SELECT rdf_policy_drop('locked');
DROP FUNCTION locks();
DROP TABLE locked;
