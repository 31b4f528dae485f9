# Killing the server at any point of a reload: afterwards either the old policy is in force or the new one, the tables agree
# with what judges, and the next reload works.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(3);
$node->safe_sql(<<'END');
CREATE TABLE waiting (n integer);
CREATE FUNCTION wait_here(payload jsonb) RETURNS void LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_lock(21072), pg_advisory_unlock(21072); END $$;
CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_lock(21072), pg_advisory_unlock(21072); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER wait_at_commit AFTER INSERT ON waiting DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION wait_at_commit();
END

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $active = "SELECT 'v' || active_version FROM rdf_catalog_policy WHERE policy = 'p'";
my $number = 'SELECT number FROM rdf_catalog_generation';

# Whether all tell the same: what judges, the tables, the status; and the expected version where one is given.
sub is_sound
{
    my ($expected, $when) = @_;
    my $version = $node->safe_sql($judge);
    is($version, $expected, "$when: $expected is in force") if defined $expected;
    like($version, qr/^v[123]$/, "$when: a version judges");
    is($version, $node->safe_sql($active), "$when: the one of the tables");
    is($node->safe_sql('SELECT generation, policies, broken_policies, is_shared FROM rdf_policy_status'),
        $node->safe_sql($number) . '|1|0|t', "$when: sound and shared");
    is($node->safe_sql("SELECT 'v' || version FROM rdf_policy_history WHERE success ORDER BY id DESC LIMIT 1"), $version,
        "$when: the history agrees");
    return;
}

# Holds a reload to version 2 or 3 where it waits for the lock, kills everything, and looks.
sub kill_held
{
    my ($place, $before, $reload) = @_;
    my $old = $node->safe_sql($judge);
    my $holder = $node->background_psql;
    $holder->query('SELECT pg_advisory_lock(21072)');
    my $session = $node->background_psql;
    my $pid = $session->backend_pid;
    $session->query($before);
    $session->send($reload);
    ok($node->poll_query_until("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $pid"),
        "a reload is held $place");
    $node->safe_sql('CHECKPOINT');
    $node->kill9;
    $node->start;
    is_sound($old, "killed $place");
    return;
}

$node->safe_sql("SELECT rdf_policy_rollback('p', 1)");
for my $point ('reload', 'build')
{
    kill_held("at \"$point\"", "SET rdfpolicy.debug_point = '$point'", "SELECT rdf_policy_rollback('p', 2)");
}
for my $event ('before_reload', 'after_reload')
{
    my $hook = $node->safe_sql("SELECT rdf_policy_add_hook('p', '$event', 'wait_here(jsonb)')");
    kill_held("in a hook $event", '', "SELECT rdf_policy_rollback('p', 2)");
    $node->safe_sql("SELECT rdf_policy_drop_hook($hook)");
}
kill_held('at its commit', 'BEGIN; INSERT INTO waiting VALUES (1)', "SELECT rdf_policy_rollback('p', 2); COMMIT");
kill_held('while a version is staged', "BEGIN; SELECT rdf_policy_register('p', rdf_policy_source('p', 1) || ' ')",
    'SELECT pg_advisory_lock(21072)');
is($node->safe_sql("SELECT count(*) FROM rdf_policy_versions WHERE state = 'staged'"), '0', 'and nothing of it is left');

# A lazy builder, before it publishes.
my $holder = $node->background_psql;
$holder->query('SELECT pg_advisory_lock(21072)');
$node->safe_sql('UPDATE rdf_catalog_policy SET is_dropped = is_dropped');
my $builder = $node->background_psql;
$builder->query("SET rdfpolicy.debug_point = 'publish'");
$builder->send($judge);
ok($node->poll_query_until("SELECT count(*) = 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"),
    'a builder is held before it publishes');
$node->kill9;
$node->start;
is_sound('v1', 'killed there');

# Killed at any moment: reloads and validations without pause, and no telling where they are.
my $swap = $node->write_script('swap',
    "SELECT rdf_policy_rollback('p', 2);\nSELECT rdf_policy_rollback('p', 3);\nSELECT rdf_policy_rollback('p', 1);\n");
my $validate = $node->write_script('validate', "SELECT 1 / count(*) FROM rdf_validation_report('', 'p');\n");
my $last = $node->safe_sql($number);
for my $round (1 .. 4)
{
    my @running = (
        $node->start_pgbench(60, '-c', 2, '-f', $swap),
        $node->start_pgbench(60, '-c', 2, '-f', $validate));
    ok($node->poll_query_until("SELECT number > $last + 5 FROM rdf_catalog_generation"), "round $round: reloads run");
    select undef, undef, undef, 0.057 * $round;
    $node->kill9;
    $_->finish for @running;
    $node->start;
    is_sound(undef, "round $round");
    my $now = $node->safe_sql($number);
    cmp_ok($now, '>', $last, "round $round: no generation is lost or used again");
    $last = $now;
}
is($node->safe_sql('SELECT count(*) - count(DISTINCT generation) FROM rdf_policy_history WHERE success'), '0',
    'no number was used twice');
my $other = $node->safe_sql($active) eq 'v2' ? 3 : 2;
is($node->safe_sql("SELECT version, success FROM rdf_policy_rollback('p', $other)"), "$other|t", 'the next reload works');
is_sound("v$other", 'in the end');

done_testing;
