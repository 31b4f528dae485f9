-- Reading the suite: its manifest, its contexts, and its tests.

CREATE TABLE test (
    id text PRIMARY KEY,
    type text NOT NULL,         -- of jld:, without Test
    action text NOT NULL,       -- files, in the suite's folder
    result text,
    error_code text,
    base_iri text NOT NULL,
    context text,               -- the IRI of the option expandContext
    status text,                -- of reading action: 00000, or what refused it
    message text,
    detail text);

-- Contexts of the suite that are refused when they are registered.
CREATE TABLE refused_context (iri text PRIMARY KEY, detail text NOT NULL);

CREATE FUNCTION base_of(file text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN 'https://w3c.github.io/json-ld-api/tests/' || file;

CREATE FUNCTION content_of(suite text, file text) RETURNS text LANGUAGE sql
    RETURN convert_from(pg_read_binary_file(suite || '/' || file), 'UTF8');

-- Tests of version 1.0 alone are not of this suite. The manifest has a file in a folder that toRdf has a copy of.
CREATE PROCEDURE read_manifest(suite text) LANGUAGE sql AS $$
    INSERT INTO test (id, type, action, result, error_code, base_iri, context)
    SELECT substring(t ->> '@id' FROM 3), substring(t #>> '{@type,0}' FROM 'jld:(.*)Test$'), action, t ->> 'expect', t ->> 'expectErrorCode',
           coalesce(t #>> '{option,base}', base_of(action)), base_of(t #>> '{option,expandContext}')
    FROM jsonb_array_elements(content_of(suite, 'toRdf-manifest.jsonld')::jsonb -> 'sequence') AS t,
         LATERAL (SELECT regexp_replace(t ->> 'input', '^expand/', 'toRdf/')) AS a (action)
    WHERE t #>> '{option,specVersion}' IS DISTINCT FROM 'json-ld-1.0'
$$;

-- All files of contexts, and the documents that name themselves as a context. Some include one another, so all IRIs are there first, with
-- nothing under them.
CREATE PROCEDURE register_contexts(suite text) LANGUAGE plpgsql AS $$
DECLARE
    file text;
    files text[] := ARRAY(SELECT 'toRdf/' || f FROM pg_ls_dir(suite || '/toRdf') AS f WHERE f ~ 'context.*\.jsonld$'
        UNION ALL SELECT 'toRdf/c031/' || f FROM pg_ls_dir(suite || '/toRdf/c031') AS f
        UNION ALL SELECT format('toRdf/%s-in.jsonld', f) FROM unnest('{er05,so03,so12}'::text[]) AS f);
    refusal text;
BEGIN
    FOREACH file IN ARRAY files LOOP
        PERFORM rdf_context_register(base_of(file), '{"@context": {}}'::jsonb);
    END LOOP;
    FOREACH file IN ARRAY files LOOP
        BEGIN
            PERFORM rdf_context_register(base_of(file), content_of(suite, file)::jsonb, replace => true);
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS refusal = PG_EXCEPTION_DETAIL;
            INSERT INTO refused_context VALUES (base_of(file), refusal);
        END;
    END LOOP;
    PERFORM rdf_context_drop(iri) FROM refused_context;
    COMMIT;
END $$;

CREATE PROCEDURE read_tests(suite text) LANGUAGE plpgsql AS $$
DECLARE
    t test;
    refusal text;
BEGIN
    FOR t IN SELECT * FROM test WHERE id NOT IN (SELECT id FROM left_out) LOOP
        BEGIN
            INSERT INTO quad SELECT DISTINCT t.id, false, q.subject::text, q.predicate::text, q.object::text, q.graph::text
                FROM rdf_parse_quads(content_of(suite, t.action)::jsonb, t.base_iri, t.context) AS q;
            INSERT INTO quad SELECT DISTINCT t.id, true, q.subject::text, q.predicate::text, q.object::text, q.graph::text
                FROM rdf_parse_quads(content_of(suite, t.result)) AS q WHERE t.result IS NOT NULL;
            UPDATE test SET status = '00000' WHERE id = t.id;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS refusal = PG_EXCEPTION_DETAIL;
            UPDATE test SET status = SQLSTATE, message = SQLERRM, detail = refusal WHERE id = t.id;
        END;
    END LOOP;
END $$;

-- The DETAIL of an error begins with the recommendation's code; or that of the error does by which the context was refused that
-- the test names.
CREATE FUNCTION has_error_code(t test) RETURNS boolean LANGUAGE sql STABLE
    RETURN starts_with(t.detail, format('Error code "%s",', t.error_code))
        OR EXISTS (SELECT FROM refused_context c WHERE starts_with(c.detail, format('Error code "%s",', t.error_code)) AND t.message LIKE '%' || c.iri || '%');

CREATE PROCEDURE judge_tests() LANGUAGE sql AS $$
    INSERT INTO verdict
    SELECT id, false, reason IS NULL, reason
    FROM test t, LATERAL (SELECT CASE
        WHEN type LIKE 'Negative%' AND status = '00000' THEN format('it is read, but %s', error_code)
        WHEN type LIKE 'Negative%' AND NOT has_error_code(t) THEN format('not "%s", but %s %s: %s', error_code, status, message, detail)
        WHEN type NOT LIKE 'Negative%' AND status <> '00000' THEN format('%s %s: %s', status, message, detail)
        WHEN result IS NOT NULL AND NOT reads_its_result(id) THEN 'other triples are read' END) AS r (reason)
    WHERE id NOT IN (SELECT id FROM left_out)
$$;
