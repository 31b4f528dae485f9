-- What a writer is told of a graph that he may not read, and with whose rights a transaction is judged.
SET client_min_messages = warning;
CREATE SCHEMA told;
GRANT USAGE ON SCHEMA told TO PUBLIC;
SET search_path = told, public;
CREATE ROLE told_owner;
CREATE ROLE told_writer;
GRANT CREATE ON SCHEMA told TO told_owner;
GRANT EXECUTE ON FUNCTION rdf_graph_register(text, regclass, text, text, text, text, text, text, text, text, jsonb, text, text, text, regclass, text, text, text,
    text, text, text), rdf_graph_drop(text), rdf_graph_enforce(text, text, text, text, text[], text[], boolean), rdf_graph_unenforce(text, text) TO told_owner;
SELECT rdf_policy_apply('told', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:S> sh:targetSubjectsOf <urn:p> , <urn:q> ; sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ; sh:maxCount 1 ] .');

SET ROLE told_owner;
CREATE TABLE t (s rdf_term, p rdf_term, o rdf_term, hidden boolean DEFAULT false);
CREATE INDEX ON t (s, p);
CREATE INDEX ON t (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('told', 't', 's', 'p', 'o', row_filter => 'NOT hidden') > 0 AS registered;
-- Faults from before are there, and nobody's.
INSERT INTO t VALUES ('<urn:secret>', '<urn:p>', '"secret value"', true),
    ('<urn:other-secret>', '<urn:x>', '"other secret value"', false);
SELECT rdf_graph_enforce('told', 'told');
GRANT INSERT, UPDATE, DELETE ON t TO told_writer;

-- No SELECT: the node that he wrote, and no value.
SET ROLE told_writer;
INSERT INTO t VALUES ('<urn:mine>', '<urn:p>', '"my value"');
-- He may write without reading; what he meets blindly is not his. A row that becomes a triple, a predicate that is read by no shape before,
-- an object of all rows.
UPDATE t SET hidden = false;
UPDATE t SET p = '<urn:p>';
UPDATE t SET o = '"1"', p = '<urn:p>';
-- But what he makes of it is.
UPDATE t SET s = '<urn:new>', p = '<urn:p>', hidden = false;
BEGIN;
INSERT INTO t VALUES ('<urn:mine>', '<urn:p>', '<urn:a>');
INSERT INTO t VALUES ('<urn:mine>', '<urn:p>', '<urn:b>');
COMMIT;
-- An object as the focus node: he wrote it too.
RESET ROLE;
SELECT rdf_policy_apply('told', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:S> sh:targetObjectsOf <urn:r> ; sh:pattern "^urn:ok" .');
SET ROLE told_writer;
INSERT INTO t VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>');
-- What the transaction changed is not known of a whole graph.
RESET ROLE;
GRANT TRUNCATE ON t TO told_writer;
SET ROLE told_writer;
BEGIN;
TRUNCATE t;
INSERT INTO t VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>');
COMMIT;

-- Columns that he may read are all that are read: then he is told. The row filter's column is one.
SET ROLE told_owner;
GRANT SELECT (s, p, o) ON t TO told_writer;
SET ROLE told_writer;
INSERT INTO t VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>');
SET ROLE told_owner;
GRANT SELECT (hidden) ON t TO told_writer;
SET ROLE told_writer;
INSERT INTO t VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>');
-- Row security: he sees no row, and all are judged.
SET ROLE told_owner;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY writes ON t FOR INSERT WITH CHECK (true);
SET ROLE told_writer;
SELECT count(*) FROM t;
INSERT INTO t VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>');
SET ROLE told_owner;
ALTER TABLE t FORCE ROW LEVEL SECURITY;
INSERT INTO t VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>');
ALTER TABLE t NO FORCE ROW LEVEL SECURITY;
ALTER TABLE t DISABLE ROW LEVEL SECURITY;
REVOKE SELECT (s, p, o, hidden) ON t FROM told_writer;

-- A function of the owner's that writes for him, a view, and a procedure that commits: the commit is his.
CREATE FUNCTION put(s text, o text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = told, public, pg_temp AS $$
    INSERT INTO t VALUES (rdf_iri(s), rdf_iri('urn:r'), rdf_iri(o)) $$;
CREATE VIEW v AS SELECT s, p, o FROM t;
GRANT INSERT ON v TO told_writer;
CREATE PROCEDURE put_and_commit(s text, o text) LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO told.t VALUES (rdf_iri(s), rdf_iri('urn:r'), rdf_iri(o));
    COMMIT;
END $$;
REVOKE ALL ON t FROM told_writer;
SET ROLE told_writer;
SELECT put('urn:mine', 'urn:ok');
SELECT put('urn:mine', 'urn:bad');
INSERT INTO v VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>');
CALL put_and_commit('urn:mine', 'urn:bad');
SET ROLE told_owner;
CALL put_and_commit('urn:mine', 'urn:bad');

-- Ids: he wrote a number, and no node, unless he may read what it means.
CREATE TABLE dict (id bigint PRIMARY KEY, term rdf_term);
CREATE INDEX ON dict USING hash (term);
CREATE TABLE ids (s bigint, p bigint, o bigint);
CREATE INDEX ON ids (s, p);
CREATE INDEX ON ids (o, p);
INSERT INTO dict VALUES (1, '<urn:secret>'), (2, '<urn:r>'), (3, '<urn:also-secret>'), (4, '"secret"');
SELECT rdf_graph_register('ids', 'ids', 's', 'p', 'o', terms => 'dict', term_lexical => 'term') > 0 AS registered;
SELECT rdf_graph_enforce('ids', 'told');
GRANT INSERT ON ids, dict TO told_writer;
SET ROLE told_writer;
INSERT INTO ids VALUES (1, 2, 3);
-- A row that is no triple, and an id that means nothing.
INSERT INTO ids VALUES (1, 4, 3);
INSERT INTO ids VALUES (1, 2, 9);
SET ROLE told_owner;
GRANT SELECT ON dict TO told_writer;
SET ROLE told_writer;
INSERT INTO ids VALUES (1, 2, 3);
RESET ROLE;

-- What the writer wrote does not run as the owner, nor what the owner wrote as the writer: a function of the row filter's, found by its name
-- once; one that fits better is made later by who may make functions in that schema.
CREATE ROLE told_intruder;
GRANT CREATE ON SCHEMA told TO told_intruder;
SET ROLE told_owner;
CREATE TABLE f (s rdf_term, p rdf_term, o rdf_term, kind varchar);
CREATE INDEX ON f (s, p);
CREATE INDEX ON f (o, p) WHERE rdf_kind(o) <> 'literal';
CREATE FUNCTION wanted(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF current_user <> 'told_owner' THEN RAISE 'called as %', current_user; END IF;
    IF $1 = 'secret' THEN RAISE 'the kind is %', $1; END IF;
    RETURN $1 <> 'no';
END $$;
INSERT INTO f VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>', 'no');
SELECT rdf_graph_register('f', 'f', 's', 'p', 'o', row_filter => 'wanted(kind)') > 0 AS registered;
SELECT rdf_graph_enforce('f', 'told');
GRANT INSERT, SELECT ON f TO told_intruder;
SELECT options ->> 'row_filter' AS row_filter FROM rdf_graph_sources WHERE graph = 'f';
SET ROLE told_intruder;
CREATE FUNCTION wanted(varchar) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RAISE 'the intruder''s, called as %', current_user;
END $$;
SET search_path = told, public;
\c -
SET client_min_messages = warning;
SET search_path = told, public;
SET ROLE told_intruder;
INSERT INTO f VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>', 'no');
INSERT INTO f VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>', 'yes');
-- What the filter's function says is for who may read the graph.
INSERT INTO f VALUES ('<urn:mine>', '<urn:r>', '<urn:ok>', 'secret');
RESET ROLE;
REVOKE SELECT ON f FROM told_intruder;
SET ROLE told_intruder;
INSERT INTO f VALUES ('<urn:mine>', '<urn:r>', '<urn:ok>', 'secret');
-- Types of his own session are none of the filter's.
RESET ROLE;
SET ROLE told_owner;
SELECT rdf_graph_unenforce('f', 'told');
SELECT rdf_graph_drop('f');
SELECT rdf_graph_register('f', 'f', 's', 'p', 'o', row_filter => 'kind::name <> ''no''') > 0 AS registered;
SELECT rdf_graph_enforce('f', 'told');
RESET ROLE;
SELECT format('GRANT TEMPORARY ON DATABASE %I TO told_intruder', current_database()) AS statement \gset
:statement;
\c -
SET client_min_messages = warning;
SET search_path = told, public;
SET ROLE told_intruder;
CREATE FUNCTION pg_temp.check_it(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'called as %', current_user; END $$;
CREATE DOMAIN pg_temp.name AS text CHECK (pg_temp.check_it(VALUE));
INSERT INTO f VALUES ('<urn:mine>', '<urn:r>', '<urn:ok>', 'yes');
INSERT INTO f VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>', 'yes');
DROP DOMAIN pg_temp.name;
RESET ROLE;

-- Nor does the predicate of an index run as who looks at a graph, or has it judged.
SET ROLE told_owner;
CREATE FUNCTION whoami(rdf_term) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF current_user <> 'told_owner' THEN RAISE 'called as %', current_user; END IF;
    RETURN true;
END $$;
CREATE TABLE looked_at (s rdf_term, p rdf_term, o rdf_term);
CREATE INDEX ON looked_at (s, p) WHERE whoami('<urn:constant>');
CREATE INDEX ON looked_at (o, p) WHERE whoami('<urn:constant>') AND rdf_kind(o) <> 'literal';
SELECT rdf_graph_register('looked_at', 'looked_at', 's', 'p', 'o') > 0 AS registered;
RESET ROLE;
SELECT rdf_graph_enforce('looked_at', 'told');
\c -
SET client_min_messages = warning;
SET search_path = told, public;
SELECT problem FROM rdf_graph_enforcements WHERE graph = 'looked_at';
\c -
SET client_min_messages = warning;
SET search_path = told, public;
SELECT problem, missing_indexes FROM rdf_graph_sources WHERE graph = 'looked_at';
SELECT count(*) FROM rdf_graph_report('looked_at', 'told', focus => '{<urn:a>}');

-- To change a mode is a right of its own, without the table; recording needs no right at all.
CREATE ROLE told_switch;
GRANT EXECUTE ON FUNCTION rdf_graph_set_mode(text, text, text) TO told_switch;
SET ROLE told_intruder;
SELECT rdf_graph_set_mode('f', 'told', 'off');
SET ROLE told_switch;
SELECT rdf_graph_set_mode('f', 'told', 'audit');
SET ROLE told_intruder;
INSERT INTO f VALUES ('<urn:mine>', '<urn:r>', '<urn:bad>', 'yes');
SELECT count(*) FROM rdf_graph_violations;
RESET ROLE;
SELECT happened_by, focus_node, result_message FROM rdf_graph_violations WHERE graph = 'f';
-- Others' triggers of the same name keep nobody from ending it, and are left.
SET ROLE told_intruder;
CREATE TABLE decoy (s rdf_term);
SELECT format('CREATE CONSTRAINT TRIGGER rdf_graph_%s_deferred_insert AFTER INSERT ON decoy FOR EACH ROW EXECUTE FUNCTION rdf_graph_judge(%L, %L)',
    source, 'f', 'deferred') AS statement FROM rdf_graph_sources WHERE graph = 'f' \gset
:statement;
SET ROLE told_switch;
SELECT rdf_graph_unenforce('f', 'told');
SET ROLE told_owner;
SELECT rdf_graph_unenforce('f', 'told');
SELECT tgrelid::regclass AS "table" FROM pg_trigger WHERE tgname ~ '^rdf_graph_' AND tgrelid IN ('f'::regclass, 'decoy'::regclass);
-- Nor does one that the owner made himself stand for ours.
SELECT rdf_graph_unenforce('ids', 'told');
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
SELECT format('CREATE CONSTRAINT TRIGGER rdf_graph_%s_deferred_insert AFTER INSERT ON ids FOR EACH ROW EXECUTE FUNCTION nothing()', source) AS statement
FROM rdf_graph_sources WHERE graph = 'ids' \gset
:statement;
SELECT rdf_graph_enforce('ids', 'told');
INSERT INTO ids VALUES (1, 2, 3);

RESET ROLE;
SELECT rdf_graph_unenforce(graph, policy) FROM rdf_graph_enforcements;
SELECT rdf_graph_drop(graph) FROM rdf_graphs;
SET client_min_messages = error;
DROP OWNED BY told_owner, told_writer, told_intruder, told_switch CASCADE;
DROP ROLE told_owner, told_writer, told_intruder, told_switch;
DROP SCHEMA told CASCADE;
SELECT rdf_policy_drop('told');
DELETE FROM rdf_catalog_violation;
