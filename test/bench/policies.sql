-- What reloads are measured with: the sources of policies, times, and a document that violates two property shapes.
CREATE EXTENSION rdfpolicy;
CREATE TABLE source (shapes integer, variant text, shapes_graph text);
CREATE TABLE reload_time (shapes integer, clients integer, started timestamptz, registered timestamptz,
                          reloaded timestamptz, finished timestamptz);

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
