-- Judging the tests: each test's shapes become a policy, its data is judged, and both forms of the report are compared with
-- the expected one.

CREATE TYPE outcome AS (was_refused boolean, passed boolean, reason text);

CREATE FUNCTION policy_name(id text) RETURNS text LANGUAGE sql IMMUTABLE RETURN replace(id, '/', '.');

-- The results that only one side has, with their counts; NULL where the multisets are equal.
CREATE FUNCTION difference(expected result_row[], actual result_row[]) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN (SELECT string_agg(line, E'\n') FROM (
                SELECT '    expected, not found: ' || missing::text FROM (SELECT unnest(expected) EXCEPT ALL SELECT unnest(actual)) AS m(missing)
                UNION ALL
                SELECT '    found, not expected: ' || surplus::text FROM (SELECT unnest(actual) EXCEPT ALL SELECT unnest(expected)) AS s(surplus)
            ) AS lines(line));

-- Rows made comparable. Labels of blank nodes mean the same only where both sides read the data from one document; a source
-- shape that is a blank node is only known to be one, as is a source constraint, which only the graph has. Messages count only
-- where the expected report has some.
CREATE FUNCTION comparable(rows result_row[], labels_count boolean, messages_count boolean, is_graph boolean)
    RETURNS result_row[] LANGUAGE sql IMMUTABLE
    RETURN (SELECT array_agg(ROW(
                CASE WHEN r.focus LIKE '\_:%' AND NOT labels_count THEN '_:' ELSE r.focus END, r.path,
                CASE WHEN r.value LIKE '\_:%' AND NOT labels_count THEN '_:' ELSE r.value END,
                CASE WHEN r.shape LIKE '\_:%' THEN '_:' ELSE r.shape END, r.component, r.severity,
                CASE WHEN NOT is_graph THEN NULL WHEN r.source_constraint LIKE '\_:%' THEN '_:' ELSE r.source_constraint END,
                CASE WHEN messages_count THEN r.messages END)::result_row)
            FROM unnest(rows) AS r);

-- The results as rdf_validation_report has them. It gives messages without their languages: they are not looked at.
CREATE FUNCTION function_rows(test test) RETURNS result_row[] LANGUAGE sql
BEGIN ATOMIC
    SELECT array_agg(ROW(r.focus_node::text, coalesce(r.result_path, ''), coalesce(r.value::text, ''), r.source_shape::text,
                         '<' || r.source_constraint_component || '>', '<' || r.result_severity || '>', NULL, NULL)::result_row)
    FROM document d,
         rdf_validation_report(d.content, policy => policy_name((test).id), base_iri => base_iri() || d.path) AS r
    WHERE d.path = (test).data;
END;

-- Judge the data, and keep the report graph as a document: its node.
CREATE FUNCTION make_report(test test, OUT name text, OUT report rdf_term) LANGUAGE plpgsql AS $$
BEGIN
    name := 'report of ' || test.id;
    INSERT INTO triple SELECT name, t.subject, t.predicate, t.object
        FROM document d,
             rdf_parse(rdf_validation_report_turtle(d.content, policy => policy_name(test.id), base_iri => base_iri() || d.path)) AS t
        WHERE d.path = test.data;
    SELECT t.subject INTO STRICT report FROM triple t
        WHERE (t.document, t.predicate, t.object) = (name, rdf('type'), sh('ValidationReport'));
END $$;

CREATE FUNCTION compare_report(test test) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    expected result_row[] := ARRAY(SELECT r FROM report_rows(test.document, test.result) AS r);
    conforms boolean := report_conforms(test.document, test.result);
    labels_count boolean := test.data = test.document;
    messages_count boolean := EXISTS (SELECT FROM unnest(expected) AS r WHERE cardinality(r.messages) > 0);
    graph record;
    found text;
BEGIN
    SELECT rdf_validate(d.content, policy_name(test.id), base_iri() || d.path)::text INTO found FROM document d WHERE d.path = test.data;
    IF found::boolean IS DISTINCT FROM conforms THEN
        RETURN format('rdf_validate gives %s', found);
    END IF;
    found := difference(comparable(expected, labels_count, false, false), comparable(function_rows(test), labels_count, false, false));
    IF found IS NOT NULL THEN
        RETURN E'rdf_validation_report\n' || found;
    END IF;
    graph := make_report(test);
    IF report_conforms(graph.name, graph.report) IS DISTINCT FROM conforms THEN
        RETURN 'sh:conforms is not ' || conforms;
    END IF;
    found := difference(comparable(expected, labels_count, messages_count, true),
                        comparable(ARRAY(SELECT r FROM report_rows(graph.name, graph.report) AS r), labels_count, messages_count, true));
    IF found IS NOT NULL THEN
        RETURN E'rdf_validation_report_turtle\n' || found;
    END IF;
    RETURN NULL;
END $$;

-- What the suite expects to fail must be refused when it is registered, as ill-formed or not taken.
CREATE FUNCTION judge(test test) RETURNS outcome LANGUAGE plpgsql AS $$
DECLARE
    message text;
    state text;
BEGIN
    BEGIN
        PERFORM rdf_policy_register(policy_name(test.id), d.content, base_iri() || d.path, imports => 'ignore') -- DASH is not here
            FROM document d WHERE d.path = test.shapes;
        PERFORM rdf_policy_reload(policy_name(test.id), must_succeed => true);
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
        RETURN (true, test.result = sht('Failure') AND state IN ('22023', '0A000'), state || ' ' || message);
    END;
    BEGIN
        IF test.result = sht('Failure') THEN
            message := 'is judged, and must fail';
        ELSE
            message := compare_report(test);
        END IF;
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
        message := state || ' ' || message;
    END;
    RETURN (false, message IS NULL, message);
END $$;

-- One transaction for each test, as users have them.
CREATE PROCEDURE judge_suite() LANGUAGE plpgsql AS $$
DECLARE
    case_id text;
    verdict outcome;
BEGIN
    FOR case_id IN SELECT id FROM test ORDER BY id LOOP
        SELECT j.* INTO verdict FROM test t, judge(t) AS j WHERE t.id = case_id;
        UPDATE test SET (was_refused, passed, reason) = (verdict.was_refused, verdict.passed, verdict.reason) WHERE id = case_id;
        COMMIT;
    END LOOP;
END $$;

-- A report with its results made property shapes of the same paths, so that the suite's shapes for shapes judge their structure.
CREATE FUNCTION report_as_shapes(report text) RETURNS rdf_triple[] LANGUAGE sql STABLE
    RETURN ARRAY(SELECT rdf_triple(subject, CASE predicate WHEN sh('resultPath') THEN sh('path') ELSE predicate END, object)
                     FROM triple WHERE document = report
                 UNION ALL
                 SELECT rdf_triple(subject, rdf('type'), sh('PropertyShape')) FROM triple WHERE document = report AND predicate = sh('resultPath'));
