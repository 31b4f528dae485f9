-- JSON-LD as jsonb: which form a document has, where it is read, and what is said of it.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default
SET rdfpolicy.staging_notice = off;
SELECT rdf_policy_apply('ld', $$
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    ex:S sh:targetClass ex:Person ;
        sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:minLength 3 ], [ sh:path ex:age ; sh:datatype xsd:integer ; sh:maxCount 1 ],
            [ sh:path [ sh:inversePath ex:knows ] ; sh:maxCount 1 ], [ sh:path ex:knows ; sh:class ex:Person ] .
$$);
SELECT rdf_context_register('http://ex/context', '{"@context": {"@vocab": "http://ex/", "id": "@id", "type": "@type", "knows": {"@type": "@id"}, "price": {"@type": "http://www.w3.org/2001/XMLSchema#decimal"}}}');

-- Which form: a name that begins with @, or is an absolute IRI, of the object or of an element of the array.
SELECT rdf_validate('{"@id": "http://ex/a", "@type": "http://ex/Person", "http://ex/name": "Ann"}'::jsonb, 'ld');
SELECT count(*) FROM rdf_parse('{"http://ex/name": "Ann"}'::jsonb);
SELECT count(*) FROM rdf_parse('[5, {"http://ex/name": "Ann"}, {"name": "Ann"}]'::jsonb);
SELECT count(*) FROM rdf_parse('[{"@id": "http://ex/a"}]'::jsonb);
SELECT count(*) FROM rdf_parse('{"@graph": []}'::json);
-- Triples, also where there is a default context.
SELECT * FROM rdf_parse('[{"subject": "urn:a", "predicate": "name", "value": "Ann"}]'::jsonb, context => 'http://ex/context');
SELECT count(*) FROM rdf_parse('[]'::jsonb);
SELECT count(*) FROM rdf_parse('[]'::jsonb, context => 'http://ex/context');
-- A default context.
SELECT * FROM rdf_parse('{"id": "urn:a", "name": "Ann"}'::jsonb, context => 'http://ex/context');
SELECT * FROM rdf_parse('[{"id": "urn:a", "name": "Ann"}, {"subject": "urn:x", "predicate": "y"}, 5]'::json, context => 'http://ex/context');
SELECT count(*) FROM rdf_parse('{}'::jsonb, context => 'http://ex/context');
-- It is for documents without one.
SELECT * FROM rdf_parse('{"@context": {"name": "http://other/name"}, "@id": "urn:a", "name": "Ann", "age": 5}'::jsonb, context => 'http://ex/context');
-- Neither, or both: 22P02.
SELECT rdf_validate('{"name": "Ann"}'::jsonb, 'ld');
SELECT rdf_validate('{}'::jsonb, 'ld');
SELECT rdf_validate('[{"name": "Ann"}]'::jsonb, 'ld');
SELECT rdf_validate('[{"note: this": "no IRI"}]'::jsonb, 'ld');
SELECT rdf_validate('"text"'::jsonb, 'ld');
SELECT rdf_validate('null'::jsonb, 'ld', context => 'http://ex/context');
SELECT rdf_validate('[{"@id": "urn:a"}, {"subject": "urn:a", "predicate": "name", "value": "Ann"}]'::jsonb, 'ld');
SELECT rdf_validate('[{"subject": "urn:a", "predicate": "name", "value": "Ann"}, {"name": "Ann"}]'::jsonb, 'ld');
\echo :LAST_ERROR_SQLSTATE

-- Places: the JSON pointer of the value, or of the node; of the document itself it is empty.
\set people '{"@context": "http://ex/context", "@graph": [{"id": "urn:ann", "type": "Person", "name": ["Ann", "An"], "knows": ["urn:bob", {"id": "urn:c~d/e", "type": "Person", "age": 1.5}]}, {"id": "urn:bob", "knows": "urn:bob", "a/b~c": {"type": "Person", "name": "X"}}]}'
SELECT focus_node, result_path, value, violation_type, place FROM rdf_validation_report(:'people'::jsonb, 'ld') ORDER BY place, violation_type;
SELECT violation_type, '"' || place || '"' AS place FROM rdf_validation_report('{"@type": "http://ex/Person"}'::jsonb, 'ld');
SELECT place FROM rdf_validation_report('[{"@type": "http://ex/Person"}, {"@type": "http://ex/Person", "http://ex/name": [{"@value": "Ann"}, {"@list": ["Bo"]}]}]'::jsonb, 'ld') ORDER BY place;
SELECT r -> 'context' ->> 'place', r ->> 'type' FROM jsonb_array_elements(rdf_validation_report_jsonb(:'people'::jsonb, 'ld') -> 'errors') r ORDER BY 1, 2;
SELECT path, results, example -> 'context' -> 'place' FROM rdf_validation_summary('{"@type": "http://ex/Person"}'::json, 'ld');
SELECT rdf_validation_report_turtle('{"@context": "http://ex/context", "id": "urn:a", "type": "Person"}'::jsonb, 'ld');
SELECT rdf_assert_valid('{"@context": "http://ex/context", "id": "urn:a", "type": "Person"}'::jsonb, 'ld');
-- As long a pointer as the document is deep.
SELECT length(place) FROM rdf_validation_report((repeat('{"http://ex/p": ', 100) || '{"@type": "http://ex/Person"}' || repeat('}', 100))::jsonb, 'ld');

