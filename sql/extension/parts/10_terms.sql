-- RDF terms and triples as types, and reading Turtle. C code: src/pg/term, src/pg/sql/parse.c.

CREATE TYPE rdf_term;

CREATE FUNCTION rdf_term_in(cstring) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_out(rdf_term) RETURNS cstring
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_recv(internal) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_send(rdf_term) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE rdf_term (
    INPUT = rdf_term_in,
    OUTPUT = rdf_term_out,
    RECEIVE = rdf_term_recv,
    SEND = rdf_term_send,
    STORAGE = extended
);
COMMENT ON TYPE rdf_term IS 'one RDF term, in N-Triples form';
COMMENT ON FUNCTION rdf_term_in(cstring) IS 'I/O';
COMMENT ON FUNCTION rdf_term_out(rdf_term) IS 'I/O';
COMMENT ON FUNCTION rdf_term_recv(internal) IS 'I/O';
COMMENT ON FUNCTION rdf_term_send(rdf_term) IS 'I/O';

-- Constructors and accessors.
CREATE FUNCTION rdf_iri(iri text) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_bnode(label text) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_literal(lexical text) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_literal(lexical text, datatype text) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_lang_literal(lexical text, lang text) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rdf_iri(text) IS 'an IRI, written without brackets';
COMMENT ON FUNCTION rdf_bnode(text) IS 'a blank node; its label is written without _:';
COMMENT ON FUNCTION rdf_literal(text) IS 'a literal of datatype xsd:string';
COMMENT ON FUNCTION rdf_literal(text, text) IS 'a literal with its datatype';
COMMENT ON FUNCTION rdf_lang_literal(text, text) IS 'a literal with a language';

CREATE FUNCTION rdf_kind(term rdf_term) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_lexical(term rdf_term) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_datatype(term rdf_term) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_lang(term rdf_term) RETURNS text
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rdf_kind(rdf_term) IS 'iri, bnode or literal';
COMMENT ON FUNCTION rdf_lexical(rdf_term) IS 'the IRI, the label of the blank node, or the lexical form of the literal';
COMMENT ON FUNCTION rdf_datatype(rdf_term) IS 'the IRI of a literal''s datatype; NULL for other terms';
COMMENT ON FUNCTION rdf_lang(rdf_term) IS 'a literal''s language tag; NULL where there is none';

-- Comparison. The order and the hash are for ever: indexes and partitions depend on them.
CREATE FUNCTION rdf_term_eq(rdf_term, rdf_term) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
CREATE FUNCTION rdf_term_ne(rdf_term, rdf_term) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
CREATE FUNCTION rdf_term_lt(rdf_term, rdf_term) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
CREATE FUNCTION rdf_term_le(rdf_term, rdf_term) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
CREATE FUNCTION rdf_term_gt(rdf_term, rdf_term) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
CREATE FUNCTION rdf_term_ge(rdf_term, rdf_term) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
CREATE FUNCTION rdf_term_cmp(rdf_term, rdf_term) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
CREATE FUNCTION rdf_term_hash(rdf_term) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;
CREATE FUNCTION rdf_term_hash_extended(rdf_term, bigint) RETURNS bigint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF;

CREATE OPERATOR = (
    LEFTARG = rdf_term, RIGHTARG = rdf_term, FUNCTION = rdf_term_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
    LEFTARG = rdf_term, RIGHTARG = rdf_term, FUNCTION = rdf_term_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
    LEFTARG = rdf_term, RIGHTARG = rdf_term, FUNCTION = rdf_term_lt,
    COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
    LEFTARG = rdf_term, RIGHTARG = rdf_term, FUNCTION = rdf_term_le,
    COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
    LEFTARG = rdf_term, RIGHTARG = rdf_term, FUNCTION = rdf_term_gt,
    COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
    LEFTARG = rdf_term, RIGHTARG = rdf_term, FUNCTION = rdf_term_ge,
    COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);

CREATE OPERATOR CLASS rdf_term_ops DEFAULT FOR TYPE rdf_term USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 rdf_term_cmp(rdf_term, rdf_term);
CREATE OPERATOR CLASS rdf_term_ops DEFAULT FOR TYPE rdf_term USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 rdf_term_hash(rdf_term),
    FUNCTION 2 rdf_term_hash_extended(rdf_term, bigint);
