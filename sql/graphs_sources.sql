-- Registering sources of graphs: what is wrong is said then, and noticed when it becomes wrong later.
\pset format unaligned
\set SHOW_CONTEXT never
CREATE SCHEMA sources;
SET search_path = sources, public;
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
SET client_min_messages = error;
SELECT rdf_policy_apply('sources', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ] .');
RESET client_min_messages;
CREATE TABLE t (id integer PRIMARY KEY, s rdf_term, p rdf_term, o rdf_term, x text, b boolean, n integer, d date, c character(9));
-- Names of graphs.
SELECT rdf_graph_register('1', 't', 's', 'p', 'o');
SELECT rdf_graph_register(NULL, 't', 's', 'p', 'o');
SELECT rdf_graph_register('g', NULL, 's', 'p', 'o');
SELECT rdf_graph_register('g', 'nothing', 's', 'p', 'o');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o');
SELECT rdf_graph_drop('g');
-- Indexes that are missing: a warning each, and the statement that makes it does it.
SELECT rdf_graph_register('g', 't', 's', 'p', 'o');
SELECT rdf_graph_register('g', 't', 's', 'p', 'o');
CREATE INDEX ON sources.t (s, p);
CREATE INDEX ON sources.t (o, p) WHERE public.rdf_kind(o) <> 'literal';
SELECT relation, options, problem, missing_indexes FROM rdf_graph_sources;
SELECT rdf_graph_drop('g');
DROP INDEX t_s_p_idx, t_o_p_idx;
-- Indexes of other kinds serve as well: more columns, predicate first, no condition; or not: another condition, an expression, another method.
CREATE INDEX i1 ON t (s) WHERE n > 1;
CREATE INDEX i2 ON t USING hash (s);
CREATE INDEX i3 ON t (o);
CREATE INDEX i4 ON t (p, s, o);
CREATE INDEX i5 ON t (o, p) WHERE rdf_kind(o) = 'iri';
SELECT rdf_graph_register('g', 't', 's', 'p', 'o');
CREATE INDEX i6 ON t (s, o, n);
CREATE INDEX i7 ON t (p, o, s);
SELECT missing_indexes IS NULL FROM rdf_graph_sources;
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 'n > 1 AND NOT b');
DROP INDEX i6, i7;
SELECT source, missing_indexes FROM rdf_graph_sources WHERE graph = 'g' ORDER BY 1;
CREATE INDEX i7 ON t (p, o) WHERE n > 1;
SELECT source, missing_indexes FROM rdf_graph_sources WHERE graph = 'g' ORDER BY 1;
SET client_min_messages = error;
SELECT rdf_graph_drop('g');
SELECT rdf_graph_register('g', 't', 's', 'p', 'o');

-- Columns and types.
SELECT rdf_graph_add_source('g', 't', 'S', 'p', 'o');
SELECT rdf_graph_add_source('g', 't', 's', 'ctid', 'o');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'd');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'n');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'c');
SELECT rdf_graph_add_source('g', 't', NULL, 'p', 'o');
SELECT rdf_graph_add_source('g', 't', 's', NULL, 'o');
SELECT rdf_graph_add_source('g', 't', 's', 'p');
-- Constants.
SELECT rdf_graph_add_source('g', 't', 's', '<p>', 'o');
SELECT rdf_graph_add_source('g', 't', 's', '_:p', 'o');
SELECT rdf_graph_add_source('g', 't', '"s"', 'p', 'o');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', named_graph => '"g"');
SELECT rdf_graph_add_source('g', 't', 's', '<urn:p>', '"a"@en', named_graph => '<urn:g>');
-- Options that do not go together.
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', encoding => 'turtle');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', encoding => 'plain');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', datatype => 'x');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', term_kind => 'x');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', term_id => 'x');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', object_kind => 'b');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', object_kind => 'd');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', object_kind => 'x', object_iri => 'x');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', object_kind => 'n', kinds => '{"one": "iri"}');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', object_kind => 'n', kinds => '{"1": "url"}');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', object_kind => 'n', kinds => '{"1": {"where": "iri"}}');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', object_kind => 'n', kinds => '[1]');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', object_kind => 'n', kinds => '{}');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', datatype => 'n');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'x', encoding => 'plain', datatype => 'x', kinds => '{"1": "iri"}');
-- Row filters.
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 'm > 1');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 'n');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 'b OR d > now()');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 'EXISTS (SELECT)');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 't IS NULL');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 'ctid IS NULL');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 'b) OR (true');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 'b FROM t');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => 'b LIMIT 1');
SELECT rdf_graph_add_source('g', 't', 's', 'p', 'o', row_filter => '');
-- Relations: some have no rows, temporary ones go.
CREATE SEQUENCE q;
CREATE TEMP TABLE tt (s rdf_term, p rdf_term, o rdf_term);
SELECT rdf_graph_add_source('g', 'q', 's', 'p', 'o');
SELECT rdf_graph_add_source('g', 't_pkey', 's', 'p', 'o');
SELECT rdf_graph_add_source('g', 'tt', 's', 'p', 'o');
-- Dictionaries.
CREATE TABLE i (s bigint, p integer, o smallint, u uuid);
CREATE TABLE dict (id bigint, kind integer, lex text, dt bigint, lang text, du uuid, term rdf_term);
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict');
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'lex');
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'lex', term_kind => 'kind');
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'term');
CREATE UNIQUE INDEX ON dict (id, kind);
CREATE UNIQUE INDEX ON dict (id) WHERE kind = 1;
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'term');
ALTER TABLE dict ADD UNIQUE (id) DEFERRABLE;
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'term');
ALTER TABLE dict ADD PRIMARY KEY (id);
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'u', terms => 'dict', term_lexical => 'term');
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'term', term_id => 'lex');
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'lex', term_kind => 'kind', term_datatype => 'du', kinds => '{"1": "iri"}');
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'term', term_language => 'lang');
RESET client_min_messages;
SELECT rdf_graph_add_source('g', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'term');
SET client_min_messages = error;
SELECT rdf_graph_drop('g');

