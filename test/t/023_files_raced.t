# Files that change while they are read: what is outside the directory is never read, and no file in part. A backend is held
# between its steps (file-located: the path is resolved; file-opened: the file is open and its state known) while the file is
# changed under it.
use strict;
use warnings;
use Test::More;
use RdfPolicy;
use POSIX ();

my $node = RdfPolicy->new('raced');
my $directory = "$node->{folder}/policies";
my $outside = "$node->{folder}/outside";
mkdir $_ or die $! for $directory, $outside;
$node->append_conf("rdfpolicy.policy_directory = '$directory'");
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');

# Shapes whose text tells them apart by its length.
sub shapes
{
    my ($padding) = @_;
    return '<http://example.org/S> a <http://www.w3.org/ns/shacl#NodeShape> ;' . ' ' x $padding
        . " <http://www.w3.org/ns/shacl#targetClass> <http://example.org/C> ;\n"
        . " <http://www.w3.org/ns/shacl#property> [ <http://www.w3.org/ns/shacl#path> <http://example.org/p> ;\n"
        . " <http://www.w3.org/ns/shacl#minCount> 1 ] .\n";
}

sub write_file
{
    my ($path, $text) = @_;
    open my $file, '>', $path or die "cannot write $path: $!";
    print $file $text;
    close $file or die "cannot write $path: $!";
    return;
}

# Put a file or a link in the place of what is there, at once.
sub put
{
    my ($name, $text) = @_;
    write_file("$directory/.new", $text);
    rename "$directory/.new", "$directory/$name" or die "cannot rename: $!";
    return;
}

sub put_link
{
    my ($name, $target) = @_;
    symlink $target, "$directory/.link" or die "cannot link: $!";
    rename "$directory/.link", "$directory/$name" or die "cannot rename: $!";
    return;
}

my ($short, $long, $secret) = map { shapes($_) } 1, 3000, 5000;
write_file("$outside/policy.ttl", $secret);
my $secret_length = length $secret;
my $holder = $node->background_psql;

# Register the file, held at the point until the change is done. Returns the SQLSTATE, or the length of what was read.
sub register_held
{
    my ($point, $name, $change) = @_;
    my $session = $node->background_psql;
    my $pid = $session->backend_pid;
    $session->query('\set VERBOSITY sqlstate');
    $session->query("SET rdfpolicy.debug_point = '$point'");
    $holder->query('SELECT pg_advisory_lock(21072)');
    $session->send("SELECT rdf_policy_register_file('p', '$name')");
    ok($node->poll_query_until("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = $pid"), "held at $point");
    $change->();
    $holder->query('SELECT pg_advisory_unlock(21072)');
    my $answer = $session->finish;
    return $1 if $answer =~ /ERROR:\s+(\S+)/;
    my $length = $node->safe_sql("SELECT length(source) FROM rdf_catalog_version WHERE policy = 'p'");
    $node->safe_sql("SELECT rdf_policy_discard('p')");
    return $length;
}

# Replaced by rename: whole, and as it is now.
put('policy.ttl', $short);
is(register_held('file-located', 'policy.ttl', sub { put('policy.ttl', $long) }), length $long, 'a file replaced before it is opened');
is(register_held('file-opened', 'policy.ttl', sub { put('policy.ttl', $short) }), length $short,
    'a file replaced after it was opened is read again');

# Written over: never in part.
put('policy.ttl', $long);
is(register_held('file-opened', 'policy.ttl', sub { write_file("$directory/policy.ttl", $short) }), length $short,
    'a file written over by a shorter one is read again');
is(register_held('file-opened', 'policy.ttl', sub { write_file("$directory/policy.ttl", $long) }), length $long,
    'by a longer one too');
is( register_held(
        'file-opened',
        'policy.ttl',
        sub {
            open my $file, '+<', "$directory/policy.ttl" or die $!;
            print $file substr($long, 0, 90) . '}' . substr($long, 91);
            close $file or die $!;
        }),
    '22P02',
    'by one of the same length too');

# What leads out is refused, whenever it came to be there.
put('policy.ttl', $short);
is(register_held('file-located', 'policy.ttl', sub { put_link('policy.ttl', "$outside/policy.ttl") }), '42501',
    'a file that became a link out of the directory');
mkdir "$directory/team" or die $!;
put('team/policy.ttl', $short);
is( register_held(
        'file-located',
        'team/policy.ttl',
        sub {
            rename "$directory/team", "$directory/team.old" or die $!;
            put_link('team', $outside);
        }),
    '42501',
    'a folder that became one');
put_link('link.ttl', 'policy.ttl');
unlink "$directory/policy.ttl" or die $!;
put('policy.ttl', $short);
is(register_held('file-located', 'link.ttl', sub { put_link('link.ttl', "$outside/policy.ttl") }), length $short,
    'a link within the directory is read where it led when it was resolved');

# And without holding anything: a child changes things as fast as it can while we register the file again and again. Which
# outcomes come up is the machine's business; none may be wrong.
sub race
{
    my ($change) = @_;
    my %seen;
    my $parent = $$;
    my $child = fork // die "cannot fork: $!";
    if ($child == 0)
    {
        $SIG{TERM} = sub { POSIX::_exit(0) };
        while (getppid == $parent) { $change->() }
        POSIX::_exit(0);
    }
    my $session = $node->background_psql;
    $session->query('\set VERBOSITY sqlstate');
    for (1 .. 200)
    {
        my $result = $session->query("SELECT rdf_policy_register_file('raced', 'raced.ttl')");
        $seen{ $result =~ /ERROR:\s+(\S+)/ ? $1 : 'read' }++;
        $seen{"length $_"}++ for split /\n/, $session->query("SELECT length(source) FROM rdf_catalog_version WHERE policy = 'raced'");
    }
    $session->quit;
    kill 'TERM', $child;
    waitpid $child, 0;
    diag(join ', ', map { "$_: $seen{$_}" } sort keys %seen);
    return \%seen;
}

sub unexpected
{
    my ($seen, @expected) = @_;
    my %is_expected = map { $_ => 1 } 'read', @expected;
    return [ grep { !$is_expected{$_} } sort keys %$seen ];
}

put('raced.ttl', $short);
my $turn = 0;
my @whole = map { 'length ' . length } $short, $long;
my $seen = race(sub { put('raced.ttl', $turn++ % 2 ? $short : $long) });
is($seen->{read}, 200, 'a file that is swapped by rename is always read');
is_deeply(unexpected($seen, @whole), [], 'whole, one or the other');
$seen = race(sub { put_link('raced.ttl', $turn++ % 2 ? "$outside/policy.ttl" : 'policy.ttl') });
is_deeply(unexpected($seen, @whole, '42501', '55006'), [], 'through a link that is swapped, what is outside is never read');
is($node->safe_sql("SELECT count(*) FROM rdf_catalog_version WHERE length(source) = $secret_length"), 0, 'nor kept');

done_testing;
