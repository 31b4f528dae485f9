-- The install script of rdfpolicy is the files of this folder, put together in the order of their names.
--
-- It runs with the extension's schema in search_path, where others may have created operators and functions. So functions of the server's are
-- qualified, and operators get operands of exactly their types (regclass::oid = oid): a better match elsewhere would be taken, and run by us.
\echo Use "CREATE EXTENSION rdfpolicy" to load this file. \quit


CREATE FUNCTION rdf_catalog_check_library(version text) RETURNS void
    LANGUAGE c STABLE STRICT AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_check_library(text) IS 'internal: refuses a version that is newer than the library';

-- The server can run an older library than the one that was installed with this script. Update scripts begin so too.
SELECT rdf_catalog_check_library(e.extversion) FROM pg_catalog.pg_extension e WHERE e.extname = 'rdfpolicy'::pg_catalog.name;

CREATE FUNCTION rdf_catalog_library_version() RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_library_version() IS 'internal: what the view rdf_policy_status shows';
