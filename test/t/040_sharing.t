# Where a generation is shared: with the library preloaded, and from PostgreSQL 17 on without it too. Elsewhere each backend
# keeps a copy of its own. What is judged is the same.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $shapes = "'\@prefix sh: <http://www.w3.org/ns/shacl#> . <http://example.org/S> a sh:NodeShape ;"
  . " sh:targetClass <http://example.org/C> ; sh:property [ sh:path <http://example.org/p> ; sh:minCount 1 ] .'";
my $judgement = "SELECT rdf_validate('<http://example.org/x> a <http://example.org/C> .', 'p'),"
  . " rdf_validate('<http://example.org/x> a <http://example.org/C> ; <http://example.org/p> 1 .', 'p')";

# The segments of dynamic shared memory that a session's backend has mapped.
sub segments_of
{
    my ($pid) = @_;
    open my $maps, '<', "/proc/$pid/maps" or die "cannot read the mappings of $pid: $!";
    my %segments = map { m{/((?:PostgreSQL|mmap)\.\d+)} ? ($1 => 1) : () } <$maps>;
    return \%segments;
}

for my $is_preloaded (0, 1)
{
    my $node = RdfPolicy->new("preload-$is_preloaded", preload => $is_preloaded);
    $node->start;
    $node->safe_sql('CREATE EXTENSION rdfpolicy');
    my $version = $node->safe_sql('SHOW server_version_num');
    my $is_shared = $is_preloaded || $version >= 170000 ? 1 : 0;
    my $where = ($is_preloaded ? 'preloaded' : 'not preloaded') . ", $version";
    my $status = 'SELECT generation, is_shared, shared_generations FROM rdf_policy_status';

    my $first = $node->background_psql;
    my $second = $node->background_psql;
    my $pid = $first->backend_pid;
    $first->query($status);
    my $before = segments_of($pid);
    $first->query("SELECT rdf_policy_register('p', $shapes)");
    $first->query('SELECT rdf_policy_reload()');
    my $first_status = $first->query($status);
    like($first_status, $is_shared ? qr/^1\|t\|[12]$/ : qr/^1\|f\|0$/, "is_shared ($where)");
    is($second->query($judgement), 'f|t', "another backend judges by the policy ($where)");
    is($second->query($status), $first_status, "and sees the same generation ($where)");

    my @new = grep { !$before->{$_} } sort keys %{ segments_of($pid) };
    my $mapped = segments_of($second->backend_pid);
    is(scalar @new, $is_shared, "segments that the reload has made ($where)");
    is(scalar(grep { $mapped->{$_} } @new), $is_shared, "the other backend maps the same one ($where)");

    $node->kill9_backend($pid);
    is($node->safe_sql("$judgement; $status"), "f|t\n1|" . ($is_shared ? 't|1' : 'f|0'), "and after a crash ($where)");
    my $third = $node->background_psql;
    is($third->query($judgement), 'f|t', "for the next backend too ($where)");
    $_->quit for $first, $second, $third;
}

done_testing;
