-- What the benchmark of graphs measures with: `persons` persons of 20 triples each, half of which the policy `small` reads, in two layouts: terms, and ids with
-- a dictionary. Each layout twice: enforced (small), and bare.
CREATE EXTENSION rdfpolicy;
CREATE TABLE figure (n serial, what text, bare double precision, enforced double precision);
CREATE VIEW person_triple (n, predicate, object) AS
SELECT n, predicate::rdf_term, replace(object, '?', n::text)::rdf_term
FROM generate_series(0, 9) n, (VALUES
    ('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>', '<urn:bench:Person>'), ('<urn:bench:name>', '"Ada Lovelace ?"'),
    ('<urn:bench:email>', '"ada?@example.org"'), ('<urn:bench:age>', '"42"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ('<urn:bench:homepage>', '<http://people.example.org/?>'), ('<urn:bench:worksFor>', '<urn:bench:org:?>'),
    ('<urn:bench:status>', '"active"'), ('<urn:bench:born>', '"1815-12-10"^^<http://www.w3.org/2001/XMLSchema#date>'),
    ('<urn:bench:knows>', '<urn:bench:person:?>'), ('<urn:bench:motto>', '"The engine weaves algebraic patterns, ?"@en')) AS t (predicate, object)
UNION ALL
SELECT n, rdf_iri('urn:bench:more' || k), rdf_literal(format('value %s of person %s', k, n)) FROM generate_series(0, 9) n, generate_series(1, 10) k;

-- Ten constraints, one component each.
SELECT rdf_policy_apply('small', '
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix b: <urn:bench:> .
b:S a sh:NodeShape ; sh:targetClass b:Person ;
    sh:property [ sh:path b:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 2 ; sh:maxLength 40 ] ,
        [ sh:path b:email ; sh:pattern "^[A-Za-z0-9._-]+@[a-z0-9.-]+$" ] , [ sh:path b:homepage ; sh:nodeKind sh:IRI ] ,
        [ sh:path b:age ; sh:minInclusive 0 ] , [ sh:path b:worksFor ; sh:class b:Organization ] , [ sh:path b:status ; sh:in ( "active" "gone" ) ] .');
-- A hundred: these and nine for each of ten more predicates.
SELECT rdf_policy_apply('large', '
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix b: <urn:bench:> .
b:S a sh:NodeShape ; sh:targetClass b:Person ;
    sh:property [ sh:path b:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 2 ; sh:maxLength 40 ] ,
        [ sh:path b:email ; sh:pattern "^[A-Za-z0-9._-]+@[a-z0-9.-]+$" ] , [ sh:path b:homepage ; sh:nodeKind sh:IRI ] ,
        [ sh:path b:age ; sh:minInclusive 0 ] , [ sh:path b:worksFor ; sh:class b:Organization ] , [ sh:path b:status ; sh:in ( "active" "gone" ) ] .
' || string_agg(format('b:S sh:property [ sh:path b:more%s ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 2 ; sh:maxLength 90 ;'
    ' sh:nodeKind sh:Literal ; sh:pattern "^value" ; sh:disjoint b:name ; sh:not [ sh:datatype xsd:date ] ] .', k), E'\n'))
FROM generate_series(1, 10) k;

-- The tables, all alike: loaded, then indexed, as a user would.
CREATE TABLE terms (s rdf_term, p rdf_term, o rdf_term);
INSERT INTO terms
SELECT rdf_iri('urn:bench:person:' || i), predicate,
       CASE WHEN rdf_kind(object) = 'iri' OR predicate = rdf_iri('urn:bench:status') THEN object
            WHEN rdf_datatype(object) = 'http://www.w3.org/2001/XMLSchema#string' THEN rdf_literal(rdf_lexical(object) || i) ELSE object END
FROM generate_series(1, :persons) i JOIN person_triple t ON t.n = i % 10;
INSERT INTO terms SELECT rdf_iri('urn:bench:org:' || n), rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'), rdf_iri('urn:bench:Organization')
FROM generate_series(0, 9) n;
CREATE TABLE dictionary AS
SELECT row_number() OVER () AS id, rdf_kind(t)::text AS kind, rdf_lexical(t) AS lexical, rdf_datatype(t) AS datatype, rdf_lang(t) AS language, t
FROM (SELECT s FROM terms UNION SELECT p FROM terms UNION SELECT o FROM terms) x (t);
CREATE TABLE ids AS
SELECT s.id AS s, p.id AS p, o.id AS o FROM terms JOIN dictionary s ON s.t = terms.s JOIN dictionary p ON p.t = terms.p JOIN dictionary o ON o.t = terms.o;
ALTER TABLE dictionary DROP COLUMN t, ADD PRIMARY KEY (id);
CREATE INDEX ON dictionary USING hash (lexical);
CREATE SEQUENCE dictionary_id START 1000000000;
ALTER TABLE dictionary ALTER id SET DEFAULT nextval('dictionary_id');
CREATE TABLE texts AS SELECT s::text, p::text, o::text FROM terms;
CREATE TABLE bare_terms AS TABLE terms;
CREATE TABLE bare_ids AS TABLE ids;
CREATE INDEX ON terms (s, p);
CREATE INDEX ON terms (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE INDEX ON bare_terms (s, p);
CREATE INDEX ON bare_terms (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE INDEX ON ids (s, p);
CREATE INDEX ON ids (o, p);
CREATE INDEX ON bare_ids (s, p);
CREATE INDEX ON bare_ids (o, p);
CREATE TABLE loaded (LIKE terms);
CREATE INDEX ON loaded (s, p);
CREATE INDEX ON loaded (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE TABLE bare_loaded (LIKE loaded INCLUDING INDEXES);
SELECT rdf_graph_register('terms', 'terms', 's', 'p', 'o');
SELECT rdf_graph_register('loaded', 'loaded', 's', 'p', 'o');
SELECT rdf_graph_register('ids', 'ids', 's', 'p', 'o', terms => 'dictionary', term_lexical => 'lexical', term_kind => 'kind', term_datatype => 'datatype',
                          term_language => 'language');
SELECT rdf_graph_enforce(graph, 'small') FROM unnest('{terms,ids,loaded}'::text[]) graph;
SELECT graph, rdf_graph_prove(graph, 'small') FROM unnest('{terms,ids}'::text[]) graph;

-- What a transaction adds: a person, and as many triples of predicates that no shape reads.
CREATE TABLE new_person AS SELECT predicate, object FROM person_triple WHERE n = 7;
CREATE TABLE new_person_ids AS
SELECT (SELECT s FROM ids WHERE p = d.id LIMIT 0) AS s, d.id AS p, o.id AS o
FROM new_person JOIN dictionary d ON d.kind = 'iri' AND d.lexical = rdf_lexical(predicate),
    LATERAL (SELECT o AS id FROM ids WHERE ids.p = d.id AND s = (SELECT id FROM dictionary WHERE lexical = 'urn:bench:person:7')) o;
CREATE TABLE untouched AS SELECT rdf_iri('urn:bench:unread' || n) AS predicate, object FROM new_person, generate_series(1, 1) n;
VACUUM ANALYZE;
CHECKPOINT;

-- Median of the milliseconds that a statement takes, after one that warms up.
CREATE FUNCTION milliseconds_of(statement text, repetitions integer) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
    times double precision[];
    started timestamptz;
BEGIN
    FOR i IN 0 .. repetitions LOOP
        started := clock_timestamp();
        EXECUTE statement;
        IF i > 0 THEN
            times := times || extract(epoch FROM clock_timestamp() - started) * 1000;
        END IF;
    END LOOP;
    RETURN (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY t) FROM unnest(times) t);
END
$$;
