-- Every other script stands on this one alone.
CREATE EXTENSION rdfpolicy;
-- Topics register and reload all the time; `staging` is the one about the notice.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET rdfpolicy.staging_notice = off', current_database()); END $$;
-- Each function, type, operator, table and view says with \df+, \dT+, \do+ and \d+ what it is for.
SELECT pg_describe_object(d.classid, d.objid, 0) FROM pg_depend d
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'rdfpolicy'
LEFT JOIN pg_class c ON c.oid = d.objid AND d.classid = 'pg_class'::regclass
LEFT JOIN pg_type t ON t.oid = d.objid AND d.classid = 'pg_type'::regclass
LEFT JOIN pg_class r ON r.oid = t.typrelid
WHERE d.deptype = 'e' AND obj_description(d.objid, d.classid::regclass::name) IS NULL
    AND (d.classid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass) OR c.relkind IN ('r', 'v'))
    -- Arrays, and the row types of tables and views, are members from PostgreSQL 17 on.
    AND t.typcategory IS DISTINCT FROM 'A' AND r.relkind IS DISTINCT FROM 'r' AND r.relkind IS DISTINCT FROM 'v'
ORDER BY 1;
