-- What a policy says, and what SHACL terms it may use.

CREATE FUNCTION rdf_policy_explain(policy text) RETURNS text
    LANGUAGE c STABLE PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_explain(text) IS 'the compiled form of a policy in force, readable';

-- It shows the policy's text, as rdf_policy_source does.
REVOKE EXECUTE ON FUNCTION rdf_policy_explain(text) FROM PUBLIC;

CREATE FUNCTION rdf_policy_capabilities() RETURNS TABLE (term text, status text, note text)
    LANGUAGE c IMMUTABLE PARALLEL SAFE ROWS 250 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_capabilities() IS
    'every term of SHACL, and whether shapes that use it have it enforced, ignored or refused';
