# The extension in a schema where others may create, and did before it came: operators that fit better than the server's own
# wherever those need a conversion. Nothing of the extension uses them.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql(<<'END');
CREATE ROLE stranger;
CREATE SCHEMA shared;
GRANT CREATE, USAGE ON SCHEMA shared TO stranger;
SET ROLE stranger;
DO $$
DECLARE
    types text[] := '{text,name,varchar,"\"char\"",oid,regclass,regproc,regprocedure,regrole,smallint,integer,bigint,boolean,uuid,'
                    'timestamptz,bytea,anyelement,anyarray,text[],name[],oid[]}';
    l text; r text; operator text;
BEGIN
    FOREACH l IN ARRAY types LOOP
        FOREACH r IN ARRAY types LOOP
            EXECUTE format('CREATE FUNCTION shared.compare(%s, %s) RETURNS boolean LANGUAGE plpgsql AS %L', l, r,
                'BEGIN RAISE ''a stranger runs as %'', current_user; END');
            EXECUTE format('CREATE FUNCTION shared.join(%s, %s) RETURNS text LANGUAGE plpgsql AS %L', l, r,
                'BEGIN RAISE ''a stranger runs as %'', current_user; END');
            FOREACH operator IN ARRAY '{=,<>,<,>,<=,>=,~,!~}'::text[] LOOP
                EXECUTE format('CREATE OPERATOR shared.%s (FUNCTION = shared.compare, LEFTARG = %s, RIGHTARG = %s)', operator, l, r);
            END LOOP;
            EXECUTE format('CREATE OPERATOR shared.|| (FUNCTION = shared.join, LEFTARG = %s, RIGHTARG = %s)', l, r);
        END LOOP;
    END LOOP;
END $$;
RESET ROLE;
CREATE EXTENSION rdfpolicy SCHEMA shared;
END
cmp_ok($node->safe_sql("SELECT count(*) FROM pg_operator WHERE oprowner = 'stranger'::regrole"), '>', 3000, 'a stranger has operators');
is($node->safe_sql(<<'END'), '', 'nothing of the extension depends on what is the stranger\'s');
SELECT pg_describe_object(d.classid, d.objid, 0), pg_describe_object(d.refclassid, d.refobjid, 0) FROM pg_depend d
WHERE d.classid <> 'pg_operator'::regclass
  AND (d.refclassid = 'pg_operator'::regclass AND d.refobjid IN (SELECT oid FROM pg_operator WHERE oprowner = 'stranger'::regrole)
    OR d.refclassid = 'pg_proc'::regclass AND d.refobjid IN (SELECT oid FROM pg_proc WHERE proowner = 'stranger'::regrole))
END

# And nothing resolves them when it runs, with the schema first in search_path.
my $shapes = '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ] .';
my $path = 'SET search_path = shared, pg_catalog;';
for my $call ("rdf_policy_register('p', '$shapes')", 'rdf_policy_reload()', "rdf_policy_register('p', '$shapes # 2')", 'rdf_policy_reload()',
    "rdf_policy_add_test('p', 't', ''::text, true)", "rdf_policy_rollback('p')", "rdf_policy_prune('p', 0)", 'rdf_policy_verify()',
    "rdf_policy_source('p')", "rdf_policy_add_hook('p', 'on_error', 'jsonb_typeof(jsonb)')", "rdf_policy_drop('p')")
{
    is($node->sqlstate("$path SELECT $call"), '00000', $call);
}
for my $view (split /\n/, $node->safe_sql("SELECT oid::regclass FROM pg_class WHERE relkind = 'v' AND relnamespace = 'shared'::regnamespace"))
{
    is($node->sqlstate("$path SELECT * FROM $view"), '00000', "view $view");
}
done_testing;
