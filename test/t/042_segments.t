# How many segments of shared memory one transaction takes that reloads again and again: two at most that nobody else can
# use yet, whatever it does with savepoints and cursors. What it judges by is right all the while.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

# Segments of this kind are files, which can be counted.
my $node = RdfPolicy->new('main', conf => 'dynamic_shared_memory_type = mmap');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(9);
$node->safe_sql("SELECT rdf_policy_rollback('p', $_)") for 2 .. 5;

sub segments { return $node->policy_segments }
sub reload { my ($version) = @_; return "SELECT success FROM rdf_policy_rollback('p', $version)" }

my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $private = "SELECT count(*) FROM pg_backend_memory_contexts WHERE name = 'rdfpolicy generation'";
my $shared = 'SELECT is_shared, shared_generations FROM rdf_policy_status';
my $before = 4;
my $session = $node->background_psql;
is($session->query("$judge; $shared"), "v5\nt|4", 'a database shares four generations');
is(scalar segments(), $before, 'each in a segment');

# The most segments there are while statements run, above those before.
sub most_segments
{
    my (@statements) = @_;
    my $most = 0;
    for my $statement (@statements)
    {
        my $answer = $session->query($statement);
        diag("$statement: $answer") if $answer =~ /ERROR/;
        my $count = segments() - $before;
        $most = $count if $count > $most;
    }
    return $most;
}

# The same again and again in one transaction.
$session->query('BEGIN');
cmp_ok(most_segments(map { reload(1 + $_ % 4) } 1 .. 60), '<=', 2, 'a transaction with 60 reloads takes two segments');
is($session->query($judge), 'v1', 'and judges by the last');
cmp_ok(most_segments('DO $$BEGIN FOR i IN 1 .. 60 LOOP PERFORM rdf_policy_rollback(\'p\', 2 + i % 4); END LOOP; END$$'), '<=', 2,
    'so does a function with 60');
cmp_ok(most_segments(map { reload(2 + $_ % 4), $judge } 1 .. 20), '<=', 2, 'and who judges in between');
cmp_ok($session->query($private), '<=', 3, 'private copies go as well');
is($session->query(reload(7) . ";$judge"), "t\nv7", 'the last one');
my %pending = map { $_ => 1 } segments();
$session->query('COMMIT');
is(scalar segments(), $before, 'COMMIT leaves four');
is(scalar(grep { !$pending{$_} } segments()), 0, 'that were all there before it');
is($node->safe_sql("$judge; $shared"), "v7\nt|4", 'and others judge by the last');

$session->query('BEGIN; ' . reload(8) . "; $judge; " . reload(9) . "; $judge");
$session->query('ROLLBACK');
is(scalar segments(), $before, 'ROLLBACK leaves what was there');
is($session->query("$judge; $shared"), "v7\nt|4", 'in force too');

# Savepoints, one in the other: each can come back.
$session->query('BEGIN');
cmp_ok(most_segments(map { ("SAVEPOINT s$_", reload(1 + $_ % 4)) } 1 .. 20), '<=', 2, '20 savepoints take no more');
cmp_ok($session->query($private), '<=', 5, 'nor do they keep private copies');
is(join(' ', map { $session->query("ROLLBACK TO s$_; $judge") } reverse 2 .. 20),
    join(' ', map { 'v' . (1 + ($_ - 1) % 4) } reverse 2 .. 20), 'each is as it was');
is($session->query("ROLLBACK TO s1; $judge"), 'v7', 'the first too');
is(scalar segments(), $before, 'and nothing is left of them');
cmp_ok(most_segments(map { ("SAVEPOINT r$_", reload(1 + $_ % 4), "RELEASE r$_") } 1 .. 20), '<=', 2, 'nor do 20 that are released');
$session->query('SAVEPOINT kept; ' . reload(3));
%pending = map { $_ => 1 } segments();
$session->query('SAVEPOINT undone; ' . reload(4) . '; ROLLBACK TO undone');
is(scalar(grep { $pending{$_} } segments()), scalar keys %pending, 'an outer savepoint keeps its segment');
$session->query('RELEASE kept; ' . reload(6));
is(segments() - $before, 1, 'until RELEASE lets a later one take its place');
$session->query('COMMIT');
is(scalar segments(), $before, 'COMMIT leaves four again');
is($node->safe_sql("$judge; $shared"), "v6\nt|4", 'the last is in force');

