-- rdf_term and rdf_triple: forms, constructors, accessors, comparison, indexes, casts.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default
\set xsd http://www.w3.org/2001/XMLSchema#

-- Text form: N-Triples comes back as it went in.
SELECT '<http://ex/a>'::rdf_term;
SELECT '_:b0'::rdf_term;
SELECT '"x"'::rdf_term;
SELECT '"x"@en-GB'::rdf_term;
SELECT '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'::rdf_term;
SELECT '"x"^^<http://www.w3.org/2001/XMLSchema#string>'::rdf_term;
SELECT '"x"^^<http://ex/datatype>'::rdf_term;
SELECT '"tab\tquote\"backslash\\newline\n\u00e9\U0001F600"'::rdf_term;
SELECT '  <http://ex/a>  '::rdf_term;
SELECT '""'::rdf_term;
-- Turtle's bare forms.
SELECT '42'::rdf_term;
SELECT '-4.2'::rdf_term;
SELECT '4e2'::rdf_term;
SELECT 'true'::rdf_term;

-- What is no term: 22P02.
SELECT ''::rdf_term;
SELECT 'x'::rdf_term;
SELECT '<a>'::rdf_term;
SELECT '<http://ex/a b>'::rdf_term;
SELECT '<http://ex/a> .'::rdf_term;
SELECT '"x'::rdf_term;
SELECT '"x"@'::rdf_term;
SELECT '"x"@e_n'::rdf_term;
SELECT '"x"^^<integer>'::rdf_term;
SELECT '"\uD800"'::rdf_term;
SELECT '"\u0000"'::rdf_term;
SELECT '"\q"'::rdf_term;
SELECT '_:'::rdf_term;
\echo :LAST_ERROR_SQLSTATE

-- Constructors and accessors.
SELECT term, rdf_kind(term), rdf_lexical(term), rdf_datatype(term), rdf_lang(term)
FROM (VALUES (1, rdf_iri('http://ex/a')), (2, rdf_bnode('b0')), (3, rdf_literal('a "b"')),
             (4, rdf_literal('5', :'xsd' || 'integer')), (5, rdf_literal('x', :'xsd' || 'string')),
             (6, rdf_literal('x', 'http://ex/d')), (7, rdf_lang_literal('chat', 'fr-BE'))) AS t(n, term)
ORDER BY n;
SELECT rdf_iri(NULL) IS NULL, rdf_literal('x', NULL) IS NULL, rdf_kind(NULL) IS NULL;
SELECT rdf_iri('a');
SELECT rdf_iri('http://ex/<a>');
SELECT rdf_bnode('a b');
SELECT rdf_bnode('');
SELECT rdf_literal('x', 'integer');
SELECT rdf_literal('5', 'xsd:integer'), rdf_literal('x', 'rdf:HTML'), rdf_literal('x', '<http://ex/d>'), rdf_literal('x', 'ex:d');
SELECT rdf_literal('x', 'xsd:integer '), rdf_literal('x', '');
SELECT rdf_lang_literal('x', '');
SELECT rdf_lang_literal('x', 'toolongtag');
-- An ill-typed literal is a literal.
SELECT rdf_literal('abc', :'xsd' || 'integer');

-- Equality is of terms, not of values; language tags ignore case.
SELECT '"x"'::rdf_term = '"x"^^<http://www.w3.org/2001/XMLSchema#string>'::rdf_term;
SELECT '"x"@en'::rdf_term = '"x"@EN'::rdf_term;
SELECT '"x"@en'::rdf_term = '"x"'::rdf_term;
SELECT '1'::rdf_term = '01'::rdf_term;
SELECT '"http://ex/a"'::rdf_term = '<http://ex/a>'::rdf_term;
SELECT '"x"@en'::rdf_term <> '"x"@fr'::rdf_term;

