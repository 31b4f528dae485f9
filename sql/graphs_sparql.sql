-- Queries of policies over graphs in tables: judged by what they touch where they are anchored, else as a whole.
CREATE SCHEMA queries;
SET search_path = queries, public;
SET client_min_messages = error;
CREATE TABLE triples (s rdf_term NOT NULL, p rdf_term NOT NULL, o rdf_term NOT NULL, g rdf_term);
CREATE INDEX ON triples (s, p);
CREATE INDEX ON triples (o, p);
SELECT rdf_graph_register('queries', 'triples', 's', 'p', 'o', named_graph => 'g') > 0 AS registered;
CREATE FUNCTION iri(name text) RETURNS rdf_term LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE name WHEN 'a' THEN rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type') ELSE rdf_iri('urn:q:' || name) END $$;
-- "s p o", with a literal in quotes, or an integer.
CREATE FUNCTION triple(line text, OUT s rdf_term, OUT p rdf_term, OUT o rdf_term) LANGUAGE sql IMMUTABLE AS $$
    SELECT iri(w[1]), iri(w[2]), CASE WHEN w[3] LIKE '"%' THEN rdf_literal(trim(w[3], '"'))
        WHEN w[3] ~ '^[0-9]+$' THEN rdf_literal(w[3], 'http://www.w3.org/2001/XMLSchema#integer') ELSE iri(w[3]) END
    FROM string_to_array(line, ' ') w $$;