COMMENT ON FUNCTION rdf_term_eq(rdf_term, rdf_term) IS 'implementation of = operator';
COMMENT ON FUNCTION rdf_term_ne(rdf_term, rdf_term) IS 'implementation of <> operator';
COMMENT ON FUNCTION rdf_term_lt(rdf_term, rdf_term) IS 'implementation of < operator';
COMMENT ON FUNCTION rdf_term_le(rdf_term, rdf_term) IS 'implementation of <= operator';
COMMENT ON FUNCTION rdf_term_gt(rdf_term, rdf_term) IS 'implementation of > operator';
COMMENT ON FUNCTION rdf_term_ge(rdf_term, rdf_term) IS 'implementation of >= operator';
COMMENT ON OPERATOR = (rdf_term, rdf_term) IS 'the same term';
COMMENT ON OPERATOR <> (rdf_term, rdf_term) IS 'another term';
COMMENT ON OPERATOR < (rdf_term, rdf_term) IS 'before in the order of terms';
COMMENT ON OPERATOR <= (rdf_term, rdf_term) IS 'before in the order of terms, or the same';
COMMENT ON OPERATOR > (rdf_term, rdf_term) IS 'behind in the order of terms';
COMMENT ON OPERATOR >= (rdf_term, rdf_term) IS 'behind in the order of terms, or the same';
COMMENT ON FUNCTION rdf_term_cmp(rdf_term, rdf_term) IS 'less-equal-greater, of the order of terms';
COMMENT ON FUNCTION rdf_term_hash(rdf_term) IS 'hash';
COMMENT ON FUNCTION rdf_term_hash_extended(rdf_term, bigint) IS 'hash';

-- Casts: to rdf_term on assignment, back only when asked for. None from text, which has its own input form.
CREATE FUNCTION rdf_term_from_smallint(smallint) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_integer(integer) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_bigint(bigint) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_numeric(numeric) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_real(real) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_double(double precision) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_boolean(boolean) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_date(date) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_time(time) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_timetz(timetz) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_timestamp(timestamp) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_timestamptz(timestamptz) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_interval(interval) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_uuid(uuid) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_from_bytea(bytea) RETURNS rdf_term
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE CAST (smallint AS rdf_term) WITH FUNCTION rdf_term_from_smallint(smallint) AS ASSIGNMENT;
CREATE CAST (integer AS rdf_term) WITH FUNCTION rdf_term_from_integer(integer) AS ASSIGNMENT;
CREATE CAST (bigint AS rdf_term) WITH FUNCTION rdf_term_from_bigint(bigint) AS ASSIGNMENT;
CREATE CAST (numeric AS rdf_term) WITH FUNCTION rdf_term_from_numeric(numeric) AS ASSIGNMENT;
CREATE CAST (real AS rdf_term) WITH FUNCTION rdf_term_from_real(real) AS ASSIGNMENT;
CREATE CAST (double precision AS rdf_term) WITH FUNCTION rdf_term_from_double(double precision) AS ASSIGNMENT;
CREATE CAST (boolean AS rdf_term) WITH FUNCTION rdf_term_from_boolean(boolean) AS ASSIGNMENT;
CREATE CAST (date AS rdf_term) WITH FUNCTION rdf_term_from_date(date) AS ASSIGNMENT;
CREATE CAST (time AS rdf_term) WITH FUNCTION rdf_term_from_time(time) AS ASSIGNMENT;
CREATE CAST (timetz AS rdf_term) WITH FUNCTION rdf_term_from_timetz(timetz) AS ASSIGNMENT;
CREATE CAST (timestamp AS rdf_term) WITH FUNCTION rdf_term_from_timestamp(timestamp) AS ASSIGNMENT;
CREATE CAST (timestamptz AS rdf_term) WITH FUNCTION rdf_term_from_timestamptz(timestamptz) AS ASSIGNMENT;
CREATE CAST (interval AS rdf_term) WITH FUNCTION rdf_term_from_interval(interval) AS ASSIGNMENT;
CREATE CAST (uuid AS rdf_term) WITH FUNCTION rdf_term_from_uuid(uuid) AS ASSIGNMENT;
CREATE CAST (bytea AS rdf_term) WITH FUNCTION rdf_term_from_bytea(bytea) AS ASSIGNMENT;
COMMENT ON FUNCTION rdf_term_from_smallint(smallint) IS 'the cast from smallint: an xsd:integer';
COMMENT ON FUNCTION rdf_term_from_integer(integer) IS 'the cast from integer: an xsd:integer';
COMMENT ON FUNCTION rdf_term_from_bigint(bigint) IS 'the cast from bigint: an xsd:integer';
COMMENT ON FUNCTION rdf_term_from_numeric(numeric) IS 'the cast from numeric: an xsd:decimal';
COMMENT ON FUNCTION rdf_term_from_real(real) IS 'the cast from real: an xsd:float';
COMMENT ON FUNCTION rdf_term_from_double(double precision) IS 'the cast from double precision: an xsd:double';
COMMENT ON FUNCTION rdf_term_from_boolean(boolean) IS 'the cast from boolean: an xsd:boolean';
COMMENT ON FUNCTION rdf_term_from_date(date) IS 'the cast from date: an xsd:date';
COMMENT ON FUNCTION rdf_term_from_time(time) IS 'the cast from time: an xsd:time';
COMMENT ON FUNCTION rdf_term_from_timetz(timetz) IS 'the cast from timetz: an xsd:time with a zone';
COMMENT ON FUNCTION rdf_term_from_timestamp(timestamp) IS 'the cast from timestamp: an xsd:dateTime';
COMMENT ON FUNCTION rdf_term_from_timestamptz(timestamptz) IS 'the cast from timestamptz: an xsd:dateTime in UTC';
COMMENT ON FUNCTION rdf_term_from_interval(interval) IS 'the cast from interval: an xsd:duration';
COMMENT ON FUNCTION rdf_term_from_uuid(uuid) IS 'the cast from uuid: a urn:uuid: IRI';
COMMENT ON FUNCTION rdf_term_from_bytea(bytea) IS 'the cast from bytea: an xsd:base64Binary';