-- Base IRI and named graphs.
SELECT * FROM rdf_parse('{"@id": "a", "http://ex/p": {"@id": "../b"}}'::jsonb, 'http://ex/x/y');
SELECT * FROM rdf_parse('{"@id": "a", "http://ex/p": {"@id": "../b"}}'::jsonb);
SELECT rdf_validate('{"@id": "a", "@type": "Person", "http://ex/name": "Ann"}'::jsonb, 'ld', base_iri => 'http://ex/', require_focus => true);
SELECT rdf_validate('{"@id": "urn:a"}'::jsonb, 'ld', base_iri => 'relative');
SELECT rdf_validate('{"@id": "urn:a"}'::jsonb, 'ld', context => 'relative');
\set graphs '{"@id": "http://ex/g", "http://ex/made": "today", "@graph": [{"@id": "urn:a", "@type": "http://ex/Person"}]}'
SELECT rdf_validate(:'graphs'::jsonb, 'ld');
SELECT rdf_validate(:'graphs'::jsonb, 'ld', named_graph => '<http://ex/g>'), rdf_validate(:'graphs'::jsonb, 'ld', named_graph => '*');
SELECT rdf_validate(:'graphs'::jsonb, 'ld', named_graph => '<http://ex/h>');
SELECT rdf_validate(:'graphs'::jsonb, 'ld', named_graph => 'http://ex/g');
SELECT rdf_validate('[]'::jsonb, 'ld', named_graph => '<http://ex/h>');
SELECT rdf_validate('[{"subject": "urn:a", "predicate": "urn:p"}]'::jsonb, 'ld', named_graph => '<http://ex/h>');
SELECT * FROM rdf_parse_quads(:'graphs'::jsonb);
SELECT * FROM rdf_parse_quads('{"@id": "_:g", "@graph": [{"@id": "_:a", "http://ex/p": {"@id": "_:g"}}]}'::json, blank_prefix => 'd1_');
SELECT * FROM rdf_parse_quads('[{"subject": "urn:a", "predicate": "urn:p", "value": 1}]'::jsonb);

-- What is no triple is told once, in a statement of however many documents.
\set drops '{"@context": {"name": "http://ex/name", "knows": {"@id": "http://ex/knows", "@type": "@id"}}, "@id": "urn:a", "@type": "http://ex/Person", "name": "Ann", "nmae": 1, "agge": 2, "x/y": 3, "z": 4, "knows": ["bob", "http://ex/a b"], "http://ex/said": [{"@value": "hi", "@language": "no language"}, {"@value": "hi", "@language": "en", "@direction": "ltr"}], "_:p": 1}'
SELECT rdf_validate(:'drops'::jsonb, 'ld');
SELECT count(rdf_validate(:'drops'::jsonb, 'ld')) FROM generate_series(1, 3);
SELECT count(*) FROM rdf_validation_report(:'drops'::jsonb, 'ld', base_iri => 'http://ex/');
-- A policy may refuse it, and then says where.
SELECT rdf_policy_apply('strict', rdf_policy_source('ld'), dropped => 'error');
SELECT rdf_validate(:'drops'::jsonb, 'strict');
SELECT rdf_validate('{"@id": "urn:a", "@graph": [5]}'::jsonb, 'strict');
SELECT rdf_validate('{"@id": "urn:a", "http://ex/said": {"@value": "hi", "@direction": "ltr"}}'::jsonb, 'strict');
SELECT rdf_validate(:'drops'::jsonb);
SELECT rdf_policy_apply('lax', rdf_policy_source('ld'), dropped => 'maybe');

