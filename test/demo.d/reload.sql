SELECT rdf_policy_register_shape('loaded', 'Document', jsonb_build_object('property', 'title', 'required', true, 'minLength', (SELECT max(version) FROM rdf_policy_versions WHERE policy = 'loaded')));
SELECT 1 / changed::integer FROM rdf_policy_reload('loaded', must_succeed => true);