CREATE FUNCTION rdf_term_to_smallint(rdf_term) RETURNS smallint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_integer(rdf_term) RETURNS integer
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_bigint(rdf_term) RETURNS bigint
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_numeric(rdf_term) RETURNS numeric
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_real(rdf_term) RETURNS real
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_double(rdf_term) RETURNS double precision
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_boolean(rdf_term) RETURNS boolean
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_date(rdf_term) RETURNS date
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_time(rdf_term) RETURNS time
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_timetz(rdf_term) RETURNS timetz
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_timestamp(rdf_term) RETURNS timestamp
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_timestamptz(rdf_term) RETURNS timestamptz
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_interval(rdf_term) RETURNS interval
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_uuid(rdf_term) RETURNS uuid
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rdf_term_to_bytea(rdf_term) RETURNS bytea
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE CAST (rdf_term AS smallint) WITH FUNCTION rdf_term_to_smallint(rdf_term);
CREATE CAST (rdf_term AS integer) WITH FUNCTION rdf_term_to_integer(rdf_term);
CREATE CAST (rdf_term AS bigint) WITH FUNCTION rdf_term_to_bigint(rdf_term);
CREATE CAST (rdf_term AS numeric) WITH FUNCTION rdf_term_to_numeric(rdf_term);
CREATE CAST (rdf_term AS real) WITH FUNCTION rdf_term_to_real(rdf_term);
CREATE CAST (rdf_term AS double precision) WITH FUNCTION rdf_term_to_double(rdf_term);
CREATE CAST (rdf_term AS boolean) WITH FUNCTION rdf_term_to_boolean(rdf_term);
CREATE CAST (rdf_term AS date) WITH FUNCTION rdf_term_to_date(rdf_term);
CREATE CAST (rdf_term AS time) WITH FUNCTION rdf_term_to_time(rdf_term);
CREATE CAST (rdf_term AS timetz) WITH FUNCTION rdf_term_to_timetz(rdf_term);
CREATE CAST (rdf_term AS timestamp) WITH FUNCTION rdf_term_to_timestamp(rdf_term);
CREATE CAST (rdf_term AS timestamptz) WITH FUNCTION rdf_term_to_timestamptz(rdf_term);
CREATE CAST (rdf_term AS interval) WITH FUNCTION rdf_term_to_interval(rdf_term);
CREATE CAST (rdf_term AS uuid) WITH FUNCTION rdf_term_to_uuid(rdf_term);
CREATE CAST (rdf_term AS bytea) WITH FUNCTION rdf_term_to_bytea(rdf_term);
COMMENT ON FUNCTION rdf_term_to_smallint(rdf_term) IS 'the cast to smallint, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_integer(rdf_term) IS 'the cast to integer, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_bigint(rdf_term) IS 'the cast to bigint, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_numeric(rdf_term) IS 'the cast to numeric, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_real(rdf_term) IS 'the cast to real, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_double(rdf_term) IS 'the cast to double precision, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_boolean(rdf_term) IS 'the cast to boolean, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_date(rdf_term) IS 'the cast to date, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_time(rdf_term) IS 'the cast to time, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_timetz(rdf_term) IS 'the cast to timetz, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_timestamp(rdf_term) IS 'the cast to timestamp, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_timestamptz(rdf_term) IS 'the cast to timestamptz, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_interval(rdf_term) IS 'the cast to interval, of literals that fit';
COMMENT ON FUNCTION rdf_term_to_uuid(rdf_term) IS 'the cast to uuid, of urn:uuid: IRIs that fit';
COMMENT ON FUNCTION rdf_term_to_bytea(rdf_term) IS 'the cast to bytea, of literals that fit';

