# Policies in shared memory that this library cannot read, as another version of it may have written them, are left alone:
# who finds them says so in the log and judges by a copy of its own, until the next reload.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

# Segments of this kind are files, which can be written to.
my $node = RdfPolicy->new('main', conf => 'dynamic_shared_memory_type = mmap');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(3);
my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $shared = 'SELECT is_shared, shared_generations FROM rdf_policy_status';
like($node->safe_sql("SELECT name FROM pg_shmem_allocations WHERE name LIKE 'rdfpolicy%'"), qr/^rdfpolicy \d+\.\d+\.\d+$/,
    'the control block has the numbers of its formats in its name');

# Overwrites a part of each published generation: as a number of so many bytes at an offset of the header.
sub plant
{
    my ($offset, $template, $value) = @_;
    for my $name ($node->policy_segments)
    {
        open my $file, '+<:raw', "$node->{data}/pg_dynshmem/$name" or die "cannot open $name: $!";
        seek $file, $offset, 0 or die;
        print $file pack($template, $value);
        close $file or die;
    }
    return;
}

my %kinds = (
    'another format' => [4, 'L', 4711, qr/cannot be read: they have format 4711, not \d+/],
    'more bytes than there are' => [8, 'Q', 1 << 40, qr/cannot be read: they are longer than the segment/],
    'no directory' => [0, 'L', 0, qr/cannot be read: it holds none/]);
for my $kind (sort keys %kinds)
{
    my ($offset, $template, $value, $message) = @{ $kinds{$kind} };
    $node->restart;
    is($node->safe_sql("SELECT success FROM rdf_policy_rollback('p', 2); $judge; $shared"), "t\nv2\nt|1", "$kind: one generation is published");
    my $mapped = $node->background_psql;
    is($mapped->query($judge), 'v2', "$kind: a session maps it");
    plant($offset, $template, $value);

    my $finder = $node->background_psql;
    is($finder->query("$judge; $shared"), "v2\nf|1", "$kind: who finds it does without");
    like($node->log_content, $message, "$kind: and says why");
    is($mapped->query("BEGIN; $judge; $shared; COMMIT"), "v2\nt|1", "$kind: who maps it already goes on");
    my $crowd = $node->start_pgbench(undef, '-c', 4, '-t', 50, '-C', '-f',
        $node->write_script('judge', "SELECT 1 / count(*) FROM rdf_validation_report('', 'p');\n"));
    is($crowd->finish, 200, "$kind: so do many at once");
    is($crowd->errors, '', "$kind: without an error");
    is($node->safe_sql($shared), 'f|1', "$kind: it is not published over and over");

    is($node->safe_sql("SELECT success FROM rdf_policy_rollback('p', 3); $judge; $shared"), "t\nv3\nt|2", "$kind: the next reload is shared");
    is($node->safe_sql("$judge; $shared"), "v3\nt|2", "$kind: by all");
    is($mapped->query("$judge; $shared"), "v3\nt|2", "$kind: also by who mapped the other");
    $_->quit for $mapped, $finder;
}

done_testing;
