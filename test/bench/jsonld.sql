-- What JSON-LD is measured with: an entity of 30 members as a context broker has it, a registered context of 500 terms and one
-- of those that the entity needs, a policy of 40 shapes that it conforms to, and its triples. Variable rows: how many are inserted.
CREATE EXTENSION rdfpolicy;

-- The members of the entity, and what each is.
CREATE TABLE member (name text PRIMARY KEY, kind text NOT NULL);
INSERT INTO member SELECT 'text' || n, 'string' FROM generate_series(1, 12) n UNION ALL SELECT 'count' || n, 'integer' FROM generate_series(1, 4) n
    UNION ALL SELECT 'measure' || n, 'decimal' FROM generate_series(1, 3) n UNION ALL SELECT 'time' || n, 'dateTime' FROM generate_series(1, 3) n
    UNION ALL SELECT 'ref' || n, 'iri' FROM generate_series(1, 4) n;

-- A term; the last one is for terms that no entity has.
CREATE FUNCTION term_of(name text, kind text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object(name, CASE kind WHEN 'iri' THEN jsonb_build_object('@id', 'ex:' || name, '@type', '@id')
        WHEN 'string' THEN to_jsonb('ex:' || name) WHEN 'integer' THEN to_jsonb('ex:' || name)
        ELSE jsonb_build_object('@id', 'ex:' || name, '@type', 'xsd:' || kind) END)
$$;
CREATE AGGREGATE all_of(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}');
CREATE FUNCTION context_of(more integer) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('@context', '{"@version": 1.1, "ex": "https://bench.example/ns#", "xsd": "http://www.w3.org/2001/XMLSchema#", "id": "@id",
            "type": "@type", "Sensor": "ex:Sensor", "address": "ex:address", "street": "ex:street"}'::jsonb || all_of(term_of(name, kind)))
    FROM (SELECT * FROM member UNION ALL SELECT 'more' || n, 'dateTime' FROM generate_series(1, more) n) AS m
$$;
SELECT rdf_context_register('https://bench.example/needed.jsonld', context_of(0));
SELECT rdf_context_register('https://bench.example/large.jsonld', context_of(468));

CREATE TABLE entity AS
SELECT jsonb_build_object('id', 'urn:bench:sensor:1', 'type', 'Sensor', '@context', 'https://bench.example/large.jsonld', 'address', '{"street": "Main Street"}'::jsonb)
    || all_of(jsonb_build_object(name, CASE kind WHEN 'string' THEN to_jsonb('A text of ' || name) WHEN 'integer' THEN to_jsonb(42)
        WHEN 'decimal' THEN to_jsonb(21.5) WHEN 'dateTime' THEN to_jsonb('2026-01-01T12:00:00Z'::text) ELSE to_jsonb('urn:bench:room:' || name) END)) AS large,
    NULL::jsonb AS needed, NULL::rdf_triple[] AS triples
FROM member;
UPDATE entity SET needed = jsonb_set(large, '{@context}', '"https://bench.example/needed.jsonld"'),
    triples = (SELECT array_agg(t) FROM rdf_parse(large) AS t);

-- 27 property shapes of the entity's members, and 12 of other classes', with their node shapes 40 in all.
SELECT rdf_policy_apply('p', format('@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <https://bench.example/ns#> .
    ex:SensorShape sh:targetClass ex:Sensor ; sh:property [ sh:path ex:address ; sh:minCount 1 ; sh:maxCount 1 ], %s .
    ex:OtherShape sh:targetClass ex:Other ; sh:property %s .',
    string_agg(format('[ sh:path ex:%s ; sh:minCount 1 ; sh:maxCount 1 ; %s ]', name, CASE kind WHEN 'iri' THEN 'sh:nodeKind sh:IRI'
        WHEN 'string' THEN 'sh:datatype xsd:string ; sh:minLength 3' ELSE 'sh:datatype xsd:' || kind END), ', '),
    (SELECT string_agg(format('[ sh:path ex:other%s ; sh:minCount 1 ]', n), ', ') FROM generate_series(1, 11) n)))
FROM member;

-- What a schema for JSON would ask of such an entity, in plain SQL.
CREATE FUNCTION structure_clause() RETURNS text LANGUAGE sql AS $$
    SELECT 'large ->> ''type'' = ''Sensor'' AND jsonb_typeof(large -> ''id'') = ''string'' AND jsonb_typeof(large -> ''address'') = ''object'' AND '
        || string_agg(format(CASE kind WHEN 'integer' THEN 'jsonb_typeof(large -> %1$L) = ''number''' WHEN 'decimal' THEN 'jsonb_typeof(large -> %1$L) = ''number'''
            WHEN 'string' THEN 'jsonb_typeof(large -> %1$L) = ''string'' AND length(large ->> %1$L) >= 3' ELSE 'jsonb_typeof(large -> %1$L) = ''string''' END, name), ' AND ')
    FROM member
$$;

-- Nanoseconds of an evaluation over the entity, the expressions taking turns: the median of nine rounds of each.
CREATE FUNCTION nanoseconds_of(expressions text[], evaluations integer) RETURNS TABLE (expression text, ns double precision) LANGUAGE plpgsql AS $$
DECLARE
    started timestamptz;
    answer bigint;
BEGIN
    CREATE TEMPORARY TABLE round_time (expression text, ns double precision) ON COMMIT DROP;
    FOR round IN 1 .. 9 LOOP
        FOREACH expression IN ARRAY expressions LOOP
            started := clock_timestamp();
            EXECUTE format('SELECT count(*) FILTER (WHERE %s) FROM entity, generate_series(1, $1)', expression) INTO answer USING evaluations;
            INSERT INTO round_time VALUES (expression, extract(epoch FROM clock_timestamp() - started) * 1e9 / evaluations);
            IF answer <> evaluations THEN
                RAISE EXCEPTION '% is not true', expression;
            END IF;
        END LOOP;
    END LOOP;
    RETURN QUERY SELECT r.expression, percentile_cont(0.5) WITHIN GROUP (ORDER BY r.ns) FROM round_time r GROUP BY r.expression;
    DROP TABLE round_time;
END $$;

-- Milliseconds of inserting so many entities into a table with a CHECK.
CREATE FUNCTION milliseconds_of_rows(column_name text, clause text, row_count integer) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
    started timestamptz;
BEGIN
    EXECUTE format('CREATE UNLOGGED TABLE checked AS SELECT %I FROM entity WITH NO DATA', column_name);
    EXECUTE format('ALTER TABLE checked ADD CHECK (%s)', clause);
    started := clock_timestamp();
    EXECUTE format('INSERT INTO checked SELECT %I FROM entity, generate_series(1, $1)', column_name) USING row_count;
    DROP TABLE checked;
    RETURN extract(epoch FROM clock_timestamp() - started) * 1000;
END $$;
