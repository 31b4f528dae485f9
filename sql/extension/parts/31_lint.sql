-- What registering a shapes text would refuse or warn of, all at once, storing nothing.

CREATE FUNCTION rdf_policy_lint(shapes text)
    RETURNS TABLE (line integer, col integer, severity text, code text, node rdf_term, message text)
    LANGUAGE c STABLE PARALLEL SAFE STRICT COST 1000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_lint(text) IS
    'all errors and warnings of a shapes text, with line, column and rule';
