-- What one call may take: memory (rdfpolicy.work_mem), and work that small input asks for.
SELECT rdf_policy_register('bounded', '@prefix sh: <http://www.w3.org/ns/shacl#> .
    <urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ] .');
SELECT success FROM rdf_policy_reload('bounded');
-- Names count as they are written out: 12 kB of prefix and 100 names of 3 bytes are 1.2 MB.
SELECT '@prefix d: <urn:' || repeat('f', 12000) || '> . <urn:x> <urn:p> ' || string_agg('d:' || i, ' , ') || ' .' AS amplified
FROM generate_series(100, 199) i \gset
SELECT rdf_validate(:'amplified', 'bounded');
SET rdfpolicy.work_mem = '1MB';
SELECT rdf_validate(:'amplified', 'bounded');
SELECT * FROM rdf_parse(:'amplified');
SELECT rdf_policy_register('other', :'amplified');
SELECT severity, code, message FROM rdf_policy_lint(:'amplified');
-- What is not amplified has no bound but the memory itself, whatever form the data has.
SELECT rdf_validate(string_agg('<urn:x> <urn:p> <urn:' || i || '> .', ' '), 'bounded') FROM generate_series(1, 3000) i;
SELECT rdf_validate(string_agg('<urn:x> <urn:p> <urn:' || i || '> .', ' '), 'bounded') FROM generate_series(1, 30000) i;
SELECT rdf_validate(jsonb_agg(jsonb_build_object('subject', 'urn:x', 'predicate', 'urn:p', 'value', 'urn:' || i)), 'bounded')
FROM generate_series(1, 30000) i;
SELECT rdf_validate(array_agg(rdf_triple('<urn:x>', '<urn:p>', rdf_iri('urn:' || i))), 'bounded') FROM generate_series(1, 30000) i;
-- Triples that no shape reads take none.
SELECT rdf_validate(string_agg('<urn:x> <urn:unread> <urn:' || i || '> .', ' '), 'bounded') FROM generate_series(1, 30000) i;
RESET rdfpolicy.work_mem;
CREATE ROLE rdfpolicy_limited;
SET ROLE rdfpolicy_limited;
SET rdfpolicy.work_mem = '2GB';
RESET ROLE;
DROP ROLE rdfpolicy_limited;
SELECT rdf_policy_drop('bounded');
