# A publication FOR ALL TABLES has the extension's tables too: policies follow to the subscriber, and each side's generation row
# stays its own, whatever the other side does with its. In the schema public, and in one of the extension's own.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $publisher = RdfPolicy->new('publisher');
$publisher->start;
my $subscriber = RdfPolicy->new('subscriber', conf => "wal_retrieve_retry_interval = 100\n");
$subscriber->start;

sub on_both { my ($sql, $database) = @_; return map { $_->safe_sql($sql, $database) } $publisher, $subscriber }

# Waits until the subscriber has applied all that the publisher has written.
sub catch_up
{
    my ($database) = @_;
    my $position = $publisher->safe_sql('SELECT pg_current_wal_lsn()', $database);
    ok($publisher->poll_query_until("SELECT replay_lsn >= '$position' FROM pg_stat_replication WHERE application_name = '$database'"),
        "$database: the subscriber catches up");
    return;
}

for my $schema (qw(public rdf))
{
    my $database = "in_$schema";
    my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
    my $read = q{SELECT rdf_validate('{"@context": "urn:c", "@id": "urn:x", "v": 2}'::jsonb, 'p@2')};
    my $generation = 'SELECT number, epoch, stamp FROM rdf_catalog_generation';
    $_->safe_sql("CREATE DATABASE $database; ALTER DATABASE $database SET search_path = $schema, public") for $publisher, $subscriber;
    on_both("CREATE SCHEMA IF NOT EXISTS $schema; CREATE EXTENSION rdfpolicy SCHEMA $schema;"
          . 'CREATE FUNCTION public.see(payload jsonb) RETURNS void LANGUAGE sql AS $$ SELECT $$', $database);
    is($publisher->safe_sql(<<'SQL', $database), '', "$schema: every table can be published with UPDATE and DELETE");
SELECT c.oid::regclass FROM pg_class c JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'rdfpolicy'
WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisreplident
    OR indrelid = c.oid AND indisprimary AND c.relreplident = 'd')
SQL
    $publisher->make_numbered_policies(3, $database);
    $publisher->safe_sql("SELECT rdf_policy_add_test('p', 'anything', '<urn:x> <urn:y> 1 .', false);"
          . "SELECT rdf_policy_add_hook('p', 'after_reload', 'see(jsonb)');"
          . q{SELECT rdf_context_register('urn:c', '{"@context": {"v": "urn:v"}}')}, $database);
    on_both("CREATE TABLE a_doc (id integer PRIMARY KEY, document text CHECK (rdf_validate(document, 'p\@1')))", $database);
    $publisher->safe_sql("INSERT INTO a_doc VALUES (1, '<urn:x> <urn:v> 1 .')", $database);
    my $before = $subscriber->safe_sql($generation, $database);

    $publisher->safe_sql('CREATE PUBLICATION everything FOR ALL TABLES', $database);
    $subscriber->safe_sql("CREATE SUBSCRIPTION $database CONNECTION 'host=$publisher->{folder} port=5432 user=postgres"
          . " dbname=$database' PUBLICATION everything", $database);
    my $is_copied = "SELECT bool_and(srsubstate = 'r') FROM pg_subscription_rel";
    $subscriber->wait_until(sub { $subscriber->safe_sql($is_copied, $database) eq 't' || $subscriber->log_content =~ /_pkey/ });
    is($subscriber->safe_sql($is_copied, $database), 't', "$schema: all tables are copied") or last;
    my ($number, $epoch, $stamp) = split /\|/, $subscriber->safe_sql($generation, $database);
    is($epoch, (split /\|/, $before)[1], "$schema: the subscriber's generation is its own");
    isnt($stamp, (split /\|/, $before)[2], "$schema: and a new one, of the policies that came");
    my $session = $subscriber->background_psql($database);
    is($session->query($judge), 'v1', "$schema: they judge");
    is($subscriber->safe_sql('SELECT count(*) FROM a_doc', $database), '1', "$schema: rows with a CHECK that names them are there");

    # Each statement of the publisher writes its generation row, and what arrives of that is dropped.
    $publisher->safe_sql("SELECT rdf_policy_rollback('p', 2); UPDATE rdf_catalog_generation SET number = 4711;"
          . 'DELETE FROM rdf_catalog_generation', $database);
    catch_up($database);
    is($session->query($judge), 'v2', "$schema: a reload is followed");
    is($session->query($read), 't', "$schema: a document is read by a context that came");
    my @now = split /\|/, $subscriber->safe_sql($generation, $database);
    is($now[1], $epoch, "$schema: the publisher's generation is not, whatever it does to its row");
    cmp_ok($now[0], '>', $number, "$schema: the number goes on");
    cmp_ok($now[0], '<', 4711, "$schema: from the subscriber's own");
    $publisher->safe_sql("SELECT rdf_policy_rollback('p', 3)", $database);
    $publisher->safe_sql('TRUNCATE rdf_catalog_generation; SELECT success FROM rdf_policy_reload()', $database);
    catch_up($database);
    is($session->query($judge), 'v3', "$schema: nor is a row that it makes anew");
    $publisher->safe_sql(q{SELECT rdf_context_register('urn:c', '{"@context": {"v": "urn:w"}}', replace => true)}, $database);
    catch_up($database);
    is($session->query($read), 'f', "$schema: a context that is replaced is followed");
    is($subscriber->safe_sql('SELECT count(*), bool_and(is_shared), count(*) FILTER (WHERE broken_policies > 0 OR differences <> \'{}\''
              . ' OR weakened_by <> \'{}\') FROM rdf_policy_status', $database), '1|t|0', "$schema: nothing is amiss");

    # Whoever changes rows by hand with a session like a subscription's changes policies, and not the generation.
    @now = split /\|/, $subscriber->safe_sql($generation, $database);
    $subscriber->safe_sql("SET session_replication_role = replica; UPDATE rdf_catalog_generation SET epoch = gen_random_uuid();"
          . "DELETE FROM rdf_catalog_generation; UPDATE rdf_catalog_policy SET active_version = 1", $database);
    is($session->query($judge), 'v1', "$schema: a session that replicates by hand changes policies");
    is(join('|', (split /\|/, $subscriber->safe_sql($generation, $database))[0, 1]), $now[0] + 1 . "|$now[1]",
        "$schema: by one generation of this database");
    $subscriber->safe_sql("UPDATE rdf_catalog_policy SET active_version = 3", $database);

    # When the subscription has ended, the subscriber goes on by itself. Sequences are not replicated.
    $subscriber->safe_sql("DROP SUBSCRIPTION $database", $database);
    my $last = $subscriber->safe_sql('SELECT max(id) FROM rdf_policy_history', $database);
    is($subscriber->safe_sql("SELECT version, success FROM rdf_policy_rollback('p', 1)", $database), '1|t', "$schema: it reloads");
    is($subscriber->safe_sql('SELECT max(id) FROM rdf_policy_history', $database), $last + 1, "$schema: its history goes on");
    is($subscriber->safe_sql("SELECT rdf_policy_add_hook('p', 'on_error', 'see(jsonb)')", $database), '2', "$schema: so do its hooks");
    is($session->query($judge), 'v1', "$schema: and it judges");
    $session->quit;
}

done_testing;