-- Triples.
CREATE TYPE rdf_triple AS (subject rdf_term, predicate rdf_term, object rdf_term);
COMMENT ON TYPE rdf_triple IS 'one RDF triple';

-- Its body is bound when it is created: no name in it is looked up when it is called.
CREATE FUNCTION rdf_triple(subject rdf_term, predicate rdf_term, object rdf_term) RETURNS rdf_triple
    LANGUAGE SQL IMMUTABLE PARALLEL SAFE
    RETURN ROW(subject, predicate, object)::rdf_triple;
COMMENT ON FUNCTION rdf_triple(rdf_term, rdf_term, rdf_term) IS 'a triple of three terms';

CREATE FUNCTION rdf_parse(document text, base_iri text = NULL, blank_prefix text = NULL)
    RETURNS SETOF rdf_triple
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION rdf_parse(text, text, text) IS 'the triples of the default graph of a Turtle, N-Triples, TriG or N-Quads text';

-- Contexts are read by the statement's snapshot.
CREATE FUNCTION rdf_parse(document jsonb, base_iri text = NULL, context text = NULL, blank_prefix text = NULL)
    RETURNS SETOF rdf_triple
    AS 'MODULE_PATHNAME', 'rdf_parse_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
CREATE FUNCTION rdf_parse(document json, base_iri text = NULL, context text = NULL, blank_prefix text = NULL)
    RETURNS SETOF rdf_triple
    AS 'MODULE_PATHNAME', 'rdf_parse_json' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION rdf_parse(jsonb, text, text, text) IS 'the triples of the default graph of JSON-LD, or of an array of triples, as jsonb';
COMMENT ON FUNCTION rdf_parse(json, text, text, text) IS 'the triples of the default graph of JSON-LD, or of an array of triples, as json';

-- NULL is the default graph.
CREATE FUNCTION rdf_parse_quads(document text, base_iri text = NULL, blank_prefix text = NULL,
    OUT subject rdf_term, OUT predicate rdf_term, OUT object rdf_term, OUT graph rdf_term)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100;
CREATE FUNCTION rdf_parse_quads(document jsonb, base_iri text = NULL, context text = NULL, blank_prefix text = NULL,
    OUT subject rdf_term, OUT predicate rdf_term, OUT object rdf_term, OUT graph rdf_term)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_parse_quads_jsonb' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
CREATE FUNCTION rdf_parse_quads(document json, base_iri text = NULL, context text = NULL, blank_prefix text = NULL,
    OUT subject rdf_term, OUT predicate rdf_term, OUT object rdf_term, OUT graph rdf_term)
    RETURNS SETOF record
    AS 'MODULE_PATHNAME', 'rdf_parse_quads_json' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION rdf_parse_quads(text, text, text) IS 'the triples of all graphs of a Turtle, N-Triples, TriG or N-Quads text';
COMMENT ON FUNCTION rdf_parse_quads(jsonb, text, text, text) IS 'the triples of all graphs of JSON-LD, or of an array of triples, as jsonb';
COMMENT ON FUNCTION rdf_parse_quads(json, text, text, text) IS 'the triples of all graphs of JSON-LD, or of an array of triples, as json';
