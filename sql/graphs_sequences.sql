-- Sequences of transactions with the verdict on each, one for each kind of constraint and target, on two layouts. Verdicts by hand, from the Recommendation.
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
SET client_min_messages = warning;
CREATE SCHEMA seq;
SET search_path = seq, public;
CREATE TABLE terms (s rdf_term NOT NULL, p rdf_term NOT NULL, o rdf_term NOT NULL);
CREATE INDEX ON terms (s, p);
CREATE INDEX ON terms (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE TABLE meaning (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, term rdf_term NOT NULL UNIQUE);
CREATE TABLE ids (s integer NOT NULL, p integer NOT NULL, o integer NOT NULL);
CREATE INDEX ON ids (s, p);
CREATE INDEX ON ids (o, p);
SELECT rdf_graph_register('terms', 'terms', 's', 'p', 'o'), rdf_graph_register('ids', 'ids', 's', 'p', 'o', terms => 'meaning', term_lexical => 'term');

CREATE TABLE cases (name text PRIMARY KEY, shapes text NOT NULL);
INSERT INTO cases VALUES
    ('minCount', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:minCount 2 ] , [ sh:path ex:q ; sh:minCount -1 ] .'),
    ('maxCount', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:maxCount 0 ] . ex:T sh:targetClass ex:B ; sh:property [ sh:path ex:p ; sh:maxCount -1 ] .'),
    ('nested', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:property [ sh:path ex:q ; sh:node [ sh:property [ sh:path ex:r ; sh:maxCount 1 ] ] ] ] .'),
    ('inverse', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path [ sh:inversePath ex:p ] ; sh:maxCount 1 ; sh:class ex:B ] .'),
    ('sequence', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ( ex:p ex:q [ sh:inversePath ex:r ] ) ; sh:minCount 1 ] .'),
    ('alternative', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path [ sh:alternativePath ( ex:p ( ex:q ex:r ) ) ] ; sh:class ex:B ] .'),
    ('star', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path [ sh:zeroOrMorePath ( ex:p ex:q ) ] ; sh:nodeKind sh:IRI ] .'),
    ('plus', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:nodeKind sh:BlankNodeOrIRI ] .'),
    ('class', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:class ex:B ] . ex:C rdfs:subClassOf ex:B .'),
    ('implicit', 'ex:A a sh:NodeShape , rdfs:Class ; sh:property [ sh:path ex:p ; sh:datatype xsd:integer ] .'),
    ('closed', 'ex:S sh:targetClass ex:A ; sh:closed true ; sh:ignoredProperties ( rdf:type ex:i ) ; sh:property [ sh:path ex:p ] , [ sh:path ( ex:r ex:p ) ] .'),
    ('notClosed', 'ex:S sh:targetClass ex:A ; sh:not [ sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] ] .'),
    ('equals', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:equals ex:q ] .'),
    ('notEquals', 'ex:S sh:targetClass ex:A ; sh:not [ sh:equals ex:q ] .'),
    ('disjoint', 'ex:S sh:targetSubjectsOf ex:q ; sh:property [ sh:path ex:p ; sh:disjoint ex:q ] .'),
    ('lessThan', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .'),
    ('notUnique', 'ex:S sh:targetClass ex:A ; sh:not [ sh:path ex:p ; sh:uniqueLang true ] .'),
    ('language', 'ex:S sh:targetObjectsOf ex:of ; sh:property [ sh:path ex:p ; sh:languageIn ( "en" "de-DE" ) ] .'),
    ('pattern', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:pattern "^x.?y$" ; sh:flags "is" ; sh:minLength 2 ] .'),
    ('range', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:minExclusive "2020-01-01"^^xsd:date ] .'),
    ('hasValue', 'ex:S sh:targetClass ex:A ; sh:and ( [ sh:path ex:p ; sh:hasValue ex:v ] [ sh:path ex:p ; sh:hasValue "w\n" ] ) .'),
    ('notIn', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:not [ sh:and ( [ sh:in ( ex:v ) ] [ sh:in ( ex:v ex:w ) ] ) ] ] .'),
    ('qualified', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:path ex:q ; sh:hasValue ex:v ] ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 ] .'),
    ('or', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:or ( [ sh:class ex:B ] [ sh:class ex:C ] ) ] .'),
    ('orDeactivated', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:or ( [ sh:class ex:B ] [ sh:class ex:C ; sh:deactivated true ] ) ] .'),
    ('xone', 'ex:S sh:targetClass ex:A ; sh:xone ( [ sh:path ex:p ; sh:minCount 1 ] [ sh:path ex:q ; sh:minCount 1 ] ) .'),
    ('recursive', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:node ex:S ] , [ sh:path ex:q ; sh:nodeKind sh:IRI ] .'),
    ('named', 'ex:S sh:targetNode ex:n , ex:m ; sh:property [ sh:path ex:p ; sh:minCount 2 ] .'),
    ('never', 'ex:S sh:targetNode ex:n , 1 ; sh:nodeKind sh:BlankNode .'),
    ('always', 'ex:S sh:targetNode ex:n ; sh:hasValue ex:n ; sh:nodeKind sh:IRI .'),
    ('wide', 'ex:S sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:minCount 1 ] , [ sh:path ex:q ; sh:maxCount 1 ] , [ sh:path ex:r ; sh:maxCount 0 ] , [ sh:path ex:t ; sh:maxCount 0 ] .');

CREATE TABLE steps (name text REFERENCES cases, number integer GENERATED ALWAYS AS IDENTITY, added text NOT NULL, removed text NOT NULL, is_valid boolean NOT NULL);
INSERT INTO steps (name, added, removed, is_valid) VALUES
    ('minCount', 'ex:a ex:p 1', '', true), ('minCount', 'ex:a a ex:A', '', false), ('minCount', 'ex:a a ex:A ; ex:p 2', '', true), ('minCount', 'ex:a ex:p 3', 'ex:a ex:p 1', true),
    ('minCount', '', 'ex:a ex:p 3', false), ('minCount', '', 'ex:a a ex:A ; ex:p 3', true),
    ('maxCount', 'ex:a ex:p 1', '', true), ('maxCount', 'ex:a a ex:A', '', false), ('maxCount', 'ex:b a ex:B', '', false), ('maxCount', 'ex:a a ex:A', 'ex:a ex:p 1', true),
    ('nested', 'ex:a a ex:A ; ex:p ex:b . ex:b ex:q ex:c . ex:c ex:r 1', '', true), ('nested', 'ex:c ex:r 2', '', false), ('nested', 'ex:d ex:r 1 , 2', '', true), ('nested', 'ex:b ex:q ex:d', '', false),
    ('nested', 'ex:x ex:q ex:d', '', true), ('nested', 'ex:a ex:p ex:x', '', false),
    ('inverse', 'ex:b ex:p ex:a . ex:c ex:p ex:a', '', true), ('inverse', 'ex:a a ex:A', '', false), ('inverse', 'ex:a a ex:A . ex:b a ex:B', 'ex:c ex:p ex:a', true), ('inverse', '', 'ex:b a ex:B', false),
    ('inverse', 'ex:c a ex:B ; ex:p ex:a', 'ex:b ex:p ex:a', true), ('inverse', 'ex:b a ex:B ; ex:p ex:a', '', false),
    ('sequence', 'ex:a a ex:A ; ex:p ex:b . ex:b ex:q ex:c . ex:d ex:r ex:c', '', true), ('sequence', '', 'ex:d ex:r ex:c', false), ('sequence', '', 'ex:b ex:q ex:c', false),
    ('sequence', 'ex:a ex:p ex:e . ex:e ex:q ex:f . ex:g ex:r ex:f', 'ex:a ex:p ex:b', true), ('sequence', 'ex:z a ex:A', '', false),
    ('alternative', 'ex:a a ex:A . ex:b ex:r ex:c', '', true), ('alternative', 'ex:a ex:q ex:b', '', false), ('alternative', 'ex:a ex:q ex:b . ex:c a ex:B', '', true), ('alternative', 'ex:a ex:p "x"', '', false),
    ('star', 'ex:a a ex:A ; ex:p ex:b . ex:c ex:p ex:d . ex:d ex:q "x"', '', true), ('star', 'ex:b ex:q ex:c', '', false), ('star', 'ex:b ex:q ex:c', 'ex:d ex:q "x"', true), ('star', '_:b a ex:A', '', false),
    ('plus', 'ex:a a ex:A ; ex:p ex:a , _:b . ex:c ex:p "x"', '', true), ('plus', '_:b ex:p ex:c', '', false), ('plus', '_:b ex:p ex:c', 'ex:c ex:p "x"', true),
    ('class', 'ex:a a ex:A ; ex:p ex:b . ex:b a ex:C', '', true), ('class', 'ex:a ex:p ex:d . ex:d a ex:D', '', false), ('class', 'ex:a ex:p ex:d . ex:d a ex:D . ex:D rdfs:subClassOf ex:C', '', true),
    ('class', '', 'ex:D rdfs:subClassOf ex:C', false), ('class', 'ex:D rdfs:subClassOf ex:E . ex:E rdfs:subClassOf ex:B', 'ex:D rdfs:subClassOf ex:C', true), ('class', 'ex:F rdfs:subClassOf ex:A . ex:f a ex:F ; ex:p 1', '', false),
    ('class', '', 'ex:b a ex:C', false),
    ('implicit', 'ex:a a ex:B ; ex:p "x"', '', true), ('implicit', 'ex:B rdfs:subClassOf ex:A', '', false), ('implicit', 'ex:b a ex:A ; ex:p "010"^^xsd:integer', '', true), ('implicit', 'ex:b ex:p "1.0"^^xsd:integer', '', false),
    ('implicit', 'ex:b ex:p 1.0', '', false),
    ('closed', 'ex:a a ex:A ; ex:p 1 ; ex:i 2', '', true), ('closed', 'ex:a ex:r 1', '', false), ('closed', 'ex:b ex:x 1', '', true), ('closed', 'ex:b a ex:A', '', false),
    ('notClosed', 'ex:a a ex:A ; ex:p 1', '', false), ('notClosed', 'ex:a a ex:A ; ex:p 1 ; ex:x 1', '', true), ('notClosed', '', 'ex:a ex:p 1', true), ('notClosed', '', 'ex:a ex:x 1', false),
    ('equals', 'ex:a a ex:A ; ex:p 1 ; ex:q 1', '', true), ('equals', '', 'ex:a ex:p 1', false), ('equals', '', 'ex:a ex:q 1', false), ('equals', '', 'ex:a ex:p 1 ; ex:q 1', true), ('equals', 'ex:a ex:p 1 ; ex:q 1.0', '', false),
    ('notEquals', 'ex:a a ex:A', '', true), ('notEquals', 'ex:a ex:q ex:a', '', false), ('notEquals', 'ex:a ex:q ex:a , ex:b', '', true), ('notEquals', '', 'ex:a ex:q ex:b', false),
    ('disjoint', 'ex:a ex:p 1', '', true), ('disjoint', 'ex:a ex:q 1', '', false), ('disjoint', 'ex:a ex:q 2', '', true), ('disjoint', 'ex:a ex:p 2', '', false),
    ('lessThan', 'ex:a a ex:A ; ex:p 1 ; ex:q 2', '', true), ('lessThan', 'ex:a ex:q 1.0', '', false), ('lessThan', 'ex:b a ex:A ; ex:p "2020-01-01"^^xsd:date ; ex:q "2021-01-01T00:00:00Z"^^xsd:dateTime', '', false),
    ('lessThan', 'ex:a ex:q "x"', '', false), ('lessThan', 'ex:a ex:p 3', 'ex:a ex:q 2', true),
    ('notUnique', 'ex:a ex:p "x"@en , "y"@en', '', true), ('notUnique', 'ex:a a ex:A', '', true), ('notUnique', 'ex:a ex:p "z"@de', 'ex:a ex:p "y"@en', false), ('notUnique', 'ex:a ex:p "y"@EN , "z"@de', 'ex:a ex:p "y"@en', true),
    ('language', 'ex:a ex:p "x" . ex:b ex:p "y"@en-GB', '', true), ('language', 'ex:x ex:of ex:a', '', false), ('language', 'ex:x ex:of ex:b', '', true), ('language', 'ex:b ex:p "y"@de', '', false), ('language', 'ex:b ex:p "y"@de-de-1996', '', true),
    ('pattern', 'ex:a a ex:A ; ex:p "XY" , "x\ny"', '', true), ('pattern', 'ex:a ex:p ex:xy', '', false), ('pattern', 'ex:a ex:p _:b', '', false), ('pattern', 'ex:a ex:p <x:y>', '', true),
    ('range', 'ex:a a ex:A ; ex:p "2020-01-02"^^xsd:date', '', true), ('range', 'ex:a ex:p "2021-01-01T00:00:00Z"^^xsd:dateTime', '', false), ('range', 'ex:a ex:p "2021"', '', false), ('range', 'ex:a ex:p ex:b', '', false),
    ('hasValue', 'ex:a a ex:A ; ex:p ex:v', '', false), ('hasValue', 'ex:a a ex:A ; ex:p ex:v , "w\n"', '', true), ('hasValue', 'ex:a ex:p "w\\n"', 'ex:a ex:p "w\n"', false),
    ('notIn', 'ex:a a ex:A ; ex:p ex:w', '', true), ('notIn', 'ex:a ex:p ex:v', '', false),
    ('qualified', 'ex:a a ex:A ; ex:p ex:b , ex:c . ex:b ex:q ex:v', '', true), ('qualified', 'ex:c ex:q ex:v', '', false), ('qualified', '', 'ex:b ex:q ex:v', false), ('qualified', 'ex:c ex:q ex:v', 'ex:b ex:q ex:v', true),
    ('or', 'ex:a a ex:A ; ex:p ex:b . ex:b a ex:B', '', true), ('or', 'ex:b a ex:C', 'ex:b a ex:B', true), ('or', 'ex:b a ex:D', 'ex:b a ex:C', false),
    ('orDeactivated', 'ex:a a ex:A ; ex:p ex:b', '', true),
    ('xone', 'ex:a a ex:A', '', false), ('xone', 'ex:a a ex:A ; ex:p 1', '', true), ('xone', 'ex:a ex:q 1', '', false), ('xone', 'ex:a ex:q 1', 'ex:a ex:p 1', true), ('xone', '', 'ex:a ex:q 1', false),
    ('recursive', 'ex:a a ex:A ; ex:p ex:b . ex:b ex:p ex:c . ex:c ex:p ex:a', '', true), ('recursive', 'ex:c ex:q "x"', '', false), ('recursive', 'ex:d ex:q "x"', '', true), ('recursive', 'ex:b ex:p ex:d', '', false),
    ('named', 'ex:x ex:y 1', '', false), ('named', 'ex:n ex:p 1 , 2', '', false), ('named', 'ex:n ex:p 1 , 2 . ex:m ex:p 1 , 2', '', true), ('named', 'ex:x ex:y 1', '', true), ('named', '', 'ex:m ex:p 2', false),
    ('named', '', 'ex:n ex:p 1 , 2 . ex:m ex:p 1 , 2 . ex:x ex:y 1', false),
    ('never', 'ex:x ex:y 1', '', false), ('never', 'ex:n ex:y 1', '', false),
    ('always', 'ex:x ex:y 1', '', true), ('always', 'ex:n ex:y 1', 'ex:x ex:y 1', true),
    ('wide', 'ex:a a ex:A ; ex:p 1 ; ex:q 1 ; ex:x 1 , 2', '', true), ('wide', 'ex:a ex:q 2', '', false), ('wide', 'ex:a ex:q 2', 'ex:a ex:q 1', true), ('wide', '', 'ex:a ex:p 1', false);
-- The same of a subject with many other triples.
INSERT INTO steps (name, added, removed, is_valid)
SELECT 'wide', 'ex:b a ex:A ; ex:p 1 ; ex:q 1 ; ex:a ' || string_agg(n::text, ' , '), '', true FROM generate_series(1, 200) n;
INSERT INTO steps (name, added, removed, is_valid) VALUES
    ('wide', 'ex:b ex:q 2', '', false), ('wide', 'ex:b ex:q 2', 'ex:b ex:q 1', true), ('wide', '', 'ex:b ex:p 1', false), ('wide', '', 'ex:b a ex:A ; ex:p 1', true),
    ('wide', 'ex:c a ex:A ; ex:p 1 . ex:d a ex:A ; ex:p 1', '', true), ('wide', 'ex:c ex:p 2 . ex:d ex:p 2 ; ex:r 1', '', false), ('wide', 'ex:d ex:p 2 . ex:c ex:p 2 ; ex:r 1', '', false);

CREATE FUNCTION prefixed(text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <http://ex/> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . ' || $1 $$;
CREATE FUNCTION triples(document text) RETURNS SETOF rdf_triple ROWS 4 LANGUAGE sql AS $$ SELECT t FROM rdf_parse(prefixed(document || CASE WHEN document <> '' THEN ' .' ELSE '' END)) t $$;
CREATE FUNCTION number_of(rdf_term) RETURNS integer LANGUAGE sql AS $$ INSERT INTO meaning (term) VALUES ($1) ON CONFLICT (term) DO UPDATE SET term = meaning.term RETURNING id $$;

-- What a step changes, whether the change stands at its end.
CREATE FUNCTION take(graph text, added text, removed text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF graph = 'terms' THEN
        DELETE FROM terms USING triples(removed) t WHERE s = t.subject AND p = t.predicate AND o = t.object;
        INSERT INTO terms SELECT t.subject, t.predicate, t.object FROM triples(added) t;
    ELSE
        DELETE FROM ids WHERE (s, p, o) IN (SELECT number_of(t.subject), number_of(t.predicate), number_of(t.object) FROM triples(removed) t);
        INSERT INTO ids SELECT number_of(t.subject), number_of(t.predicate), number_of(t.object) FROM triples(added) t;
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN true;
EXCEPTION WHEN check_violation THEN
    RETURN false;
END $$;

-- A graph that is empty, with one policy; each step is judged as a commit would be.
CREATE TABLE outcome (graph text, name text, number integer, is_valid boolean, stands boolean);
CREATE PROCEDURE play(graph text) LANGUAGE plpgsql AS $$
DECLARE
    played text;
BEGIN
    FOR played IN SELECT name FROM cases ORDER BY name LOOP
        PERFORM rdf_graph_enforce(graph, 'sequence_' || played);
        INSERT INTO outcome SELECT play.graph, name, number, is_valid, take(play.graph, added, removed) FROM (SELECT * FROM steps WHERE name = played ORDER BY number) s;
        IF (SELECT bool_or(stands) FROM outcome o WHERE o.graph = play.graph AND name = played) AND NOT rdf_graph_validate(graph, 'sequence_' || played) THEN
            RAISE WARNING '% does not conform in the end', played;
        END IF;
        PERFORM rdf_graph_unenforce(graph, 'sequence_' || played);
        DELETE FROM terms;
        DELETE FROM ids;
        COMMIT;
    END LOOP;
END $$;
SELECT count(rdf_policy_apply('sequence_' || name, prefixed(shapes))) FROM cases;
CALL play('terms');
CALL play('ids');
SELECT graph, name, o.number, added, removed, o.is_valid, stands FROM outcome o JOIN steps USING (name, number) WHERE o.is_valid <> stands ORDER BY 1, 3;
SELECT graph, is_valid, count(*) FROM outcome GROUP BY 1, 2 ORDER BY 1, 2;

-- The first rows answer for the whole, wherever they come from; those who come later only for what they do.
SELECT rdf_graph_enforce('terms', 'sequence_never');
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 1);
BEGIN;
SAVEPOINT s;
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 1);
ROLLBACK TO s;
COMMIT;
BEGIN;
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 1);
DELETE FROM terms;
COMMIT;
SELECT rdf_graph_unenforce('terms', 'sequence_never');
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 1);
SELECT rdf_graph_enforce('terms', 'sequence_never');
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 2);
UPDATE terms SET o = 3 WHERE o = 2::rdf_term;
DELETE FROM terms;
SELECT rdf_graph_unenforce('terms', 'sequence_never');
-- Pages that rows have left say nothing: those of a savepoint that was rolled back among them.
ALTER TABLE terms SET (autovacuum_enabled = off);
SELECT rdf_graph_enforce('terms', 'sequence_never');
BEGIN;
SAVEPOINT s;
INSERT INTO terms SELECT rdf_iri('http://ex/' || n), rdf_iri('http://ex/y'), n FROM generate_series(1, 60000) n;
ROLLBACK TO s;
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 2);
COMMIT;
-- Who calls the functions of the triggers by hand has no fewer rows to answer for.
SELECT substring(pg_get_triggerdef(oid), '\d+d terms') AS target FROM pg_trigger WHERE tgrelid = 'terms'::regclass AND tgname LIKE '%insert' \gset
BEGIN;
SELECT rdf_graph_capture_delete(:'target', rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 2::rdf_term);
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 2);
COMMIT;
-- Nor has he who freezes what he copies into a table that he has just made.
BEGIN;
CREATE TABLE made (s rdf_term, p rdf_term, o rdf_term);
CREATE INDEX ON made (s, p);
CREATE INDEX ON made (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('made', 'made', 's', 'p', 'o') > 0 AS registered, rdf_graph_enforce('made', 'sequence_never');
COPY made FROM stdin WITH (FREEZE);
<http://ex/x>	<http://ex/y>	"2"
\.
COMMIT;
-- Where there are rows one is looked for once, and not at each commit.
SELECT rdf_graph_unenforce('terms', 'sequence_never');
INSERT INTO terms SELECT rdf_iri('http://ex/' || n), rdf_iri('http://ex/y'), 1 FROM generate_series(1, 3) n;
SELECT rdf_graph_enforce('terms', 'sequence_never');
CREATE PROCEDURE write(count int) LANGUAGE plpgsql AS $$
BEGIN
    FOR n IN 1 .. count LOOP
        INSERT INTO seq.terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), n);
        COMMIT;
    END LOOP;
