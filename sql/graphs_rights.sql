-- Who may register graphs and have them judged, and with whose rights rows are read.
\pset format unaligned
\set VERBOSITY terse
CREATE SCHEMA rights;
GRANT USAGE ON SCHEMA rights TO PUBLIC;
SET search_path = rights, public;
ALTER SEQUENCE public.rdf_catalog_graph_source_id_seq RESTART;
SET client_min_messages = error;
SELECT rdf_policy_apply('r', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ] .');
CREATE ROLE graph_owner;
CREATE ROLE graph_reader;
GRANT CREATE ON SCHEMA rights TO graph_owner;
GRANT EXECUTE ON FUNCTION rdf_graph_register(text, regclass, text, text, text, text, text, text, text, text, jsonb, text, text, text, regclass, text, text, text,
    text, text, text), rdf_graph_drop(text) TO graph_owner;
SET ROLE graph_reader;
SELECT rdf_graph_register('g', 'pg_class', 'relname', 'relname', 'relname');
SET ROLE graph_owner;
CREATE TABLE t (s rdf_term, p rdf_term, o rdf_term, secret text);
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '"a"', 'x');
SELECT rdf_graph_register('g', 't', 's', 'p', 'o');
RESET ROLE;
CREATE TABLE theirs (s bigint, p bigint, o bigint);
CREATE TABLE dict (id bigint PRIMARY KEY, term rdf_term);
INSERT INTO dict VALUES (1, '<urn:a>'), (2, '<urn:p>');
SET ROLE graph_owner;
-- Ownership of the relation and of the dictionary.
SELECT rdf_graph_register('h', 'theirs', 's', 'p', 'o', terms => 'dict', term_lexical => 'term');
CREATE TABLE mine (s bigint, p bigint, o bigint);
INSERT INTO mine VALUES (1, 2, 1);
SELECT rdf_graph_register('h', 'mine', 's', 'p', 'o', terms => 'dict', term_lexical => 'term');
RESET ROLE;
SELECT rdf_graph_register('h', 'mine', 's', 'p', 'o', terms => 'dict', term_lexical => 'term');

-- SELECT on all that is read, and on no more.
SET ROLE graph_reader;
SELECT rdf_graph_validate('g', 'r');
SELECT rdf_graph_report('g', 'r', focus => '{<urn:a>}');
SET ROLE graph_owner;
GRANT SELECT (s, p) ON t TO graph_reader;
SET ROLE graph_reader;
SELECT rdf_graph_validate('g', 'r');
SET ROLE graph_owner;
GRANT SELECT (o) ON t TO graph_reader;
GRANT SELECT ON mine TO graph_reader;
SET ROLE graph_reader;
SELECT rdf_graph_validate('g', 'r'), (SELECT focus_node FROM rdf_graph_report('g', 'r', focus => '{<urn:a>}'));
SELECT rdf_graph_validate('h', 'r');
RESET ROLE;
GRANT SELECT ON dict TO graph_reader;
SET ROLE graph_reader;
SELECT rdf_graph_validate('h', 'r');

-- Row security: refused for whom it applies to, the owner too where it is forced.
SET ROLE graph_owner;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY nothing ON t USING (false);
SELECT rdf_graph_validate('g', 'r');
SET ROLE graph_reader;
SELECT rdf_graph_validate('g', 'r');
SELECT rdf_graph_report('g', 'r', focus => '{<urn:a>}');
SET ROLE graph_owner;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
SELECT rdf_graph_validate('g', 'r');
-- A superuser sees all; reading goes on as the owner, and sees all as well.
RESET ROLE;
SELECT rdf_graph_validate('g', 'r'), (SELECT focus_node FROM rdf_graph_report('g', 'r', focus => '{<urn:a>}'));
ALTER TABLE t NO FORCE ROW LEVEL SECURITY;
ALTER TABLE t DISABLE ROW LEVEL SECURITY;

-- A row filter's functions, and a view's, are called as the owner, security-restricted, and never with the rights of who judges, or
-- looks at rdf_graph_sources.
SET ROLE graph_owner;
CREATE FUNCTION whoami(rdf_term) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
    IF current_user <> 'graph_owner' THEN RAISE 'called as %', current_user; END IF;
    RETURN true;
END $$;
SELECT rdf_graph_register('f', 't', 's', 'p', 'o', row_filter => 'whoami(s) AND whoami(''<urn:constant>'')');
CREATE VIEW v AS SELECT s, p, o FROM t WHERE whoami(s);
SELECT rdf_graph_register('v', 'v', 's', 'p', 'o');
RESET ROLE;
-- Nor of whoever else owns the relation: it is asked who does before a row filter is compiled, and others than those that are registered
-- cannot be looked at.
CREATE TABLE victim (s rdf_term, p rdf_term, o rdf_term);
SET ROLE graph_owner;
SELECT rdf_graph_register('w', 'victim', 's', 'p', 'o', row_filter => 'whoami(''<urn:constant>'')');
SELECT pg_get_function_identity_arguments('rdf_catalog_source_problem'::regproc), p.* FROM rdf_catalog_source_problem(0) p;
RESET ROLE;
SELECT rdf_graph_validate('f', 'r'), rdf_graph_validate('v', 'r'), (SELECT focus_node FROM rdf_graph_report('f', 'r', focus => '{<urn:a>}')),
    (SELECT focus_node FROM rdf_graph_report('v', 'r', shape => '<urn:S>'));
SELECT graph, problem FROM rdf_graph_sources WHERE graph IN ('f', 'v') ORDER BY 1;
SELECT current_user;
-- A view that looks at its tables with the rights of whoever asks is its owner's here: only for who is he.
SET ROLE graph_owner;
ALTER VIEW v SET (security_invoker);
GRANT SELECT ON v TO graph_reader;
SELECT rdf_graph_validate('v', 'r');
SET ROLE graph_reader;
SELECT rdf_graph_validate('v', 'r');
-- What everybody may see.
SELECT count(*) FROM rdf_graphs;
SELECT count(*) FROM rdf_graph_sources WHERE problem IS NOT NULL;
SELECT * FROM rdf_graph_progress;
SELECT rdf_graph_drop('g');
SELECT * FROM rdf_catalog_graph;
RESET ROLE;
SELECT rdf_graph_drop(graph) FROM rdf_graphs;
SET client_min_messages = error;
DROP OWNED BY graph_owner, graph_reader;
DROP ROLE graph_owner, graph_reader;
DROP SCHEMA rights CASCADE;
SELECT rdf_policy_drop('r');
