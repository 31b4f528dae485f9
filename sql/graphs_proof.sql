-- What is known of all that is stored: proven, no more proven after a reload, proven before it.
CREATE SCHEMA kg;
CREATE TABLE kg.triples (s rdf_term, p rdf_term, o rdf_term);
CREATE INDEX ON kg.triples (s, p);
CREATE INDEX ON kg.triples (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('proof', 'kg.triples', 's', 'p', 'o') > 0 AS registered;
CREATE FUNCTION kg.shapes(name_length integer, title_length integer, message text) RETURNS text LANGUAGE sql AS $$
    SELECT format('@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:ex:> .
        ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minLength %s ; sh:message %L ] .
        ex:BookShape sh:targetClass ex:Book ; sh:node ex:TitledShape .
        ex:TitledShape sh:property [ sh:path ex:title ; sh:maxLength %s ] .
        ex:PlaceShape sh:targetClass ex:Place ; sh:nodeKind sh:IRI .', name_length, '"' || message || '"', title_length) $$;
SELECT rdf_policy_apply('kg_proof', replace(kg.shapes(2, 10, 'too short'), '''', ''));
INSERT INTO kg.triples SELECT subject, predicate, object
FROM rdf_parse('@prefix ex: <urn:ex:> . ex:ann a ex:Person ; ex:name "Ann" . ex:book a ex:Book ; ex:title "A title" . ex:x a ex:Place .');
-- What is there already is no hindrance to enforce, but nothing is known of it.
SELECT rdf_graph_enforce('proof', 'kg_proof');
SELECT policy, proven_generation, unproven_shapes FROM rdf_graph_enforcements;
SELECT rdf_graph_prove('proof', 'kg_proof');
SELECT policy, proven_generation > 0 AS is_proven, unproven_shapes FROM rdf_graph_enforcements;

-- A message is no demand; another bound is; a shape that is referred to counts for who refers to it.
SELECT rdf_policy_apply('kg_proof', replace(kg.shapes(2, 10, 'is too short'), '''', ''));
SELECT unproven_shapes FROM rdf_graph_enforcements;
SELECT rdf_policy_apply('kg_proof', replace(kg.shapes(2, 8, 'is too short'), '''', ''));
SELECT unproven_shapes FROM rdf_graph_enforcements;
SELECT rdf_policy_apply('kg_proof', replace(kg.shapes(3, 8, 'is too short'), '''', ''));
SELECT unproven_shapes FROM rdf_graph_enforcements;
SELECT rdf_graph_prove('proof', 'kg_proof');
SELECT unproven_shapes FROM rdf_graph_enforcements;
-- A subclass matters to all.
SELECT rdf_policy_apply('kg_proof', replace(kg.shapes(3, 8, 'is too short'), '''', '')
    || '<urn:ex:Novel> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:ex:Book> .');
SELECT unproven_shapes FROM rdf_graph_enforcements;
-- A version that is kept no more cannot be compared.
SELECT rdf_policy_prune('kg_proof', 0);
SELECT unproven_shapes FROM rdf_graph_enforcements;
SELECT rdf_graph_prove('proof', 'kg_proof');

-- Proven before it is in force, or refused.
SELECT rdf_policy_register('kg_proof', replace(kg.shapes(4, 8, 'is too short'), '''', ''));
SELECT success, version, changed, error FROM rdf_policy_reload('kg_proof', prove => true);
SELECT rdf_policy_register('kg_proof', replace(kg.shapes(1, 8, 'is too short'), '''', ''));
SELECT success, version, changed, error FROM rdf_policy_reload('kg_proof', prove => true);
SELECT unproven_shapes FROM rdf_graph_enforcements;
-- A reload that is not proven goes on; the data that violates it is nobody's fault, and is not proven.
SELECT rdf_policy_apply('kg_proof', replace(kg.shapes(4, 8, 'is too short'), '''', ''));
INSERT INTO kg.triples VALUES (rdf_iri('urn:ex:new'), rdf_iri('urn:ex:name'), rdf_literal('x'));
SELECT rdf_graph_prove('proof', 'kg_proof');
SELECT proven_generation FROM rdf_graph_enforcements;
-- Where violations are committed, nothing stays proven; nor is it when the mode is enforce again.
DELETE FROM kg.triples WHERE s = rdf_iri('urn:ex:ann');
SELECT rdf_graph_set_mode('proof', 'kg_proof', 'warn');
SELECT rdf_graph_prove('proof', 'kg_proof');
SELECT proven_generation FROM rdf_graph_enforcements;
SELECT rdf_graph_set_mode('proof', 'kg_proof', 'enforce');
SELECT proven_generation FROM rdf_graph_enforcements;
SELECT rdf_graph_prove('proof', 'kg_proof');
SELECT proven_generation > 0 AS is_proven FROM rdf_graph_enforcements;

-- A policy that is enforced stays.
SELECT policy, version, kind, object, definition FROM rdf_policy_dependents WHERE kind = 'graph';
SELECT rdf_policy_drop('kg_proof');
-- … unless it is taken away by force. Then nothing is proven by it, also where data may pass.
SELECT rdf_policy_drop('kg_proof', force => true);
SELECT rdf_graph_prove('proof', 'kg_proof');
SET rdfpolicy.no_policy = 'pass';
SELECT rdf_graph_prove('proof', 'kg_proof');
RESET rdfpolicy.no_policy;
SELECT rdf_graph_unenforce('proof', 'kg_proof');
SELECT rdf_graph_drop('proof');
DROP SCHEMA kg CASCADE;
