SELECT rdf_policy_register_shape('loaded', 'Document', '{"property": "title", "required": true}');
SELECT rdf_policy_reload('loaded', must_succeed => true);
