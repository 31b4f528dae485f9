-- Graphs whose tables are dropped, renamed, replaced and changed while policies are enforced on them.
SET client_min_messages = warning;
CREATE SCHEMA standing;
CREATE SCHEMA elsewhere;
SET search_path = standing, public;
SELECT rdf_policy_apply('standing', 'PREFIX sh: <http://www.w3.org/ns/shacl#>
    <urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ; sh:maxCount 1 ] .');
CREATE FUNCTION make(name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %s (s rdf_term, p rdf_term, o rdf_term)', name);
    EXECUTE format('CREATE INDEX ON %s (s, p)', name);
    EXECUTE format('CREATE INDEX ON %s (o, p) WHERE rdf_kind(o) <> ''literal''', name);
END $$;
CREATE VIEW problems AS
    SELECT graph, regexp_replace(problem, 'graph_\d+', 'graph_N') AS problem FROM rdf_graph_enforcements ORDER BY graph;
CREATE VIEW triggers AS
    SELECT tgrelid::regclass AS "table", count(*) FROM pg_trigger WHERE tgname ~ '^rdf_graph_' AND NOT tgisinternal GROUP BY 1 ORDER BY 1;
SELECT make('t');
SELECT rdf_graph_register('g', 't', 's', 'p', 'o') > 0 AS registered;
SELECT rdf_graph_enforce('g', 'standing');
SELECT * FROM problems;

-- Another table takes the place of the graph's: it is judged as a whole, and every change of it from then on.
SELECT make('next');
INSERT INTO next VALUES ('<urn:a>', '<urn:p>', '"no"');
BEGIN;
ALTER TABLE t RENAME TO former;
ALTER TABLE next RENAME TO t;
COMMIT;
DELETE FROM next;
BEGIN;
ALTER TABLE t RENAME TO former;
SELECT * FROM problems;
INSERT INTO former VALUES ('<urn:a>', '<urn:p>', '"no"');
ROLLBACK;
BEGIN;
ALTER TABLE t RENAME TO former;
ALTER TABLE next RENAME TO t;
COMMIT;
SELECT * FROM triggers;
SELECT * FROM problems;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '"no"');
INSERT INTO former VALUES ('<urn:a>', '<urn:p>', '"no"');
-- The same by schemas; and one that lacks what judging needs.
BEGIN;
ALTER TABLE former SET SCHEMA elsewhere;
ALTER TABLE elsewhere.former RENAME TO t;
ALTER SCHEMA standing RENAME TO old;
ALTER SCHEMA elsewhere RENAME TO standing;
COMMIT;
DELETE FROM former;
BEGIN;
ALTER TABLE former SET SCHEMA elsewhere;
ALTER TABLE elsewhere.former RENAME TO t;
ALTER SCHEMA standing RENAME TO old;
ALTER SCHEMA elsewhere RENAME TO standing;
COMMIT;
SELECT * FROM old.triggers;
INSERT INTO standing.t VALUES ('<urn:a>', '<urn:p>', '"no"');
BEGIN;
ALTER SCHEMA standing RENAME TO elsewhere;
ALTER SCHEMA old RENAME TO standing;
COMMIT;
SELECT * FROM triggers;
CREATE TABLE elsewhere.bare (s rdf_term, p rdf_term, o rdf_term);
ALTER TABLE elsewhere.bare RENAME TO t2;
DROP TABLE elsewhere.t;
ALTER TABLE elsewhere.t2 RENAME TO t;
BEGIN;
ALTER TABLE t RENAME TO former;
ALTER TABLE elsewhere.t SET SCHEMA standing;
ROLLBACK;

-- A table that is moved or renamed is none of the graph's: what is written there is refused, since the graph cannot be read.
ALTER TABLE t RENAME COLUMN o TO object;
SELECT * FROM problems;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '<urn:b>');
ALTER TABLE t RENAME COLUMN object TO o;
\set VERBOSITY terse
ALTER TABLE t ALTER o TYPE text;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '<urn:b>');

-- The owner may disable triggers, and is told of it.
ALTER TABLE t DISABLE TRIGGER ALL;
SELECT * FROM problems;
SELECT rdf_graph_prove('g', 'standing');
SELECT rdf_policy_apply('standing', 'PREFIX sh: <http://www.w3.org/ns/shacl#>
    <urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:nodeKind sh:IRI ] .');
