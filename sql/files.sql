-- Policies in files: what the installed directory allows. What needs files of its own is in test/t/020_files.t.
\set VERBOSITY terse
-- Binding stages; reloading puts in force.
SELECT rdf_policy_register_file('filed', 'foaf.ttl');
SELECT current_setting('rdfpolicy.policy_directory') ~ '/rdfpolicy/policies$' AS is_the_installed_one;
SELECT context FROM pg_settings WHERE name = 'rdfpolicy.policy_directory';
SELECT policy, version, staged_version, source FROM rdf_policies WHERE policy = 'filed';
SELECT file, state, signature = (SELECT signature FROM rdf_policy_versions WHERE policy = 'filed') AS is_the_versions, error, line, col
FROM rdf_policy_files WHERE policy = 'filed';
SELECT success, version, changed, error FROM rdf_policy_reload('filed');
SELECT success, version, changed, error FROM rdf_policy_reload('filed');
SELECT policy, version, staged_version, source FROM rdf_policies WHERE policy = 'filed';

-- What is not in the directory is not read, whoever asks.
SELECT rdf_policy_register_file('other', '../person.ttl');
SELECT rdf_policy_register_file('other', 'a/../person.ttl');
SELECT rdf_policy_register_file('other', '/etc/passwd');
SELECT rdf_policy_register_file('other', '');
SELECT rdf_policy_register_file('other', '.');
SELECT rdf_policy_register_file('other', './person.ttl');
SELECT rdf_policy_register_file('other', 'person.ttl/');
SELECT rdf_policy_register_file('other', repeat('x', 2000)) IS NULL;
SELECT rdf_policy_register_file('other', 'no-such-file.ttl');
SELECT rdf_policy_register_file('other', 'person.ttl/x');
SELECT rdf_policy_register_file('other', E'line\nfeed');
SELECT rdf_policy_register_file('no name', 'person.ttl');
SELECT rdf_policy_register_file(NULL, 'person.ttl');
SELECT rdf_policy_register_file('other', NULL);
SELECT count(*) FROM rdf_policies WHERE policy = 'other';
SET rdfpolicy.policy_directory = '/etc';
SET rdfpolicy.max_document_size = '1kB';
\set VERBOSITY sqlstate
SELECT rdf_policy_register_file('other', 'person.ttl') IS NULL;
\set VERBOSITY terse
RESET rdfpolicy.max_document_size;

-- Undone with its transaction.
BEGIN;
SELECT rdf_policy_register_file('other', 'person.ttl');
ROLLBACK;
SELECT count(*) FROM rdf_policy_files WHERE policy = 'other';

-- A text ends the binding, and the file another text's.
SELECT rdf_policy_register('filed', '@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> . ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI .');
SELECT source, staged_version FROM rdf_policies WHERE policy = 'filed';
SELECT count(*) FROM rdf_policy_files WHERE policy = 'filed';
SELECT success, version, changed FROM rdf_policy_reload('filed');
SELECT rdf_policy_register_file('filed', 'foaf.ttl');
SELECT source, version, staged_version FROM rdf_policies WHERE policy = 'filed';

-- What is discarded is not staged again until the file changes, nor is what was rolled back from.
SELECT rdf_policy_discard('filed');
SELECT success, version, changed FROM rdf_policy_reload('filed');
SELECT rdf_policy_register_file('filed', 'foaf.ttl');
SELECT success, version, changed FROM rdf_policy_reload('filed');
SELECT success, version, changed FROM rdf_policy_rollback('filed');
SELECT success, version, changed FROM rdf_policy_reload('filed');
SELECT state FROM rdf_policy_files WHERE policy = 'filed';

-- Reading files can be granted.
CREATE ROLE file_reader;
SET ROLE file_reader;
SELECT rdf_policy_register_file('filed', 'foaf.ttl');
SELECT * FROM rdf_policy_files;
SELECT * FROM rdf_catalog_files();
RESET ROLE;
GRANT EXECUTE ON FUNCTION rdf_policy_register_file, rdf_catalog_files() TO file_reader;
GRANT SELECT ON rdf_policy_files TO file_reader;
SET ROLE file_reader;
SELECT rdf_policy_register_file('filed', 'person.ttl');
SELECT policy, file, state FROM rdf_policy_files WHERE policy = 'filed';
RESET ROLE;
SELECT rdf_policy_drop('filed');
SELECT count(*) FROM rdf_policy_files WHERE policy = 'filed';
DROP OWNED BY file_reader;
DROP ROLE file_reader;
