-- What the benchmark measures with. Documents of 20 triples that conform, in each form; one that violates two property shapes.
CREATE EXTENSION rdfpolicy;
CREATE TABLE source (shapes integer, variant text, shapes_graph text);
CREATE TABLE reload_time (shapes integer, clients integer, started timestamptz, registered timestamptz,
                          reloaded timestamptz, finished timestamptz);

CREATE FUNCTION document_triples() RETURNS SETOF rdf_triple LANGUAGE sql AS $$
    SELECT rdf_triple(('<urn:bench:book:' || n || '>')::rdf_term, predicate::rdf_term, object::rdf_term)
    FROM generate_series(1, 4) n, (VALUES
        ('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<urn:bench:class:n1>'),
        ('<urn:bench:field:title>', '"A book of shapes"'),
        ('<urn:bench:field:pages>', '42'),
        ('<urn:bench:field:state>', '"printed"'),
        ('<urn:bench:field:author>', '<urn:bench:person:1>')) AS t (predicate, object)
$$;
CREATE TABLE document AS
SELECT string_agg(format('%s %s %s .', (t).subject, (t).predicate, (t).object), E'\n') AS ntriples,
       '@prefix c: <urn:bench:class:> . @prefix f: <urn:bench:field:> .'
           || string_agg(DISTINCT format(E'\n%s a c:n1 ; f:title "A book of shapes" ; f:pages 42 ; f:state "printed" ;'
                                         ' f:author <urn:bench:person:1> .', (t).subject), '') AS turtle,
       jsonb_agg(jsonb_build_object('subject', rdf_lexical((t).subject), 'predicate', rdf_lexical((t).predicate))
           || CASE WHEN rdf_kind((t).object) = 'iri'
                   THEN jsonb_build_object('value', rdf_lexical((t).object), 'type', 'uri')
                   ELSE jsonb_build_object('value', rdf_lexical((t).object), 'datatype', rdf_datatype((t).object)) END) AS json,
       array_agg(t) AS triples
FROM document_triples() t;

-- Two calls in one statement, of which each tells twice by which variant it judges.
CREATE VIEW judgement AS
WITH d (document) AS (VALUES ('<urn:x> a <urn:bench:class:n1> ; <urn:bench:field:title> "a" ;'
    ' <urn:bench:field:pages> 0 ; <urn:bench:field:state> "draft" .'))
SELECT result_message AS variant FROM d, rdf_validation_report(document, 'p')
UNION ALL SELECT result_message FROM d, rdf_validation_report(document, 'p');

-- Each reload is registered, reloaded and committed, and differs from the one before.
CREATE PROCEDURE measure_reloads(shape_count integer, reload_count integer, client_count integer) LANGUAGE plpgsql AS $$
DECLARE
    a text := (SELECT shapes_graph FROM source s WHERE s.shapes = shape_count AND variant = 'a');
    b text := (SELECT shapes_graph FROM source s WHERE s.shapes = shape_count AND variant = 'b');
    started timestamptz;
    registered timestamptz;
    reloaded timestamptz;
BEGIN
    FOR n IN 1 .. reload_count LOOP
        started := clock_timestamp();
        PERFORM rdf_policy_register('p', CASE n % 2 WHEN 0 THEN a ELSE b END);
        registered := clock_timestamp();
        PERFORM rdf_policy_reload('p', true);
        reloaded := clock_timestamp();
        COMMIT;
        INSERT INTO reload_time VALUES (shape_count, client_count, started, registered, reloaded, clock_timestamp());
        COMMIT;
    END LOOP;
END
$$;

-- Nanoseconds that each of so many evaluations of an expression over the document takes; `d` is its row.
CREATE FUNCTION nanoseconds_of(expression text, evaluation_count integer) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
    best double precision := 'infinity';
    started timestamptz;
    d document := (SELECT t FROM document t);
    answer bigint;
BEGIN
    FOR try IN 1 .. 3 LOOP
        started := clock_timestamp();
        EXECUTE format('SELECT count(*) FILTER (WHERE %s) FROM generate_series(1, $2)', expression)
            INTO answer USING d, evaluation_count;
        best := least(best, extract(epoch FROM clock_timestamp() - started) * 1e9 / evaluation_count);
        IF answer <> evaluation_count THEN
            RAISE EXCEPTION '% is not true', expression;
        END IF;
    END LOOP;
    RETURN best;
END
$$;

-- Nanoseconds that each row takes to be inserted into a table with such a constraint.
CREATE FUNCTION nanoseconds_of_row(column_name text, check_clause text, row_count integer) RETURNS double precision
LANGUAGE plpgsql AS $$
DECLARE
    best double precision := 'infinity';
    started timestamptz;
BEGIN
    FOR try IN 1 .. 3 LOOP
        EXECUTE format('CREATE UNLOGGED TABLE checked AS SELECT %I AS x FROM document WITH NO DATA', column_name);
        EXECUTE 'ALTER TABLE checked ALTER COLUMN x SET STORAGE PLAIN';
        EXECUTE format('ALTER TABLE checked ADD %s', check_clause);
        started := clock_timestamp();
        EXECUTE format('INSERT INTO checked SELECT %I FROM document, generate_series(1, $1)', column_name) USING row_count;
        best := least(best, extract(epoch FROM clock_timestamp() - started) * 1e9 / row_count);
        EXECUTE 'DROP TABLE checked';
    END LOOP;
    RETURN best;
END
$$;
