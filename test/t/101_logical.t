# A logical subscriber to the policy tables: its connected sessions follow a reload at once, and its own shared memory holds
# what it judges by. The generation stays each database's own.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $publisher = RdfPolicy->new('publisher');
$publisher->start;
$publisher->safe_sql('CREATE EXTENSION rdfpolicy');
$publisher->make_numbered_policies(2);
my $subscriber = RdfPolicy->new('subscriber');
$subscriber->start;
$subscriber->safe_sql('CREATE EXTENSION rdfpolicy');

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $session = $subscriber->background_psql;
like($session->query($judge), qr/policy "p" is not active/, 'the subscriber has no policy yet');

$publisher->safe_sql('CREATE PUBLICATION policies FOR TABLE rdf_catalog_policy, rdf_catalog_version, rdf_catalog_hook,'
      . ' rdf_catalog_history');
$subscriber->safe_sql("CREATE SUBSCRIPTION policies CONNECTION 'host=$publisher->{folder} port=5432 user=postgres"
      . " dbname=postgres' PUBLICATION policies");
ok($subscriber->poll_query_until("SELECT count(*) = 4 AND bool_and(srsubstate = 'r') FROM pg_subscription_rel"),
    'the tables are copied');
is($session->query($judge), 'v1', 'a session that was there judges by them');

sub catch_up
{
    my $position = $publisher->safe_sql('SELECT pg_current_wal_lsn()');
    ok($publisher->poll_query_until("SELECT replay_lsn >= '$position' FROM pg_stat_replication"), 'the subscriber catches up');
    return;
}

$publisher->safe_sql("SELECT rdf_policy_rollback('p', 2)");
catch_up();
is($session->query($judge), 'v2', 'a session follows a reload');
is($subscriber->safe_sql('SELECT is_shared FROM rdf_policy_status'), 't', 'by an image in shared memory');
is($subscriber->safe_sql("SELECT rdf_validate('<urn:x> <urn:v> 1 .', 'p\@1')"), 't', 'former versions are there');
is($subscriber->safe_sql('SELECT event, version FROM rdf_policy_history ORDER BY id DESC LIMIT 1'), 'rollback|2',
    'so is the history');
isnt($subscriber->safe_sql('SELECT stamp FROM rdf_catalog_generation'),
    $publisher->safe_sql('SELECT stamp FROM rdf_catalog_generation'), 'the generations are two');

# A REPEATABLE READ transaction keeps its generation while the worker applies.
my $old = $subscriber->background_psql;
$old->query('BEGIN ISOLATION LEVEL REPEATABLE READ');
is($old->query($judge), 'v2', 'a snapshot is taken');
$publisher->safe_sql(
    "SELECT rdf_policy_register('p', regexp_replace(rdf_policy_source('p', 2), 'Value 2(.*)v2', 'Value 3\\1v3'));"
      . " SELECT rdf_policy_reload('p', true)");
catch_up();
is($session->query($judge), 'v3', 'a version that is new follows');
is($old->query($judge), 'v2', 'not so in a REPEATABLE READ transaction');
$old->query('COMMIT');
is($old->query($judge), 'v3', 'until it has ended');

# Many in a row, beside validating clients.
my $validate = $subscriber->write_script('validate', "SELECT 1 / count(*) FROM rdf_validation_report('', 'p');\n");
my $validating = $subscriber->start_pgbench(3, '-c', 4, '-f', $validate);
$publisher->safe_sql(join '', map { "SELECT rdf_policy_rollback('p', " . ($_ % 3 + 1) . ');' } 1 .. 99);
catch_up();
is($session->query($judge), 'v1', 'a hundred reloads are followed');
cmp_ok($validating->finish, '>', 100, 'validations went on');
is($validating->errors, '', 'without an error');

# The table that the subscription fills, guarded by a constraint that names a policy: both follow in the order of commits.
for my $node ($publisher, $subscriber)
{
    $node->safe_sql("CREATE TABLE doc (id integer PRIMARY KEY, document text CHECK (rdf_validate(document, 'p')))");
}
$publisher->safe_sql('ALTER PUBLICATION policies ADD TABLE doc');
$subscriber->safe_sql('ALTER SUBSCRIPTION policies REFRESH PUBLICATION');
$publisher->safe_sql("SELECT rdf_policy_rollback('p', 2); INSERT INTO doc VALUES (1, '<urn:x> <urn:v> 2 .')");
ok($subscriber->poll_query_until('SELECT count(*) = 1 FROM doc'), 'a row that the reload before it allows arrives');
is($subscriber->sqlstate("INSERT INTO doc VALUES (2, '<urn:x> <urn:v> 1 .')"), '23514', 'one that it does not is refused');

done_testing;
