-- JSON-LD that somebody made to do harm: clear errors, and no more time or memory than its size explains.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY terse
CREATE FUNCTION attempt(document jsonb, context text = NULL) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT count(*) FROM rdf_parse(document, context => context)) || ' triples';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || left(SQLERRM, 120);
END $$;

-- Nesting, of objects, arrays, lists, and of what is not read at all.
SELECT attempt((repeat('{"http://ex/p": ', n) || '1' || repeat('}', n))::jsonb) FROM (VALUES (127), (128), (2000)) AS v (n);
SELECT attempt(('{"http://ex/p": ' || repeat('[', n) || repeat(']', n) || '}')::jsonb) FROM (VALUES (120), (128), (2000)) AS v (n);
SELECT attempt(('{"http://ex/p": ' || repeat('{"@list": [', n) || repeat(']}', n) || '}')::jsonb) FROM (VALUES (50), (1000)) AS v (n);
SELECT attempt(('{"@id": "urn:a", "unknown": ' || repeat('[', 2000) || repeat(']', 2000) || '}')::jsonb);
SELECT attempt(('{"@context": ' || repeat('[', 2000) || repeat(']', 2000) || '}')::jsonb);
SELECT attempt(('{"http://ex/p": {"@type": "@json", "@value": ' || repeat('[', 2000) || repeat(']', 2000) || '}}')::jsonb);
-- Contexts within contexts of terms, and many contexts.
SELECT attempt(('{"@context": ' || repeat('{"a": {"@id": "http://ex/a", "@context": ', 60) || '{}' || repeat('}}', 60) || ', "a": 1}')::jsonb);
SELECT attempt(jsonb_build_object('@context', (SELECT jsonb_agg('{"@vocab": "http://ex/"}'::jsonb) FROM generate_series(1, 20000)), 'a', 1));

-- A million members: with terms, and dropped. The NOTICE has a few of them.
SET client_min_messages = warning;
SELECT attempt((SELECT jsonb_object_agg('http://ex/' || i, i) FROM generate_series(1, 1000000) i));
SELECT attempt((SELECT jsonb_object_agg('member' || i, i) || '{"@id": "urn:a"}' FROM generate_series(1, 1000000) i));
RESET client_min_messages;
SELECT attempt((SELECT jsonb_object_agg('member' || i, i) || '{"@id": "urn:a"}' FROM generate_series(1, 1000) i));
SELECT attempt(jsonb_build_object('http://ex/p', (SELECT jsonb_agg(i) FROM generate_series(1, 300000) i)));
SELECT attempt(jsonb_build_object('http://ex/p', jsonb_build_object('@list', (SELECT jsonb_agg(i) FROM generate_series(1, 100000) i))));
SELECT attempt(jsonb_build_object('@context', (SELECT jsonb_object_agg('t' || i, 'http://ex/' || i) FROM generate_series(1, 100000) i), 't5', 1));
-- Terms that are defined by one another, in a row and in a circle.
SELECT attempt(jsonb_build_object('@context', (SELECT jsonb_object_agg('t' || i, 't' || (i + 1) || ':x') FROM generate_series(1, 1000) i), 't1', 1));
SELECT attempt('{"@context": {"a": "b:x", "b": "a:x"}, "a": 1}');

-- Ten megabytes in one string: a value, a name, an IRI, a language, a term.
\set long 'repeat(''x'', 10000000)'
SELECT attempt(jsonb_build_object('http://ex/p', :long)), attempt(jsonb_build_object('@id', 'urn:a', 'http://ex/' || :long, 1)),
    attempt(jsonb_build_object('@id', 'urn:a', :long, 1)), attempt(jsonb_build_object('@id', 'urn:' || :long, 'http://ex/p', 1));
SELECT attempt(jsonb_build_object('@id', :long, 'http://ex/p', 1));
SELECT attempt(jsonb_build_object('http://ex/p', jsonb_build_object('@value', 'a', '@language', :long)));
SELECT attempt(jsonb_build_object('@context', jsonb_build_object(:long, 'http://ex/p'), :long, 1));
SELECT attempt(jsonb_build_object('@context', 'http://ex/' || :long));
SELECT attempt(jsonb_build_object('@context', jsonb_build_object('a', :long), 'a', 1));
-- A name that is long where it is written out for each of many values.
SELECT attempt(jsonb_build_object('@context', jsonb_build_object('p', 'http://ex/' || repeat('x', 1000000) || '/'), '@graph', (SELECT jsonb_agg(jsonb_build_object('p:' || i, i)) FROM generate_series(1, 5000) i)));

-- Numbers of 400 digits, and of an exponent that makes more.
SELECT left(object::text, 60), length(object::text) FROM rdf_parse(('{"http://ex/p": [' || repeat('9', 400) || ', 0.' || repeat('1', 400) || ', -1e400, 1e-400, 123456789012345678901, 1e308, 1e309]}')::jsonb);
SELECT left(object::text, 60), length(object::text) FROM rdf_parse(('{"@context": {"p": {"@id": "http://ex/p", "@type": "http://www.w3.org/2001/XMLSchema#decimal"}}, "p": [' || repeat('9', 400) || ', 0.' || repeat('1', 400) || ']}')::jsonb);
SET rdfpolicy.work_mem = '10MB';
SELECT attempt(jsonb_build_object('http://ex/p', (SELECT jsonb_agg(1e100000) FROM generate_series(1, 1000) i)));
RESET rdfpolicy.work_mem;
SELECT attempt('{"http://ex/p": "\ud800"}');

-- Contexts that include themselves, and one another.
SET rdfpolicy.staging_notice = off;
SELECT rdf_context_register('http://ex/self', '{"@context": ["http://ex/self", {"a": "http://ex/a"}]}');
SELECT rdf_context_register('http://ex/scoped', '{"@context": {"a": {"@id": "http://ex/a", "@context": "http://ex/scoped"}}}');
SELECT attempt((repeat('{"a": ', 100) || '1' || repeat('}', 100))::jsonb, 'http://ex/scoped');
SELECT rdf_context_drop('http://ex/scoped');

-- Many nodes that name a context of 500 terms which is read from its source: it takes away what is in force, or has no IRIs of its own.
SET client_min_messages = warning;
SELECT rdf_context_register('http://ex/afresh', jsonb_build_object('@context', jsonb_build_array(NULL, (SELECT jsonb_object_agg('t' || i, 'http://ex/t' || i) FROM generate_series(1, 500) i))));
SELECT rdf_context_register('http://ex/part', jsonb_build_object('@context', (SELECT jsonb_object_agg('t' || i, '{}'::jsonb) FROM generate_series(1, 500) i)));
SET rdfpolicy.work_mem = '64MB';
SELECT attempt(jsonb_build_object('@context', '{"@vocab": "http://ex/"}'::jsonb, '@graph', (SELECT jsonb_agg(jsonb_build_object('@context', 'http://ex/' || name, 't1', i)) FROM generate_series(1, 10000) i)))
    FROM (VALUES ('afresh'), ('part')) AS v (name);
RESET rdfpolicy.work_mem;
RESET client_min_messages;
SELECT rdf_context_drop('http://ex/afresh'), rdf_context_drop('http://ex/part');

DROP FUNCTION attempt;
RESET rdfpolicy.staging_notice;
