-- Graphs in tables: many ids, which lie close together, far apart, or both; the dictionary read as a whole, or looked up. All are the graph of terms.
\pset format unaligned
\set VERBOSITY default
CREATE SCHEMA graphs_ids;
SET search_path = graphs_ids, public;
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
SET client_min_messages = error;
SELECT rdf_policy_apply('i', 'PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX ex: <http://ex/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    ex:P sh:targetClass ex:Person ; sh:property [ sh:path ex:age ; sh:datatype xsd:integer ; sh:maxCount 1 ], [ sh:path ex:name ; sh:maxCount 1 ; sh:minLength 8 ],
        [ sh:path ex:knows ; sh:class ex:Person ; sh:maxCount 1 ] .');

-- 1,000 persons, a name of each 50 is short, an age of each 70 is text; one knows who is no person. Every second row of a name says the same in another way.
CREATE TABLE terms AS
SELECT rdf_iri('http://ex/' || i) AS s, p::rdf_term AS p,
       CASE p WHEN '<http://ex/name>' THEN rdf_lang_literal(CASE WHEN i % 50 = 0 THEN 'A' || i ELSE 'Person ' || i END, 'en')
              WHEN '<http://ex/age>' THEN CASE WHEN i % 70 = 0 THEN rdf_literal('old ' || i) ELSE rdf_literal((i % 90)::text, 'xsd:integer') END
              WHEN '<http://ex/knows>' THEN rdf_iri('http://ex/' || i % 1001 + 1)
              WHEN '<http://ex/motto>' THEN rdf_literal('no shape reads it ' || i)
              ELSE rdf_iri('http://ex/Person') END AS o
FROM generate_series(1, 1000) i, unnest('{<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>,<http://ex/name>,<http://ex/age>,<http://ex/knows>,<http://ex/motto>}'::text[]) p;
SELECT rdf_graph_register('terms', 'terms', 's', 'p', 'o');

-- Each term has two ids, of which every second row has the other.
CREATE TABLE numbered AS
SELECT row_number() OVER (ORDER BY t, again) AS n, again, t FROM (SELECT s FROM terms UNION SELECT p FROM terms UNION SELECT o FROM terms) v (t), generate_series(0, 1) again;
CREATE FUNCTION hash(bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT ('x' || left(md5($1::text), 16))::bit(64)::bigint $$;
CREATE TABLE layout (name text, id text);
INSERT INTO layout VALUES
    ('close', 'n'),                                                   -- as a sequence has made them
    ('high', '1000000000000 + n'),
    ('negative', '-n'),
    ('far', 'n * 1000003 * (CASE WHEN n % 2 = 0 THEN 1 ELSE -1 END)'),
    ('hashed', 'hash(n)'),
    ('mixed', 'CASE WHEN n % 3 = 0 THEN n ELSE hash(n) END'),
    ('ends', 'CASE WHEN n % 2 = 0 THEN 9223372036854775807 - n ELSE -9223372036854775807 + n END');
CREATE PROCEDURE make_layout(name text, id text, more integer) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I AS SELECT (%s)::bigint AS id, rdf_kind(t) AS kind, rdf_lexical(t) AS lexical, rdf_datatype(t) AS datatype,
        CASE again WHEN 0 THEN rdf_lang(t) ELSE upper(rdf_lang(t)) END AS language FROM numbered', name || '_dictionary', id);
    EXECUTE format('INSERT INTO %I SELECT 5000000000000000 + i, ''iri'', ''http://ex/nobody-needs-'' || i FROM generate_series(1, %s) i', name || '_dictionary', more);
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (id)', name || '_dictionary');
    EXECUTE format('CREATE TABLE %I AS SELECT s.id AS s, p.id AS p, o.id AS o FROM (SELECT row_number() OVER () AS n, s, p, o FROM terms) v
        JOIN (SELECT (%2$s)::bigint AS id, t, again FROM numbered) s ON s.t = v.s AND s.again = v.n %% 2
        JOIN (SELECT (%2$s)::bigint AS id, t, again FROM numbered) p ON p.t = v.p AND p.again = v.n %% 3 %% 2
        JOIN (SELECT (%2$s)::bigint AS id, t, again FROM numbered) o ON o.t = v.o AND o.again = v.n %% 5 %% 2 ORDER BY v.n', name, id);
    EXECUTE format('ANALYZE %I', name || '_dictionary');
    PERFORM rdf_graph_register(name, name, 's', 'p', 'o', terms => (name || '_dictionary')::regclass, term_lexical => 'lexical', term_kind => 'kind',
                               term_datatype => 'datatype', term_language => 'language');
END
$$;
DO $$
DECLARE
    l layout;
BEGIN
    FOR l IN SELECT * FROM layout LOOP
        CALL make_layout(l.name, l.id, 0);
        CALL make_layout('few_of_' || l.name, l.id, 60000);
    END LOOP;
END
$$;
\set columns 'focus_node, result_path, lower(value::text), source_constraint_component'
SELECT source_constraint_component, count(*), min(focus_node::text), min(value::text) FROM rdf_graph_report('terms', 'i') GROUP BY 1 ORDER BY 1;
CREATE TABLE result AS SELECT graph, :columns FROM rdf_graphs, rdf_graph_report(graph, 'i');
SELECT graph, count(*) AS results, count(*) FILTER (WHERE (focus_node, result_path, lower, source_constraint_component) IN
    (SELECT :columns FROM rdf_graph_report('terms', 'i'))) AS the_same FROM result GROUP BY graph ORDER BY graph;

-- Two rows of one id, which may be in one batch: the same term, and then another.
ALTER TABLE close_dictionary DROP CONSTRAINT close_dictionary_pkey;
CREATE INDEX ON close_dictionary (id);
CREATE VIEW close_view AS SELECT * FROM close_dictionary UNION ALL SELECT * FROM close_dictionary WHERE id % 2 = 0 ORDER BY id;
SELECT rdf_graph_register('twice', 'close', 's', 'p', 'o', terms => 'close_view', term_lexical => 'lexical', term_kind => 'kind', term_datatype => 'datatype', term_language => 'language');
SELECT count(*) AS results FROM rdf_graph_report('twice', 'i');
CREATE OR REPLACE VIEW close_view AS SELECT * FROM close_dictionary UNION ALL SELECT id, kind, lexical || '!', datatype, language FROM close_dictionary WHERE id = 100 ORDER BY id, lexical;
SELECT count(*) AS results FROM rdf_graph_report('twice', 'i');

-- What the dictionary lacks, wherever the id lies.
DELETE FROM far_dictionary WHERE id = (SELECT o FROM far LIMIT 1 OFFSET 1);
SELECT rdf_graph_validate('far', 'i');
DELETE FROM few_of_hashed_dictionary WHERE id = (SELECT o FROM few_of_hashed LIMIT 1 OFFSET 2);
SELECT rdf_graph_validate('few_of_hashed', 'i');
DELETE FROM high_dictionary WHERE id = (SELECT s FROM high LIMIT 1);
SELECT rdf_graph_validate('high', 'i');

-- A subject is as the row before has it, or is not, also where one is too long to be remembered.
CREATE TABLE long (s rdf_term, p rdf_term, o rdf_term);
INSERT INTO long SELECT s, '<http://ex/knows>', o FROM (VALUES (1, rdf_iri('http://ex/a'), rdf_iri('http://ex/b')), (2, rdf_iri('http://ex/' || repeat('long', 100)), rdf_iri('http://ex/c')),
    (3, rdf_iri('http://ex/a'), rdf_iri('http://ex/d')), (4, rdf_iri('http://ex/a'), rdf_iri('http://ex/e')), (5, '_:a'::rdf_term, rdf_iri('http://ex/f'))) v (n, s, o) ORDER BY n;
INSERT INTO long SELECT DISTINCT s, '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>'::rdf_term, '<http://ex/Person>'::rdf_term FROM long;
SELECT rdf_graph_register('long', 'long', 's', 'p', 'o');
SELECT left(focus_node::text, 20) AS focus_node, value, result_message FROM rdf_graph_report('long', 'i') ORDER BY 1, 2;

SET client_min_messages = error;
SELECT count(rdf_graph_drop(graph)) FROM rdf_graphs;
SELECT rdf_policy_drop('i', true);
DROP SCHEMA graphs_ids CASCADE;
