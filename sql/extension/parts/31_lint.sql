-- What registering a source would refuse or warn of, all at once, storing nothing.

-- Not parallel safe: what a text imports is looked for among the policies.
CREATE FUNCTION rdf_policy_lint(shapes text, base_iri text DEFAULT NULL, imports text DEFAULT 'require')
    RETURNS TABLE (line integer, col integer, severity text, code text, node rdf_term, message text)
    LANGUAGE c STABLE PARALLEL UNSAFE COST 1000 AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION rdf_policy_lint(text, text, text) IS
    'all errors and warnings of a shapes text, with line, column and rule';

CREATE FUNCTION rdf_policy_lint(rules jsonb)
    RETURNS TABLE (line integer, col integer, severity text, code text, node rdf_term, message text)
    LANGUAGE c STABLE PARALLEL UNSAFE STRICT COST 1000 AS 'MODULE_PATHNAME', 'rdf_policy_lint_rules';
COMMENT ON FUNCTION rdf_policy_lint(jsonb) IS 'all errors and warnings of rules';

CREATE FUNCTION rdf_policy_lint(rules json)
    RETURNS TABLE (line integer, col integer, severity text, code text, node rdf_term, message text)
    LANGUAGE c STABLE PARALLEL UNSAFE STRICT COST 1000 AS 'MODULE_PATHNAME', 'rdf_policy_lint_rules_json';
COMMENT ON FUNCTION rdf_policy_lint(json) IS 'all errors and warnings of rules';
