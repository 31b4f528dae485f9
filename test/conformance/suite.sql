-- Reading the suite: its manifests, its tests, and the reports that they expect. All of it is Turtle, read by rdf_parse.

-- The triples of every file, by its path in the suite, and of every report that was made, by 'report of ' and the test.
CREATE TABLE document (path text PRIMARY KEY, content text NOT NULL);
CREATE TABLE triple (document text NOT NULL, subject rdf_term NOT NULL, predicate rdf_term NOT NULL, object rdf_term NOT NULL);
CREATE INDEX ON triple (document, subject, predicate);

CREATE TABLE test (
    id text PRIMARY KEY,
    document text NOT NULL, -- where the entry and the expected report are
    data text NOT NULL,
    shapes text NOT NULL,
    result rdf_term NOT NULL, -- the expected report in document, or sht:Failure
    was_refused boolean NOT NULL DEFAULT false,
    passed boolean NOT NULL DEFAULT false,
    reason text);

-- Names, as the suite's own prefixes have them.
CREATE FUNCTION sh(name text) RETURNS rdf_term LANGUAGE sql IMMUTABLE RETURN rdf_iri('http://www.w3.org/ns/shacl#' || name);
CREATE FUNCTION sht(name text) RETURNS rdf_term LANGUAGE sql IMMUTABLE RETURN rdf_iri('http://www.w3.org/ns/shacl-test#' || name);
CREATE FUNCTION mf(name text) RETURNS rdf_term LANGUAGE sql IMMUTABLE
    RETURN rdf_iri('http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#' || name);
CREATE FUNCTION rdf(name text) RETURNS rdf_term LANGUAGE sql IMMUTABLE
    RETURN rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#' || name);

-- The one object of a subject and predicate, NULL where there is none.
CREATE FUNCTION object_of(document text, subject rdf_term, predicate rdf_term) RETURNS rdf_term LANGUAGE sql STABLE
    RETURN (SELECT t.object FROM triple t WHERE (t.document, t.subject, t.predicate) = ($1, $2, $3));

CREATE FUNCTION list_members(document text, list rdf_term) RETURNS rdf_term[] LANGUAGE sql STABLE
    RETURN (WITH RECURSIVE cell(node, place) AS (
                SELECT list, 1 WHERE list <> rdf('nil')
                UNION ALL
                SELECT object_of(document, node, rdf('rest')), place + 1 FROM cell
                    WHERE object_of(document, node, rdf('rest')) <> rdf('nil'))
            SELECT array_agg(object_of(document, node, rdf('first')) ORDER BY place) FROM cell);

-- The base IRI of the suite's files is made up: the suite has none.
CREATE FUNCTION base_iri() RETURNS text LANGUAGE sql IMMUTABLE RETURN 'http://example.org/w3c-shacl/';
CREATE FUNCTION path_of(iri rdf_term) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN substr(rdf_lexical(iri), length(base_iri()) + 1);

CREATE PROCEDURE read_document(folder text, file text) LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM document WHERE path = file) THEN
        RETURN;
    END IF;
    INSERT INTO document VALUES (file, pg_read_file(folder || '/' || file));
    INSERT INTO triple SELECT file, t.subject, t.predicate, t.object
        FROM document d, rdf_parse(d.content, base_iri() || file) AS t WHERE d.path = file;
END $$;

-- A manifest includes manifests; those at the end have entries.
CREATE PROCEDURE read_manifest(folder text, file text) LANGUAGE plpgsql AS $$
DECLARE
    included rdf_term;
    self rdf_term := rdf_iri(base_iri() || file);
BEGIN
    CALL read_document(folder, file);
    FOR included IN SELECT t.object FROM triple t WHERE (t.document, t.subject, t.predicate) = (file, self, mf('include')) LOOP
        CALL read_manifest(folder, path_of(included));
    END LOOP;
    INSERT INTO test (id, document, data, shapes, result)
        SELECT path_of(entry), file,
               path_of(object_of(file, object_of(file, entry, mf('action')), sht('dataGraph'))),
               path_of(object_of(file, object_of(file, entry, mf('action')), sht('shapesGraph'))),
               object_of(file, entry, mf('result'))
        FROM unnest(list_members(file, object_of(file, self, mf('entries')))) AS entry;