CREATE FUNCTION plus(VARIADIC lines text[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO queries.triples (s, p, o) SELECT t.* FROM unnest(lines) l, queries.triple(l) t $$;
CREATE FUNCTION minus(VARIADIC lines text[]) RETURNS void LANGUAGE sql AS $$
    DELETE FROM queries.triples d USING unnest(lines) l, queries.triple(l) t WHERE d.s = t.s AND d.p = t.p AND d.o = t.o $$;
-- How a transaction that has been judged was: by nodes that it locked, or the whole graph, or what it changed is read by none.
CREATE FUNCTION judged() RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN bool_or(objsubid = x'5252'::integer AND mode = 'ExclusiveLock') THEN 'as a whole' WHEN bool_or(objsubid = x'5253'::integer) THEN 'by nodes'
        ELSE 'not at all' END FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() $$;

SELECT rdf_policy_apply('queries', $$
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX q: <urn:q:>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
q: sh:declare [ sh:prefix "q" ; sh:namespace "urn:q:"^^xsd:anyURI ] .

q:Person sh:targetClass q:Person ;
    sh:sparql [ sh:message "works for {?value}, which is in no country" ; sh:prefixes q: ; sh:select """
        SELECT $this ?value { $this q:worksFor ?value FILTER NOT EXISTS { ?value q:partOf*/q:country ?country } }""" ] ,
      [ sh:message "has a boss without a name" ; sh:prefixes q: ; sh:select """
        SELECT $this ?value { $this q:boss ?value OPTIONAL { ?value q:name ?name } FILTER(!BOUND(?name)) }""" ] ,
      [ sh:message "has {?n} phones" ; sh:prefixes q: ; sh:select """
        SELECT $this ?n { { SELECT $this (COUNT(?phone) AS ?n) { $this q:phone ?phone } GROUP BY $this } FILTER(?n > 2) }""" ] ,
      [ sh:message "earns more than {?most}" ; sh:prefixes q: ; sh:select """
        SELECT $this ?most { $this q:salary ?salary . q:rules q:most ?most FILTER(?salary > ?most) }""" ] ;
    sh:property [ sh:path q:deputy ; sh:sparql [ sh:message "{?value} is a deputy of two" ; sh:prefixes q: ; sh:select """
        SELECT $this ?value { $this $PATH ?value . ?other $PATH ?value FILTER(?other != $this) }""" ] ] .

q:Known a sh:ConstraintComponent ; sh:parameter [ sh:path q:knownBy ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:message "{?value} is known by none" ; sh:ask "ASK { ?x $knownBy $value }" ] .
q:Room sh:targetSubjectsOf q:room ; sh:property [ sh:path q:room ; q:knownBy q:hasRoom ] .
q:Lead sh:target [ a sh:SPARQLTarget ; sh:prefixes q: ; sh:select """
        SELECT ?this { ?team q:ledBy ?this . ?team q:size ?size FILTER(?size > 3) }""" ] ; sh:property [ sh:path q:name ; sh:minCount 1 ] .
$$);
SELECT rdf_graph_enforce('queries', 'queries');

-- NOT EXISTS over a path.
SELECT plus('ann a Person', 'ann worksFor team');
SELECT plus('ann a Person', 'ann worksFor team', 'team partOf dept', 'dept partOf firm', 'firm country de');
SELECT minus('firm country de');
SELECT minus('team partOf dept');
BEGIN;
SELECT minus('team partOf dept'), plus('team partOf firm');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
COMMIT;
SELECT minus('dept partOf firm');
SELECT plus('ann worksFor other');

-- OPTIONAL: what goes may violate, and what comes.
SELECT plus('ann boss bob');
SELECT plus('ann boss bob', 'bob name "Bob"');
SELECT minus('bob name "Bob"');
BEGIN;
SELECT minus('bob name "Bob"'), minus('ann boss bob');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
COMMIT;

-- An aggregate.
SELECT plus('ann phone 1', 'ann phone 2');
SELECT plus('ann phone 3');
SELECT minus('ann phone 1'), plus('ann phone 3');
-- The same node as a new focus node.
SELECT plus('cem phone 1', 'cem phone 2', 'cem phone 3');
SELECT plus('cem a Person');
BEGIN;
SELECT plus('cem phone 4');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
ROLLBACK;

-- A constant: what changes there concerns everybody.
SELECT plus('rules most 100', 'ann salary 90');
BEGIN;
SELECT plus('ann salary 101');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
BEGIN;
SELECT minus('rules most 100'), plus('rules most 90');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
COMMIT;
SELECT plus('rules most 80');
SELECT plus('rules other 80');

-- $PATH, inversely too; and an ASK of value nodes.
SELECT plus('ann deputy dan');
SELECT plus('eve a Person', 'eve deputy dan');
SELECT plus('ann room r1');
SELECT plus('ann room r1', 'house hasRoom r1');
SELECT minus('house hasRoom r1');

-- Focus nodes that a query finds: new ones, by either triple, and what they lack.
SELECT plus('t1 ledBy gus', 't1 size 3', 't2 size 4');
SELECT plus('t2 ledBy gus');
SELECT plus('t1 size 5');
BEGIN;
SELECT plus('t2 ledBy gus', 'gus name "Gus"');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
COMMIT;
SELECT minus('gus name "Gus"');
BEGIN;
SELECT minus('gus name "Gus"'), minus('t2 size 4'), plus('t2 size 2');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
COMMIT;

-- Nothing of all that.
BEGIN;
SELECT plus('ann hobby chess');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
COMMIT;
-- All that was let through conforms.
SELECT rdf_graph_validate('queries', 'queries'), rdf_graph_prove('queries', 'queries');

-- Parts, of what is anchored.
SELECT minus('ann worksFor team');
ALTER TABLE triples DISABLE TRIGGER ALL;
SELECT minus('firm country de'), plus('ann worksFor team', 'fay a Person', 'fay worksFor team', 'fay boss ann', 't1 size 9');
SELECT focus_node, value, result_message FROM rdf_graph_report('queries', 'queries', focus => ARRAY[iri('ann')]) ORDER BY 1, 2, 3;
SELECT focus_node, value, result_message FROM rdf_graph_report('queries', 'queries', shape => 'urn:q:Person', limit_focus => 10) ORDER BY 1, 2, 3;
SELECT focus_node, result_message FROM rdf_graph_report('queries', 'queries', shape => 'urn:q:Lead', focus => ARRAY[iri('gus'), iri('ann')]);
SELECT focus_node, value, result_message FROM rdf_graph_report('queries', 'queries') ORDER BY 1, 2, 3;
-- Slices, which have what a constant is asked for.
SELECT plus(VARIADIC (SELECT array_agg(format('p%s %s', n, w)) FROM generate_series(1, 40) n, unnest(ARRAY['a Person', 'worksFor c' || n % 7, 'salary ' || 70 + n]) w));
SELECT plus(VARIADIC (SELECT array_agg(format('c%s partOf d%s', n, n % 3)) FROM generate_series(0, 6) n)), plus('d0 country de', 'd1 country fr');
CREATE FUNCTION said() RETURNS text LANGUAGE sql AS $$
    SELECT count(*) || ' ' || md5(string_agg(concat_ws(' ', focus_node, value, result_message), '|' ORDER BY focus_node::text, value::text, result_message))
    FROM rdf_graph_report('queries', 'queries', 100000) $$;
SELECT said() AS whole \gset
SELECT split_part(:'whole', ' ', 1) AS results;
SET rdfpolicy.max_triples = 60;
SELECT said() = :'whole' AS slices_are_the_whole;
RESET rdfpolicy.max_triples;

-- Reads that paths of shapes do not make, through the indexes of every form of source: any triple that has a node as object, any but some, and subjects of literals.
SELECT plus('p1 salary 71', 'p2 salary 71', 'p9 likes p1', 'c1 likes p1');
CREATE TABLE texts AS SELECT s::text, p::text, o::text FROM triples;
CREATE INDEX ON texts (s, p);
CREATE INDEX ON texts (o, p);
CREATE TABLE terms AS SELECT row_number() OVER (ORDER BY t) AS id, t FROM (SELECT s AS t FROM triples UNION SELECT p FROM triples UNION SELECT o FROM triples) v;
ALTER TABLE terms ADD PRIMARY KEY (id);
CREATE INDEX ON terms USING hash (t);
CREATE TABLE ids AS SELECT s.id AS s, p.id AS p, o.id AS o FROM triples q JOIN terms s ON s.t = q.s JOIN terms p ON p.t = q.p JOIN terms o ON o.t = q.o;
CREATE INDEX ON ids (s, p);
CREATE INDEX ON ids (o, p);
SELECT rdf_graph_register('texts', 'texts', 's', 'p', 'o') > 0 AS texts, rdf_graph_register('ids', 'ids', 's', 'p', 'o', terms => 'terms', term_lexical => 't') > 0 AS ids;
SELECT rdf_policy_apply('around', $$
PREFIX sh: <http://www.w3.org/ns/shacl#>
<urn:q:Around> sh:targetSubjectsOf <urn:q:worksFor> ;
    sh:sparql [ sh:message "is {?property} of" ; sh:select "SELECT $this ?value ?property { ?value ?property $this }" ] ,
        [ sh:message "earns the same" ; sh:select "SELECT $this ?value { $this <urn:q:salary> ?salary . ?value <urn:q:salary> ?salary FILTER(?value != $this) }" ] ,
        [ sh:message "is or has" ; sh:select "SELECT $this ?value { $this !(<urn:q:worksFor>|<urn:q:salary>|^<urn:q:boss>) ?value }" ] .
$$);
CREATE FUNCTION said(graph text, nodes rdf_term[]) RETURNS text LANGUAGE sql AS $$
    SELECT count(*) || ' ' || md5(string_agg(concat_ws(' ', focus_node, value, result_message), '|' ORDER BY focus_node::text, value::text, result_message))
    FROM rdf_graph_report(graph, 'around', 100000, focus => nodes) $$;
SELECT array_agg(DISTINCT s) AS nodes FROM triples \gset
SELECT graph, split_part(said(graph, NULL), ' ', 1) AS results, said(graph, :'nodes') = said(graph, NULL) AS parts_are_the_whole, said(graph, NULL) = said('queries', NULL) AS are_the_same
FROM unnest(ARRAY['queries', 'texts', 'ids']) graph;
SELECT said('queries', NULL) AS around \gset
SET rdfpolicy.max_triples = 150;
SELECT graph, said(graph, NULL) = :'around' AS slices_are_the_whole FROM unnest(ARRAY['queries', 'texts', 'ids']) graph;
RESET rdfpolicy.max_triples;
SELECT rdf_graph_drop(graph) FROM unnest(ARRAY['texts', 'ids']) graph;

-- Queries that are not anchored, and targets: what they read has the graph judged as a whole, and nothing else.
SELECT rdf_graph_unenforce('queries', 'queries');
TRUNCATE triples;
ALTER TABLE triples ENABLE TRIGGER ALL;
SELECT rdf_policy_apply('whole', $$
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX q: <urn:q:>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
q: sh:declare [ sh:prefix "q" ; sh:namespace "urn:q:"^^xsd:anyURI ] .
q:Titled sh:targetSubjectsOf q:title ;
    sh:sparql [ sh:message "is called as {?value} is" ; sh:prefixes q: ; sh:select """
        SELECT $this ?value { $this q:title ?title . ?value q:alias ?alias FILTER(LCASE(?title) = LCASE(?alias)) }""" ] .
q:First sh:target [ a sh:SPARQLTarget ; sh:prefixes q: ; sh:select "SELECT ?this { ?this q:rank ?rank } ORDER BY ?rank LIMIT 1" ] ;
    sh:property [ sh:path q:name ; sh:minCount 1 ] .
q:Aged sh:targetSubjectsOf q:age ; sh:property [ sh:path q:age ; sh:maxCount 1 ] .
$$);
SET client_min_messages = notice;
SELECT rdf_graph_enforce('queries', 'whole');
SET client_min_messages = error;
SELECT plus('x title "One"', 'y alias "two"');
SELECT plus('z alias "ONE"');
SELECT plus('z title "Two"');
SELECT minus('y alias "two"'), plus('z title "Two"');
BEGIN;
SELECT plus('y alias "three"');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
ROLLBACK;
-- A focus node that a query finds among all: new, and one that was.
SELECT plus('ann rank 1');
SELECT plus('ann rank 1', 'ann name "Ann"');
SELECT minus('ann name "Ann"');
SELECT plus('bob rank 2');
SELECT minus('ann rank 1');
SELECT minus('bob rank 2'), minus('ann name "Ann"', 'ann rank 1');
SELECT plus('ann name "Ann"');
-- What these queries do not read is judged by nodes, or not at all.
BEGIN;
SELECT plus('ann age 5');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
COMMIT;
SELECT plus('ann age 6');
BEGIN;
SELECT plus('ann hobby chess');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT judged();
COMMIT;
SELECT rdf_graph_prove('queries', 'whole');
-- A part of such a shape, and slices, are refused by the query's name; other parts are not.
SELECT count(*) FROM rdf_graph_report('queries', 'whole', shape => 'urn:q:Titled', limit_focus => 10);
SELECT count(*) FROM rdf_graph_report('queries', 'whole', shape => 'urn:q:First', focus => ARRAY[iri('ann')]);
SELECT count(*) FROM rdf_graph_report('queries', 'whole', shape => 'urn:q:First', limit_focus => 10);
SELECT count(*) FROM rdf_graph_report('queries', 'whole', shape => 'urn:q:Aged', limit_focus => 10);
SET rdfpolicy.max_triples = 3;
SELECT rdf_graph_validate('queries', 'whole');
RESET rdfpolicy.max_triples;

-- The first rows: a query may find focus nodes where nothing is stored.
SELECT rdf_graph_unenforce('queries', 'whole');
TRUNCATE triples;
SELECT rdf_policy_apply('nowhere', $$
PREFIX sh: <http://www.w3.org/ns/shacl#>
<urn:q:Config> sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this { VALUES ?this { <urn:q:config> } }" ] ; sh:property [ sh:path <urn:q:version> ; sh:minCount 1 ] .
$$);
SELECT rdf_graph_enforce('queries', 'nowhere');
SELECT plus('ann name "Ann"');
SELECT plus('ann name "Ann"', 'config version 1');
SELECT minus('config version 1');

-- Named graphs, each by itself.
SELECT rdf_graph_unenforce('queries', 'nowhere');
TRUNCATE triples;
SELECT rdf_graph_enforce('queries', 'queries', "each" => true);
SELECT plus('firm country de');
INSERT INTO triples SELECT t.*, rdf_iri('urn:g1') FROM unnest(ARRAY['ann a Person', 'ann worksFor firm']) l, triple(l) t;
INSERT INTO triples SELECT t.*, rdf_iri('urn:g1') FROM unnest(ARRAY['ann a Person', 'ann worksFor firm', 'firm country de']) l, triple(l) t;
SELECT rdf_graph_unenforce('queries', 'queries');
SELECT rdf_graph_drop('queries');
SELECT rdf_policy_drop(name) FROM unnest(ARRAY['queries', 'around', 'whole', 'nowhere']) name;
DROP SCHEMA queries CASCADE;
