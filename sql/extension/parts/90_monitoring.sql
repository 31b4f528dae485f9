-- What pg_monitor may read, by name: it stays readable where all that PUBLIC has here is revoked. A view's functions are called with the
-- rights of who reads it, so they are granted with it.
--
-- USAGE on the extension's schema is not granted here. That schema is its owner's and no part of the extension: whatever is granted on it
-- within CREATE EXTENSION counts as the extension's own, and pg_dump would leave out all grants on it that were there before.

GRANT SELECT ON rdf_policies, rdf_policy_versions, rdf_policy_shapes, rdf_policy_history, rdf_policy_hooks, rdf_policy_status,
    rdf_policy_backends, rdf_policy_stats, rdf_policy_shadows, rdf_policy_dependents, rdf_graphs, rdf_graph_sources,
    rdf_graph_enforcements, rdf_graph_progress
TO pg_monitor;
GRANT EXECUTE ON FUNCTION rdf_catalog_library_version(), rdf_catalog_shapes(), rdf_catalog_status(), rdf_catalog_backends(), rdf_catalog_stats(),
    rdf_catalog_named_policies(pg_node_tree, oid, oid), rdf_catalog_source_problem(integer), rdf_catalog_graph_progress(),
    rdf_catalog_unproven_shapes(text, integer), rdf_catalog_enforcement_problem(text, text)
TO pg_monitor;
