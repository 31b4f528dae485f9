-- Reading the suites: their manifests, which are Turtle, and their tests.

CREATE TABLE test (
    id text PRIMARY KEY,   -- suite and name
    type text NOT NULL,    -- of rdft:, without Test
    action text NOT NULL,  -- files, in the suite's folder
    result text,
    base_iri text,
    status text,           -- of reading action: 00000, or what refused it
    message text);

CREATE FUNCTION base_of(folder text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN 'https://w3c.github.io/rdf-tests/rdf/rdf11/' || folder || '/';

CREATE FUNCTION content_of(suite text, file text) RETURNS text LANGUAGE sql
    RETURN convert_from(pg_read_binary_file(suite || '/' || file), 'UTF8');

-- Lines are read without a base, since their formats have no relative IRIs.
CREATE PROCEDURE read_manifest(suite text, folder text) LANGUAGE sql AS $$
    WITH triple AS MATERIALIZED (SELECT * FROM rdf_parse(content_of(suite, folder || '/manifest.ttl'), base_of(folder) || 'manifest.ttl')),
         fact AS (SELECT subject, substring(rdf_lexical(predicate) FROM '[^/#]*$') AS name, rdf_lexical(object) AS value FROM triple)
    INSERT INTO test (id, type, action, result, base_iri)
    SELECT folder || '/' || substring(rdf_lexical(t.subject) FROM '[^#]*$'), substring(t.value FROM '#Test(.*)$'),
           folder || '/' || substring(a.value FROM '[^/]*$'), folder || '/' || substring(r.value FROM '[^/]*$'),
           CASE WHEN folder IN ('rdf-turtle', 'rdf-trig') THEN a.value END
    FROM fact t JOIN fact a ON (a.subject, a.name) = (t.subject, 'action') LEFT JOIN fact r ON (r.subject, r.name) = (t.subject, 'result')
    WHERE t.name = 'type' AND t.value LIKE '%#Test%'
$$;

CREATE PROCEDURE read_tests(suite text) LANGUAGE plpgsql AS $$
DECLARE
    t test;
BEGIN
    FOR t IN SELECT * FROM test LOOP
        BEGIN
            INSERT INTO quad SELECT DISTINCT t.id, false, q.subject::text, q.predicate::text, q.object::text, q.graph::text
                FROM rdf_parse_quads(content_of(suite, t.action), t.base_iri) AS q;
            INSERT INTO quad SELECT DISTINCT t.id, true, q.subject::text, q.predicate::text, q.object::text, q.graph::text
                FROM rdf_parse_quads(content_of(suite, t.result)) AS q WHERE t.result IS NOT NULL;
            UPDATE test SET status = '00000' WHERE id = t.id;
        EXCEPTION WHEN OTHERS THEN
            UPDATE test SET status = SQLSTATE, message = SQLERRM WHERE id = t.id;
        END;
    END LOOP;
END $$;

CREATE PROCEDURE judge_tests() LANGUAGE sql AS $$
    INSERT INTO verdict
    SELECT id, e.is_exception, (reason IS NULL) <> e.is_exception, reason
    FROM test t, LATERAL (SELECT EXISTS (SELECT FROM exception x WHERE x.id = t.id)) AS e (is_exception), LATERAL (SELECT CASE
        WHEN type LIKE '%Negative%' THEN CASE status WHEN '22P02' THEN NULL WHEN '00000' THEN 'it is read' ELSE status || ' ' || message END
        WHEN status <> '00000' THEN status || ' ' || message
        WHEN result IS NOT NULL AND NOT reads_its_result(id) THEN 'other triples are read' END) AS r (reason)
$$;
