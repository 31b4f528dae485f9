# What a database has shared goes when the database or its extension is dropped, at once where the library is preloaded; and
# stays where the drop is undone.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

# Segments of this kind are files, which can be counted.
my $conf = 'dynamic_shared_memory_type = mmap';
my $node = RdfPolicy->new('main', conf => $conf);
$node->start;
my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $shared = 'SELECT is_shared, shared_generations FROM rdf_policy_status';
my $rollback = "SELECT success FROM rdf_policy_rollback('p',";

sub segments { my ($of) = @_; return scalar(my @names = ($of // $node)->policy_segments) }

$node->safe_sql('CREATE DATABASE a');
$node->safe_sql('CREATE SCHEMA s; CREATE EXTENSION rdfpolicy SCHEMA s', 'a');
$node->safe_sql('ALTER DATABASE a SET search_path = s, public');
$node->make_numbered_policies(4, 'a');
is($node->safe_sql($shared, 'a'), 't|4', 'a database shares four generations');
is(segments(), 4, 'each in a segment');

# What does not drop it.
$node->safe_sql('BEGIN; DROP EXTENSION rdfpolicy; ROLLBACK', 'a');
$node->safe_sql('BEGIN; SAVEPOINT x; DROP EXTENSION rdfpolicy; ROLLBACK TO x; SAVEPOINT y; SAVEPOINT z; DROP SCHEMA s CASCADE;'
      . ' RELEASE z; ROLLBACK TO y; COMMIT', 'a');
my ($extensions) = map { chomp; "$_/extension" } `$ENV{PG_CONFIG} --sharedir`;
for (['other.control', "default_version = '1'\n"], ['other--1.sql', "CREATE TABLE other();\n"])
{
    open my $file, '>', "$extensions/$_->[0]" or die "cannot write $_->[0]: $!";
    print $file $_->[1];
    close $file or die;
}
$node->safe_sql('CREATE EXTENSION other; DROP EXTENSION other', 'a');
my $session = $node->background_psql('a');
is($session->query($judge), 'v1', 'a session judges');
is($node->sqlstate('DROP DATABASE a'), '55006', 'a database that is used is not dropped');
is($node->sqlstate('BEGIN; DROP DATABASE a'), '25001', 'nor one in a transaction');
is(segments(), 4, 'what is not dropped keeps its segments');
is($session->query("$judge; $shared"), "v1\nt|4", 'and shares them');
$session->quit;

# Each way to drop it.
$node->safe_sql('CREATE DATABASE b TEMPLATE a');
$node->safe_sql('ALTER DATABASE b SET search_path = s, public');
my %ways = (
    'DROP EXTENSION' => 'DROP EXTENSION rdfpolicy',
    'DROP SCHEMA' => 'DROP SCHEMA s CASCADE',
    'DROP OWNED' => 'DROP OWNED BY owner CASCADE',
    'a savepoint' => 'BEGIN; SAVEPOINT x; DROP EXTENSION rdfpolicy; RELEASE x; COMMIT',
    'the outer of two drops' => 'BEGIN; DROP EXTENSION rdfpolicy; CREATE EXTENSION rdfpolicy SCHEMA s; SAVEPOINT x;'
      . ' DROP EXTENSION rdfpolicy; ROLLBACK TO x; COMMIT',
    'a function' => q{DO 'BEGIN DROP EXTENSION rdfpolicy; EXCEPTION WHEN division_by_zero THEN NULL; END'},
    'PREPARE TRANSACTION' => q{BEGIN; DROP EXTENSION rdfpolicy; PREPARE TRANSACTION 'd'; COMMIT PREPARED 'd'});
$node->safe_sql('CREATE ROLE owner SUPERUSER');
for my $way (sort keys %ways)
{
    $node->safe_sql("CREATE DATABASE c TEMPLATE b");
    $node->safe_sql('ALTER DATABASE c SET search_path = s, public');
    $node->safe_sql("DROP EXTENSION rdfpolicy; SET ROLE owner; CREATE EXTENSION rdfpolicy SCHEMA s", 'c') if $way eq 'DROP OWNED';
    $node->make_numbered_policies(4, 'c') if $way eq 'DROP OWNED';
    is($node->safe_sql(join('; ', map { "$rollback $_)" } 2, 3, 4, 1, 2) . "; $judge; $shared", 'c') =~ s/^t\n//mgr, "v2\nt|4", "$way: before");
    my $idle = $node->background_psql('c');
    is($idle->query($judge), 'v2', "$way: a session judges, and is idle then");
    is(segments(), 8, "$way: four segments more");
    $node->safe_sql($ways{$way}, 'c');
    $idle->query('SELECT 1');
    is(segments(), 4, "$way: its segments are gone");
    $idle->quit;
    $node->safe_sql('DROP DATABASE c');
}

# An idle session is told, and lets go without being used again.
$node->safe_sql("$rollback 3)", 'b');
my $idle = $node->background_psql('b');
is($idle->query($judge), 'v3', 'a session judges, and is idle then');
$node->safe_sql('DROP EXTENSION rdfpolicy', 'b');
ok($node->wait_until(sub { segments() <= 4 }), 'when its extension is dropped it lets go by itself');
$idle->quit;

# Prepared and rolled back: shared again.
$node->safe_sql("BEGIN; DROP EXTENSION rdfpolicy; PREPARE TRANSACTION 'd'; ROLLBACK PREPARED 'd'", 'a');
is($node->safe_sql("$judge; $shared", 'a'), "v1\nt|1", 'a drop that was prepared and rolled back leaves policies in force and shared');

# Dropped and made anew, in one transaction too; what was counted is gone as well.
is($node->safe_sql("SET rdfpolicy.track = on; $judge; SELECT count(*) > 0 FROM rdf_policy_stats", 'a'), "v1\nt", 'validations are counted');
$node->safe_sql("BEGIN; DROP EXTENSION rdfpolicy; CREATE EXTENSION rdfpolicy SCHEMA s;"
      . " SELECT rdf_policy_register('p', '<urn:s> <http://www.w3.org/ns/shacl#targetNode> <urn:x> ; <http://www.w3.org/ns/shacl#hasValue> 1 ;"
      . " <http://www.w3.org/ns/shacl#message> \"new\" .'); SELECT rdf_policy_reload(); COMMIT", 'a');
is(segments(), 0, 'dropped and created in one transaction: the old segments are gone');
is($node->safe_sql('SELECT count(*) FROM rdf_policy_stats', 'a'), '0', 'the counts too');
is($node->safe_sql("$judge; $shared", 'a'), "new\nt|1", 'and the new policies are in force');

# Databases: dropped while sessions of theirs are at work, and again and again, beside one whose policies are reloaded.
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(4);
my $before = segments();
my $swap = $node->write_script('swap', "SELECT rdf_policy_rollback('p', 2);\nSELECT 1 / count(*) FROM rdf_validation_report('', 'p');\nSELECT rdf_policy_rollback('p', 3);\n");
my $swapping = $node->start_pgbench(undef, '-c', 2, '-t', 100, '-f', $swap);
for my $n (1 .. 5)
{
    $node->safe_sql('CREATE DATABASE d TEMPLATE a STRATEGY file_copy; ALTER DATABASE d SET search_path = s, public');
    my @users = map { $node->background_psql('d') } 1, 2;
    $users[0]->query($judge);
    $users[1]->send('DO $$BEGIN LOOP PERFORM rdf_policy_register(\'p\', \'<urn:s> <http://www.w3.org/ns/shacl#targetNode> <urn:x> . # \' || clock_timestamp());'
          . ' PERFORM rdf_policy_reload(); COMMIT; END LOOP; END$$');
    $node->poll_query_until("SELECT number > 5 FROM s.rdf_catalog_generation", 't', 'd');
    $node->safe_sql('DROP DATABASE d WITH (FORCE)');
    eval { $_->quit } for @users;
}
is($swapping->finish, 200, 'a database is reloaded while five others are dropped');
is($swapping->errors, '', 'without an error');
ok($node->poll_query_until('SELECT coalesce(sum(mapped_generations), 0) = 0 FROM rdf_policy_backends'), 'all sessions are gone');
is(segments() - $before, 0, 'and nothing is left of the dropped ones');
is($node->safe_sql("$judge; $shared"), "v3\nt|4", 'while the one shares its own');
unlike($node->log_content, qr/leak|PANIC|terminated by signal|no shared memory/, 'nothing was leaked, and memory was never short');
$node->stop;

# Where the drop is not seen as it happens, whoever makes a segment next frees what is left: here a standby, which replays it.
my $primary = RdfPolicy->new('primary', conf => $conf);
$primary->start;
$primary->safe_sql('CREATE EXTENSION rdfpolicy; CREATE DATABASE a');
$primary->safe_sql('CREATE EXTENSION rdfpolicy', 'a');
$primary->make_numbered_policies(2, $_) for 'postgres', 'a';
my $standby = RdfPolicy->new_standby('standby', $primary);
$standby->start;
for my $version (2, 1, 2)
{
    $primary->safe_sql("$rollback $version)", $_) for 'postgres', 'a';
    $primary->wait_for_standby($standby);
    is($standby->safe_sql($judge, $_), "v$version", "standby: $_ judges by version $version") for 'a', 'postgres';
}
is(segments($standby), 6, 'standby: each database shares three generations');
$primary->safe_sql('DROP DATABASE a');
$primary->safe_sql("$rollback 1)");
$primary->wait_for_standby($standby);
is($standby->safe_sql($judge), 'v1', 'standby: a database is dropped, the other judges by a new generation');
is(segments($standby), 4, 'standby: only what that one shares is left');

done_testing;