END $$;
CREATE FUNCTION scans() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_stat_force_next_flush();
    RETURN pg_stat_get_numscans('seq.terms'::regclass);
END $$;
SET stats_fetch_consistency = 'none';
SELECT scans() >= 0 AS flushed;
SELECT scans() AS scans \gset
CALL write(40);
SELECT scans() >= 0 AS flushed;
SELECT scans() - :scans < 20 AS is_remembered;
-- That row goes, and others are found; all go, and the next are the first once more.
DELETE FROM terms WHERE o = 1::rdf_term;
CALL write(1);
DELETE FROM terms;
CALL write(1);
SELECT rdf_graph_unenforce('terms', 'sequence_never');
-- None is looked for where the transaction was judged before.
SELECT rdf_graph_enforce('terms', 'sequence_always');
SELECT scans() >= 0 AS flushed;
SELECT scans() AS scans \gset
BEGIN;
SET CONSTRAINTS ALL IMMEDIATE;
DO $$
BEGIN
    FOR n IN 1 .. 40 LOOP
        INSERT INTO seq.terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), n);
    END LOOP;
END $$;
COMMIT;
SELECT scans() >= 0 AS flushed;
SELECT scans() - :scans < 20 AS is_remembered;
SELECT rdf_graph_unenforce('terms', 'sequence_always');
TRUNCATE terms;
-- So do those of a graph with two sources over one table.
ALTER TABLE terms ADD g text;
SELECT rdf_graph_drop('terms'), rdf_graph_register('twice', 'terms', 's', 'p', 'o', row_filter => 'g IS NULL'), rdf_graph_add_source('twice', 'terms', 's', 'p', 'o', row_filter => 'g = ''<http://ex/g>''');
-- Rows that filters keep out are none of the graph's.
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 1, '<http://ex/h>');
SELECT rdf_graph_enforce('twice', 'sequence_named');
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 1);
INSERT INTO terms SELECT rdf_iri('http://ex/' || n), rdf_iri('http://ex/p'), o, g FROM unnest('{n,m}'::text[]) n, (VALUES (1::rdf_term, NULL), (2::rdf_term, '<http://ex/g>')) v (o, g);
INSERT INTO terms VALUES (rdf_iri('http://ex/x'), rdf_iri('http://ex/y'), 1);
SELECT rdf_graph_unenforce('twice', 'sequence_named'), rdf_graph_drop('twice'), rdf_graph_drop('ids');

SELECT count(rdf_policy_drop('sequence_' || name)) FROM cases;
SET client_min_messages = warning;
DROP SCHEMA seq CASCADE;
