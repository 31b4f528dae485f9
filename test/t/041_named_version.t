# A version that is not in force, and that calls name, is carried in shared memory from the next generation on.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('named');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(3);
my $size = 'SELECT image_bytes FROM rdf_policy_status';
my $without = $node->safe_sql("SELECT success FROM rdf_policy_rollback('p', 2); $size");
is($node->safe_sql("SELECT result_message FROM rdf_validation_report('', 'p\@1')"), 'v1', 'a former version judges');
my $with = $node->safe_sql("SELECT success FROM rdf_policy_rollback('p', 3); $size");
$without =~ s/^t\n//;
$with =~ s/^t\n//;
cmp_ok($with, '>', 1.5 * $without, 'the next generation carries it');
is($node->safe_sql("SELECT result_message FROM rdf_validation_report('', 'p\@1')"), 'v1', 'and it judges as before');
is($node->safe_sql('SELECT policies, broken_policies FROM rdf_policy_status'), '1|0', 'it is no policy of its own');
is($node->safe_sql("SELECT rdf_policy_prune('p', 0); SELECT policies, broken_policies FROM rdf_policy_status"), "2\n1|0",
    'pruned, it is carried no more');
is($node->sqlstate("SELECT rdf_validate('', 'p\@1')"), '42704', 'nor found');

# A policy q whose version with number n judges with the message "qn".
sub shapes
{
    my ($n) = @_;
    return "'\@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ;"
      . " sh:property [ sh:path <urn:v> ; sh:hasValue $n ; sh:message \"q$n\" ] .'";
}

sub put
{
    my ($n) = @_;
    return "SELECT rdf_policy_register('q', " . shapes($n) . "); SELECT rdf_policy_reload('q', true);";
}

sub judge
{
    my ($version) = @_;
    return "SELECT result_message FROM rdf_validation_report('', 'q\@$version');";
}
my $change = 'UPDATE rdf_catalog_policy SET is_dropped = is_dropped;';

# Only what was in force is carried, and only what is committed is remembered.
$node->safe_sql(put(1));
like($node->safe_sql('BEGIN;' . put(2) . put(3) . judge(2) . 'ROLLBACK'), qr/^q2$/m,
    'a former version of a transaction judges in it');
for my $n (4, 5)
{
    $node->safe_sql("SELECT rdf_policy_register('q', " . shapes($n) . ')');
    is($node->sqlstate(judge(2)), '42704', "rolled back, and staged with text $n, its number is unknown");
    $node->safe_sql($change);
    is($node->sqlstate(judge(2)), '42704', 'in the next generation too');
}
my (undef, $refusal) = $node->psql(judge(2));
like($refusal, qr/policy version "q\@2" is staged, not in force\nHINT:  rdf_policy_reload\('q'\) puts version 2 in force/,
    'the error says that it is staged');
$node->safe_sql("SELECT rdf_policy_reload('q', true)");
is($node->safe_sql(judge(2)), 'q5', 'in force it judges, with the text that it has then');
$node->safe_sql(put(6));
is($node->safe_sql(judge(2) . $change . judge(2)), "q5\nq5", 'loaded, and carried');
# As after the restore of a dump in which it was not in force yet.
$node->safe_sql("UPDATE rdf_catalog_version SET was_active = false WHERE policy = 'q' AND version = 2");
is($node->sqlstate(judge(2)), '42704', 'what was carried is no more, where its row says that it never was in force');
$node->safe_sql('DROP EXTENSION rdfpolicy; CREATE EXTENSION rdfpolicy');
$node->safe_sql(put(7) . "SELECT rdf_policy_register('q', " . shapes(8) . ");$change");
is($node->sqlstate(judge(2)), '42704', 'the extension anew does not know what the former one carried');
$node->safe_sql("SELECT rdf_policy_reload('q', true);");
is($node->safe_sql(judge(2) . $change . judge(2)), "q8\nq8", 'but what it has itself');

# A backend keeps few of the versions that it loads, and those that it judges by.
$node->safe_sql(join '', map { put($_) } 9 .. 48);
my $session = $node->background_psql;
$session->query("BEGIN ISOLATION LEVEL REPEATABLE READ; DECLARE held CURSOR FOR SELECT rdf_validate('<urn:x> <urn:v> 9 .'"
      . ", 'q\@3') FROM generate_series(1, 3)");
is($session->query('FETCH 1 FROM held'), 't', 'a cursor judges by a former version');
for my $version (2 .. 40)
{
    my $text = $version == 2 ? 8 : $version + 6;
    is($session->query(judge($version)), "q$text", "version $version of one transaction")
      if $version % 13 == 0 || $session->query("SELECT rdf_validate('<urn:x> <urn:v> $text .', 'q\@$version')") ne 't';
}
is($session->query('FETCH 2 FROM held'), "t\nt", 'and the cursor by the same to its end');
my $kept = $session->query("SELECT count(*) FROM pg_backend_memory_contexts WHERE name = 'rdfpolicy version'");
cmp_ok($kept, '>=', 2, 'some are kept');
cmp_ok($kept, '<=', 17, 'of 39 that were loaded');
$session->query('COMMIT');
$session->quit;

# A named version between the active one and its shadow, on either side.
for my $case ([ 2, 3, 4 ], [ 4, 3, 2 ])
{
    my ($active, $named, $shadow) = @$case;
    $node->safe_sql("SELECT rdf_policy_rollback('q', $active); " . judge($named) . "SELECT rdf_policy_shadow('q', $shadow)");
    $node->safe_sql("SELECT rdf_validate('', 'q') FROM generate_series(1, 5)");
    is($node->safe_sql('SELECT active_version, shadow_version, validations FROM rdf_policy_shadows'),
        "$active|$shadow|5", "shadow $shadow of version $active judges beside it");
    $node->safe_sql("SELECT rdf_policy_shadow('q', NULL); SELECT rdf_policy_stats_reset()");
}
done_testing;
