-- Every other script stands on this one alone.
CREATE EXTENSION rdfpolicy;
-- Topics register and reload all the time; `staging` is the one about the notice.
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET rdfpolicy.staging_notice = off', current_database()); END $$;
-- Each function and view that users call says with \df+ and \d+ what it is for.
SELECT pg_describe_object(d.classid, d.objid, 0) FROM pg_depend d
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'rdfpolicy'
WHERE d.deptype = 'e' AND obj_description(d.objid, d.classid::regclass::name) IS NULL
    AND (EXISTS (SELECT FROM pg_proc p WHERE p.oid = d.objid AND d.classid = 'pg_proc'::regclass AND p.proname !~ '^rdf_(catalog|term|validate_agg)_')
        OR EXISTS (SELECT FROM pg_class c WHERE c.oid = d.objid AND d.classid = 'pg_class'::regclass AND c.relkind = 'v'));
