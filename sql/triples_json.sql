-- Triples as jsonb: what each form means, seen through a policy that lists every triple it is given.
\pset format unaligned
\pset tuples_only on
\set VERBOSITY default

-- Every subject of these predicates is a focus node, and no value is allowed: so the report shows how each was read.
SELECT rdf_policy_register('json', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix n: <urn:rdfpolicy:name:> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
n:show sh:targetSubjectsOf n:p, foaf:name, rdf:type ;
    sh:property [ sh:path n:p ; sh:in () ], [ sh:path foaf:name ; sh:in () ], [ sh:path rdf:type ; sh:in () ] .
$$);
SELECT success FROM rdf_policy_reload('json');
CREATE FUNCTION shown(document jsonb) RETURNS SETOF text LANGUAGE sql AS
    $$ SELECT focus_node || ' ' || result_path || ' ' || value FROM rdf_validation_report(document, 'json') ORDER BY value $$;

-- The guide's form: type decides; else datatype and language; else a string is a literal, unless all of it is an IRI.
SELECT shown('[{"subject": "alice", "predicate": "p", "value": "Alice"}]');
SELECT shown('[{"subject": "http://ex/a", "predicate": "foaf:name", "value": "Alice", "language": "en"}]');
SELECT shown('[{"subject": "<http://ex/a>", "predicate": "<urn:rdfpolicy:name:p>", "value": "5", "datatype": "xsd:integer"}]');
SELECT shown('[{"subject": "_:x", "predicate": "p", "value": "_:y"}]');
SELECT shown('[{"subject": "a", "predicate": "rdf:type", "value": "Person"}]');
SELECT shown('[{"subject": "a", "predicate": "rdf:type", "value": "schema:Person"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": "http://ex/b"}, {"subject": "a", "predicate": "p", "value": "https://ex/b"},
               {"subject": "a", "predicate": "p", "value": "urn:x:y"}, {"subject": "a", "predicate": "p", "value": "<tel:1>"},
               {"subject": "a", "predicate": "p", "value": "foaf:Person"}, {"subject": "a", "predicate": "p", "value": "tel:1"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": 42}, {"subject": "a", "predicate": "p", "value": -4.20},
               {"subject": "a", "predicate": "p", "value": 1e3}, {"subject": "a", "predicate": "p", "value": true}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": 42, "datatype": "xsd:double"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": "http://ex/b", "type": "literal"},
               {"subject": "a", "predicate": "p", "value": "b", "type": "uri"},
               {"subject": "a", "predicate": "p", "value": "b", "type": "bnode"}]');
