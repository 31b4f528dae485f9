# A server with the library preloaded starts, makes the extension, answers, and goes on after a crash of a backend.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
is($node->safe_sql('SELECT 1'), '1', 'the server answers');
is($node->safe_sql('SHOW shared_preload_libraries'), 'rdfpolicy', 'the library is preloaded');
is($node->safe_sql("SELECT extname FROM pg_extension WHERE extname = 'rdfpolicy'"), 'rdfpolicy', 'the extension is there');

my $session = $node->background_psql;
my $pid = $session->backend_pid;
like($pid, qr/^\d+$/, 'a session stays connected');
like($session->query('SELECT 1/0'), qr/division by zero/, 'and shows its errors');
$node->kill9_backend($pid);
is($node->safe_sql('SELECT 1'), '1', 'the server answers after kill -9 of a backend');

$node->kill9;
$node->start;
is($node->safe_sql('SELECT 1'), '1', 'and after kill -9 of all of it');

done_testing;
