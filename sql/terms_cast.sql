-- Casts between rdf_term and the types that drivers send: the same under every setting of output.
SET extra_float_digits = -15;
SET IntervalStyle = 'sql_standard';
SELECT 5::smallint::rdf_term, 0.1::real::rdf_term, 'NaN'::real::rdf_term, '-Infinity'::real::rdf_term;
SELECT t::rdf_term FROM unnest('{00:00,12:30:00.5,23:59:59.999999,24:00}'::time[]) t;
SELECT t, t::rdf_term, t::rdf_term::timetz = t AS back FROM unnest('{12:30:00.5+00,24:00+02,00:00-05:30,23:59:59.999999+14,12:00-14}'::timetz[]) t;
SELECT '12:00+14:01'::timetz::rdf_term;
SELECT '12:00-00:00:30'::timetz::rdf_term;
SELECT i, i::rdf_term, i::rdf_term::interval = i AS back FROM unnest('{"0","1 year","-1 year -2 months -3 days -4:05:06.5","15 months 40 days 100:00:00.000001","-0.000001 s","178956970 years","2562047788 hours"}'::interval[]) i;
SELECT '1 month -1 day'::interval::rdf_term;
SELECT '-178956970 years -8 months'::interval::rdf_term;
SELECT make_interval(secs => -9223372036854.775808)::rdf_term;
SELECT '1 day -1 microsecond'::interval::rdf_term;
SELECT 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid::rdf_term, ''::bytea::rdf_term, '\x00ff10'::bytea::rdf_term, length(rdf_lexical(decode(repeat('00', 100), 'hex')::rdf_term));

-- And back.
SELECT '42'::rdf_term::smallint;
SELECT '40000'::rdf_term::smallint;
SELECT '"1e400"'::rdf_term::real, '"0.1"'::rdf_term::real, '"NaN"'::rdf_term::real;
SELECT '"24:00:00"'::rdf_term::time, '"12:30:00.1234569"'::rdf_term::time;
SELECT '"12:30:00Z"'::rdf_term::time;
SELECT '"12:30"'::rdf_term::time;
SELECT '"12:30:00.1234569Z"'::rdf_term::timetz, '"24:00:00-14:00"'::rdf_term::timetz, '"12:30:00+05:30"'::rdf_term::timetz;
SELECT '"12:30:00"'::rdf_term::timetz;
SELECT '"12:30:00+14:01"'::rdf_term::timetz;
SELECT d, ('"' || d || '"')::rdf_term::interval FROM unnest('{P1Y2M3DT4H5M6.7S,-P1Y,-PT0.1234567S,PT36H,P0D,P1M}'::text[]) d;
SELECT '"P99999999999Y"'::rdf_term::interval;
SELECT '"P1W"'::rdf_term::interval;
SELECT '"1 day"'::rdf_term::interval;
SELECT '<urn:uuid:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11>'::rdf_term::uuid, '<URN:UUID:A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11>'::rdf_term::uuid;
SELECT '<urn:uuid:{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1}>'::rdf_term::uuid;
SELECT '"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"'::rdf_term::uuid;
SELECT '"AP8Q"'::rdf_term::bytea, '"AP 8Q"'::rdf_term::bytea, '""'::rdf_term::bytea;
SELECT '"AP8"'::rdf_term::bytea;
SELECT '"x"@en'::rdf_term::bytea;

-- A column takes what a driver binds as smallint, and a uuid is an IRI.
CREATE TABLE cast_facts (object rdf_term);
PREPARE add_fact(smallint) AS INSERT INTO cast_facts VALUES ($1);
EXECUTE add_fact(42);
INSERT INTO cast_facts VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid);
SELECT object, rdf_kind(object) FROM cast_facts;
DROP TABLE cast_facts;
DEALLOCATE add_fact;
RESET extra_float_digits;
RESET IntervalStyle;