-- Errors: the recommendation's code, and the JSON pointer.
SELECT rdf_validate('{"@context": {"name": "http://ex/name", "a": {"@id": 5}}, "name": "Ann"}'::jsonb, 'ld');
SELECT rdf_validate('{"@id": "urn:a", "http://ex/p": [{"@value": "x"}, {"@value": "x", "@id": "urn:b"}]}'::jsonb, 'ld');
SELECT rdf_validate('{"@context": "http://ex/unknown", "name": "Ann"}'::jsonb, 'ld');
\echo :LAST_ERROR_SQLSTATE
SELECT rdf_validate('{"name": "Ann"}'::jsonb, 'ld', context => 'http://ex/unknown');
SELECT rdf_validate('{"@context": "context", "name": "Ann"}'::jsonb, 'ld');

-- A policy's default context; every active policy, of which those that begin alike share the reading.
SELECT rdf_policy_apply('default', rdf_policy_source('ld'), context => 'http://ex/context');
SELECT rdf_policy_apply('default2', rdf_policy_source('ld'), context => 'http://ex/context');
SELECT rdf_validate('{"id": "urn:a", "type": "Person", "name": "Ann"}'::jsonb, 'default'), rdf_validate('{"id": "urn:a", "type": "Person", "name": "An"}'::jsonb, 'default');
SELECT rdf_validate('{"id": "urn:a", "type": "Person", "name": "Ann"}'::jsonb, 'ld');
SELECT policy, place FROM rdf_validation_report('{"@context": "http://ex/context", "id": "urn:a", "type": "Person", "name": "An"}'::jsonb);
SELECT policy, place FROM rdf_validation_report('{"id": "urn:a", "type": "Person", "name": "An"}'::jsonb, context => 'http://ex/context');
SELECT policy, focus_node, result_path, value, place FROM rdf_validation_report('{"@context": "http://ex/context", "@graph": [{"id": "a", "type": "Person", "name": "Ann", "age": 1.5},
    {"id": "b", "type": "Person", "name": "Bob", "age": 2.5, "knows": ["c", "d"]}, {"id": "e", "type": "Person", "name": "Eve", "age": 3.5, "knows": ["f"]}]}'::jsonb,
    base_iri => 'http://ex/') WHERE policy IN ('ld', 'default2');
SELECT rdf_context_register('http://ex/deutsch', '{"@context": {"@vocab": "http://ex/", "id": "@id", "type": "@type", "Mensch": "http://ex/Person", "vorname": "http://ex/name"}}');
SELECT rdf_policy_apply('deutsch', rdf_policy_source('ld'), context => 'http://ex/deutsch');
SELECT rdf_policy_drop('ld'), rdf_policy_drop('strict');
SELECT policy, result_path, place FROM rdf_validation_report('{"id": "urn:a", "type": "Mensch", "vorname": "An", "name": "A"}'::jsonb);
SELECT policy, result_path, place FROM rdf_validation_report('{"id": "urn:a", "type": "Person", "vorname": "An", "name": "A"}'::jsonb);
SELECT rdf_policy_drop('deutsch'), rdf_policy_apply('ld', rdf_policy_source('default'));
-- A context of 4,000 terms takes no memory of a document's.
SELECT rdf_context_register('http://ex/large', jsonb_build_object('@context', (SELECT jsonb_object_agg('t' || i, jsonb_build_object('@id', 'ex:' || i, '@type', 'ex:d'))
    || '{"ex": "http://ex/"}' FROM generate_series(1, 4000) i)));
SET rdfpolicy.work_mem = '64kB';
SELECT object FROM rdf_parse('{"@context": "http://ex/large", "@id": "urn:a", "t3999": "x"}'::jsonb);
SELECT object FROM rdf_parse('{"@context": ["http://ex/large", {"a": "ex:a"}], "@id": "urn:a", "t3999": "x", "a": 5}'::jsonb);
RESET rdfpolicy.work_mem;
SELECT result_message FROM rdf_validation_report('{"id": "urn:a", "type": "Persn", "name": "An"}'::jsonb, 'default', require_focus => true);