SELECT shown('[{"subject": "a b", "predicate": "p", "value": ""}]');
-- What users type stays what it is: nothing but a whole IRI is one, and a label only where the document has its node.
SELECT shown('[{"subject": "a", "predicate": "p", "value": "dc:comics"}, {"subject": "a", "predicate": "p", "value": "dc: the batman"},
               {"subject": "a", "predicate": "p", "value": "_:x"}, {"subject": "a", "predicate": "p", "value": "_:"},
               {"subject": "a", "predicate": "p", "value": "<b>Bold</b>"}, {"subject": "a", "predicate": "p", "value": "<3"},
               {"subject": "a", "predicate": "p", "value": "https://evil.example/ is my nick"},
               {"subject": "a", "predicate": "p", "value": " http://ex/b"}, {"subject": "a", "predicate": "p", "value": "<http://ex/b> "},
               {"subject": "a", "predicate": "p", "value": "http://"}, {"subject": "a", "predicate": "p", "value": "http:"},
               {"subject": "a", "predicate": "p", "value": "https:///x"}, {"subject": "a", "predicate": "p", "value": "http:x"},
               {"subject": "a", "predicate": "p", "value": "http://ex/%zz"}, {"subject": "a", "predicate": "p", "value": "urn:x y"},
               {"subject": "a", "predicate": "p", "value": "urn:"}, {"subject": "a", "predicate": "p", "value": "ftp://ex/b"},
               {"subject": "a", "predicate": "p", "value": "mailto:a@ex"}, {"subject": "a", "predicate": "p", "value": "<>"},
               {"subject": "a", "predicate": "p", "value": "<"}, {"subject": "a", "predicate": "p", "value": "<b>"},
               {"subject": "a", "predicate": "p", "value": "<http://ex/a b>"}, {"subject": "a", "predicate": "p", "value": "<http://ex/a"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": "HTTP://EX/b"}, {"subject": "a", "predicate": "p", "value": "http://ex"},
               {"subject": "a", "predicate": "p", "value": "Urn:x"}, {"subject": "a", "predicate": "p", "value": "<dc:comics>"}]');
-- A string as "object" means the same; a subject and a predicate are names.
SELECT shown('[{"subject": "foaf:a", "predicate": "foaf:name", "object": "foaf:Person"}, {"subject": "a", "predicate": "p", "object": "_:x"},
               {"subject": "a", "predicate": "p", "object": "http://ex/b"}]');
-- With a type nothing is guessed.
SELECT shown('[{"subject": "a", "predicate": "p", "value": "http://ex/b", "type": "literal"}, {"subject": "a", "predicate": "p", "value": "_:x", "type": "literal"},
               {"subject": "a", "predicate": "p", "value": "dc:comics", "type": "uri"}, {"subject": "a", "predicate": "p", "value": "_:x", "type": "bnode"},
               {"subject": "a", "predicate": "p", "value": "http://ex/b", "datatype": "xsd:anyURI"},
               {"subject": "_:x", "predicate": "p", "value": "_:x", "language": "en"}]');
-- A blank node, before it is described or after, however the subject is written; in a value of rdf:type in any case.
SELECT shown('[{"subject": "a", "predicate": "p", "value": "_:x"}, {"subject": "_:x", "predicate": "p", "value": "_:y"},
               {"subject": {"type": "bnode", "value": "y"}, "predicate": "p", "value": "_:z"},
               {"subject": "a", "predicate": "rdf:type", "value": "_:c"}]');
SELECT shown('[{"subject": "_:x", "predicate": "p", "value": "_:y"}, {"subject": 5, "predicate": "p", "value": "_:x"}]');

-- A number takes the numeric datatype that the policy asks of its predicate, where it asks for one of which it is a value.
SELECT rdf_policy_register('numbers', $$
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix n: <urn:rdfpolicy:name:> .
n:show sh:targetSubjectsOf n:price, n:size, n:weight, n:age, n:either, n:day ;
    sh:property [ sh:path n:price ; sh:datatype xsd:decimal ], [ sh:path n:size ; sh:datatype xsd:int ],
        [ sh:path n:weight ; sh:datatype xsd:double ], [ sh:path n:age ; sh:datatype xsd:byte ],
        [ sh:path n:day ; sh:datatype xsd:date ] ;
    sh:or ( [ sh:path n:either ; sh:datatype xsd:double ] [ sh:path n:either ; sh:datatype xsd:integer ] ) .
$$);
SELECT success FROM rdf_policy_reload('numbers');
SELECT rdf_validate('[{"subject": "a", "predicate": "price", "value": 5}, {"subject": "a", "predicate": "price", "value": 5.50},
                      {"subject": "a", "predicate": "size", "value": 1e2}, {"subject": "a", "predicate": "weight", "value": 5},
                      {"subject": "a", "predicate": "weight", "object": {"type": "literal", "value": 0.5}},
                      {"subject": "a", "predicate": "either", "value": 5}, {"subject": "a", "predicate": "age", "value": -128}]'::jsonb, 'numbers');
SELECT value, result_message FROM rdf_validation_report('[{"subject": "a", "predicate": "size", "value": 5.0},
    {"subject": "a", "predicate": "age", "value": 128}, {"subject": "a", "predicate": "day", "value": "2020-01-01"},
    {"subject": "a", "predicate": "day", "value": 5}, {"subject": "a", "predicate": "price", "value": 5, "datatype": "xsd:integer"},
    {"subject": "a", "predicate": "price", "value": "5"}, {"subject": "a", "predicate": "size", "value": 2147483648}]'::jsonb, 'numbers')
ORDER BY result_message;
-- Each policy reads for itself, a version too, and the one that is tried.
SELECT rdf_policy_register_shape('others', 'Thing', '{"property": "price", "datatype": "xsd:double"}');
SELECT success FROM rdf_policy_reload('others');
\set thing '[{"subject": "a", "predicate": "rdf:type", "value": "Thing"}, {"subject": "a", "predicate": "price", "value": 5}]'
SELECT count(*) FROM rdf_validation_report(:'thing'::jsonb) WHERE policy IN ('numbers', 'others');
SELECT rdf_policy_register_shape('others', 'Thing', '{"property": "price", "datatype": "xsd:integer"}');
SELECT count(*) FROM rdf_policy_try('others', :'thing'::jsonb);
SELECT success FROM rdf_policy_reload('others');
SELECT rdf_validate(:'thing'::jsonb, 'others@1'), rdf_validate(:'thing'::jsonb, 'others@2');
-- A list in a rule has the same words.
SELECT rdf_policy_register_shape('others', 'Thing', '[{"property": "brand", "in": ["dc:comics", "_:x", "http://ex/b", 5]},
    {"property": "rdf:type", "in": ["Thing", "foaf:Person"]}]');
SELECT success FROM rdf_policy_reload('others');
SELECT result_message FROM rdf_validation_report('[{"subject": "a", "predicate": "rdf:type", "value": "Thing"},
    {"subject": "a", "predicate": "rdf:type", "value": "foaf:Person"},
    {"subject": "a", "predicate": "brand", "value": "dc:comics"}, {"subject": "a", "predicate": "brand", "value": "_:x"},
    {"subject": "a", "predicate": "brand", "value": "http://ex/b"}, {"subject": "a", "predicate": "brand", "value": 5},
    {"subject": "a", "predicate": "brand", "value": "marvel"}]'::jsonb, 'others');

-- json is taken wherever jsonb is, and means what jsonb of it would mean.
\set card '[{"subject": "a", "predicate": "price", "value": "5"}]'
SELECT rdf_validate(:'card'::json, 'numbers'), rdf_validate('[{"subject": "a", "predicate": "price", "value": 5}]'::json, 'numbers');
SELECT rdf_assert_valid(:'card'::json, 'numbers');
SELECT value, result_message FROM rdf_validation_report(:'card'::json, 'numbers');
SELECT rdf_validation_report_jsonb(:'card'::json, 'numbers') = rdf_validation_report_jsonb(:'card'::jsonb, 'numbers');
SELECT rdf_validation_report_turtle(:'card'::json, 'numbers') = rdf_validation_report_turtle(:'card'::jsonb, 'numbers');
SELECT result_message FROM rdf_policy_try('numbers', :'card'::json, 1);
SELECT rdf_policy_add_test('numbers', 'card', :'card'::json, false, '{DATATYPE_MISMATCH}');
SELECT form, document FROM rdf_policy_tests WHERE policy = 'numbers';
SELECT rdf_policy_register_shape('others', 'A', '{"property": "x"}'::json), rdf_policy_register_shape('others', 'B', '{"property": "x"}'::jsonb),
    rdf_policy_register_shape('others', 'C', '{"property": "x"}'::text), rdf_policy_register_shape('others', 'D', '{"property": "x"}');
SELECT count(*) FROM jsonb_object_keys(rdf_policy_source('others', 4)::jsonb);
SELECT message FROM rdf_policy_lint('{"property": 5}'::json);
SELECT rdf_policy_register_shape('others', 'A', '{"property": ');
SELECT rdf_validate('["\u0000"]'::json, 'numbers');
SELECT rdf_validate('{}'::json, 'numbers');
SELECT rdf_validate(NULL::json, 'numbers') IS NULL;
-- Every function that takes jsonb as its data has a form for json. Options have none: a call that leaves them out would fit both.
SELECT proname FROM pg_proc p WHERE proname LIKE 'rdf\_%' AND proname NOT LIKE 'rdf\_catalog\_%'
AND 'jsonb'::regtype = ANY ((proargtypes::oid[])[0:pronargs - pronargdefaults - 1]) AND NOT EXISTS (
    SELECT FROM pg_proc WHERE proname = p.proname
        AND proargtypes::oid[] = array_replace(p.proargtypes::oid[], 'jsonb'::regtype::oid, 'json'::regtype::oid)) ORDER BY 1;

-- SPARQL's JSON results.
SELECT shown('[{"subject": {"type": "uri", "value": "http://ex/a"}, "predicate": {"type": "uri", "value": "urn:rdfpolicy:name:p"},
                "object": {"type": "literal", "value": "x", "xml:lang": "en"}},
               {"subject": {"type": "bnode", "value": "b0"}, "predicate": "p",
                "object": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#int"}},
               {"subject": "a", "predicate": "p", "object": "foaf:Person"}]');
-- No triples.
SELECT count(*) FROM shown('[]');
SELECT rdf_validate(NULL::jsonb, 'json') IS NULL;
SELECT count(*) FROM rdf_validation_report(NULL::jsonb, 'json');

-- What is no triple: 22P02, with the array index.
SELECT shown('{"subject": "a", "predicate": "p", "value": 1}');
SELECT shown('5');
SELECT shown('[5]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": 1}, {"subject": "a", "predicate": "p"}]');
SELECT shown('[{"predicate": "p", "value": 1}]');
SELECT shown('[{"subject": "a", "value": 1}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": null}]');
SELECT shown('[{"subject": null, "predicate": "p", "value": 1}]');
SELECT shown('[{"subject": 5, "predicate": "p", "value": 1}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": [1]}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": 1, "graph": "g"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": 1, "object": "x"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": "x", "type": "thing"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": "x", "type": 1}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": 5, "type": "uri"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": "x", "type": "uri", "datatype": "xsd:string"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": "x", "language": "en", "datatype": "xsd:string"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": "x", "language": ""}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": 5, "language": "en"}]');
SELECT shown('[{"subject": "a", "predicate": "p", "value": "<no iri>"}]');
SELECT shown('[{"subject": "a", "predicate": "_:p", "value": 1}]');
SELECT shown('[{"subject": {"type": "literal", "value": "a"}, "predicate": "p", "value": 1}]');
SELECT shown('[{"subject": "a", "predicate": "p", "object": {"type": "literal"}}]');
SELECT shown('[{"subject": "a", "predicate": "p", "object": {"type": "literal", "value": "x", "language": "en"}}]');
\echo :LAST_ERROR_SQLSTATE
-- A long document is read to its end, and the index counts from 0.
SELECT count(*) FROM rdf_validation_report(
    (SELECT jsonb_agg(jsonb_build_object('subject', 's' || i, 'predicate', 'p', 'value', i)) FROM generate_series(1, 5000) i), 'json');
SELECT count(*) FROM rdf_validation_report(
    (SELECT jsonb_agg(jsonb_build_object('subject', 's' || i, 'predicate', 'p', 'value', nullif(i, 4321))) FROM generate_series(1, 5000) i), 'json');

DROP FUNCTION shown(jsonb);
SELECT rdf_policy_drop('json'), rdf_policy_drop('numbers'), rdf_policy_drop('others');

-- As rows, without a policy: its numbers are integers or decimals, and labels may have a prefix.
SELECT * FROM rdf_parse('[{"subject": "_:x", "predicate": "name", "value": "dc:comics"}, {"subject": "_:x", "predicate": "age", "value": 1e2},
    {"subject": "_:x", "predicate": "size", "value": 1.50}, {"subject": "<http://ex/a>", "predicate": "knows", "value": "_:x"}, {"subject": "y", "predicate": "knows", "value": "_:y"}]'::jsonb, blank_prefix => 'd1_');
SELECT count(*) FROM rdf_parse('[]'::json);
SELECT count(*) FROM rdf_parse(NULL::jsonb, 'http://ex/');
SELECT count(*) FROM rdf_parse('[]'::jsonb, 'http://ex/');
SELECT count(*) FROM rdf_parse('[]'::jsonb, blank_prefix => 'a b');
SELECT count(*) FROM rdf_parse('[{"subject": "x", "predicate": "_:p", "value": 1}]'::jsonb);
