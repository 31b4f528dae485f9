-- TriG and N-Quads: graphs of a text, which of them are judged, and what is said of the others. What is read is tested in test/unit too.
\set VERBOSITY default
\set trig '@prefix ex: <http://ex/> . ex:ann a ex:Person ; ex:name "Ann" . ex:g1 { ex:bob a ex:Person ; ex:name "B" } GRAPH ex:g2 { ex:ann ex:name "Annabel" . ex:cy a ex:Person }'
\set nquads '<http://ex/ann> <http://ex/name> "Ann" .\n<http://ex/bob> <http://ex/name> "Bob" <http://ex/g1> .\n_:c <http://ex/name> "Cy"@en _:g . # a comment\n'

-- Rows: each triple with its graph, or the default graph alone.
SELECT * FROM rdf_parse_quads(:'trig');
SELECT * FROM rdf_parse_quads(:'nquads', blank_prefix => 'd1_');
SELECT * FROM rdf_parse_quads('<a> { <b> <p> <c> }', 'http://base/');
SELECT * FROM rdf_parse(:'trig');
SELECT * FROM rdf_parse(:'nquads');
SELECT count(*) FROM rdf_parse_quads(NULL);
SELECT * FROM rdf_parse_quads('<http://ex/a> <http://ex/p> [ <http://ex/q> 1 ] .') WHERE graph IS NULL;
-- A graph without triples is none that rows could show; its name is read all the same.
SELECT count(*) FROM rdf_parse_quads('<http://ex/g> {} {}');
SELECT count(*) FROM rdf_parse_quads('ex:g {}');

-- Judged: the default graph, the union, one graph.
SELECT rdf_policy_register('quads', $$
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://ex/> .
    ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:minLength 3 ] .
$$);
SELECT success FROM rdf_policy_reload('quads');
SELECT rdf_validate(:'trig', 'quads');
SELECT rdf_validate(:'trig', 'quads', named_graph => '*') AS "union", rdf_validate(:'trig', 'quads', named_graph => '<http://ex/g1>') AS g1;
SELECT focus_node, violation_type, value, place FROM rdf_validation_report(:'trig', 'quads');
SELECT focus_node, violation_type, value, place FROM rdf_validation_report(:'trig', 'quads', named_graph => '<http://ex/g1>');
SELECT focus_node, violation_type, value, place FROM rdf_validation_report(:'trig', 'quads', named_graph => '<http://ex/g2>');
-- What no graph violates alone, the union may; the place is the line of the text.
SELECT focus_node, violation_type, value, place FROM rdf_validation_report(E'@prefix ex: <http://ex/> .\nex:ann a ex:Person ;\n  ex:name "Ann" .\nex:g {\n  ex:ann\n    ex:name "Annabel" }',
    'quads', named_graph => '*');
SELECT focus_node, violation_type, value, place
    FROM rdf_validation_report(E'<http://ex/a> a <http://ex/Person> .', 'quads', named_graph => '*');
SELECT focus_node, violation_type, place FROM rdf_validation_report(
    E'<http://ex/b> <http://ex/name> "Bob" .\n<http://ex/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://ex/Person> <http://ex/g> .\n', 'quads', named_graph => '*');
-- The other calls.
SELECT rdf_assert_valid(:'trig', 'quads', named_graph => '<http://ex/g1>');
SELECT rdf_validation_report_jsonb(:'trig', 'quads', named_graph => '*') -> 'triplesValidated' AS triples;
SELECT shape, component, results FROM rdf_validation_summary(:'trig', 'quads', named_graph => '*');
SELECT count(*) FROM rdf_parse(rdf_validation_report_turtle(:'trig', 'quads', named_graph => '*'));
SELECT violation_type FROM rdf_validation_report('<http://ex/g> { <http://ex/a> a <http://ex/Person> }', 'quads', require_focus => true);
-- A graph that is not there.
SELECT rdf_validate(:'trig', 'quads', named_graph => '<http://ex/g3>');
SELECT rdf_validate('', 'quads', named_graph => '<http://ex/g3>', require_focus => true);
-- No names of graphs.
SELECT rdf_validate('', 'quads', named_graph => 'http://ex/g1');
SELECT rdf_validate('', 'quads', named_graph => '<g1>');
SELECT rdf_validate('', 'quads', named_graph => '_:g');
SELECT rdf_validate('', 'quads', named_graph => '');
\echo :LAST_ERROR_SQLSTATE

-- Once in a statement, however many documents it has.
SELECT count(*) FROM generate_series(1, 3) AS i WHERE rdf_validate(:'trig', 'quads');
CREATE TABLE quads_docs (id integer PRIMARY KEY, doc text);
CREATE TRIGGER judged BEFORE INSERT OR UPDATE ON quads_docs FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('doc', 'quads');
INSERT INTO quads_docs VALUES (1, :'trig'), (2, :'trig');
ALTER TABLE quads_docs ADD CONSTRAINT all_graphs CHECK (rdf_validate(doc, 'quads', named_graph => '*')) NOT VALID;
INSERT INTO quads_docs VALUES (3, '<http://ex/g> { <http://ex/a> a <http://ex/Person> }');
INSERT INTO quads_docs VALUES (3, '<http://ex/g> { <http://ex/a> a <http://ex/Person> } oops');
-- Trying and testing a policy: the default graph.
SELECT count(*) FROM rdf_policy_try('quads', :'trig', version => 1);
SELECT rdf_policy_add_test('quads', 'graphs', :'trig', true);
SELECT rdf_policy_register('quads', '<urn:s> <http://www.w3.org/ns/shacl#targetNode> <urn:x> ; <http://www.w3.org/ns/shacl#class> <urn:c> .');
SELECT success, error FROM rdf_policy_reload('quads');

-- What is wrong has its place, and the format that it is.
SELECT * FROM rdf_parse_quads(E'@prefix ex: <http://ex/> .\nex:g { ex:a ex:p ex:b\n');
SELECT * FROM rdf_parse_quads(E'@prefix ex: <http://ex/> .\nex:g { ex:a ex:p no:b }');
SELECT * FROM rdf_parse_quads(E'<http://ex/a> <http://ex/p> "x" <http://ex/g> .\n<http://ex/a> a <http://ex/b> .');
SELECT * FROM rdf_parse_quads(E'@prefix ex: <http://ex/> .\n<http://ex/a> <http://ex/p> "x" <http://ex/g> .');
SELECT * FROM rdf_parse_quads('{"@id": "http://ex/a"}');
-- Shapes are one graph.
SELECT rdf_policy_register('quads_shapes', '<http://ex/g> { <http://ex/S> a <http://www.w3.org/ns/shacl#NodeShape> }');
SELECT rdf_policy_register('quads_shapes', '<http://ex/S> <http://ex/p> <http://ex/o> <http://ex/g> .');
\echo :LAST_ERROR_SQLSTATE

SELECT rdf_policy_drop_test('quads', 'graphs');
DROP TABLE quads_docs;
SELECT rdf_policy_drop('quads');
