-- rdf_validate_agg: the triples of a group as one graph.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default

SELECT rdf_policy_register('agg', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:S sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .
$$);
SELECT rdf_policy_register('agg_empty', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://ex/> .
ex:S sh:targetNode ex:required ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .
$$);
SELECT success FROM rdf_policy_reload();

CREATE TABLE triples (g integer, s rdf_term, p rdf_term, o rdf_term, policy text);
INSERT INTO triples SELECT 1, subject, predicate, object, 'agg' FROM rdf_parse('<http://ex/a> a <http://ex/Person> ; <http://ex/name> "Anna" .');
INSERT INTO triples SELECT 2, subject, predicate, object, 'agg' FROM rdf_parse('<http://ex/a> a <http://ex/Person> .');
INSERT INTO triples VALUES (3, NULL, NULL, NULL, 'agg');
INSERT INTO triples SELECT 4, subject, predicate, object, 'agg_empty' FROM rdf_parse('<http://ex/required> <http://ex/name> "x" .');
SELECT g, rdf_validate_agg(s, p, o, 'agg'), rdf_validate_agg(s, p, o, 'agg_empty'), rdf_validate_agg(s, p, o), rdf_validate_agg(s, p, o, policy)
FROM triples GROUP BY g ORDER BY g;
-- The same whatever the plan.
SET enable_hashagg = off;
SELECT g, rdf_validate_agg(s, p, o, 'agg') FROM triples GROUP BY g ORDER BY g;
RESET enable_hashagg;
SELECT g, rdf_validate_agg(s, p, o, 'agg' ORDER BY s, p, o), rdf_validate_agg(DISTINCT s, p, o, 'agg') FROM triples GROUP BY g ORDER BY g;
SELECT g, rdf_validate_agg(s, p, o, 'agg') OVER (PARTITION BY g ORDER BY p DESC) FROM triples WHERE g = 1;

-- No rows: the empty graph, judged by the policy that the call names.
SELECT rdf_validate_agg(s, p, o, 'agg'), rdf_validate_agg(s, p, o, 'agg_empty'), rdf_validate_agg(s, p, o) FROM triples WHERE false;
SELECT rdf_validate_agg(s, p, o, 'agg') FILTER (WHERE o = '"x"'), rdf_validate_agg(s, p, o, 'agg_empty') FILTER (WHERE false) FROM triples WHERE g = 1;
SELECT rdf_validate_agg(s, p, o, 'no_such_policy') FROM triples WHERE false;
PREPARE judge_none(text) AS SELECT rdf_validate_agg(s, p, o, $1) FROM triples WHERE false;
SET plan_cache_mode = force_generic_plan;
EXECUTE judge_none('agg');
EXECUTE judge_none('agg_empty');
EXECUTE judge_none(NULL);
RESET plan_cache_mode;
CREATE FUNCTION judge_none(policy_name text) RETURNS boolean LANGUAGE plpgsql AS
    $$ BEGIN RETURN (SELECT rdf_validate_agg(s, p, o, policy_name) FROM triples WHERE false); END $$;
SELECT judge_none('agg'), judge_none('agg_empty');
SELECT rdf_validate_agg(s, p, o, policy) FROM triples WHERE false;
\echo :LAST_ERROR_SQLSTATE

-- A policy that is NULL: every active one. One policy per group.
SELECT rdf_validate_agg(s, p, o, NULL) FROM triples WHERE g = 1;
SELECT rdf_validate_agg(s, p, o, policy) FROM triples;
SELECT rdf_validate_agg(s, p, o, nullif(policy, 'agg')) FROM triples;
\echo :LAST_ERROR_SQLSTATE
-- A row with some NULLs, and what is no triple, are errors.
INSERT INTO triples VALUES (5, '<http://ex/a>', NULL, '1', 'agg');
SELECT rdf_validate_agg(s, p, o, 'agg') FROM triples WHERE g = 5;
\echo :LAST_ERROR_SQLSTATE
SELECT rdf_validate_agg(o, p, s, 'agg') FROM triples WHERE g = 4;
SELECT rdf_validate_agg(s, '_:b', o, 'agg') FROM triples WHERE g = 4;
\echo :LAST_ERROR_SQLSTATE
-- Limits.
SET rdfpolicy.max_triples = 100;
SELECT rdf_validate_agg(rdf_iri('http://ex/' || i), '<http://ex/p>', '1', 'agg') FROM generate_series(1, 101) i;
RESET rdfpolicy.max_triples;
SET rdfpolicy.max_document_size = '1 kB';
SELECT rdf_validate_agg(rdf_iri('http://ex/' || i), '<http://ex/p>', '1', 'agg') FROM generate_series(1, 101) i;
\echo :LAST_ERROR_SQLSTATE
RESET rdfpolicy.max_document_size;
-- Blank node labels have the scope of the group; long terms are kept.
SELECT rdf_validate_agg(subject, predicate, object, 'agg')
FROM (SELECT * FROM rdf_parse('_:x a <http://ex/Person> .') UNION ALL SELECT * FROM rdf_parse('_:x <http://ex/name> "Anna" .')) t;
SELECT rdf_validate_agg('<http://ex/a>', '<http://ex/name>', rdf_literal(repeat('x', i)), 'agg') FROM generate_series(1, 100000, 5000) i;
SELECT count(*) FROM (SELECT rdf_validate_agg(rdf_iri('http://ex/' || i), '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://ex/Person>', 'agg') v
    FROM generate_series(1, 20000) i GROUP BY i % 1000) t WHERE NOT v;

DROP FUNCTION judge_none(text);
DROP TABLE triples;
SELECT rdf_policy_drop('agg'), rdf_policy_drop('agg_empty');
