# rdf_policy_backends: who holds which generation; idle backends let go of old ones.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('backends');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');

my $reloads = 0;

sub reload
{
    $reloads++;
    return $node->safe_sql("SELECT rdf_policy_register('p', '\@prefix sh: <http://www.w3.org/ns/shacl#> . <http://example.org/S> a sh:NodeShape ;"
            . " sh:targetClass <http://example.org/C> ; sh:nodeKind sh:IRI . # $reloads'); SELECT success FROM rdf_policy_reload()");
}

my $validate = "SELECT rdf_validate('<http://example.org/a> a <http://example.org/C> .', 'p')";

# What a backend holds: generation and number of mappings; nothing where it is not shown.
sub held
{
    my ($pid) = @_;
    return $node->safe_sql("SELECT generation, mapped_generations FROM rdf_policy_backends WHERE pid = $pid");
}

reload();
my ($idle, $reader) = map { $node->background_psql } 1, 2;
my ($idle_pid, $reader_pid) = map { $_->backend_pid } $idle, $reader;
is(held($idle_pid), '', 'who has judged nothing is not shown');
is($idle->query($validate), 't', 'a backend validates');
is(held($idle_pid), '1|1', 'and holds the generation');
is($node->safe_sql("SELECT mapped_bytes = (SELECT image_bytes FROM rdf_policy_status) FROM rdf_policy_backends WHERE pid = $idle_pid"), 't',
    'of that size');

$reader->query("BEGIN; DECLARE c CURSOR FOR SELECT rdf_validate('<http://example.org/a> a <http://example.org/C> .', 'p') FROM generate_series(1, 10); FETCH c");
is(held($reader_pid), '1|1', 'so does an open cursor');

reload();
ok($node->poll_query_until("SELECT mapped_generations = 0 FROM rdf_policy_backends WHERE pid = $idle_pid"), 'an idle backend lets go of an old generation');
is(held($idle_pid), '|0', 'and holds none');
is(held($reader_pid), '1|1', 'the cursor keeps its own');
is($reader->query('FETCH c'), 't', 'and is judged by it');
is($idle->query($validate), 't', 'the idle one validates again');
is(held($idle_pid), '2|1', 'by the new one');
$reader->query($validate);
is(held($reader_pid), '2|2', 'a backend can hold two');
$reader->query('COMMIT');
is(held($reader_pid), '2|1', 'to the end of its cursor');

is($node->safe_sql("SELECT count(*) FROM rdf_policy_backends WHERE pid = pg_backend_pid(); $validate; SELECT count(*) FROM rdf_policy_backends WHERE pid = pg_backend_pid()"),
    "0\nt\n1", 'a backend sees itself');
$node->safe_sql('CREATE DATABASE other');
$node->safe_sql('CREATE EXTENSION rdfpolicy', 'other');
is($node->safe_sql('SELECT count(*) FROM rdf_policy_backends', 'other'), '0', 'each database sees its own');
$idle->quit;
ok($node->poll_query_until("SELECT count(*) = 0 FROM rdf_policy_backends WHERE pid = $idle_pid"), 'who has left is gone');
$reader->quit;

my $private = RdfPolicy->new('private', preload => 0);
$private->start;
$private->safe_sql('CREATE EXTENSION rdfpolicy');
is($private->safe_sql("SELECT rdf_policy_register('p', '<http://example.org/S> <http://www.w3.org/ns/shacl#targetNode> <http://example.org/a> .'); SELECT success FROM rdf_policy_reload();"
        . " SELECT rdf_validate('', 'p')"), "1\nt\nt", 'without shared memory all works');
my $shared = $private->safe_sql('SELECT current_setting(\'server_version_num\')::integer >= 170000');
is($private->safe_sql("SELECT rdf_validate('', 'p'); SELECT count(*) FROM rdf_policy_backends"),
    $shared eq 't' ? "t\n1" : "t\n0", 'and nobody is shown on servers before 17');
done_testing;
