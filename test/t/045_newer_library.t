# A newer library, whose form of compiled policies is another, is installed while the server runs and does not preload it: old
# sessions go on with the old one, new sessions have the new one, and all are judged by the same policies. Where generations
# are shared without preloading (from 17 on) each kind shares among its like.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

# Builds the library again from a copy of the sources, its directory of another format.
my $copy = "$ENV{RDFPOLICY_SCRATCH}/newer";
system("mkdir '$copy' && cp -r Makefile rdfpolicy.control src sql policies '$copy'") == 0 or die 'cannot copy the sources';
{
    local ($^I, @ARGV) = ('', "$copy/src/image/directory.h");
    while (<>) { s/(RP_DIRECTORY_FORMAT = )(\d+)/$1 . ($2 + 1)/e; print }
}
my $build = `make -C '$copy' -j2 all PG_CONFIG='$ENV{RDFPOLICY_BUILD_CONFIG}' 2>&1`;
is($?, 0, 'a library of another format is built') or die $build;

my $node = RdfPolicy->new('main', preload => 0, conf => 'dynamic_shared_memory_type = mmap');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->make_numbered_policies(4);
my $is_shared = $node->safe_sql('SHOW server_version_num') >= 170000;
my $judge = "SELECT result_message FROM rdf_validation_report('', 'p')";
my $status = 'SELECT is_shared, shared_generations > 0 FROM rdf_policy_status';
my $shared = $is_shared ? 't|t' : 'f|f';

# The formats of the published generations, as their headers have them.
sub formats
{
    my %formats;
    for my $name ($node->policy_segments)
    {
        open my $file, '<:raw', "$node->{data}/pg_dynshmem/$name" or next;
        read($file, my $header, 8) == 8 or next;
        $formats{ unpack "x4L", $header }++;
    }
    return scalar keys %formats;
}

my ($old, $older) = map { $node->background_psql } 1, 2;
is($_->query("$judge; $status"), "v1\n$shared", 'an old session judges') for $old, $older;

# Puts a library in the place of the installed one, as a package does: who has loaded that keeps it.
my ($library) = map { chomp; "$_/rdfpolicy.so" } `$ENV{PG_CONFIG} --pkglibdir`;
sub install { my ($from) = @_; return system("cp '$from' '$library.new' && mv '$library.new' '$library'") == 0 }
system("cp '$library' '$ENV{RDFPOLICY_SCRATCH}/older.so'") == 0 or die 'cannot keep the library';
END { my $status = $?; install("$ENV{RDFPOLICY_SCRATCH}/older.so") if $library; $? = $status }
install("$copy/rdfpolicy.so") or die 'cannot install the library';
my ($new, $newer) = map { $node->background_psql } 1, 2;
is($_->query("$judge; $status"), "v1\n$shared", 'a new session judges') for $new, $newer;
is(formats(), $is_shared ? 2 : 0, 'each by generations of its own format');
for my $round ([$old, 2], [$new, 3], [$older, 4], [$newer, 1])
{
    my ($reloader, $version) = @$round;
    is($reloader->query("SELECT success FROM rdf_policy_rollback('p', $version)"), 't', "version $version is put in force");
    is($_->query("$judge; $status"), "v$version\n$shared", 'and judges') for $old, $older, $new, $newer;
}
is(formats(), $is_shared ? 2 : 0, 'both formats are shared to the end');
unlike($node->log_content, qr/cannot be read|does not match|ERROR/, 'and neither kind meets what is the other\'s');
$_->quit for $old, $older, $new, $newer;

done_testing;
