-- What a call keeps from one document to the next: reloads, errors, savepoints, calls within calls, other types, memory.
\pset format unaligned
\pset tuples_only on
SET rdfpolicy.staging_notice = off;

-- A policy that needs one property, and reads another only where it is there. Which has which id is the other way round in each.
CREATE FUNCTION needs(needed text, other text) RETURNS text LANGUAGE sql AS $$
    SELECT format('@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
        ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:%s ; sh:minCount 1 ] , [ sh:path ex:%s ; sh:maxCount 5 ] .', needed, other)
$$;
CREATE FUNCTION document(property text) RETURNS rdf_triple[] LANGUAGE sql AS $$
    SELECT ARRAY[rdf_triple('<http://ex/x>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://ex/C>'),
                 rdf_triple('<http://ex/x>', rdf_iri('http://ex/' || property), rdf_literal('v'))]
$$;
SELECT rdf_policy_register('site_p', needs('a', 'b'));
SELECT success FROM rdf_policy_reload('site_p');

-- One call site, whose policy is another after each reload of the same transaction.
DO $$
DECLARE
    verdicts text := '';
BEGIN
    FOR turn IN 1 .. 4 LOOP
        FOR again IN 1 .. 3 LOOP
            verdicts := verdicts || CASE WHEN rdf_validate(document('a'), 'site_p') THEN 'a' ELSE '-' END;
            verdicts := verdicts || CASE WHEN rdf_validate(document('b'), 'site_p') THEN 'b' ELSE '-' END;
        END LOOP;
        verdicts := verdicts || ' ';
        PERFORM rdf_policy_register('site_p', CASE WHEN turn % 2 = 1 THEN needs('b', 'a') ELSE needs('a', 'b') END);
        PERFORM rdf_policy_reload('site_p');
    END LOOP;
    RAISE NOTICE '%', verdicts;
END
$$;

-- A reload that is undone: what was kept before it, and in it, is not what counts after it.
DO $$
DECLARE
    verdicts text := '';
BEGIN
    FOR turn IN 1 .. 3 LOOP
        BEGIN
            FOR again IN 1 .. 6 LOOP
                verdicts := verdicts || CASE WHEN rdf_validate(document('a'), 'site_p') THEN 'a' ELSE '-' END;
                IF again = 3 AND turn = 2 THEN
                    PERFORM rdf_policy_register('site_p', needs('b', 'a'));
                    PERFORM rdf_policy_reload('site_p');
                END IF;
            END LOOP;
            RAISE EXCEPTION USING errcode = 'P0001';
        EXCEPTION WHEN raise_exception THEN
            verdicts := verdicts || ' ';
        END;
    END LOOP;
    RAISE NOTICE '%', verdicts;
END
$$;

-- Documents that cannot be read, between others, at one call site.
CREATE FUNCTION verdict_of(document jsonb) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN rdf_validate(document, 'site_p');
EXCEPTION WHEN invalid_text_representation THEN
    RETURN 'unreadable';
END
$$;
SELECT string_agg(verdict_of(d), ' ' ORDER BY n)
FROM (VALUES (1, '[{"subject": "<http://ex/x>", "predicate": "rdf:type", "value": "<http://ex/C>"}, {"subject": "<http://ex/x>", "predicate": "<http://ex/a>", "value": 1}]'::jsonb),
             (2, '[{"subject": "<http://ex/x>", "predicate": "rdf:type", "value": "<http://ex/C>"}, {"subject": "<http://ex/x>", "predicate": "<http://ex/a >", "value": 1}]'),
             (3, '[{"subject": "<http://ex/x>", "predicate": "rdf:type", "value": "<http://ex/C>"}, {"subject": "<http://ex/x>", "predicate": "<http://ex/b>", "value": 1}]'),
             (4, '[{"subject": "<http://ex/x>", "predicate": "rdf:type", "value": "<http://ex/C>"}, {"subject": "<http://ex/x>", "predicate": "<http://ex/a>"}]'),
             (5, '[{"subject": "<http://ex/x>", "predicate": "rdf:type", "value": "<http://ex/C>"}, {"subject": "<http://ex/x>", "predicate": "<http://ex/a>", "value": 1}]')) v (n, d);