-- Order: kind, lexical form, datatype, language in lower case.
CREATE TABLE term_order (n integer, term rdf_term);
INSERT INTO term_order VALUES
    (1, '<http://ex/a>'), (2, '<http://ex/b>'), (3, '_:a'), (4, '_:b'),
    (5, '""'), (6, '"10"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    (7, '"10"'), (8, '"9"^^<http://www.w3.org/2001/XMLSchema#integer>'), (9, '"a"@de'), (10, '"a"@EN'), (11, '"b"');
SELECT string_agg(n::text, ' ' ORDER BY term) FROM term_order;
SELECT count(*) FROM term_order a JOIN term_order b ON (a.n < b.n) <> (a.term < b.term)
    OR (a.n <= b.n) <> (a.term <= b.term) OR (a.n > b.n) <> (a.term > b.term) OR (a.n >= b.n) <> (a.term >= b.term);

-- Indexes find what a scan finds; hash ignores the tag's case.
CREATE TABLE term_index (id integer, term rdf_term);
INSERT INTO term_index SELECT i, rdf_iri('http://ex/' || i % 500) FROM generate_series(1, 1000) i;
INSERT INTO term_index VALUES (0, '"x"@EN-us');
CREATE INDEX term_btree ON term_index USING btree (term);
CREATE INDEX term_hash ON term_index USING hash (term);
ANALYZE term_index;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT count(*) FROM term_index WHERE term = '<http://ex/77>';
SELECT id FROM term_index WHERE term = '"x"@en-US';
SELECT id FROM term_index WHERE term > '_:a';
DROP INDEX term_btree;
SELECT count(*) FROM term_index WHERE term = '<http://ex/77>';
SELECT id FROM term_index WHERE term = '"x"@en-US';
RESET enable_seqscan;
RESET enable_bitmapscan;
SELECT count(DISTINCT term), count(*) FROM term_index;
SELECT rdf_term_hash('"x"@en') = rdf_term_hash('"x"@EN'),
       rdf_term_hash_extended('"x"@en', 7) = rdf_term_hash_extended('"x"@EN', 7),
       rdf_term_hash('"x"') = rdf_term_hash('<http://x>'),
       rdf_term_hash_extended('"x"', 0)::bit(32) = rdf_term_hash('"x"')::bit(32);
CREATE TABLE term_parts (term rdf_term) PARTITION BY HASH (term);
CREATE TABLE term_part_0 PARTITION OF term_parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE term_part_1 PARTITION OF term_parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO term_parts SELECT term FROM term_index;
SELECT count(*) FROM term_parts WHERE term = '<http://ex/77>';
DROP TABLE term_order, term_index, term_parts;

-- The form on disk is for ever: its size, and its hash, which is taken over its bytes (of a little-endian machine).
SELECT pg_column_size('<http://ex/a>'::rdf_term), pg_column_size('"ab"'::rdf_term), pg_column_size('"ab"@fr'::rdf_term),
       pg_column_size('42'::rdf_term), pg_column_size('"ab"^^<http://ex/d>'::rdf_term);
SELECT term, rdf_term_hash(term), rdf_term_hash_extended(term, 0)
FROM (VALUES (1, '<http://ex/a>'::rdf_term), (2, '_:b0'), (3, '"ab"'), (4, '"ab"@fr'), (5, '42'), (6, '"ab"^^<http://ex/d>')) t(n, term)
ORDER BY n;

-- Binary transfer: a byte with the format's number, then the text form.
SELECT encode(rdf_term_send('<http://ex/a>'), 'hex');
CREATE TEMP TABLE term_copy (term rdf_term);
INSERT INTO term_copy VALUES ('<http://ex/a>'), ('_:b0'), ('"a\nb"@fr'), ('42'), ('"x"^^<http://ex/d>'), (NULL);
CREATE TEMP TABLE term_copied (term rdf_term);
\set term_file `mktemp`
\setenv TERM_FILE :term_file
\copy term_copy to program 'cat >"$TERM_FILE"' (format binary)
\copy term_copied from program 'cat "$TERM_FILE"' (format binary)
SELECT * FROM term_copied;
-- What the client sends is checked: here, another format's number, then an IRI that is none.
\copy term_copied from program 'sed "s/\\x01</\\x02</" "$TERM_FILE"' (format binary)
\copy term_copied from program 'sed "s/http:/http /" "$TERM_FILE"' (format binary)
\! rm -f "$TERM_FILE"

-- Toasted and compressed values.
CREATE TEMP TABLE term_long (term rdf_term);
INSERT INTO term_long VALUES (rdf_literal(repeat('x', 100000))),
    (rdf_literal((SELECT string_agg(md5(i::text), '') FROM generate_series(1, 4000) i)));
SELECT length(rdf_lexical(term)), term = rdf_literal(rdf_lexical(term)) FROM term_long;

-- Casts to rdf_term: on assignment only, the same under every TimeZone and DateStyle.
SET TimeZone = 'America/New_York';
SET DateStyle = 'SQL, DMY';
SET extra_float_digits = 0;
CREATE TEMP TABLE term_cast (term rdf_term);
INSERT INTO term_cast VALUES (7), (-12345678901), (1.50), (0.1::float8), (1e300::float8), ('NaN'::float8), ('Infinity'::float8),
    ('-Infinity'::float8), (true), (false), (date '2024-02-29'), (date '0001-01-01 BC'), (date '0044-03-15 BC'),
    (date '12024-01-01'), (timestamp '2024-02-29 12:30:00'), (timestamp '2024-02-29 12:30:00.12'),
    (timestamptz '2024-02-29 12:30:00.000001+02'), (timestamp '0044-03-15 00:00:00 BC');
SELECT * FROM term_cast;
RESET extra_float_digits;
SELECT 1::bigint::rdf_term, 1::integer::rdf_term;
SELECT 'NaN'::numeric::rdf_term;
SELECT 'Infinity'::numeric::rdf_term;
SELECT date '-infinity'::rdf_term;
SELECT timestamp 'infinity'::rdf_term;
SELECT timestamptz '-infinity'::rdf_term;
\echo :LAST_ERROR_SQLSTATE
SELECT rdf_kind(5);
-- No cast from text beside the type's own input.
SELECT count(*) FROM pg_cast WHERE casttarget = 'rdf_term'::regtype AND (castsource = 'text'::regtype OR castcontext = 'i');

-- Casts back, by XSD's lexical forms.
SET DateStyle = 'ISO, DMY';
SELECT '42'::rdf_term::integer, '"+042"^^<http://www.w3.org/2001/XMLSchema#integer>'::rdf_term::bigint, '"7"'::rdf_term::integer;
SELECT '-1.50'::rdf_term::numeric, '42'::rdf_term::numeric, '".5"'::rdf_term::numeric;
SELECT '4e2'::rdf_term::double precision, '42'::rdf_term::double precision,
       '"INF"'::rdf_term::double precision, '"NaN"'::rdf_term::double precision;
SELECT 'true'::rdf_term::boolean, '"0"'::rdf_term::boolean;
SELECT '"2024-02-29"'::rdf_term::date, '"-0043-03-15"'::rdf_term::date, '"0000-01-01"'::rdf_term::date;
SELECT '"2024-02-29T12:30:00.1234567"'::rdf_term::timestamp, '"2024-02-29T24:00:00"'::rdf_term::timestamp;
SELECT '"2024-02-29T12:30:00Z"'::rdf_term::timestamptz, '"2024-02-29T12:30:00.5+05:30"'::rdf_term::timestamptz,
       '"2024-02-29T12:30:00-01:00"'::rdf_term::timestamptz;
SELECT count(*) AS not_the_same FROM term_cast
WHERE rdf_datatype(term) = :'xsd' || 'double' AND term::float8::rdf_term <> term
   OR rdf_datatype(term) = :'xsd' || 'date' AND term::date::rdf_term <> term
   OR rdf_datatype(term) = :'xsd' || 'dateTime' AND rdf_lexical(term) LIKE '%Z' AND term::timestamptz::rdf_term <> term
   OR rdf_datatype(term) = :'xsd' || 'dateTime' AND rdf_lexical(term) NOT LIKE '%Z' AND term::timestamp::rdf_term <> term;
SELECT '4.2'::rdf_term::integer;
SELECT '"1 "'::rdf_term::integer;
SELECT '"1"@en'::rdf_term::integer;
SELECT '<http://ex/1>'::rdf_term::bigint;
SELECT '4e2'::rdf_term::numeric;
SELECT '"infinity"'::rdf_term::double precision;
SELECT '"t"'::rdf_term::boolean;
SELECT '"today"'::rdf_term::date;
SELECT '"2024-02-30"'::rdf_term::date;
SELECT '"2024-02-29Z"'::rdf_term::date;
SELECT '"2024-02-29 12:30:00"'::rdf_term::timestamp;
SELECT '"2024-02-29T12:30:00Z"'::rdf_term::timestamp;
SELECT '"2024-02-29T12:30:00"'::rdf_term::timestamptz;
\echo :LAST_ERROR_SQLSTATE
SELECT '99999999999'::rdf_term::integer;
SELECT '"99999999-01-01"'::rdf_term::date;
SELECT '"300000-01-01T00:00:00Z"'::rdf_term::timestamptz;
RESET TimeZone;
RESET DateStyle;

-- Triples.
SELECT rdf_triple('<http://ex/a>', '<http://ex/p>', '42');
SELECT (rdf_triple('<http://ex/a>', '<http://ex/p>', '_:b')).object;
SELECT pg_typeof(rdf_triple('<http://ex/a>', '<http://ex/p>', '42')),
       rdf_triple('<http://ex/a>', '<http://ex/p>', '42') = rdf_triple('<http://ex/a>', '<http://ex/p>', '42');

-- All of it is immutable and parallel safe, but for parsing JSON, which is stable.
SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
WHERE proname ~ '^rdf_(term|iri|bnode|literal|lang|kind|lexical|datatype|triple|parse)' AND (provolatile <> 'i' OR proparallel <> 's') ORDER BY p.oid::regprocedure::text COLLATE "C";
