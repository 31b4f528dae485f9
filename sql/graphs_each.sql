-- Policies that are enforced on some named graphs, or on each by itself.
CREATE SCHEMA kg;
CREATE TABLE kg.quads (s rdf_term, p rdf_term, o rdf_term, g rdf_term);
CREATE INDEX ON kg.quads (s, p);
CREATE INDEX ON kg.quads (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('quads', 'kg.quads', 's', 'p', 'o', named_graph => 'g') > 0 AS registered;
SELECT rdf_policy_apply('kg_quads', $$
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:ex:> .
ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxCount 1 ] .
$$);
CREATE FUNCTION kg.person(who text, g text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO kg.quads VALUES (rdf_iri('urn:ex:' || who), rdf_iri('http://www.w3.org/1999/02/22-rdf-syntax-ns#type'),
        rdf_iri('urn:ex:Person'), rdf_iri('urn:g:' || g)) $$;
CREATE FUNCTION kg.name(who text, name text, g text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO kg.quads VALUES (rdf_iri('urn:ex:' || who), rdf_iri('urn:ex:name'), rdf_literal(name), rdf_iri('urn:g:' || g)) $$;

-- Each by itself: a name in another graph is none, and two names in two graphs are one each.
SELECT rdf_graph_enforce('quads', 'kg_quads', "each" => true);
BEGIN;
SELECT kg.person('ann', '1'), kg.name('ann', 'Ann', '2');
COMMIT;
BEGIN;
SELECT kg.person('ann', '1'), kg.name('ann', 'Ann', '1'), kg.person('ann', '2'), kg.name('ann', 'Anna', '2');
COMMIT;
DELETE FROM kg.quads WHERE g = rdf_iri('urn:g:2') AND p = rdf_iri('urn:ex:name');
UPDATE kg.quads SET g = rdf_iri('urn:g:3') WHERE g = rdf_iri('urn:g:2') AND p = rdf_iri('urn:ex:name');
SELECT rdf_graph_validate('quads', 'kg_quads'), rdf_graph_validate('quads', 'kg_quads', "each" => true);
SELECT rdf_graph_prove('quads', 'kg_quads');
-- All of them, after what no row tells.
BEGIN;
SELECT kg.person('bob', '4');
SELECT rdf_graph_set_mode('quads', 'kg_quads', 'off');
COMMIT;
SELECT rdf_graph_set_mode('quads', 'kg_quads', 'audit');
BEGIN;
TRUNCATE kg.quads;
SELECT kg.person('bob', '4'), kg.person('carl', '5');
COMMIT;
SELECT focus_node, result_message, named_graph FROM rdf_graph_violations WHERE graph = 'quads' ORDER BY 1;
SELECT rdf_graph_prove('quads', 'kg_quads');
SELECT rdf_graph_unenforce('quads', 'kg_quads');

-- Some, as one: others are nobody's business.
DELETE FROM kg.quads;
SELECT rdf_graph_enforce('quads', 'kg_quads', named_graphs => '{<urn:g:1>,<urn:g:2>}');
SELECT kg.person('dora', '3');
SELECT kg.person('dora', '1');
BEGIN;
SELECT kg.person('dora', '1'), kg.name('dora', 'Dora', '2');
COMMIT;
UPDATE kg.quads SET g = rdf_iri('urn:g:3') WHERE g = rdf_iri('urn:g:2');
SELECT graph, policy, named_graphs FROM rdf_graph_enforcements;
SELECT rdf_graph_prove('quads', 'kg_quads');
SELECT rdf_graph_enforce('quads', 'kg_quads', named_graphs => '{"no iri"}');
SELECT rdf_graph_unenforce('quads', 'kg_quads');
DELETE FROM rdf_catalog_violation;
SELECT rdf_graph_drop('quads');
SELECT rdf_policy_drop('kg_quads');
DROP SCHEMA kg CASCADE;
DELETE FROM rdf_catalog_violation;

-- Where graphs' names have a table of their own, a name that becomes another's changes what is judged.
CREATE SCHEMA pgrdf;
SET search_path = pgrdf, public;
CREATE TABLE _pgrdf_dictionary (id bigint PRIMARY KEY, term_type smallint NOT NULL, lexical_value text NOT NULL, datatype_iri_id bigint,
    language_tag text);
CREATE INDEX ON _pgrdf_dictionary USING hash (lexical_value);
CREATE TABLE _pgrdf_quads (subject_id bigint NOT NULL, predicate_id bigint NOT NULL, object_id bigint NOT NULL, graph_id bigint NOT NULL,
    is_inferred boolean NOT NULL DEFAULT false);
CREATE INDEX ON _pgrdf_quads (subject_id, predicate_id);
CREATE INDEX ON _pgrdf_quads (object_id, predicate_id);
CREATE TABLE _pgrdf_graphs (graph_id bigint PRIMARY KEY, iri text NOT NULL) PARTITION BY LIST (graph_id);
CREATE TABLE _pgrdf_graphs_1 PARTITION OF _pgrdf_graphs FOR VALUES IN (1);
CREATE TABLE _pgrdf_graphs_2 PARTITION OF _pgrdf_graphs FOR VALUES IN (2);
INSERT INTO _pgrdf_graphs VALUES (1, 'urn:g:1'), (2, 'urn:g:2');
INSERT INTO _pgrdf_dictionary VALUES (1, 1, 'urn:ex:ann', NULL, NULL), (2, 1, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', NULL, NULL),
    (3, 1, 'urn:ex:Person', NULL, NULL);
INSERT INTO _pgrdf_quads VALUES (1, 2, 3, 2);
SELECT rdf_graph_register_preset('names', 'pgrdf');
SELECT rdf_policy_apply('kg_graph_names', $$
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:ex:> .
ex:PersonShape sh:targetClass ex:Person ; sh:property [ sh:path ex:name ; sh:minCount 1 ] .
$$);
SELECT rdf_graph_enforce('names', 'kg_graph_names', named_graphs => '{<urn:g:1>}');
SELECT problem FROM rdf_graph_enforcements WHERE graph = 'names';
DELETE FROM _pgrdf_graphs WHERE graph_id = 1;
UPDATE _pgrdf_graphs SET iri = 'urn:g:1' WHERE graph_id = 2;
SELECT * FROM _pgrdf_graphs;
-- A partition of it that goes takes names away.
ALTER TABLE _pgrdf_graphs DETACH PARTITION _pgrdf_graphs_2;
SELECT rdf_graph_unenforce('names', 'kg_graph_names');
SELECT count(*) FROM pg_trigger WHERE tgname ~ '^rdf_graph' AND tgrelid IN ('_pgrdf_graphs'::regclass, '_pgrdf_quads'::regclass);
SELECT rdf_graph_drop('names');
SELECT rdf_policy_drop('kg_graph_names');
RESET search_path;
DROP SCHEMA pgrdf CASCADE;
