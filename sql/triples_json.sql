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

-- The guide's form: type decides; else datatype and language; else what the value looks like.
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
SELECT rdf_policy_drop('json');