-- CHECK and trigger.
CREATE TABLE ld_entities (id integer PRIMARY KEY, entity jsonb CHECK (rdf_validate(entity, 'ld@1')), loose json);
CREATE TRIGGER loose_is_valid BEFORE INSERT OR UPDATE ON ld_entities FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('loose', 'default');
INSERT INTO ld_entities VALUES (1, '{"@context": "http://ex/context", "type": "Person", "name": "Ann"}', '{"type": "Person", "name": "Ann"}');
INSERT INTO ld_entities VALUES (2, '{"@context": "http://ex/context", "type": "Person", "name": "An"}');
INSERT INTO ld_entities VALUES (2, NULL, '{"type": "Person", "name": "An"}');
INSERT INTO ld_entities VALUES (2, NULL, '{"@context": {"name": 5}, "type": "Person", "name": "An"}');
INSERT INTO ld_entities VALUES (2, NULL, '{"@context": "http://ex/unknown", "type": "Person", "name": "An"}');
INSERT INTO ld_entities VALUES (2, '{"name": "Ann"}');
INSERT INTO ld_entities VALUES (2, NULL, '{"id": "ann", "type": "Person"}');
INSERT INTO ld_entities VALUES (3, '{"@graph": [{"@id": "urn:g", "@graph": [{"@id": "urn:a", "http://ex/p": 1}]}]}', '{"@graph": [{"@id": "urn:g", "@graph": [{"@id": "urn:a", "http://ex/p": 1}]}]}');
-- Who may not read the column is told that something is dropped, and not what.
CREATE ROLE ld_clerk;
GRANT INSERT ON ld_entities TO ld_clerk;
SET ROLE ld_clerk;
INSERT INTO ld_entities (id, loose) VALUES (4, '{"type": "Person", "name": "Ann", "secret:": [{"@value": "x", "@language": "a secret"}], "knows": "a secret"}');
INSERT INTO ld_entities (id, loose) VALUES (5, '{"type": "Person", "name": "Ann", "knows": {"@id": "x", "@value": "a secret"}}');
RESET ROLE;
DROP TABLE ld_entities;
DROP ROLE ld_clerk;

-- Tests of policies, and trying. (Shadows and counts: test/t.)
SELECT rdf_policy_add_test('default', 'an', '{"type": "Person", "name": "An"}'::jsonb, false, '{MIN_LENGTH_VIOLATION}');
SELECT rdf_policy_add_test('ld', 'relative', '{"id": "a", "type": "Person", "name": "Ann"}'::json, true, base_iri => 'http://ex/', context => 'http://ex/context');
SELECT rdf_policy_add_test('ld', 'unknown', '{"@context": "http://ex/unknown"}'::json, true);
SELECT rdf_policy_add_test('ld', 'no form', '{"type": "Person"}'::json, true);
SELECT policy, name, form, base_iri, context FROM rdf_policy_tests ORDER BY policy, name;
SELECT rdf_policy_register('default', replace(rdf_policy_source('ld'), 'minLength 3', 'minLength 2'), context => 'http://ex/context');
SELECT success, error FROM rdf_policy_reload('default');
SELECT violation_type, place FROM rdf_policy_try('default', '{"type": "Person", "name": "A"}'::jsonb);
SELECT violation_type, place FROM rdf_policy_try('ld', '{"type": "Person", "name": "An"}'::json, 1, context => 'http://ex/context');
SELECT rdf_policy_drop_test('default', 'an'), rdf_policy_drop_test('ld', 'relative');

-- Numbers: an integer, a double; a decimal keeps its digits, where the recommendation makes a double of it.
SELECT predicate, object FROM rdf_parse('{"id": "urn:a", "n": [5, 5.0, 5.5, 1e21, -0, 1e-7], "price": [10.5, 10, 1e3]}'::jsonb, context => 'http://ex/context');
SET rdfpolicy.exact_decimals = off;
SELECT object FROM rdf_parse('{"id": "urn:a", "price": [10.5, 10]}'::jsonb, context => 'http://ex/context');
RESET rdfpolicy.exact_decimals;
SELECT object FROM rdf_parse('{"@id": "urn:a", "http://ex/p": {"@type": "@json", "@value": {"b": [1.0, "\u00e9"], "a": null}}}'::jsonb);

-- Plain JSON by a policy in rule form: its bare names are what the vocabulary makes of members.
SELECT rdf_context_register('http://ex/plain', '{"@context": {"@vocab": "urn:rdfpolicy:name:", "type": "@type"}}');
SELECT rdf_policy_apply('plain', '{"User": {"rules": [{"property": "name", "required": true, "minLength": 3}, {"property": "age", "datatype": "integer"}]}}'::jsonb, context => 'http://ex/plain');
SELECT violation_type, place FROM rdf_validation_report('{"type": "User", "name": "Al", "age": 4.5}'::jsonb, 'plain');

SELECT rdf_policy_drop(policy) FROM unnest('{ld,default,default2,plain}'::text[]) AS policy;
SELECT rdf_context_drop(iri) FROM rdf_contexts ORDER BY iri;
RESET rdfpolicy.staging_notice;
