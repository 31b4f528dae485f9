# Two servers that were one: after a promotion both make generations of the same number with other policies. Each judges by its
# own, and the old primary, rewound, by the new one's; a standby of a standby follows too.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $number = 'SELECT number FROM rdf_catalog_generation';

my $first = RdfPolicy->new('first', conf => "wal_log_hints = on\nwal_keep_size = 1GB");
$first->start;
$first->safe_sql('CREATE EXTENSION rdfpolicy');
$first->make_numbered_policies(4);
my $second = RdfPolicy->new_standby('second', $first);
$second->start;
my $third = RdfPolicy->new_standby('third', $second, conf => "recovery_target_timeline = 'latest'");
$third->start;

my $reader = $third->background_psql;
is($reader->query($judge), 'v1', 'a standby of a standby judges');
$first->safe_sql("SELECT rdf_policy_rollback('p', 2)");
$first->wait_for_standby($third);
is($reader->query($judge), 'v2', 'and follows');

$second->promote;
$first->safe_sql("SELECT rdf_policy_rollback('p', 3)");
$second->safe_sql("SELECT rdf_policy_rollback('p', 4)");
is($first->safe_sql($number), $second->safe_sql($number), 'both have a generation of the same number');
is($first->safe_sql($judge), 'v3', 'the old primary judges by its own');
is($second->safe_sql($judge), 'v4', 'the new one by another');
ok($third->poll_query_until($number, $second->safe_sql($number)), 'the standby is with the new one');
is($reader->query($judge), 'v4', 'and judges by its policies in a session that was there');

# The old primary comes back as a standby of the new one.
$second->safe_sql('CHECKPOINT');
$first->stop;
open my $file, '<', "$first->{data}/postgresql.conf" or die;
my $conf = do { local $/ = undef; <$file> };
close $file;
RdfPolicy::_run_or_die('pg_rewind', '-D', $first->{data}, '--source-server',
    "host=$second->{folder} port=5432 user=postgres dbname=postgres", '--no-sync', '-R');
open $file, '>', "$first->{data}/postgresql.conf" or die;
print $file $conf;
close $file or die;
$first->start;
ok($first->poll_query_until('SELECT pg_is_in_recovery()'), 'the old primary is a standby');
ok($first->poll_query_until($judge, 'v4'), 'and judges by what the new one has');
my $session = $first->background_psql;
$session->query($judge);
$second->safe_sql("SELECT rdf_policy_rollback('p', 3)");
$second->wait_for_standby($first);
is($session->query($judge), 'v3', 'and follows it');
$second->wait_for_standby($third);
is($reader->query($judge), 'v3', 'as the other does');

# Promoted again, it goes on from there.
$first->promote;
is($session->query("SELECT version, success FROM rdf_policy_rollback('p', 1)"), '1|t', 'promoted again it reloads');
is($session->query($judge), 'v1', 'and judges by it');

done_testing;
