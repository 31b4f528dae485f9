# Policies in files: what a reload finds in them, what it refuses, and that nothing outside the directory is ever read.
use strict;
use warnings;
use Test::More;
use RdfPolicy;
use IO::Socket::UNIX;
use POSIX qw(mkfifo);

my $node = RdfPolicy->new('files', conf => "rdfpolicy.max_document_size = '64kB'\n");
my $directory = "$node->{folder}/policies";
$node->append_conf("rdfpolicy.policy_directory = '$directory'");
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');

# Shapes that ask for so many values of ex:p. One statement, so that no part of it is Turtle.
sub shapes
{
    my ($minimum, $padding) = @_;
    return '<http://example.org/S> a <http://www.w3.org/ns/shacl#NodeShape> ;' . ' ' x ($padding // 0)
        . " <http://www.w3.org/ns/shacl#targetClass> <http://example.org/C> ;\n"
        . ' <http://www.w3.org/ns/shacl#property> [ <http://www.w3.org/ns/shacl#path> <http://example.org/p> ;'
        . " <http://www.w3.org/ns/shacl#minCount> $minimum ] .\n";
}

# Put a file in place, by rename.
sub put
{
    my ($name, $text, $base) = @_;
    $base //= $directory;
    open my $file, '>', "$base/.new" or die "cannot write $base/.new: $!";
    print $file $text;
    close $file or die "cannot write $base/.new: $!";
    rename "$base/.new", "$base/$name" or die "cannot rename: $!";
    return;
}

sub register
{
    my ($policy, $file) = @_;
    return $node->sqlstate("SELECT rdf_policy_register_file('$policy', '$file')");
}

sub reload
{
    my ($policy) = @_;
    my $argument = defined $policy ? "'$policy'" : 'NULL';
    return $node->safe_sql("SELECT policy, success, version, changed, error FROM rdf_policy_reload($argument) ORDER BY policy");
}

sub file_state
{
    my ($policy) = @_;
    return $node->safe_sql("SELECT state, signature IS NOT NULL, error, line, col FROM rdf_policy_files WHERE policy = '$policy'");
}

sub minimum
{
    my ($policy) = @_;
    my $count = 0;
    $count++ until $node->safe_sql("SELECT rdf_validate('<http://example.org/a> a <http://example.org/C> ; <http://example.org/p> "
            . join(', ', map { "\"$_\"" } 0 .. $count) . " .', '$policy')") eq 't' || $count > 9;
    return $count + 1;
}

is(register('one', 'one.ttl'), '58P01', 'the directory is missing');
mkdir $directory or die $!;
is(register('one', 'one.ttl'), '58P01', 'the file is missing');

# A file that changes.
mkdir "$directory/team" or die $!;
put('team/one.ttl', shapes(1));
is(register('one', 'team/one.ttl'), '00000', 'a file in a folder');
is(reload(), 'one|t|1|t|', 'is put in force');
is(file_state('one'), 'unchanged|t|||', 'and is as it was read');
put('team/one.ttl', shapes(2));
is(file_state('one'), 'changed|t|||', 'a changed file is seen');
is($node->safe_sql("SELECT valid, source_changed, error FROM rdf_policy_verify('one')"), 't|t|', 'rdf_policy_verify sees it too');
is($node->safe_sql("BEGIN READ ONLY; SELECT state FROM rdf_policy_files; SELECT source_changed FROM rdf_policy_verify(); COMMIT"),
    "changed\nt", 'both in a read-only transaction');
is(minimum('one'), 1, 'the version in force is the old one');
$node->safe_sql('BEGIN; SELECT rdf_policy_reload(); ROLLBACK');
is(file_state('one'), 'changed|t|||', 'a reload that is rolled back has read nothing');
is(reload(), 'one|t|2|t|', 'a reload reads it again');
is(minimum('one'), 2, 'and puts it in force');
is(reload('one'), 'one|t|2|f|', 'once');
is(file_state('one'), 'unchanged|t|||', 'then it is unchanged');
$node->safe_sql("SELECT rdf_policy_rollback('one')");
is(reload(), 'one|t|1|f|', 'a rollback holds while the file is the same');
put('team/one.ttl', shapes(3));
is(reload(), 'one|t|3|t|', 'until it changes');

# A file that cannot be used refuses the reload of all.
put('two.ttl', shapes(1));
is(register('two', 'two.ttl'), '00000', 'a second policy');
is(reload('two'), 'two|t|1|t|', 'is in force');
$node->safe_sql("CREATE TABLE told (payload jsonb); CREATE FUNCTION tell(payload jsonb) RETURNS void LANGUAGE sql AS 'INSERT INTO told VALUES (payload)'");
$node->safe_sql("SELECT rdf_policy_add_hook(NULL, 'on_error', 'tell(jsonb)')");
put('team/one.ttl', shapes(4));
put('two.ttl', "\n\n  this is no Turtle");
like(file_state('two'), qr/^error\|t\|[^|]+\|3\|\d+$/, 'text that is no Turtle is told with line and column');
my ($rows, $warning) = $node->psql('SELECT policy, success, version, changed, error ~ \'policy "two", file\' FROM rdf_policy_reload() ORDER BY policy');
is($rows, "one|f|3|f|t\ntwo|f||f|t", 'all is refused');
like($warning, qr/WARNING:.*reload was refused: policy "two", file/, 'with a warning');
is($node->safe_sql("SELECT payload->>'policy', payload->>'error' ~ 'policy \"two\", file' FROM told"), 'two|t', 'the on_error hook is told');
is($node->safe_sql("SELECT policy, version, success, error ~ 'line 3' FROM rdf_policy_history ORDER BY id DESC LIMIT 1"), 'two||f|t',
    'and the history');
like($node->log_content, qr/LOG:.*reload was refused: policy "two", file/, 'and the log');
is($node->safe_sql("SELECT policy, version, staged_version FROM rdf_policies ORDER BY policy"), "one|3|\ntwo|1|", 'nothing was staged');
is(minimum('one'), 3, 'the policies in force are the same');
is($node->sqlstate('SELECT rdf_policy_reload(must_succeed => true)'), '22P02', 'must_succeed raises what is wrong');
is(reload('one'), 'one|t|4|t|', 'a reload of the other alone goes on');
put('two.ttl', '<http://example.org/S> a <http://www.w3.org/ns/shacl#NodeShape> ; <http://www.w3.org/ns/shacl#minCount> "x" .');
like(file_state('two'), qr/^error\|t\|[^|]+\|1\|/, 'ill-formed shapes are told');
is($node->sqlstate('SELECT rdf_policy_reload(must_succeed => true)'), '22023', 'and refused');
unlink "$directory/two.ttl" or die $!;
is(file_state('two'), 'missing|f|it does not exist||', 'a missing file is told');
is($node->sqlstate('SELECT rdf_policy_reload(must_succeed => true)'), '58P01', 'and refused');
like(reload('two'), qr/^two\|f\|\|f\|policy "two", file "two.ttl": it does not exist$/, 'with its name');
is($node->safe_sql("SELECT valid, source_changed, error FROM rdf_policy_verify('two')"), 't|t|file "two.ttl": it does not exist',
    'rdf_policy_verify tells it, and that what is in force is sound');
put('two.ttl', "# \xc3\xa4\n\n# \xe4\n" . shapes(1));
is(file_state('two'), 'error|f|it is not UTF-8 text|3|', 'what is not UTF-8 is told with its line');
is(register('three', 'two.ttl'), '22P02', 'and refused');
put('two.ttl', shapes(1) . "\0");
is(register('three', 'two.ttl'), '22P02', 'so is a NUL');
put('two.ttl', '');
is(file_state('two'), 'error|f|it is empty||', 'an empty file is no policy');
put('two.ttl', shapes(1, 65536));
is(register('three', 'two.ttl'), '53400', 'nor is one over the limit');
put('two.ttl', shapes(1));
is(reload(), "one|t|4|f|\ntwo|t|1|f|", 'what was read before is unchanged again');
chmod 0000, "$directory/two.ttl";
is(register('three', 'two.ttl'), '42501', 'a file that may not be read') if !-r "$directory/two.ttl";
chmod 0644, "$directory/two.ttl";

# A file is read with the options that it was registered with, each time: this one has no target, a relative IRI, an import that
# no policy is, and a constraint that cannot be enforced.
sub odd_shapes
{
    my ($minimum) = @_;
    return "<S> <http://www.w3.org/ns/shacl#minLength> $minimum ; <http://www.w3.org/ns/shacl#pattern> \"(?=a)\" ."
        . ' <O> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> <http://example.org/no-policy> .';
}
my @options = ("base_iri => 'http://example.org/'", "ill_formed => 'warn'", "imports => 'ignore'", 'allow_vacuous => true');
put('odd.ttl', odd_shapes(1));
for my $missing (0 .. $#options)
{
    my $given = join ', ', map { $options[$_] } grep { $_ != $missing } 0 .. $#options;
    isnt($node->sqlstate("SELECT rdf_policy_register_file('odd', 'odd.ttl', $given)"), '00000', "refused without $options[$missing]");
}
my $all = join ', ', @options;
is($node->sqlstate("SELECT rdf_policy_register_file('odd', 'odd.ttl', $all, subclass_from_shapes => false, require_focus => true)"), '00000', 'a file with options');
is(reload('odd'), 'odd|t|1|t|', 'is put in force');
put('odd.ttl', odd_shapes(2));
is(file_state('odd'), 'changed|t|||', 'is looked at with them');
is(reload('odd'), 'odd|t|2|t|', 'and read with them again');
is($node->safe_sql("SELECT base_iri, ill_formed, subclass_from_shapes, allow_vacuous, require_focus FROM rdf_catalog_version WHERE policy = 'odd' AND version = 2"),
    'http://example.org/|warn|f|t|t', 'which the version has');
$node->safe_sql("SELECT rdf_policy_drop('odd')");

# Nothing but regular files, nothing outside the directory.
my $outside = "$node->{folder}/outside";
mkdir $outside or die $!;
put('secret.ttl', shapes(9), $outside);
symlink "$outside/secret.ttl", "$directory/link.ttl" or die $!;
symlink '../outside', "$directory/folder" or die $!;
symlink "$directory/two.ttl", "$directory/within.ttl" or die $!;
symlink 'self.ttl', "$directory/self.ttl" or die $!;
mkfifo("$directory/fifo", 0644) or die $!;
my $socket = IO::Socket::UNIX->new(Local => "$directory/socket", Listen => 1) or die "no socket: $!";
is(register('three', 'link.ttl'), '42501', 'a link out of the directory');
is(register('three', 'folder/secret.ttl'), '42501', 'a folder that is one');
is(register('three', '../outside/secret.ttl'), '22023', 'a path out of it');
is(register('three', "$outside/secret.ttl"), '22023', 'an absolute path');
is(register('three', 'within.ttl'), '00000', 'a link within it is followed');
is(register('three', 'self.ttl'), '58030', 'a link to itself');
is(register('three', 'fifo'), '42809', 'a FIFO, which does not hold us');
is(register('three', 'socket'), '58030', 'a socket');
is(register('three', 'team'), '42809', 'a folder');
is($node->safe_sql("SELECT source FROM rdf_policies WHERE policy = 'three'"), 'file:within.ttl', 'what was refused changes nothing');
$node->safe_sql("SELECT rdf_policy_drop('three')");

# As Kubernetes mounts a ConfigMap: a link to a folder that is swapped for another.
mkdir "$directory/..$_" or die $! for 1, 2;
put("..$_/mounted.ttl", shapes($_)) for 1, 2;
symlink '..1', "$directory/..data" or die $!;
symlink '..data/mounted.ttl', "$directory/mounted.ttl" or die $!;
is(register('mounted', 'mounted.ttl'), '00000', 'a mounted file');
is(reload('mounted'), 'mounted|t|1|t|', 'is put in force');
symlink '..2', "$directory/..new" or die $!;
rename "$directory/..new", "$directory/..data" or die $!;
is(reload('mounted'), 'mounted|t|2|t|', 'and again when the mount has moved on');

done_testing;
