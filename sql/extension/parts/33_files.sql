-- Policies in files of rdfpolicy.policy_directory.

CREATE FUNCTION rdf_policy_register_file(policy text, file text, base_iri text DEFAULT NULL, ill_formed text DEFAULT 'error',
    subclass_from_shapes boolean DEFAULT true, imports text DEFAULT 'require', require_focus boolean DEFAULT false,
    allow_vacuous boolean DEFAULT false, context text DEFAULT NULL, dropped text DEFAULT 'notice') RETURNS integer
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_register_file(text, text, text, text, boolean, text, boolean, boolean, text, text) IS
    'binds a policy to a Turtle file, and stages what it holds; reloads read it again, with the same options';

CREATE FUNCTION rdf_catalog_files()
    RETURNS TABLE (policy text, file text, state text, signature text, error text, line integer,
                   col integer)
    LANGUAGE c VOLATILE PARALLEL UNSAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_catalog_files() IS 'what the view rdf_policy_files shows; who reads the view needs EXECUTE';

CREATE VIEW rdf_policy_files AS SELECT * FROM rdf_catalog_files();
COMMENT ON VIEW rdf_policy_files IS 'the files of policies, and what a reload would find in them';

-- An error can show a piece of a file.
REVOKE EXECUTE ON FUNCTION rdf_policy_register_file(text, text, text, text, boolean, text, boolean, boolean, text, text), rdf_catalog_files() FROM PUBLIC;