\set VERBOSITY default
ALTER TABLE t ENABLE TRIGGER ALL;
SELECT * FROM problems;
SELECT rdf_graph_prove('g', 'standing');
DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE t ENABLE REPLICA TRIGGER %I', tgname) FROM pg_trigger WHERE tgname ~ '^rdf_graph_\d+_deferred_truncate'); END $$;
SELECT * FROM problems;
DO $$ BEGIN EXECUTE (SELECT format('DROP TRIGGER %I ON t', tgname) FROM pg_trigger WHERE tgname ~ '^rdf_graph_\d+_deferred_update'); END $$;
SELECT rdf_graph_unenforce('g', 'standing'), rdf_graph_enforce('g', 'standing');
ALTER EVENT TRIGGER rdf_graph_partitions_changed DISABLE;
SELECT * FROM problems;
ALTER EVENT TRIGGER rdf_graph_partitions_changed ENABLE;
SELECT * FROM problems;
-- A crash of the server empties unlogged tables, and no trigger sees it: then all of a graph's tables are, or nothing is proven.
ALTER TABLE t SET UNLOGGED;
SELECT * FROM problems;
CREATE TABLE t_more (LIKE t INCLUDING ALL);
SELECT rdf_graph_add_source('g', 't_more', 's', 'p', 'o') > 0 AS added;
SELECT * FROM problems;
SELECT rdf_graph_prove('g', 'standing');
SELECT rdf_graph_unenforce('g', 'standing'), rdf_graph_enforce('g', 'standing');
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '"no"');
ALTER TABLE t_more SET UNLOGGED;
SELECT * FROM problems;
SELECT rdf_graph_unenforce('g', 'standing'), rdf_graph_drop('g');
ALTER TABLE t SET LOGGED;
DROP TABLE t_more;
SELECT rdf_graph_register('g', 't', 's', 'p', 'o') > 0 AS registered;
SELECT rdf_graph_enforce('g', 'standing');

-- ENABLE ALWAYS: sessions that replicate are judged too.
SET session_replication_role = replica;
BEGIN;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '"no"');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
RESET session_replication_role;
DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE t ENABLE ALWAYS TRIGGER %I', tgname) FROM pg_trigger WHERE tgname ~ '^rdf_graph_\d+_deferred_insert'); END $$;
SET session_replication_role = replica;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '"no"');
RESET session_replication_role;

-- A table that is dropped leaves a graph that cannot be read; one of its name is warned of.
SELECT make('other');
SELECT rdf_graph_add_source('g', 'other', 's', 'p', 'o') > 0 AS added;
INSERT INTO other VALUES ('<urn:a>', '<urn:p>', '"no"');
DROP TABLE t;
SELECT * FROM problems;
INSERT INTO other VALUES ('<urn:a>', '<urn:p>', '<urn:b>');
CREATE TABLE t (s rdf_term, p rdf_term, o rdf_term);
CREATE TABLE elsewhere.t3 AS SELECT * FROM t;
SELECT * FROM problems;
\set VERBOSITY terse
SELECT rdf_graph_prove('g', 'standing');
\set VERBOSITY default
CREATE INDEX ON t (s, p);
CREATE INDEX ON t (o, p) WHERE rdf_kind(o) <> 'literal';
SELECT rdf_graph_unenforce('g', 'standing'), rdf_graph_enforce('g', 'standing');
SELECT * FROM problems;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '"no"');

-- Two graphs over one table, two tables in one graph: each is judged.
SELECT rdf_policy_apply('short', 'PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:S> sh:targetSubjectsOf <urn:q> ; sh:property [ sh:path <urn:q> ; sh:minLength 8 ] .');
SELECT rdf_graph_register('h', 't', 's', 'p', 'o', row_filter => 'p OPERATOR(public.<>) ''<urn:r>''') > 0 AS registered;
SELECT rdf_graph_enforce('h', 'short'), rdf_graph_enforce('h', 'standing', timing => 'immediate');
SELECT * FROM triggers;
BEGIN;
INSERT INTO t VALUES ('<urn:a>', '<urn:q>', '"no"'), ('<urn:b>', '<urn:r>', '"no"');
SAVEPOINT a;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '<urn:b>'), ('<urn:a>', '<urn:p>', '<urn:c>');
ROLLBACK TO a;
COMMIT;
BEGIN;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '<urn:b>');
INSERT INTO other VALUES ('<urn:a>', '<urn:p>', '<urn:c>');
DELETE FROM t WHERE s = '<urn:a>' AND p = '<urn:p>';
COMMIT;
INSERT INTO t VALUES ('<urn:a>', '<urn:p>', '"x"');
-- SET CONSTRAINTS by name.
SELECT quote_ident(tgname) AS name FROM pg_trigger WHERE tgname ~ '^rdf_graph_\d+_deferred_insert' AND tgrelid = 't'::regclass
    AND substring(tgargs, 1, 11) = '\x6800646566657272656400'::bytea \gset
