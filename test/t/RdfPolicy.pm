# Clusters for TAP tests: a small layer over initdb, pg_ctl and psql. Needs Test::More and nothing else of CPAN, because
# Debian's PostgreSQL 15 does not ship PostgreSQL's own modules. Runs inside test/server --no-start, which sets PATH and
# RDFPOLICY_SCRATCH. Each node is a folder with its data, its socket and its log; TCP is off.
package RdfPolicy;

use strict;
use warnings;
use Carp qw(croak);
use Time::HiRes qw(sleep time);

# Long enough for any machine: it only ends what would hang for ever.
our $timeout_seconds = 600;
my @nodes;

sub new_node
{
    my ($class, $name) = @_;
    my $scratch = $ENV{RDFPOLICY_SCRATCH} or croak 'run TAP tests by test/check tap';
    my ($test) = $0 =~ m{([^/]+?)(?:\.t)?$};
    my $folder = "$scratch/$test-$name";
    mkdir $folder or croak "cannot make $folder: $!";
    my $self = bless { name => $name, folder => $folder, data => "$folder/data", log => "$folder/log" }, $class;
    push @nodes, $self;
    return $self;
}

# A new cluster, with the extension preloaded. Options: preload => 0; conf => text for postgresql.conf.
sub new
{
    my ($class, $name, %options) = @_;
    my $self = $class->new_node($name);
    _run_or_die('initdb', '-D', $self->{data}, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8',
        '--no-sync');
    my $preload = ($options{preload} // 1) ? "shared_preload_libraries = 'rdfpolicy'\n" : '';
    $self->append_conf("listen_addresses = ''\nfsync = off\nwal_level = logical\nmax_wal_senders = 10\n"
          . "max_prepared_transactions = 10\nlog_line_prefix = '%m [%p] %q%a '\n"
          . 'dynamic_shared_memory_type = ' . ($ENV{RDFPOLICY_SHARED_MEMORY} // 'posix') . "\n"
          . $preload . $self->_socket_conf . ($options{conf} // ''));
    return $self;
}

# A streaming standby of a running node, not yet started.
sub new_standby
{
    my ($class, $name, $primary, %options) = @_;
    my $self = $class->new_node($name);
    _run_or_die('pg_basebackup', '-D', $self->{data}, '-h', $primary->{folder}, '-p', '5432', '-U', 'postgres',
        '-R', '-X', 'stream', '--checkpoint=fast', '--no-sync');
    $self->append_conf($self->_socket_conf . ($options{conf} // ''));
    return $self;
}

sub _socket_conf
{
    my ($self) = @_;
    return "unix_socket_directories = '$self->{folder}'\nunix_socket_permissions = 0700\n";
}

sub append_conf
{
    my ($self, $text) = @_;
    open my $file, '>>', "$self->{data}/postgresql.conf" or croak "cannot write configuration: $!";
    print $file "\n$text\n";
    close $file or croak "cannot write configuration: $!";
    return;
}

sub start
{
    my ($self) = @_;
    my ($code) = _run('pg_ctl', '-D', $self->{data}, '-l', $self->{log}, '-w', '-s', 'start');
    croak "node $self->{name} did not start:\n" . $self->log_content if $code != 0;
    return;
}

# Mode: fast, smart or immediate.
sub stop
{
    my ($self, $mode) = @_;
    _run('pg_ctl', '-D', $self->{data}, '-w', '-s', '-m', $mode // 'fast', 'stop');
    return;
}

sub restart
{
    my ($self, $mode) = @_;
    $self->stop($mode);
    $self->start;
    return;
}

sub promote
{
    my ($self) = @_;
    _run_or_die('pg_ctl', '-D', $self->{data}, '-w', '-s', 'promote');
    return;
}

sub reload_conf
{
    my ($self) = @_;
    _run_or_die('pg_ctl', '-D', $self->{data}, '-s', 'reload');
    return;
}

sub postmaster_pid
{
    my ($self) = @_;
    open my $file, '<', "$self->{data}/postmaster.pid" or return;
    my $pid = <$file>;
    chomp $pid;
    return $pid;
}

# The segments of shared memory that hold policies, by name. For a node with dynamic_shared_memory_type = mmap, where segments
# are files: ours begin with the magic number of a directory, so the server's own are not among them.
sub policy_segments
{
    my ($self) = @_;
    my @ours;
    for my $path (glob "$self->{data}/pg_dynshmem/mmap.*")
    {
        open my $file, '<:raw', $path or next;    # gone meanwhile
        my $count = read $file, my $magic, 4;
        push @ours, $path =~ m{([^/]+)$} if $count == 4 && unpack('L', $magic) == 0x52504431;
    }
    return @ours;
}

# Kills the server at once, as a power failure would, and waits until its children are gone too.
sub kill9
{
    my ($self) = @_;
    my $pid = $self->postmaster_pid or croak 'the node is not running';
    my @children = split ' ', do {
        open my $file, '<', "/proc/$pid/task/$pid/children";
        $file ? (<$file> // '') : '';
    };
    kill 'KILL', $pid, @children;
    _wait_until(sub { !grep { kill 0, $_ } $pid, @children }) or croak 'the server outlives kill -9';
    unlink "$self->{data}/postmaster.pid";
    return;
}

# Kills one backend with SIGKILL; the server then restarts itself. Waits until it answers again.
sub kill9_backend
{
    my ($self, $pid) = @_;
    my $restarts = () = $self->log_content =~ /reinitializing/g;
    kill 'KILL', $pid or croak "cannot kill $pid: $!";
    my $has_restarted = _wait_until(
        sub {
            my $now = () = $self->log_content =~ /reinitializing/g;
            return $now > $restarts && ($self->psql('SELECT 1'))[0] eq '1';
        });
    croak 'the server did not come back' if !$has_restarted;
    return;
}

sub log_content
{
    my ($self) = @_;
    open my $file, '<', $self->{log} or return '';
    local $/ = undef;
    return scalar <$file> // '';
}

sub _psql_command
{
    my ($self, $database, @options) = @_;
    return ('psql', '-X', '-A', '-t', '-q', '-h', $self->{folder}, '-p', '5432', '-U', 'postgres', '-d',
        $database // 'postgres', @options);
}

# Returns standard output, standard error, and psql's exit code (3: a statement failed). Stops at the first error.
sub psql
{
    my ($self, $sql, $database) = @_;
    my ($code, $output, $errors) =
      _run_with_input($sql, $self->_psql_command($database, '-v', 'ON_ERROR_STOP=1', '-f', '-'));
    return ($output, $errors, $code);
}

# Returns standard output; dies where a statement fails.
sub safe_sql
{
    my ($self, $sql, $database) = @_;
    my ($output, $errors, $code) = $self->psql($sql, $database);
    croak "psql failed: $errors\nin: $sql" if $code != 0;
    return $output;
}

# Returns the SQLSTATE of the error that the SQL ends in, or '00000'.
sub sqlstate
{
    my ($self, $sql, $database) = @_;
    my (undef, $errors) = $self->psql("\\set VERBOSITY sqlstate\n$sql", $database);
    return $errors =~ /(?:ERROR|FATAL):\s+([0-9A-Z]{5})/ ? $1 : '00000';
}

# Runs a client program that takes the usual options of a connection (pg_dump, pg_restore, psql); the rest of its arguments
# is given. Returns standard output, standard error and the exit code.
sub run_client
{
    my ($self, $program, @arguments) = @_;
    my ($code, $output, $errors) = _run($program, '-h', $self->{folder}, '-p', '5432', '-U', 'postgres', @arguments);
    return ($output, $errors, $code);
}

# Registers policy p with versions 1 to $count and puts version 1 in force: what version N judges has a violation with the
# message "vN" unless <urn:v> of <urn:x> is N. rdf_policy_rollback('p', N) then changes between them.
sub make_numbered_policies
{
    my ($self, $count, $database) = @_;
    my $sql = '';
    for my $n (1 .. $count)
    {
        $sql .= "SELECT rdf_policy_register('p', '\@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ;"
          . " sh:targetNode <urn:x> ; sh:property [ sh:path <urn:v> ; sh:hasValue $n ; sh:message \"v$n\" ] .');"
          . "SELECT rdf_policy_reload('p', true);";
    }
    $sql .= "SELECT rdf_policy_rollback('p', 1);";
    $self->safe_sql($sql, $database);
    return;
}

# Waits until the query's output is the one expected ('t' where none is given). Returns whether that came to be.
sub poll_query_until
{
    my ($self, $sql, $expected, $database) = @_;
    $expected //= 't';
    return _wait_until(sub { ($self->psql($sql, $database))[0] eq $expected });
}

# Waits until the standby has replayed all that the node has written.
sub wait_for_standby
{
    my ($self, $standby) = @_;
    my $position = $self->safe_sql('SELECT pg_current_wal_lsn()');
    return $standby->poll_query_until("SELECT pg_last_wal_replay_lsn() >= '$position'");
}

# A psql that stays connected: query, send, finish, backend_pid, quit.
sub background_psql
{
    my ($self, $database) = @_;
    return RdfPolicy::Session->new($self->_psql_command($database));
}

# Writes a script for pgbench; returns its path.
sub write_script
{
    my ($self, $name, $text) = @_;
    my $path = "$self->{folder}/$name.pgbench";
    open my $file, '>', $path or croak "cannot write $path: $!";
    print $file $text;
    close $file or croak "cannot write $path: $!";
    return $path;
}

# Starts pgbench in the background, for so many seconds (undef: as the options say). Its scripts end at the first error.
sub start_pgbench
{
    my ($self, $seconds, @options) = @_;
    return RdfPolicy::Bench->new('pgbench', '-n', '-h', $self->{folder}, '-p', '5432', '-U', 'postgres',
        (defined $seconds ? ('-T', $seconds) : ()), @options, 'postgres');
}

# Waits until the function returns true. Returns whether it did.
sub wait_until { my ($self, $is_done) = @_; return _wait_until($is_done) }

sub _wait_until
{
    my ($is_done) = @_;
    my $deadline = time + $timeout_seconds;
    while (time < $deadline)
    {
        return 1 if $is_done->();
        sleep 0.05;
    }
    return 0;
}

# Runs a command; returns its exit code, standard output and standard error, without the final newline.
sub _run
{
    my (@command) = @_;
    return _run_with_input('', @command);
}

# The outputs go through files, so neither a full pipe nor a server that inherits one can block us.
sub _run_with_input
{
    my ($input, @command) = @_;
    my $base = "$ENV{RDFPOLICY_SCRATCH}/run-$$";
    open my $file, '>', "$base.in" or croak "cannot write $base.in: $!";
    print $file $input;
    close $file or croak "cannot write $base.in: $!";
    my $pid = fork // croak "cannot fork: $!";
    if ($pid == 0)
    {
        open STDIN, '<', "$base.in" or exit 127;
        open STDOUT, '>', "$base.out" or exit 127;
        open STDERR, '>', "$base.err" or exit 127;
        exec @command or exit 127;
    }
    waitpid $pid, 0;
    my $code = $? & 127 ? 128 + ($? & 127) : $? >> 8;
    my ($output, $errors) = map { _slurp("$base.$_") } qw(out err);
    unlink map { "$base.$_" } qw(in out err);
    return ($code, $output, $errors);
}

sub _slurp
{
    my ($path) = @_;
    open my $file, '<', $path or return '';
    local $/ = undef;
    my $text = <$file> // '';
    chomp $text;
    $text =~ s/\n\z//;
    return $text;
}

sub _run_or_die
{
    my (@command) = @_;
    my ($code, $output, $errors) = _run(@command);
    croak "$command[0] failed: $output$errors" if $code != 0;
    return $output;
}

END
{
    my $status = $?;
    $_->stop('immediate') for grep { $_->postmaster_pid } @nodes;
    $? = $status;
}

package RdfPolicy::Session;

use strict;
use warnings;
use Carp qw(croak);
use IO::Handle;
use IPC::Open3 qw(open3);

sub new
{
    my ($class, @command) = @_;
    my $self = bless { buffer => '', marker => 0 }, $class;
    # Standard error goes where standard output goes: errors stay in order with results.
    $self->{pid} = open3($self->{in}, $self->{out}, undef, @command);
    $self->{in}->autoflush(1);
    $self->query("\\set ON_ERROR_STOP 0\n");
    return $self;
}

# Sends SQL and waits for its output, errors among it.
sub query
{
    my ($self, $sql) = @_;
    $self->send($sql);
    return $self->finish;
}

# Sends SQL and does not wait: for statements that block. Then finish() waits for the output.
sub send
{
    my ($self, $sql) = @_;
    $self->{marker}++;
    $sql .= ';' if $sql !~ /(?:;|^\\[^\n]*)\s*\z/m;
    print { $self->{in} } "$sql\n\\echo -- end $self->{marker} --\n";
    return;
}

sub finish
{
    my ($self) = @_;
    my $end = "-- end $self->{marker} --\n";
    my $deadline = time + $RdfPolicy::timeout_seconds;
    while (index($self->{buffer}, $end) < 0)
    {
        my $is_ready = '';
        vec($is_ready, fileno($self->{out}), 1) = 1;
        croak "no answer within $RdfPolicy::timeout_seconds s: $self->{buffer}"
          if time > $deadline || !select($is_ready, undef, undef, $deadline - time + 1);
        my $count = sysread $self->{out}, $self->{buffer}, 65536, length $self->{buffer};
        croak "the session has ended: $self->{buffer}" if !$count;
    }
    my $position = index $self->{buffer}, $end;
    my $output = substr $self->{buffer}, 0, $position + length $end, '';
    $output = substr $output, 0, $position;
    $output =~ s/\n\z//;
    return $output;
}

# Whether the statement that was sent has come to its end.
sub is_finished
{
    my ($self) = @_;
    my $is_ready = '';
    vec($is_ready, fileno($self->{out}), 1) = 1;
    while (select(my $ready = $is_ready, undef, undef, 0))
    {
        sysread($self->{out}, $self->{buffer}, 65536, length $self->{buffer}) or last;
    }
    return index($self->{buffer}, "-- end $self->{marker} --\n") >= 0;
}

sub backend_pid
{
    my ($self) = @_;
    return $self->query('SELECT pg_backend_pid()');
}

sub quit
{
    my ($self) = @_;
    local $SIG{PIPE} = 'IGNORE';
    print { $self->{in} } "\\q\n";
    close $self->{in};
    waitpid $self->{pid}, 0;
    $? = 0;
    return;
}

package RdfPolicy::Bench;

use strict;
use warnings;
use Carp qw(croak);
use POSIX ();

my $bench_count = 0;

sub new
{
    my ($class, @command) = @_;
    my $self = bless { path => "$ENV{RDFPOLICY_SCRATCH}/bench-$$-" . ++$bench_count, errors => '' }, $class;
    $self->{pid} = fork // croak "cannot fork: $!";
    if ($self->{pid} == 0)
    {
        open STDOUT, '>', "$self->{path}.out" or exit 127;
        open STDERR, '>', "$self->{path}.err" or exit 127;
        exec @command or exit 127;
    }
    return $self;
}

# Waits for the end; returns the number of transactions that were completed.
sub finish
{
    my ($self) = @_;
    waitpid $self->{pid}, 0;
    $? = 0;
    my ($output, $errors) = map { RdfPolicy::_slurp("$self->{path}.$_") } qw(out err);
    $self->{errors} = join "\n", grep { /ERROR|FATAL|PANIC|abort|error:/ } split /\n/, $errors;
    return $output =~ /number of transactions actually processed: (\d+)/ ? $1 : 0;
}

# Whether it still runs. It must not have been waited for.
sub is_running
{
    my ($self) = @_;
    return waitpid($self->{pid}, POSIX::WNOHANG()) == 0;
}

# The errors among its messages, after finish().
sub errors
{
    my ($self) = @_;
    return $self->{errors};
}

1;
