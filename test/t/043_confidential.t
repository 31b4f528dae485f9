# What is hidden from everybody is hidden wherever it can come out: files of the policy directory, tests, staged texts, and
# what hooks say. A word that stands in all of them is looked for in everything that anybody may read.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $word = 'Confidential';
my $node = RdfPolicy->new('main', conf => "rdfpolicy.policy_directory = 'policies'\nrdfpolicy.track = on\n");
my $directory = "$node->{data}/policies";
$node->start;
mkdir $directory or die $!;

sub put
{
    my ($file, $text) = @_;
    open my $out, '>', "$directory/$file" or die $!;
    print $out $text;
    close $out or die $!;
    return;
}

my $shapes = '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:S> sh:targetClass <urn:C> ; sh:property [ sh:path <urn:p> ; sh:minCount 1 ] .';
put('filed.ttl', $shapes);
$node->safe_sql(<<"END");
CREATE EXTENSION rdfpolicy;
CREATE ROLE anybody;
CREATE ROLE reloader;
GRANT EXECUTE ON FUNCTION rdf_policy_reload(text, boolean, boolean) TO reloader;
CREATE FUNCTION veto(jsonb) RETURNS void LANGUAGE plpgsql AS \$\$ BEGIN RAISE '$word of the hook'; END \$\$;
SELECT rdf_policy_register_file('filed', 'filed.ttl');
SELECT rdf_policy_register('tested', '$shapes');
SELECT rdf_policy_register('vetoed', '$shapes');
SELECT rdf_policy_reload();
SELECT rdf_policy_add_test('tested', 'a test', '<urn:$word> a <urn:C> ; <urn:p> "$word" .'::text, true);
SELECT rdf_policy_add_test('tested', '$word of the test', ''::text, false);
SELECT rdf_policy_register('tested', '$shapes # $word');
SELECT rdf_policy_add_hook('vetoed', 'before_reload', 'veto(jsonb)', required => true);
SELECT rdf_policy_register('vetoed', '$shapes # $word');
SELECT rdf_policy_shadow('vetoed', 2);
END
put('filed.ttl', "$shapes\n<urn:x> <urn:q> $word:x .");
for my $policy (qw(filed tested vetoed))
{
    my ($rows) = $node->psql("SELECT success, error FROM rdf_policy_reload('$policy')");
    like($rows, qr/^f\|.*$word/, "$policy: a reload is refused, and tells whoever reloads");
    like($node->safe_sql("SELECT error FROM rdf_policy_history WHERE policy = '$policy' AND NOT success"), qr/$word/,
        "$policy: and the history");
}

# Relations of the extension, and functions that can be called without an argument, that anybody may read.
my $readable = <<'END';
SELECT format('%s', c.oid::regclass) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'rdfpolicy'
JOIN pg_class c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
WHERE d.deptype = 'e' AND c.relkind IN ('r', 'v') AND has_table_privilege('ROLE', c.oid, 'SELECT')
UNION ALL
SELECT format('%s()', p.oid::regproc) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'rdfpolicy'
JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
WHERE d.deptype = 'e' AND p.prokind = 'f' AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype) AND p.pronargs = p.pronargdefaults
  AND p.proname <> 'rdf_policy_reload' AND has_function_privilege('ROLE', p.oid, 'EXECUTE')
ORDER BY 1
END

# Everything that a role may read, as text.
sub everything_for
{
    my ($role) = @_;
    my @sources = split /\n/, $node->safe_sql($readable =~ s/ROLE/$role/gr);
    cmp_ok(scalar @sources, '>', 10, "$role reads " . join(', ', @sources));
    return join "\n", map { $node->safe_sql("SET ROLE $role; SELECT r::text FROM $_ r") } @sources;
}

my $text = everything_for('anybody');
unlike($text, qr/$word/, 'anybody finds nothing');
like($text, qr/shown to roles that may call rdf_policy_reload/, 'but that there was an error');
like(everything_for('reloader'), qr/$word/, 'who may reload does find it');
like(everything_for('postgres'), qr/$word of the test/, 'and a superuser');

# Nor does whoever listens.
my $listener = $node->background_psql('postgres');
$listener->query('SET ROLE anybody; LISTEN rdf_policy');
$node->safe_sql("SELECT rdf_policy_drop_hook(id) FROM rdf_policy_hooks; SELECT rdf_policy_reload('vetoed')");
my $told = $listener->query("SELECT 1");
like($told, qr/notification "rdf_policy"/, 'whoever listens is told');
unlike($told, qr/$word/, 'and not of that');
$listener->quit;
done_testing;