BEGIN;
INSERT INTO t VALUES ('<urn:c>', '<urn:q>', '"no"');
SET CONSTRAINTS :name IMMEDIATE;
ROLLBACK;
-- An event that waits keeps the table as it is, as a deferred foreign key's does.
BEGIN;
INSERT INTO t VALUES ('<urn:c>', '<urn:q>', '"long enough"');
SAVEPOINT a;
TRUNCATE t;
ROLLBACK TO a;
ALTER TABLE t ADD x integer;
ROLLBACK TO a;
CREATE INDEX ON t (p);
ROLLBACK TO a;
DROP TABLE t;
ROLLBACK TO a;
SET CONSTRAINTS ALL IMMEDIATE;
CREATE INDEX ON t (p);
ALTER TABLE t ADD x integer;
TRUNCATE t;
COMMIT;

-- Columns that change their names: a source names them, a trigger remembers their numbers. It is judged as a whole, and by triggers that
-- capture what the names mean by then.
SELECT make('columns');
CREATE INDEX ON columns (o, p);
CREATE INDEX ON columns (s, p) WHERE rdf_kind(s) <> 'literal';
SELECT rdf_graph_register('columns', 'columns', 's', 'p', 'o') > 0 AS registered;
SELECT rdf_policy_apply('columns', 'PREFIX sh: <http://www.w3.org/ns/shacl#>
    <urn:S> sh:targetSubjectsOf <urn:p> ; sh:property [ sh:path <urn:p> ; sh:maxCount 1 ] .');
SELECT rdf_graph_enforce('columns', 'columns');
CREATE PROCEDURE swap() LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE columns RENAME s TO x;
    ALTER TABLE columns RENAME o TO s;
    ALTER TABLE columns RENAME x TO o;
END $$;
INSERT INTO columns (s, p, o) VALUES ('<urn:a>', '<urn:p>', '<urn:c>'), ('<urn:b>', '<urn:p>', '<urn:c>');
CALL swap();
DELETE FROM columns WHERE s = '<urn:b>';
CALL swap();
INSERT INTO columns (s, p, o) VALUES ('<urn:c>', '<urn:p>', '<urn:d>');
INSERT INTO columns (s, p, o) VALUES ('<urn:b>', '<urn:p>', '<urn:c>');
SELECT problem FROM problems WHERE graph = 'columns';
-- A column that is dropped takes the triggers with it; another one in its place brings them back.
SET client_min_messages = error;
ALTER TABLE columns DROP p CASCADE;
RESET client_min_messages;
ALTER TABLE columns ADD p rdf_term DEFAULT '<urn:p>';
BEGIN;
ALTER TABLE columns ADD q rdf_term DEFAULT '<urn:p>';
CREATE INDEX ON columns (s, q);
CREATE INDEX ON columns (o, q) WHERE rdf_kind(o) <> 'literal';
ALTER TABLE columns RENAME q TO p;
COMMIT;
INSERT INTO columns (s, o) VALUES ('<urn:b>', '<urn:d>');
-- Triggers that are disabled stay so.
ALTER TABLE columns DISABLE TRIGGER USER;
ALTER TABLE columns ADD y integer;
SELECT problem FROM problems WHERE graph = 'columns';
SELECT rdf_graph_unenforce('columns', 'columns');
SELECT rdf_graph_drop('columns');
DROP TABLE columns;
SELECT rdf_policy_drop('columns');
SET client_min_messages = warning;

-- The extension goes with all of its triggers.
BEGIN;
DROP EXTENSION rdfpolicy CASCADE;
SELECT count(*) FROM pg_trigger WHERE tgname ~ '^rdf_graph_';
SELECT count(*) FROM pg_event_trigger;
ROLLBACK;
INSERT INTO t VALUES ('<urn:a>', '<urn:q>', '"no"');

SELECT rdf_graph_unenforce(graph, policy) FROM rdf_graph_enforcements;
SELECT * FROM triggers;
SELECT rdf_graph_drop(graph) FROM rdf_graphs;
SET client_min_messages = error;
DROP SCHEMA standing, elsewhere CASCADE;
SELECT rdf_policy_drop('standing'), rdf_policy_drop('short');