-- What becomes wrong later is shown, and using it is an error.
SELECT rdf_graph_register('g', 't', 's', 'p', 'o', row_filter => 'sources.wanted(n)');
CREATE FUNCTION wanted(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
SELECT rdf_graph_register('g', 't', 's', 'p', 'o', row_filter => 'wanted(n)');
INSERT INTO t VALUES (1, '<urn:a>', '<urn:p>', '"x"', NULL, NULL, 0), (2, '<urn:b>', '<urn:p>', '"x"', NULL, NULL, 1);
SELECT focus_node FROM rdf_graph_report('g', 'sources');
CREATE OR REPLACE FUNCTION wanted(integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 < 1';
SELECT focus_node FROM rdf_graph_report('g', 'sources');
DROP FUNCTION wanted(integer);
SELECT problem FROM rdf_graph_sources;
SELECT rdf_graph_validate('g', 'sources');
SELECT rdf_graph_drop('g');
SELECT rdf_graph_register('g', 't', 's', 'p', 'o');
SELECT rdf_graph_validate('g', 'sources');
ALTER TABLE t RENAME o TO object;
SELECT problem FROM rdf_graph_sources;
SELECT rdf_graph_validate('g', 'sources');
ALTER TABLE t RENAME object TO o;
SELECT rdf_graph_validate('g', 'sources');
DROP INDEX i5;
ALTER TABLE t ALTER o TYPE text USING o::text;
SELECT count(*) FROM rdf_graph_report('g', 'sources');
ALTER TABLE t ALTER o TYPE date USING NULL;
SELECT rdf_graph_validate('g', 'sources');
ALTER TABLE t DROP o;
SELECT rdf_graph_validate('g', 'sources');
ALTER TABLE t ADD o rdf_term;
ALTER TABLE t RENAME TO moved;
SELECT problem FROM rdf_graph_sources;
SELECT rdf_graph_validate('g', 'sources');
ALTER TABLE moved RENAME TO t;
BEGIN;
DROP TABLE t;
SELECT rdf_graph_validate('g', 'sources');
ROLLBACK;
SELECT rdf_graph_validate('g', 'sources');
-- A graph that another transaction, or a savepoint, has changed.
BEGIN;
SAVEPOINT a;
SELECT rdf_graph_drop('g');
SELECT rdf_graph_validate('g', 'sources');
ROLLBACK TO a;
SELECT graph, sources FROM rdf_graphs;
COMMIT;
SELECT rdf_graph_drop('g');

-- Rows that are no triples: table, row and column. Others of no shape's interest are not looked at.
CREATE TABLE bad (id integer PRIMARY KEY, s text, p text DEFAULT '<urn:p>', o text);
SELECT rdf_graph_register('bad', 'bad', 's', 'p', 'o');
CREATE FUNCTION try(s text, p text, o text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE m text; d text; t text; c text;
BEGIN
    DELETE FROM sources.bad;
    INSERT INTO sources.bad VALUES (1, '<urn:a>', '<urn:p>', '<urn:b>'), (2, s, p, o);
    RETURN rdf_graph_validate('bad', 'sources');
EXCEPTION WHEN invalid_text_representation THEN
    GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL, t = TABLE_NAME, c = COLUMN_NAME;
    RETURN concat_ws(' | ', m, d, t, c);
END $$;
SELECT try('<urn:a>', '<urn:p>', '_:x'), try('<urn:a>', '<urn:q>', 'whatever');
SELECT try('urn:a', '<urn:p>', '_:x') UNION ALL SELECT try('"a"', '<urn:p>', '_:x') UNION ALL SELECT try(NULL, '<urn:p>', '_:x') UNION ALL
SELECT try('<urn:a>', NULL, '_:x') UNION ALL SELECT try('<urn:a>', '_:p', '_:x') UNION ALL SELECT try('<urn:a>', '<urn:p>', '"x') UNION ALL
SELECT try('<urn:a>', '<urn:p>', '"x"@e n') UNION ALL SELECT try('<urn:a>', '<urn:p>', repeat('x', 300));
ALTER TABLE bad DROP CONSTRAINT bad_pkey;
SELECT regexp_replace(try('urn:a', '<urn:p>', '_:x'), '\(\(.*\)\)', '(…)');
SELECT rdf_graph_drop('bad');
ALTER TABLE bad ADD kind text, ADD iri text, ADD dt text, ADD lang text;
SELECT rdf_graph_register('bad', 'bad', 's', 'p', 'o', encoding => 'plain', object_kind => 'kind', datatype => 'dt', language => 'lang');
SELECT rdf_graph_register('bad2', 'bad', 's', 'p', 'o', encoding => 'plain', object_iri => 'iri', datatype => 'dt', language => 'lang');
CREATE FUNCTION try(graph text, o text, kind text, iri text, dt text, lang text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE m text; d text;
BEGIN
    DELETE FROM sources.bad;
    INSERT INTO sources.bad VALUES (1, 'urn:a', 'urn:p', o, kind, iri, dt, lang);
    RETURN rdf_graph_validate(graph, 'sources');
EXCEPTION WHEN invalid_text_representation THEN
    GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL;
    RETURN concat_ws(' | ', regexp_replace(m, '\(\(.*\)\)', '(…)'), d);
END $$;
SELECT try('bad', 'urn:b', 'iri', NULL, NULL, NULL), try('bad', '_:b', 'bnode', NULL, NULL, NULL), try('bad2', NULL, NULL, '_:b', NULL, NULL), try('bad', 'x', 'literal', NULL, '', '');
SELECT try('bad', 'b', 'iri', NULL, NULL, NULL) UNION ALL SELECT try('bad', 'b', 'IRI', NULL, NULL, NULL) UNION ALL SELECT try('bad', 'b', NULL, NULL, NULL, NULL) UNION ALL
SELECT try('bad', 'b', 'literal', NULL, 'integer', NULL) UNION ALL SELECT try('bad', 'b', 'literal', NULL, 'http://www.w3.org/2001/XMLSchema#string', 'en') UNION ALL
SELECT try('bad', 'b', 'literal', NULL, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', NULL) UNION ALL SELECT try('bad', 'b', 'literal', NULL, NULL, 'e n') UNION ALL
SELECT try('bad', NULL, 'literal', NULL, NULL, NULL) UNION ALL SELECT try('bad2', 'b', NULL, 'urn:b', NULL, NULL) UNION ALL SELECT try('bad2', NULL, NULL, NULL, NULL, NULL) UNION ALL
SELECT try('bad2', NULL, NULL, '', NULL, NULL);
SELECT rdf_graph_drop('bad'), rdf_graph_drop('bad2');
-- Ids that the dictionary lacks, or that are no subjects; a dictionary view that has an id twice; a dictionary's row that is no term.
INSERT INTO dict (id, kind, lex, dt) VALUES (1, 1, 'urn:a', NULL), (2, 1, 'urn:p', NULL), (3, 3, 'x', NULL), (4, 1, 'b a d', NULL), (5, 3, 'x', 99), (6, 9, 'x', NULL);
CREATE VIEW twice AS SELECT * FROM dict UNION ALL SELECT 1, 1, 'urn:other', NULL, NULL, NULL, NULL;
SELECT rdf_graph_register('i', 'i', 's', 'p', 'o', terms => 'dict', term_lexical => 'lex', term_kind => 'kind', term_datatype => 'dt', term_language => 'lang', kinds => '{"1": "iri", "3": "literal"}');
SELECT rdf_graph_register('twice', 'i', 's', 'p', 'o', terms => 'twice', term_lexical => 'lex', term_kind => 'kind', kinds => '{"1": "iri", "3": "literal"}');
CREATE FUNCTION try(graph text, s bigint, p integer, o smallint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE m text; d text;
BEGIN
    TRUNCATE sources.i;
    INSERT INTO sources.i VALUES (1, 2, 3), (s, p, o);
    RETURN rdf_graph_validate(graph, 'sources');
EXCEPTION WHEN invalid_text_representation THEN
    GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL;
    RETURN concat_ws(' | ', m, d);
END $$;
SELECT try('i', 1, 2, 1::smallint) UNION ALL SELECT try('i', 7, 2, 1::smallint) UNION ALL SELECT try('i', 1, 7, 1::smallint) UNION ALL SELECT try('i', 1, 2, 7::smallint) UNION ALL
SELECT try('i', 3, 2, 1::smallint) UNION ALL SELECT try('i', 1, 3, 1::smallint) UNION ALL SELECT try('i', NULL, 2, 1::smallint) UNION ALL SELECT try('i', 1, NULL, 1::smallint) UNION ALL
SELECT try('i', 1, 2, 4::smallint) UNION ALL SELECT try('i', 1, 2, 5::smallint) UNION ALL SELECT try('i', 1, 2, 6::smallint) UNION ALL SELECT try('twice', 1, 2, 3::smallint);
SELECT rdf_graph_drop(graph) FROM rdf_graphs;
DROP SCHEMA sources CASCADE;
SELECT rdf_policy_drop('sources');
