-- Graphs in tables: the same triples in every layout are the same graph.
\pset format unaligned
\set VERBOSITY default
CREATE SCHEMA graphs;
SET search_path = graphs, public;
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
SET client_min_messages = error;
SELECT rdf_policy_apply('g', 'PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://ex/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    ex:P sh:targetClass ex:Person ; sh:property [ sh:path ex:age ; sh:datatype xsd:integer ; sh:minCount 1 ; sh:maxCount 1 ],
        [ sh:path ex:name ; sh:uniqueLang true ], [ sh:path ex:knows ; sh:class ex:Person ], [ sh:path ( ex:home ex:city ) ; sh:minLength 3 ] .
    ex:K sh:targetObjectsOf ex:knows ; sh:nodeKind sh:IRI .');

-- Terms in a table of rdf_term: what all others are made of. A triple stands there twice, and one is of no shape's interest.
CREATE TABLE term AS SELECT subject AS s, predicate AS p, object AS o, NULL::rdf_term AS g FROM rdf_parse('
    PREFIX ex: <http://ex/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    ex:Student rdfs:subClassOf ex:Person .
    ex:ann a ex:Person ; ex:age 41 ; ex:name "Ann"@en, "Anne"@EN, "Anna"@de ; ex:knows ex:bob, _:b ; ex:home _:h .
    _:h ex:city "Y" .
    ex:bob a ex:Student ; ex:age "old", 12 ; ex:motto "\"never\" \\ \n" .')
UNION ALL SELECT subject, predicate, object, '<http://ex/g1>' FROM rdf_parse('PREFIX ex: <http://ex/> ex:cy a ex:Person ; ex:knows ex:ann .')
UNION ALL SELECT subject, predicate, object, '_:g2' FROM rdf_parse('PREFIX ex: <http://ex/> ex:bob ex:age 12 . ex:dee a ex:Person ; ex:age 7 .');
INSERT INTO term SELECT * FROM term WHERE p = '<http://ex/age>' AND o = '41';
SELECT rdf_graph_register('term', 'term', 's', 'p', 'o', named_graph => 'g');

CREATE TABLE ntriples AS SELECT s::text, p::text, o::text, g::text FROM term;
SELECT rdf_graph_register('ntriples', 'ntriples', 's', 'p', 'o', named_graph => 'g');

-- Plain text: kinds by words, and separate columns for IRIs.
CREATE TABLE plain AS SELECT rdf_lexical(s) AS s, rdf_kind(s) AS sk, rdf_lexical(p) AS p, rdf_lexical(o) AS o, rdf_kind(o) AS ok,
    CASE WHEN rdf_lang(o) IS NULL THEN rdf_datatype(o) END AS dt, rdf_lang(o) AS lang, rdf_lexical(g) AS g, rdf_kind(g) AS gk FROM term;
SELECT rdf_graph_register('plain', 'plain', 's', 'p', 'o', encoding => 'plain', subject_kind => 'sk', object_kind => 'ok', datatype => 'dt',
    language => 'lang', named_graph => 'g', graph_kind => 'gk');
CREATE TABLE split AS SELECT CASE sk WHEN 'bnode' THEN '_:' ELSE '' END || s AS s, p,
    CASE ok WHEN 'iri' THEN o WHEN 'bnode' THEN '_:' || o END AS iri, CASE WHEN ok = 'literal' THEN o END AS value, dt, lang, g FROM plain WHERE g IS NULL;
SELECT rdf_graph_register('split', 'split', 's', 'p', 'value', encoding => 'plain', object_iri => 'iri', datatype => 'dt', language => 'lang');

-- Ids of each type. The dictionary has duplicates: two ids for one IRI, and "Ann"@en beside "Ann"@EN.
CREATE TABLE dict AS SELECT row_number() OVER (ORDER BY t::text)::integer AS id,
    CASE rdf_kind(t) WHEN 'iri' THEN 1 WHEN 'bnode' THEN 2 ELSE 3 END::smallint AS kind, rdf_lexical(t) AS lex,
    CASE WHEN rdf_lang(t) IS NULL THEN rdf_datatype(t) END AS dt, rdf_lang(t) AS lang, t
    FROM (SELECT s AS t FROM term UNION SELECT p FROM term UNION SELECT o FROM term UNION SELECT g FROM term WHERE g IS NOT NULL) v;
INSERT INTO dict SELECT id + 1000, kind, lex, dt, upper(lang), t FROM dict;
ALTER TABLE dict ADD PRIMARY KEY (id);
CREATE TABLE ids AS SELECT s.id::bigint AS s, p.id AS p, o.id::bigint AS o, g.id AS g FROM (SELECT row_number() OVER (), * FROM term) v (n, s, p, o, g)
    JOIN dict s ON s.t = v.s AND (s.id > 1000) = (n % 2 = 0) JOIN dict p ON p.t = v.p AND (p.id > 1000) = (n % 3 = 0)
    JOIN dict o ON o.t = v.o AND (o.id > 1000) = (n % 5 = 0) LEFT JOIN dict g ON g.t = v.g AND g.id < 1000;
\set dictionary ', term_lexical => \'lex\', term_kind => \'kind\', term_datatype => \'dt\', term_language => \'lang\', kinds => \'{"1": "iri", "2": "blank", "3": "literal"}\''
SELECT rdf_graph_register('ids', 'ids', 's', 'p', 'o', named_graph => 'g', terms => 'dict' :dictionary);
CREATE FUNCTION uid(bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5($1::text)::uuid $$;
CREATE TABLE udict AS SELECT graphs.uid(id) AS id, kind = 1 AS is_iri, lex FROM dict WHERE kind < 3;
ALTER TABLE udict ADD PRIMARY KEY (id);
CREATE TABLE uids AS SELECT graphs.uid(s) AS s, graphs.uid(p) AS p, graphs.uid(o) AS o FROM ids JOIN dict ON dict.id = o WHERE kind < 3;
SELECT rdf_graph_register('uuid', 'uids', 's', 'p', 'o', terms => 'udict', term_lexical => 'lex', term_kind => 'is_iri',
    kinds => '{"true": "iri", "f": "blank"}');
CREATE TABLE uids_terms AS SELECT s.t AS s, p.t AS p, o.t AS o FROM ids JOIN dict s ON s.id = s JOIN dict p ON p.id = p JOIN dict o ON o.id = o WHERE o.kind < 3;
SELECT rdf_graph_register('uuid_terms', 'uids_terms', 's', 'p', 'o');
-- numeric ids, compared as numbers, with a dictionary that is a view of three tables; its datatypes are ids themselves.
CREATE VIEW ndict AS SELECT id::numeric(20,2) AS id, 'uri' AS kind, lex, NULL::numeric AS dt, NULL AS lang FROM dict WHERE kind = 1
    UNION ALL SELECT id, 'blank', lex, NULL, NULL FROM dict WHERE kind = 2
    UNION ALL SELECT d.id, 'literal', d.lex, t.id, d.lang FROM dict d LEFT JOIN (VALUES (5000, 'http://www.w3.org/2001/XMLSchema#integer'),
        (5001, 'http://www.w3.org/2001/XMLSchema#string')) t (id, iri) ON t.iri = d.dt WHERE kind = 3
    UNION ALL VALUES (5000, 'uri', 'http://www.w3.org/2001/XMLSchema#integer', NULL::numeric, NULL::text), (5001, 'uri', 'http://www.w3.org/2001/XMLSchema#string', NULL, NULL);
CREATE TABLE nids AS SELECT s::numeric, p::numeric, o::numeric, g::numeric FROM ids;
SELECT rdf_graph_register('numeric', 'nids', 's', 'p', 'o', named_graph => 'g', terms => 'ndict', term_lexical => 'lex', term_kind => 'kind',
    term_datatype => 'dt', term_language => 'lang');
-- bytea ids, terms in N-Triples form.
CREATE TABLE bdict AS SELECT decode(md5(id::text), 'hex') AS id, t::text AS term FROM dict;
CREATE UNIQUE INDEX ON bdict (id) INCLUDE (term);
CREATE TABLE bids AS SELECT decode(md5(s::text), 'hex') AS s, decode(md5(p::text), 'hex') AS p, decode(md5(o::text), 'hex') AS o, decode(md5(g::text), 'hex') AS g FROM ids;
SELECT rdf_graph_register('bytea', 'bids', 's', 'p', 'o', named_graph => 'g', terms => 'bdict', term_lexical => 'term', encoding => 'ntriples');

-- Several sources, a constant predicate and graph, a row filter; a partitioned table whose partitions have other columns; a view; an
-- inheritance parent.
CREATE TABLE type_of (gone boolean NOT NULL, o rdf_term, s rdf_term) PARTITION BY LIST (gone);
CREATE TABLE type_of_gone PARTITION OF type_of FOR VALUES IN (true);
CREATE TABLE type_of_rest (dropped integer, s rdf_term, o rdf_term, gone boolean NOT NULL);
ALTER TABLE type_of_rest DROP COLUMN dropped;
ALTER TABLE type_of ATTACH PARTITION type_of_rest FOR VALUES IN (false);
INSERT INTO type_of SELECT false, o, s FROM term WHERE p = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>' AND g IS NULL;
INSERT INTO type_of VALUES (true, '<http://ex/Person>', '<http://ex/nobody>');
CREATE TABLE ages (person rdf_term, age rdf_term);
INSERT INTO ages SELECT s, o FROM term WHERE p = '<http://ex/age>' AND g IS NULL AND s = '<http://ex/ann>';
CREATE TABLE more_ages () INHERITS (ages);
INSERT INTO more_ages SELECT s, o FROM term WHERE p = '<http://ex/age>' AND g IS NULL AND s <> '<http://ex/ann>';
CREATE VIEW others AS SELECT * FROM term WHERE p NOT IN ('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://ex/age>') OR g IS NOT NULL;
SELECT rdf_graph_register('parts', 'type_of', 's', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', 'o', row_filter => 'NOT gone');
SELECT rdf_graph_add_source('parts', 'ages', 'person', '<http://ex/age>', 'age');
SELECT rdf_graph_add_source('parts', 'others', 's', 'p', 'o', named_graph => 'g');

-- Columns of type character, codes that are an enum's or "char"'s.
CREATE TYPE kind AS ENUM ('literal', 'iri', 'nothing', 'bnode');
CREATE TABLE padded AS SELECT s::character(40), sk::kind, p::character(60), o, left(ok, 1)::"char" AS ok, sk AS sk_text, dt, lang::character(5), g::varchar(20), gk::kind FROM plain;
SELECT rdf_graph_register('padded', 'padded', 's', 'p', 'o', encoding => 'plain', subject_kind => 'sk', object_kind => 'ok', datatype => 'dt',
    language => 'lang', named_graph => 'g', graph_kind => 'gk', kinds => '{"i": "iri", "b": "blank", "l": "literal"}');
SELECT rdf_graph_register('codes', 'padded', 's', 'p', 'o', encoding => 'plain', object_kind => 'ok', datatype => 'dt',
    language => 'lang', kinds => '{"i": "iri", "b": "blank", "l": "literal"}', row_filter => $$sk_text = 'iri'$$);
SELECT result_path, count(*) FROM rdf_graph_report('codes', 'g') GROUP BY 1 ORDER BY 1;
SELECT rdf_graph_drop('codes');
CREATE DOMAIN code AS kind;
ALTER TABLE padded ALTER ok TYPE code USING CASE ok WHEN 'i' THEN 'iri' WHEN 'b' THEN 'bnode' ELSE 'literal' END::kind;
SELECT rdf_graph_register('padded', 'padded', 's', 'p', 'o', encoding => 'plain', subject_kind => 'sk', object_kind => 'ok', datatype => 'dt',
    language => 'lang', named_graph => 'g', graph_kind => 'gk');
-- A partition whose rows are elsewhere is read like the others, or nothing is.
CREATE FOREIGN DATA WRAPPER elsewhere;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER elsewhere;
CREATE TABLE spread (s rdf_term, p rdf_term, o rdf_term, n integer) PARTITION BY LIST (n);
CREATE TABLE spread_1 PARTITION OF spread FOR VALUES IN (1);
SELECT rdf_graph_register('spread', 'spread', 's', 'p', 'o');
SELECT rdf_graph_validate('spread', 'g');
CREATE FOREIGN TABLE spread_2 PARTITION OF spread FOR VALUES IN (2) SERVER elsewhere;
SELECT rdf_graph_validate('spread', 'g');
SELECT rdf_graph_drop('spread');

-- What they say, all alike; and as the document.
\set columns 'focus_node, result_path, value, source_shape, source_constraint_component, result_message'
SELECT focus_node, result_path, value, result_message FROM rdf_graph_report('term', 'g') ORDER BY 1, 2, 3;
SELECT graph, md5(string_agg(r::text, ' ' ORDER BY r::text)) = (SELECT md5(string_agg(r::text, ' ' ORDER BY r::text)) FROM (SELECT :columns FROM rdf_graph_report('term', 'g')) r) AS same
FROM rdf_graphs, LATERAL (SELECT :columns FROM rdf_graph_report(graph, 'g')) r WHERE graph NOT IN ('split', 'uuid', 'uuid_terms') GROUP BY graph ORDER BY graph;
SELECT count(*) FROM (SELECT :columns FROM rdf_graph_report('split', 'g') EXCEPT SELECT :columns FROM rdf_graph_report('term', 'g', named_graphs => '{NULL}')) d;
SELECT count(*) FROM (SELECT :columns FROM rdf_graph_report('uuid', 'g') EXCEPT ALL SELECT :columns FROM rdf_graph_report('uuid_terms', 'g')) d;
SELECT (SELECT count(*) FROM rdf_graph_report('split', 'g')) = (SELECT count(*) FROM rdf_graph_report('term', 'g', named_graphs => '{NULL}')) AS default_graph,
    (SELECT count(*) FROM rdf_graph_report('uuid', 'g')) = (SELECT count(*) FROM rdf_graph_report('uuid_terms', 'g')) AS nodes;
SELECT rdf_graph_validate('term', 'g'), rdf_graph_validate('term');
SELECT rdf_graph_report_jsonb('ids', 'g') - 'errors' AS counts, jsonb_array_length(rdf_graph_report_jsonb('ids', 'g') -> 'errors') AS errors;
SELECT count(*) AS results FROM rdf_parse(rdf_graph_report_turtle('ids', 'g')) WHERE (predicate, object) = ('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://www.w3.org/ns/shacl#ValidationResult>');
SELECT shape, path, results FROM rdf_graph_summary('ids', 'g') ORDER BY 1, 2;

-- Named graphs: some, and each by itself.
SELECT g.graph, named, (SELECT count(*) FROM rdf_graph_report(g.graph, 'g', named_graphs => named)) FROM (VALUES ('term'), ('ntriples'), ('plain'), ('ids'), ('bytea'), ('parts')) g (graph),
    (VALUES ('{<http://ex/g1>}'::text[]), ('{_:g2,NULL}'), ('{NULL}'), ('{<http://ex/none>}'), ('{}')) n (named) ORDER BY 1, 2;
SELECT named_graph, focus_node, result_path FROM rdf_graph_report('term', 'g', "each" => true) ORDER BY 1, 2, 3;
SELECT graph, md5(string_agg(r::text, ' ' ORDER BY r::text)) = (SELECT md5(string_agg(r::text, ' ' ORDER BY r::text)) FROM rdf_graph_report('term', 'g', "each" => true) r) AS same
FROM rdf_graphs, LATERAL rdf_graph_report(graph, 'g', "each" => true) r WHERE graph NOT IN ('term', 'split', 'uuid', 'uuid_terms') GROUP BY graph ORDER BY graph;
SELECT rdf_graph_validate('ids', 'g', '{_:g2}', "each" => true), rdf_graph_validate('ids', 'g', '{_:g2,<http://ex/g1>}', "each" => true), rdf_graph_validate('ids', 'g', '{}');
SELECT rdf_graph_validate('term', 'g', '{"\"x\""}');

-- A part: shapes, focus nodes; nothing else is read. Every layout finds them through its indexes.
SELECT graph, (SELECT count(*) FROM rdf_graph_report(graph, 'g', shape => '<http://ex/K>')) AS k, (SELECT count(*) FROM rdf_graph_report(graph, 'g', shape => 'http://ex/P')) AS p,
    (SELECT string_agg(DISTINCT focus_node::text, ' ') FROM rdf_graph_report(graph, 'g', focus => '{<http://ex/cy>,<http://ex/bob>,<http://ex/nobody>}')) AS focus,
    (SELECT count(DISTINCT focus_node) FROM rdf_graph_report(graph, 'g', shape => '<http://ex/P>', limit_focus => 1)) <= 1 AS one
FROM rdf_graphs WHERE graph NOT IN ('split', 'uuid', 'uuid_terms') ORDER BY graph;
SELECT count(*) FROM rdf_graph_report('term', 'g', shape => '<http://ex/P>', focus => '{_:b}');
SELECT rdf_graph_report('term', 'g', shape => '<http://ex/Q>');
SELECT rdf_graph_report('term', 'g', shape => 'P');
SELECT rdf_graph_report('term', 'g', focus => ARRAY['<http://ex/a>', NULL]::rdf_term[]);
SELECT rdf_graph_report('term', 'g', limit_focus => 0);
SELECT rdf_graph_report('term', 'g', limit_focus => 1, "each" => true);
SELECT rdf_graph_report('term', 'none');
SELECT rdf_graph_report('none', 'g');
SELECT rdf_graph_report(NULL, 'g');

-- Limits: of a slice, where the whole has more.
SET rdfpolicy.max_triples = 5;
SELECT count(*) FROM rdf_graph_report('ids', 'g');
SELECT count(*) FROM rdf_graph_report('term', 'g');
RESET rdfpolicy.max_triples;
INSERT INTO term SELECT rdf_iri('urn:' || n), '<http://ex/age>', n FROM generate_series(1, 20000) n;
SET rdfpolicy.work_mem = '1MB';
-- What does not fit as a whole is judged in slices of focus nodes.
SELECT rdf_graph_validate('term', 'g'), rdf_graph_validate('term', 'g', '{<http://ex/g1>}');
SELECT :columns FROM rdf_graph_report('term', 'g') ORDER BY 1, 2, 3;
SELECT shape, path, results FROM rdf_graph_summary('term', 'g') ORDER BY 1, 2, component;
SELECT rdf_graph_validate('term', 'g', "each" => true);
CREATE INDEX ON term (s);
CREATE INDEX ON term (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT count(*) FROM rdf_graph_report('term', 'g', focus => '{<http://ex/bob>}');
RESET rdfpolicy.work_mem;
DELETE FROM term WHERE s::text LIKE '<urn:%';

-- A graph without rows conforms; one whose rows go is another.
DELETE FROM term;
SELECT rdf_graph_validate('term', 'g');
INSERT INTO term VALUES ('<http://ex/x>', '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<http://ex/Person>');
SELECT rdf_graph_validate('term', 'g');
SELECT rdf_graph_drop(graph) FROM rdf_graphs;
DROP FOREIGN DATA WRAPPER elsewhere CASCADE;
DROP SCHEMA graphs CASCADE;
SELECT rdf_policy_drop('g');