-- A call whose document comes from a call of the same function at the same place.
CREATE FUNCTION nested(depth integer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN rdf_validate(CASE WHEN depth = 0 OR nested(depth - 1) THEN document('b') ELSE document('a') END, 'site_p');
END
$$;
SELECT string_agg(nested(depth)::text, ' ' ORDER BY depth) FROM generate_series(0, 5) depth;

-- One place, another policy in each row, and a statement that is planned for any parameters.
PREPARE judge (text, rdf_triple[]) AS SELECT rdf_validate($2, $1);
SET plan_cache_mode = force_generic_plan;
SELECT rdf_policy_register('site_q', needs('b', 'a'));
SELECT success FROM rdf_policy_reload('site_q');
EXECUTE judge('site_p', document('a'));
EXECUTE judge('site_q', document('a'));
EXECUTE judge('site_q', document('b'));
EXECUTE judge('site_p', document('b'));
RESET plan_cache_mode;
SELECT string_agg(rdf_validate(document(d), policy)::text, ' ' ORDER BY n, policy)
FROM (SELECT n, policy, d FROM generate_series(1, 3) n, (VALUES ('site_p', 'a'), ('site_p', 'b'), ('site_q', 'a'), ('site_q', 'b')) v (policy, d) ORDER BY 1, 2, 3) rows;
SELECT string_agg(rdf_validate(document(d), policy)::text, ' ' ORDER BY n)
FROM (VALUES (1, 'site_p', 'a'), (2, 'site_p', 'a'), (3, 'site_q', 'a'), (4, 'site_q', 'a'), (5, 'site_p', 'a'), (6, 'site_q', 'b'), (7, 'site_q', 'b'), (8, 'site_p', 'b')) v (n, policy, d);

-- Where every predicate is read, those that the policy does not name have other ids in each document.
SELECT rdf_policy_register('site_closed', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
    ex:S sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ) ;
        sh:property [ sh:path ex:a ; sh:maxCount 1 ] .');
SELECT success FROM rdf_policy_reload('site_closed');
SELECT d, e, (SELECT string_agg(result_path, ' ' ORDER BY result_path) FROM rdf_validation_report(document(d) || document(e), 'site_closed'))
FROM (VALUES ('a', 'a'), ('x', 'y'), ('y', 'z'), ('z', 'x'), ('a', 'z'), ('x', 'x')) v (d, e);
SELECT string_agg(rdf_validate(document(d), 'site_closed')::text, ' ' ORDER BY n) FROM (VALUES (1, 'a'), (2, 'x'), (3, 'a'), (4, 'y'), (5, 'a')) v (n, d);

-- More predicates than are remembered, and such as are too long for it.
SELECT count(*) FILTER (WHERE rdf_validate(document('b') || (SELECT array_agg(t) FROM (
           SELECT rdf_triple('<http://ex/x>', rdf_iri('http://ex/other/' || row || '/' || n), rdf_literal('v')) t FROM generate_series(1, 100) n) o)
           || CASE WHEN row % 2 = 0 THEN document('a') ELSE document(repeat('a', 200)) END, 'site_p')),
       count(*)
FROM generate_series(1, 20) row;

-- What a call keeps does not grow with the number of its calls.
DO $$
DECLARE
    bytes bigint[];
    d rdf_triple[] := document('a');
    j jsonb := '[{"subject": "<http://ex/x>", "predicate": "rdf:type", "value": "<http://ex/C>"}, {"subject": "<http://ex/x>", "predicate": "<http://ex/a>", "value": 1}]';
BEGIN
    FOR i IN 1 .. 100000 LOOP
        IF NOT rdf_validate(d, 'site_p') OR NOT rdf_validate(j, 'site_p') THEN
            RAISE EXCEPTION 'call % does not conform', i;
        END IF;
        IF i % 49000 = 1000 THEN
            bytes := bytes || (SELECT sum(used_bytes)::bigint FROM pg_backend_memory_contexts);
        END IF;
    END LOOP;
    RAISE NOTICE '%: more than 10 %% were taken by 98,000 calls', bytes[3] > bytes[1] * 1.1;
END
$$;

SELECT rdf_policy_drop(policy) FROM unnest('{site_p,site_q,site_closed}'::text[]) policy;
DROP FUNCTION needs, document, verdict_of, nested;
DEALLOCATE judge;
RESET rdfpolicy.staging_notice;