# A savepoint that is rolled back behind one that was made: what was made is published, not built again.
$session->query('BEGIN; ' . reload(5));
%pending = map { $_ => 1 } segments();
$session->query('SAVEPOINT a; ' . reload(4) . '; ROLLBACK TO a; COMMIT');
is(scalar(grep { !$pending{$_} } segments()), 0, 'what comes back by ROLLBACK TO is published at COMMIT');
is($node->safe_sql("$judge; $shared"), "v5\nt|4", 'and in force');

# Cursors keep what they began with: beyond two segments, in private memory.
$session->query('BEGIN');
my @kept = (1 .. 4, 6 .. 9);
cmp_ok(
    most_segments(
        map {
            reload($_),
              "DECLARE c$_ CURSOR FOR SELECT rdf_validate('<urn:x> <urn:v> $_ .', 'p'), rdf_validate('<urn:x> <urn:v> 5 .', 'p')"
              . " FROM generate_series(1, 3)",
              "FETCH c$_"
        } @kept),
    '<=', 2, 'cursors on eight generations take no more');
is(join(' ', map { $session->query("FETCH c$_") } @kept), join(' ', ('t|f') x @kept), 'each cursor judges by its own');
is($session->query(reload(5) . "; $judge"), "t\nv5", 'the transaction by the last');
cmp_ok($session->query($private), '<=', @kept + 3, 'nothing else is kept');
is($session->query("CLOSE c$kept[0]; CLOSE c$kept[1]; " . reload(3) . "; $judge; SELECT is_shared FROM rdf_policy_status"), "t\nv3\nt",
    'when two are closed the next generation can be shared, beside the private ones');
$session->query(reload(5));
$session->query('COMMIT');
is(scalar segments(), $before, 'COMMIT leaves four');
is($node->safe_sql("$judge; SELECT is_shared FROM rdf_policy_status"), "v5\nt", 'which others share');
is($session->query("$judge; SELECT is_shared FROM rdf_policy_status"), "v5\nt", 'and the session itself');

# Many at once, and none is left over when they end or are killed.
my $many = $node->write_script('many',
    "BEGIN;\n" . join('', map { "SAVEPOINT a;\nSELECT rdf_policy_rollback('p', $_);\nRELEASE a;\nSELECT 1 / count(*) FROM rdf_validation_report('', 'p');\n" } 1 .. 4)
      . "SAVEPOINT b;\nSELECT rdf_policy_rollback('p', 9);\nROLLBACK TO b;\nCOMMIT;\n");
my $read = $node->write_script('read', "SELECT 1 / count(*) FROM rdf_validation_report('', 'p');\n");
my $reading = $node->start_pgbench(undef, '-c', 4, '-t', 200, '-f', $read);
my $reloading = $node->start_pgbench(undef, '-c', 4, '-t', 20, '-f', $many);
is($reloading->finish, 80, 'four sessions with 20 transactions of five reloads each');
is($reading->finish, 800, 'beside four that judge');
is($reloading->errors . $reading->errors, '', 'without an error');
$session->query($judge);
is($node->safe_sql("$judge; $shared"), "v4\nt|4", 'the last is in force');
ok($node->poll_query_until("SELECT sum(mapped_generations) <= 1 FROM rdf_policy_backends"), 'idle sessions let go of the others');
is(scalar segments(), $before, 'no segment is left over');
$session->query('BEGIN; ' . reload(2) . '; SAVEPOINT a; ' . reload(3));
$node->kill9_backend($session->backend_pid);
is($node->safe_sql("$judge; $shared"), "v4\nt|1", 'killed in the midst of it: as it was before');
is(scalar segments(), 1, 'with one segment');
unlike($node->log_content, qr/leak|PANIC|no shared memory/, 'nothing was leaked, and memory was never short');

done_testing;
