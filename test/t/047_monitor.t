# A role that is only a member of pg_monitor reads the views, where the extension has a schema of its own and all that PUBLIC has there
# is revoked; and again after a dump and restore. What changes policies, or shows their texts, is not for it.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main', conf => "rdfpolicy.track = on\n");
$node->start;
$node->safe_sql(<<'END');
CREATE ROLE monitor IN ROLE pg_monitor;
CREATE ROLE application;
CREATE DATABASE watched;
CREATE DATABASE restored;
END
$node->safe_sql(<<'END', 'watched');
CREATE SCHEMA rdf;
GRANT USAGE ON SCHEMA rdf TO application, pg_monitor;
CREATE EXTENSION rdfpolicy SCHEMA rdf;
END

# Views that are not for everybody are not for pg_monitor either.
my @views = split /\n/, $node->safe_sql(<<'END', 'watched');
SELECT relname FROM pg_class
WHERE relkind = 'v' AND relnamespace = 'rdf'::regnamespace AND has_table_privilege('application', oid, 'SELECT') ORDER BY 1
END
cmp_ok(scalar @views, '>=', 10, 'there are views');
$node->safe_sql(<<'END', 'watched');
REVOKE ALL ON ALL TABLES IN SCHEMA rdf FROM PUBLIC;
REVOKE ALL ON ALL ROUTINES IN SCHEMA rdf FROM PUBLIC;
SELECT rdf.rdf_policy_register_shape('users', 'User', '{"property": "name", "required": true}'::jsonb);
SELECT rdf.rdf_policy_reload();
CREATE TABLE public.page (body text);
CREATE TRIGGER page_is_valid BEFORE INSERT ON public.page FOR EACH ROW EXECUTE FUNCTION rdf.rdf_policy_check('body', 'users');
END

sub is_watched
{
    my ($database) = @_;
    for my $view (@views)
    {
        # Of whole rows: columns that nobody asks for are not computed, and their functions not called.
        like($node->safe_sql("SET ROLE monitor; SELECT count(v) FROM rdf.$view v", $database), qr/^\d+$/, "$database: pg_monitor reads $view");
    }
    is($node->safe_sql('SET ROLE monitor; SELECT policies FROM rdf.rdf_policy_status', $database), '1', "$database: the status is whole");
    is($node->safe_sql('SET ROLE monitor; SELECT policy, object FROM rdf.rdf_policy_dependents', $database), 'users|page_is_valid on public.page',
        "$database: dependents are seen");
    for my $refused ('SELECT * FROM rdf.rdf_policy_reload()', "SELECT rdf.rdf_policy_source('users')", 'SELECT rdf.rdf_policy_stats_reset()',
        'SELECT * FROM rdf.rdf_policy_files', 'SELECT * FROM rdf.rdf_policy_tests', 'SELECT source FROM rdf.rdf_catalog_version')
    {
        is($node->sqlstate("SET ROLE monitor; $refused", $database), '42501', "$database: not for pg_monitor: $refused");
    }
    return;
}
is_watched('watched');

my ($dump) = $node->run_client('pg_dump', '-d', 'watched');
my (undef, $errors, $code) = $node->psql($dump, 'restored');
is("$code$errors", '0', 'restores without an error');
is_watched('restored');
like($node->safe_sql("SET ROLE application; SELECT has_schema_privilege('rdf', 'USAGE')", 'restored'), qr/^t$/,
    "the schema's own grants are restored too");
done_testing();
