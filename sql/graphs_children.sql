-- Rows of a table that inherits from a graph's are the graph's, and no trigger of the parent sees them.
CREATE SCHEMA kg;
CREATE TABLE kg.terms (id bigint PRIMARY KEY, term rdf_term);
CREATE INDEX ON kg.terms USING hash (term);
CREATE TABLE kg."a Graph" (s bigint, p bigint, o bigint);
CREATE INDEX ON kg."a Graph" (s, p);
CREATE INDEX ON kg."a Graph" (o, p);
CREATE TABLE kg.child (LIKE kg."a Graph");
CREATE TABLE kg.other (s bigint);
SELECT rdf_graph_register('children', 'kg."a Graph"', 's', 'p', 'o', terms => 'kg.terms', term_lexical => 'term') > 0 AS registered;
SELECT rdf_policy_apply('kg_children', '<urn:s> <http://www.w3.org/ns/shacl#targetClass> <urn:c> ; <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#IRI> .');
SELECT rdf_graph_enforce('children', 'kg_children');

CREATE TABLE kg.late () INHERITS (kg."a Graph");
ALTER TABLE kg.child INHERIT kg."a Graph";
CREATE SCHEMA one CREATE TABLE late () INHERITS (kg."a Graph");
CREATE TABLE kg.late () INHERITS (kg.terms);
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER nowhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE kg.far () INHERITS (kg."a Graph") SERVER nowhere;
CREATE FOREIGN TABLE kg.far (s bigint, p bigint, o bigint) SERVER nowhere;
ALTER FOREIGN TABLE kg.far INHERIT kg."a Graph";
SELECT count(*) FROM pg_inherits WHERE inhparent = 'kg."a Graph"'::regclass;
-- Of other tables all may inherit.
CREATE TABLE kg.late () INHERITS (kg.other);
CREATE SCHEMA one CREATE TABLE late () INHERITS (kg.other);

-- Where nothing is enforced, too; then nothing can be.
SELECT rdf_graph_unenforce('children', 'kg_children');
CREATE TABLE kg.more_terms () INHERITS (kg.terms);
SELECT rdf_graph_enforce('children', 'kg_children');
ALTER TABLE kg.child INHERIT kg."a Graph";
SELECT rdf_graph_enforce('children', 'kg_children');
SELECT rdf_graph_drop('children');
SELECT rdf_policy_drop('kg_children');
SET client_min_messages = warning;
DROP SCHEMA kg, one CASCADE;
DROP FOREIGN DATA WRAPPER nothing CASCADE;
