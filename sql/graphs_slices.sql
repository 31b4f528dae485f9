-- A graph that is too large to be judged as a whole is judged in slices, with the same results: by rdfpolicy.max_triples, which a slice may have, as well
-- as by rdfpolicy.work_mem.
\pset format unaligned
\set VERBOSITY terse
CREATE SCHEMA slices;
SET search_path = slices, public;
SET client_min_messages = error;
-- Every kind of read: classes of values and the way up from them, paths of several steps, forwards and inversely, from literals too, repeated paths, shapes
-- of values, recursion, all triples of a node, every kind of target.
SELECT rdf_policy_apply('slices', 'PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <urn:s:> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    ex:A sh:targetClass ex:C0 ; sh:property [ sh:path ex:p0 ; sh:class ex:C1 ; sh:maxCount 2 ], [ sh:path ( ex:p1 ex:p2 ) ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
        [ sh:path [ sh:inversePath ex:p0 ] ; sh:maxCount 2 ; sh:class ex:C0 ], [ sh:path ex:name ; sh:uniqueLang true ; sh:minCount 1 ] .
    ex:B sh:targetClass ex:C1 ; sh:property [ sh:path [ sh:zeroOrMorePath ex:p1 ] ; sh:class ex:C1 ; sh:severity sh:Warning ],
        [ sh:path ( [ sh:inversePath ex:p2 ] ex:name ) ; sh:minLength 4 ], [ sh:path ex:p3 ; sh:node ex:D ] .
    ex:D sh:property [ sh:path ex:p2 ; sh:minCount 1 ], [ sh:path ex:name ; sh:maxLength 6 ] .
    ex:E sh:targetObjectsOf ex:p2 ; sh:not [ sh:property [ sh:path ( ex:p3 [ sh:inversePath ex:p3 ] ex:name ) ; sh:minCount 3 ] ] .
    ex:F sh:targetObjectsOf ex:name ; sh:property [ sh:path [ sh:inversePath ex:name ] ; sh:maxCount 8 ] .
    ex:G sh:targetSubjectsOf ex:p3 ; sh:closed true ; sh:ignoredProperties ( rdf:type ex:name ex:p0 ex:p1 ) ; sh:property [ sh:path ex:p3 ] .
    ex:H sh:targetNode ex:n1, ex:n2, "name 3", ex:nowhere ; sh:property [ sh:path ex:p0 ; sh:minCount 3 ; sh:equals ex:p1 ] .
    ex:I sh:targetClass ex:C2 ; sh:property [ sh:path ex:p1 ; sh:node ex:I ; sh:qualifiedValueShape [ sh:class ex:C0 ] ; sh:qualifiedMinCount 1 ],
        [ sh:path ex:name ; sh:datatype xsd:integer ] .');
SELECT rdf_policy_apply('few', 'PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <urn:s:> ex:A sh:targetClass ex:C0 ; sh:property [ sh:path ex:name ; sh:maxCount 1 ] .');

-- 300 nodes with about 6 triples each; nodes, classes and values of each come from its number, mixed.
CREATE FUNCTION mix(n integer, salt integer, count integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT (('x' || substr(md5(n || ' ' || salt), 1, 7))::bit(28)::integer) % count $$;
CREATE FUNCTION node(n integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN n % 9 = 0 THEN '_:b' || n ELSE '<urn:s:n' || n || '>' END $$;
CREATE TABLE quads AS
    SELECT node(n)::rdf_term AS s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'::rdf_term AS p, ('<urn:s:C' || mix(n, k, 5) || '>')::rdf_term AS o, n % 7 AS g
        FROM generate_series(1, 300) n, generate_series(1, 2) k WHERE mix(n, k + 10, 3) > 0
    UNION ALL SELECT node(n)::rdf_term, ('<urn:s:p' || mix(n, k + 20, 5) || '>')::rdf_term, node(mix(n, k + 30, 300) + 1)::rdf_term, mix(n, k, 7)
        FROM generate_series(1, 300) n, generate_series(1, 3) k
    UNION ALL SELECT node(n)::rdf_term, '<urn:s:name>', rdf_literal('name ' || mix(n, k + 40, 40)), n % 7 FROM generate_series(1, 300) n, generate_series(1, 2) k
    UNION ALL SELECT node(n)::rdf_term, '<urn:s:name>', rdf_lang_literal('Name ' || n, CASE k WHEN 1 THEN 'en' ELSE 'EN' END), 6
        FROM generate_series(1, 300, 7) n, generate_series(1, 2) k
    UNION ALL VALUES ('<urn:s:C3>'::rdf_term, '<http://www.w3.org/2000/01/rdf-schema#subClassOf>'::rdf_term, '<urn:s:C1>'::rdf_term, 0),
        ('<urn:s:C4>', '<http://www.w3.org/2000/01/rdf-schema#subClassOf>', '<urn:s:C3>', 0), ('<urn:s:C3>', '<http://www.w3.org/2000/01/rdf-schema#subClassOf>', '<urn:s:C4>', 0);
ALTER TABLE quads ADD COLUMN gt rdf_term;
UPDATE quads SET gt = CASE WHEN g > 0 THEN rdf_iri('urn:g:' || g) END;
CREATE TABLE dict AS SELECT row_number() OVER (ORDER BY md5(t::text)) * 3 AS id, t FROM (SELECT s AS t FROM quads UNION SELECT p FROM quads UNION SELECT o FROM quads UNION SELECT gt FROM quads
    WHERE gt IS NOT NULL) v;
INSERT INTO dict SELECT id + 100000, t FROM dict; -- each term has two ids
ALTER TABLE dict ADD PRIMARY KEY (id);
CREATE TABLE ids AS SELECT s.id AS s, p.id AS p, o.id AS o, g.id AS g FROM (SELECT row_number() OVER () AS n, * FROM quads) q
    JOIN dict s ON s.t = q.s AND (s.id > 100000) = (n % 2 = 0) JOIN dict p ON p.t = q.p AND (p.id > 100000) = (n % 3 = 0)
    JOIN dict o ON o.t = q.o AND (o.id > 100000) = (n % 5 = 0) LEFT JOIN dict g ON g.t = q.gt AND g.id < 100000;
CREATE VIEW seen AS SELECT s::text, p::text, o::text, gt::text AS g FROM quads;
SELECT rdf_graph_register('terms', 'quads', 's', 'p', 'o', named_graph => 'gt') > 0, rdf_graph_register('ids', 'ids', 's', 'p', 'o', named_graph => 'g', terms => 'dict', term_lexical => 't') > 0,
    rdf_graph_register('view', 'seen', 's', 'p', 'o', named_graph => 'g') > 0;
-- Two sources: terms, and ids of another dictionary.
SELECT rdf_graph_register('both', 'quads', 's', 'p', 'o', named_graph => 'gt', row_filter => 'g < 3') > 0,
    rdf_graph_add_source('both', 'ids', 's', 'p', 'o', named_graph => 'g', terms => 'dict', term_lexical => 't') > 0;

-- All that is said of a graph, in an order of its own: results and, at any depth, their details; counts of groups, of triples and of focus nodes. A message
-- names details in the order of the report; and one class of a value's that are equally near.
CREATE FUNCTION said(graph text, policy text, "each" boolean) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
        SELECT concat_ws(' ', r.policy, focus_node, result_path, value, source_shape, source_constraint_component, result_severity, named_graph) AS line
            FROM rdf_graph_report(graph, policy, 100000, "each" => "each") r
        UNION ALL SELECT concat_ws(' ', e -> 'triplesValidated', e -> 'focusNodes', e -> 'type', e -> 'context', jsonb_array_length(e -> 'details'), CASE WHEN NOT e ? 'details' AND e ->> 'type' <> 'CLASS_VIOLATION' THEN e -> 'message' END)
            FROM jsonb_path_query(rdf_graph_report_jsonb(graph, policy, 100000, "each" => "each"), 'strict $.** ? (exists (@.context) || exists (@.focusNodes))') e
        UNION ALL SELECT concat_ws(' ', s.policy, shape, path, component, results) FROM rdf_graph_summary(graph, policy, "each" => "each") s
        UNION ALL SELECT rdf_graph_validate(graph, policy, "each" => "each")::text) lines $$;
CREATE TABLE whole AS SELECT graph, "each", said(graph, NULL, "each") FROM rdf_graphs, (VALUES (false), (true)) e ("each") WHERE graph IN ('terms', 'ids', 'view', 'both');
SELECT "each", count(DISTINCT said), (SELECT count(*) FROM rdf_graph_report('terms', NULL, 100000, "each" => w."each")) AS results FROM whole w GROUP BY "each" ORDER BY 1;

SET rdfpolicy.max_triples = 700;
SELECT * FROM whole w WHERE said IS DISTINCT FROM said(graph, NULL, "each");
SET rdfpolicy.max_triples = 300;
SELECT * FROM whole w WHERE said IS DISTINCT FROM said(graph, NULL, "each");
SELECT rdf_graph_validate('terms', 'few', '{<urn:g:1>,<urn:g:2>}');
-- One node that reads more than a slice may have.
SET rdfpolicy.max_triples = 10;
SELECT count(*) FROM rdf_graph_report('terms', 'slices', 100000);
SELECT count(*) FROM rdf_graph_report('ids', 'slices', 100000, "each" => true);
RESET rdfpolicy.max_triples;

-- By memory.
INSERT INTO quads SELECT s, p, o, n % 7, rdf_iri('urn:g:' || n % 7 + 1) FROM generate_series(1000, 9000) n, LATERAL (VALUES
    (node(n)::rdf_term, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'::rdf_term, ('<urn:s:C' || n % 5 || '>')::rdf_term), (node(n)::rdf_term, '<urn:s:name>', rdf_literal('name ' || n)),
    (node(n)::rdf_term, '<urn:s:p0>', node(n % 300)::rdf_term), (node(n)::rdf_term, '<urn:s:p1>', node(n - n % 8)::rdf_term)) t (s, p, o);
CREATE TABLE counts AS SELECT "each", s.policy, shape, path, component, results FROM (VALUES (false), (true)) e ("each"), rdf_graph_summary('terms', NULL, "each" => "each") s;
SELECT "each", sum(results) FROM counts GROUP BY 1 ORDER BY 1;
SET rdfpolicy.work_mem = '2MB';
SELECT "each", s.policy, shape, path, component, results FROM (VALUES (false), (true)) e ("each"), rdf_graph_summary('terms', NULL, "each" => "each") s EXCEPT ALL TABLE counts;
DELETE FROM quads WHERE s::text ~ '[0-9]{4}';
-- One node that reads more.
SET rdfpolicy.work_mem = '1MB';
INSERT INTO quads SELECT '<urn:s:big>', '<urn:s:name>', rdf_literal(repeat('x', 500) || n), 6, '<urn:g:6>' FROM generate_series(1, 3000) n;
INSERT INTO quads VALUES ('<urn:s:big>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<urn:s:C0>', 6, '<urn:g:6>');
SELECT count(*) FROM rdf_graph_report('terms', 'few', 100000);
DELETE FROM quads WHERE s = '<urn:s:big>';
RESET rdfpolicy.work_mem;
SET rdfpolicy.max_triples = 300;
-- Rows that are no triples are told as when all is in memory.
CREATE FUNCTION refusal() RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text;
BEGIN
    RETURN rdf_graph_validate('ids', 'slices');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN concat_ws(' | ', regexp_replace(SQLERRM, '\(\(\d+,\d+\)\)', '((page,row))'), nullif(detail, '')); -- pages differ between versions
END $$;
INSERT INTO ids VALUES (-1, 3, 3);
SELECT refusal();
UPDATE ids SET s = (SELECT id FROM dict WHERE rdf_kind(t) = 'literal' ORDER BY id LIMIT 1), p = (SELECT id FROM dict WHERE t = '<urn:s:name>' ORDER BY id LIMIT 1) WHERE s = -1;
\set VERBOSITY default
SELECT refusal();
DELETE FROM ids WHERE s IN (SELECT id FROM dict WHERE rdf_kind(t) = 'literal');

-- A limit of results, and of what is counted, is of all slices together; the shadow of a policy judges in slices too.
SELECT count(*) FROM rdf_graph_report('terms', 'slices', 7);
SELECT sum(results) FROM rdf_graph_summary('terms', 'slices', 100);
SELECT (SELECT count(*) FROM rdf_graph_report('terms', 'slices', 100000, "each" => true)) = (SELECT count(*) FROM rdf_graph_report('ids', 'slices', 100000, "each" => true)) AS same;
-- Proving, and judging a transaction that is as large as the graph.
CREATE INDEX ON quads (s, p);
CREATE INDEX ON quads (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_enforce('terms', 'few', 'warn');
SELECT rdf_graph_prove('terms', 'few');
RESET rdfpolicy.max_triples;
SELECT rdf_graph_unenforce('terms', 'few');
SELECT rdf_graph_drop(graph) FROM rdf_graphs WHERE graph IN ('terms', 'ids', 'view', 'both');
SELECT rdf_policy_drop(p) FROM unnest(ARRAY['slices', 'few']) p;
DROP SCHEMA slices CASCADE;
