-- expectations.json, made from the same manifests by another parser: for each test its id, kind (report or failure), conforms
-- and rows [focus node, path, component, value, severity], with blank nodes as _:, language tags in lower case, "" for none.

CREATE TABLE expectation_difference (id text, reason text);

-- A term as the file writes it.
CREATE FUNCTION normal(term text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN term LIKE '\_:%' THEN '_:'
                WHEN term ~ '"@[A-Za-z0-9-]+$' THEN substring(term FROM '^.*"@') || lower(substring(term FROM '"@([A-Za-z0-9-]+)$'))
                ELSE term END;

CREATE FUNCTION without_brackets(iri text) RETURNS text LANGUAGE sql IMMUTABLE RETURN trim(iri, '<>');

CREATE PROCEDURE compare_expectations(expectations jsonb) LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO expectation_difference
    WITH theirs AS (
        SELECT e ->> 'id' AS id, e ->> 'kind' AS kind, (e ->> 'conforms')::boolean AS conforms,
               (SELECT array_agg(r::text ORDER BY r::text COLLATE "C") FROM jsonb_array_elements(e -> 'rows') AS r) AS results
        FROM jsonb_array_elements(expectations) AS e
    ), ours AS (
        SELECT id, CASE WHEN result = sht('Failure') THEN 'failure' ELSE 'report' END AS kind,
               report_conforms(document, result) AS conforms,
               (SELECT array_agg(line ORDER BY line COLLATE "C")
                FROM report_rows(document, result) AS r,
                     CAST(jsonb_build_array(normal(r.focus), r.path, without_brackets(r.component), normal(r.value),
                                            without_brackets(r.severity)) AS text) AS line) AS results
        FROM test WHERE id <> 'sparql/component/nodeValidator-001' -- which no manifest includes
    )
    SELECT coalesce(ours.id, theirs.id),
           format(E'read otherwise by another parser\n    here:  %s\n    there: %s',
                  row_to_json(ours), row_to_json(theirs))
    FROM ours FULL JOIN theirs USING (id)
    WHERE (ours.kind, ours.conforms, ours.results) IS DISTINCT FROM (theirs.kind, theirs.conforms, theirs.results);
END;
