-- Typical mistakes, and the way out that the error names: formats in the wrong place, and names that are nearly right.
\set VERBOSITY default
\pset format unaligned
\pset tuples_only on
SELECT rdf_policy_register('members', $$
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
schema:Named sh:targetClass schema:Person ; sh:property [ sh:path schema:name ; sh:minCount 1 ] , [ sh:path schema:knows ; sh:class schema:Person ] .
$$);
SELECT success FROM rdf_policy_reload('members');

-- Other formats as text.
SELECT rdf_validate('{"@context": "https://schema.org/", "@type": "Person", "name": "Ann"}', 'members');
SELECT rdf_validate('[{"subject": "ann", "predicate": "name", "value": "Ann"}]', 'members');
SELECT rdf_validate('{"{\"subject\":\"ann\",\"predicate\":\"name\",\"value\":\"Ann\"}"}', 'members');
SELECT rdf_validate('<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', 'members');
SELECT rdf_validate('{ ?s ?p ?o } => { ?o ?p ?s } .', 'members');
SELECT rdf_validate('ann a Person .', 'members');
-- Other formats as jsonb.
SELECT rdf_validate('{"@context": "https://schema.org/", "@type": "Person"}'::jsonb, 'members');
SELECT rdf_validate('[{"@id": "urn:a", "@type": "Person"}]'::jsonb, 'members');
SELECT rdf_validate(to_jsonb('<urn:a> <urn:b> <urn:c> .'::text), 'members');
SELECT rdf_validate('{"property": "name", "required": true}'::jsonb, 'members');
SELECT rdf_validate('{"subject": "ann", "predicate": "name", "value": "Ann"}'::jsonb, 'members');
SELECT rdf_validate('[{"s": "ann", "p": "name", "o": "Ann"}]'::jsonb, 'members');
SELECT rdf_validate('[{"subjct": "ann", "predicate": "name", "value": "Ann"}]'::jsonb, 'members');
-- What is no JSON at all is the server's to say.
\set VERBOSITY sqlstate
SELECT rdf_validate('<urn:a> <urn:b> <urn:c> .'::jsonb, 'members');
\set VERBOSITY default
-- Rules where a shapes text is expected.
SELECT rdf_policy_register('members', '{"property": "name", "required": true}');
SELECT rdf_policy_apply('members', '{"Member": {"rules": {"property": "name", "required": true}}}');

-- Names of policies: another case, a letter less, another version.
SELECT rdf_validate('', 'memberss');
SELECT rdf_validate('', 'Members');
SELECT rdf_validate('', 'Members@1');
SELECT rdf_validate('', 'members@2');
SELECT rdf_validate('', 'nobody');
SELECT count(*) FROM rdf_policy_reload('memebrs');
SELECT rdf_policy_drop('mebmers');
SELECT rdf_policy_discard('membrs');
SELECT rdf_policy_source('members', 5);
SELECT rdf_policy_export('members', 5);
SELECT rdf_policy_export('memebrs');
SELECT rdf_policy_shadow('members', 5);
SELECT rdf_policy_register('member', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetNode <urn:a> .');
SELECT rdf_validate('', 'member');
SELECT rdf_policy_drop('member');
-- Prefixes.
SELECT rdf_validate('@prefix members: <urn:x:> . <urn:a> <urn:b> memebrs:c .', 'members');
SELECT rdf_validate('<urn:a> a foaf:Person .', 'members');
SELECT rdf_validate('<urn:a> a Schema:Person .', 'members');
-- Classes and terms of SHACL.
SELECT result_message FROM rdf_validation_report('<urn:a> a <http://schema.org/Person> ; <http://schema.org/name> "A" ; <http://schema.org/knows> <urn:b> .
    <urn:b> a <https://schema.org/Person> .', 'members');
SELECT rdf_policy_register('wrong', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetNode <urn:a> ; sh:property [ sh:path <urn:p> ; sh:mincount 1 ] .');
SELECT rdf_policy_register('wrong', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClas <urn:a> .');
SELECT rdf_policy_register('wrong', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetNode <urn:a> ; sh:unheardOf 1 .');

-- Sentences.
SELECT '<http://ex/a b>'::rdf_term;
SELECT '<http://ex/a{b}>'::rdf_term;
SELECT rdf_validate('<http://ex/a b> <urn:p> 1 .', 'members');
SELECT rdf_validate('<a> <urn:p> 1 .', 'members');
SELECT rdf_policy_register('wrong', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetNode <urn:a> ; sh:pattern "(" .');
SELECT rdf_policy_register('wrong', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetNode <urn:a> ; sh:pattern "(?=a)" .');
SELECT rdf_policy_register('wrong', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetNode <urn:a> ; sh:pattern "a" ; sh:flags "z" .');
SELECT rdf_assert_valid('<urn:a> a <http://schema.org/Person> ; <http://schema.org/name> "A" ; <http://schema.org/knows> "Bob" .', 'members');

-- Arguments in the wrong order; shapes where rules are expected; a prefix in neither form; nothing staged.
SELECT rdf_validate('members', '<urn:a> <urn:b> <urn:c> .');
SELECT rdf_policy_register('@prefix sh: <http://www.w3.org/ns/shacl#> .', 'members');
SELECT rdf_validate('', 'all members');
SELECT rdf_policy_register_shape('ruled', 'Person', '
    @prefix sh: <http://www.w3.org/ns/shacl#> .');
SELECT rdf_policy_register_shape('ruled', 'Person', 'PREFIX sh: <http://www.w3.org/ns/shacl#>');
SELECT rdf_policy_register_shape('ruled', 'Person', ' "name" ');
SELECT rdf_validate('prefix ex: <http://ex/> . ex:a ex:b ex:c .', 'members');
SELECT rdf_validate('@prefix ex: http://ex/ . ex:a ex:b ex:c .', 'members');
SELECT * FROM rdf_policy_diff('members');
-- A table of texts is read as N-Triples, unless it is said that they are plain; a graph that lacks its indexes cannot be enforced.
SET client_min_messages = error;
CREATE TABLE plain (s text, p text, o text);
INSERT INTO plain VALUES ('<http://ex/a>', 'http://ex/p', '"x"');
SELECT rdf_graph_register('plain', 'plain', 's', 'p', 'o') > 0;
RESET client_min_messages;
SELECT rdf_graph_validate('plain', 'members');
SELECT rdf_graph_enforce('plain', 'members');
SELECT rdf_graph_drop('plain');
DROP TABLE plain;
SELECT rdf_policy_drop('members');
