-- What names a policy: whatever the server's catalogs keep as a tree, the arguments of triggers, and graphs that it is enforced on.

-- The policies that a stored expression or query names in calls of this extension's functions. It runs nothing of them.
CREATE FUNCTION rdf_catalog_named_policies(tree pg_node_tree, class oid, object oid) RETURNS SETOF text
    AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE ROWS 1;

COMMENT ON FUNCTION rdf_catalog_named_policies(pg_node_tree, oid, oid) IS 'internal: the policies that an expression or query names, for rdf_policy_dependents';

CREATE VIEW rdf_policy_dependents AS
WITH own AS MATERIALIZED (  -- the functions that take a policy, and the trigger's, whose arguments are no expression
    SELECT p.oid, p.proname = 'rdf_policy_check' AS is_trigger
    FROM pg_catalog.pg_extension e
    JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass::oid AND d.refobjid = e.oid
     AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass::oid AND d.deptype = 'e'
    JOIN pg_catalog.pg_proc p ON p.oid = d.objid
    WHERE e.extname = 'rdfpolicy' AND ('policy' = ANY (p.proargnames) OR p.proname = 'rdf_policy_check')
), called AS (  -- these, and users' operators that stand for them
    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass::oid AS classid, own.oid AS objid FROM own
    UNION ALL
    SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass::oid, o.oid FROM pg_catalog.pg_operator o JOIN own ON own.oid = o.oprcode::oid
), users AS MATERIALIZED (
    SELECT DISTINCT d.classid, d.objid
    FROM called c JOIN pg_catalog.pg_depend d ON d.refclassid = c.classid AND d.refobjid = c.objid
), trees AS (  -- each catalog that has any
    SELECT u.classid, u.objid, x.tree FROM users u, LATERAL (
        SELECT conbin FROM pg_catalog.pg_constraint WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass::oid
        UNION ALL SELECT ev_qual FROM pg_catalog.pg_rewrite WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass::oid
        UNION ALL SELECT ev_action FROM pg_catalog.pg_rewrite WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass::oid
        UNION ALL SELECT tgqual FROM pg_catalog.pg_trigger WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass::oid
        UNION ALL SELECT polqual FROM pg_catalog.pg_policy WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass::oid
        UNION ALL SELECT polwithcheck FROM pg_catalog.pg_policy WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass::oid
        UNION ALL SELECT adbin FROM pg_catalog.pg_attrdef WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass::oid
        UNION ALL SELECT typdefaultbin FROM pg_catalog.pg_type WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_type'::pg_catalog.regclass::oid
        UNION ALL SELECT prosqlbody FROM pg_catalog.pg_proc WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass::oid
        UNION ALL SELECT proargdefaults FROM pg_catalog.pg_proc WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass::oid
        UNION ALL SELECT indexprs FROM pg_catalog.pg_index WHERE indexrelid = u.objid AND u.classid = 'pg_catalog.pg_class'::pg_catalog.regclass::oid
        UNION ALL SELECT indpred FROM pg_catalog.pg_index WHERE indexrelid = u.objid AND u.classid = 'pg_catalog.pg_class'::pg_catalog.regclass::oid
        UNION ALL SELECT partexprs FROM pg_catalog.pg_partitioned_table WHERE partrelid = u.objid AND u.classid = 'pg_catalog.pg_class'::pg_catalog.regclass::oid
        UNION ALL SELECT stxexprs FROM pg_catalog.pg_statistic_ext WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass::oid
        UNION ALL SELECT prqual FROM pg_catalog.pg_publication_rel WHERE oid = u.objid AND u.classid = 'pg_catalog.pg_publication_rel'::pg_catalog.regclass::oid
    ) x (tree)
), names AS (
    SELECT t.classid, t.objid, n.name FROM trees t, LATERAL rdf_catalog_named_policies(t.tree, t.classid, t.objid) n (name)
    UNION
    -- Arguments are bytes with a zero behind each; the policy is the second. Bytes that encode() escapes are no name's, nor what is as long.
    SELECT u.classid, u.objid,
           CASE WHEN second.size >= 0
                THEN substring(pg_catalog.encode(pg_catalog.substr(rest.bytes, 1, least(second.size, 100)), 'escape') FROM '^[^\\]*$') END
    FROM users u JOIN pg_catalog.pg_trigger t ON t.oid = u.objid JOIN own ON own.oid = t.tgfoid AND own.is_trigger,
         LATERAL pg_catalog.substr(t.tgargs, pg_catalog.position(t.tgargs, '\x00'::pg_catalog.bytea) + 1) rest (bytes),
         LATERAL (SELECT pg_catalog.position(rest.bytes, '\x00'::pg_catalog.bytea) - 1) second (size)
    WHERE u.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass::oid
)
SELECT substring(n.name FROM '^[^@]*') AS policy,
       substring(n.name FROM '^[^@]*@([1-9][0-9]{0,8})$')::integer AS version,
       CASE WHEN v.oid IS NOT NULL THEN CASE v.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END
            WHEN i.type = 'policy' THEN 'row security policy'
            WHEN i.type = 'table' THEN 'partition key'
            WHEN i.type ~ ' constraint$' THEN 'constraint' ELSE i.type END AS kind,
       coalesce(v.identity, i.identity) AS object,
       CASE n.classid
       WHEN 'pg_catalog.pg_constraint'::pg_catalog.regclass::oid THEN pg_catalog.pg_get_constraintdef(n.objid)
       WHEN 'pg_catalog.pg_rewrite'::pg_catalog.regclass::oid
       THEN CASE WHEN v.oid IS NULL THEN pg_catalog.pg_get_ruledef(n.objid) ELSE pg_catalog.pg_get_viewdef(v.oid) END
       WHEN 'pg_catalog.pg_trigger'::pg_catalog.regclass::oid THEN pg_catalog.pg_get_triggerdef(n.objid)
       WHEN 'pg_catalog.pg_policy'::pg_catalog.regclass::oid THEN (
           SELECT pg_catalog.concat_ws(' ', 'USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')',
                                       'WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')')
           FROM pg_catalog.pg_policy p WHERE p.oid = n.objid)
       WHEN 'pg_catalog.pg_attrdef'::pg_catalog.regclass::oid THEN (
           SELECT pg_catalog.pg_get_expr(a.adbin, a.adrelid) FROM pg_catalog.pg_attrdef a WHERE a.oid = n.objid)
       WHEN 'pg_catalog.pg_type'::pg_catalog.regclass::oid THEN (
           SELECT t.typdefault FROM pg_catalog.pg_type t WHERE t.oid = n.objid)
       WHEN 'pg_catalog.pg_proc'::pg_catalog.regclass::oid THEN pg_catalog.pg_get_functiondef(n.objid)
       WHEN 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass::oid THEN pg_catalog.pg_get_statisticsobjdef(n.objid)
       WHEN 'pg_catalog.pg_publication_rel'::pg_catalog.regclass::oid THEN (
           SELECT pg_catalog.pg_get_expr(p.prqual, p.prrelid) FROM pg_catalog.pg_publication_rel p WHERE p.oid = n.objid)
       ELSE coalesce(pg_catalog.pg_get_partkeydef(n.objid), pg_catalog.pg_get_indexdef(n.objid))
       END AS definition
FROM names n CROSS JOIN LATERAL pg_catalog.pg_identify_object(n.classid, n.objid, 0) i
LEFT JOIN LATERAL (
    SELECT c.oid, c.relkind, o.identity
    FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class,
         LATERAL pg_catalog.pg_identify_object('pg_catalog.pg_class'::pg_catalog.regclass::oid, c.oid, 0) o
    WHERE n.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass::oid AND r.oid = n.objid AND r.rulename = '_RETURN') v ON true
UNION ALL
SELECT substring(e.policy FROM '^[^@]*'), substring(e.policy FROM '^[^@]*@([1-9][0-9]{0,8})$')::integer, 'graph', e.graph,
       pg_catalog.format('rdf_graph_enforce(%L, %L, %L, %L)', e.graph, e.policy, e.mode, e.timing)
FROM rdf_catalog_enforcement e;
COMMENT ON VIEW rdf_policy_dependents IS 'what names a policy, or calls for one that is not known here, in the catalogs';

GRANT SELECT ON rdf_policy_dependents TO PUBLIC;