END $$;

CREATE PROCEDURE read_suite(folder text) LANGUAGE plpgsql AS $$
DECLARE
    file text;
BEGIN
    CALL read_manifest(folder, 'manifest.ttl');
    CALL read_manifest(folder, 'sparql/component/nodeValidator-001.ttl'); -- no manifest includes it
    FOR file IN SELECT data FROM test UNION SELECT shapes FROM test LOOP
        CALL read_document(folder, file);
    END LOOP;
END $$;

-- A property path in SPARQL's syntax, as rdf_validation_report writes it: from its structure in a document. What stands
-- within another operator is put in parentheses where it is not one IRI or an alternative.
CREATE FUNCTION path_text(document text, path rdf_term, place text = 'any') RETURNS text LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
    operand rdf_term;
    sign record;
    parts text;
BEGIN
    IF rdf_kind(path) = 'iri' THEN
        RETURN path::text;
    END IF;
    IF object_of(document, path, rdf('first')) IS NOT NULL THEN
        SELECT string_agg(path_text(document, part, 'sequence'), '/' ORDER BY number) INTO parts
            FROM unnest(list_members(document, path)) WITH ORDINALITY AS member(part, number);
        RETURN CASE WHEN place = 'any' THEN parts ELSE '(' || parts || ')' END;
    END IF;
    operand := object_of(document, path, sh('alternativePath'));
    IF operand IS NOT NULL THEN
        SELECT string_agg(path_text(document, part), '|' ORDER BY number) INTO parts
            FROM unnest(list_members(document, operand)) WITH ORDINALITY AS member(part, number);
        RETURN '(' || parts || ')';
    END IF;
    operand := object_of(document, path, sh('inversePath'));
    IF operand IS NOT NULL THEN
        parts := '^' || path_text(document, operand, 'inverse');
        RETURN CASE WHEN place IN ('repeated', 'inverse') THEN '(' || parts || ')' ELSE parts END;
    END IF;
    FOR sign IN SELECT * FROM (VALUES ('zeroOrMorePath', '*'), ('oneOrMorePath', '+'), ('zeroOrOnePath', '?')) AS v(name, text) LOOP
        operand := object_of(document, path, sh(sign.name));
        IF operand IS NOT NULL THEN
            parts := path_text(document, operand, 'repeated') || sign.text;
            RETURN CASE WHEN place = 'repeated' THEN '(' || parts || ')' ELSE parts END;
        END IF;
    END LOOP;
    RAISE EXCEPTION '% of % is no property path', path, document;
END $$;

-- What a result is compared by. Absent members are empty; messages are those of the result, in order.
CREATE TYPE result_row AS (focus text, path text, value text, shape text, component text, severity text, source_constraint text, messages text[]);

-- The results of a report (not those nested in them) in a document.
CREATE FUNCTION report_rows(document text, report rdf_term) RETURNS SETOF result_row LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT object_of(document, r, sh('focusNode'))::text,
           coalesce(path_text(document, object_of(document, r, sh('resultPath'))), ''),
           coalesce(object_of(document, r, sh('value'))::text, ''),
           coalesce(object_of(document, r, sh('sourceShape'))::text, ''),
           coalesce(object_of(document, r, sh('sourceConstraintComponent'))::text, ''),
           coalesce(object_of(document, r, sh('resultSeverity'))::text, ''),
           coalesce(object_of(document, r, sh('sourceConstraint'))::text, ''),
           ARRAY(SELECT m.object::text FROM triple m WHERE (m.document, m.subject, m.predicate) = ($1, r, sh('resultMessage')) ORDER BY 1)
    FROM (SELECT t.object FROM triple t WHERE (t.document, t.subject, t.predicate) = ($1, $2, sh('result'))) AS results(r);
END;

CREATE FUNCTION report_conforms(document text, report rdf_term) RETURNS boolean LANGUAGE sql STABLE
    RETURN object_of(document, report, sh('conforms'))::boolean;
