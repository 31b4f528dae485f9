#!/usr/bin/perl
# Runs the W3C's SPARQL query tests by sparql-run: suite.pl PROGRAM FOLDER. README.md here says what is run and how it is
# compared. The manifests are read by sparql-run too. Prints what fails and what is not run, and `N passed, N failed`.
use strict;
use warnings;
use File::Temp;
use IPC::Open2;
use JSON::PP;

my ($program, $suite) = @ARGV;
my $converted = 0;
my $scratch = File::Temp->newdir;
my $pid = open2(my $answers, my $commands, $program);
binmode $_, ':utf8' for $answers, $commands, \*STDOUT;

# The lines that answer a command.
sub ask {
    my (@command) = @_;
    print $commands join("\t", @command), "\n";
    $commands->flush;
    my @lines;
    while (my $line = <$answers>) {
        chomp $line;
        return @lines if $line eq '.';
        push @lines, $line;
    }
    die "$program ended at: @command\n";
}

# A query of ours over a document: rows of hashes by variable.
sub query {
    my ($text, $document) = @_;
    my $file = "$scratch/query.rq";
    open my $out, '>:utf8', $file or die $!;
    print $out $text;
    close $out;
    my @lines = ask('run', $file, $document);
    die "$document: $lines[0]\n" if $lines[0] =~ /^error\t/;
    my @names = map { s/^\?//r } split /\t/, shift @lines;
    return map { my @cells = split /\t/, $_, -1; my %row; @row{@names} = @cells; \%row } @lines;
}

sub path_of { my ($iri) = @_; return $iri =~ m{^<file://(.*)>$} ? $1 : undef }

my $prefixes = 'PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX qt: <http://www.w3.org/2001/sw/DataAccess/tests/test-query#>
PREFIX rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ';
my $list_tests = $prefixes . 'SELECT ?test ?name ?type ?action ?query ?data ?result
WHERE { ?manifest mf:entries/rdf:rest*/rdf:first ?test . ?test mf:name ?name ; mf:action ?action
    OPTIONAL { ?test a ?type } OPTIONAL { ?test mf:result ?result }
    OPTIONAL { ?action qt:query ?query OPTIONAL { ?action qt:data ?data } } }';
my $list_bindings = $prefixes . 'SELECT ?solution ?name ?value
WHERE { ?set rs:solution ?solution OPTIONAL { ?solution rs:binding ?binding . ?binding rs:variable ?name ; rs:value ?value } }';
my $list_truth = $prefixes . 'SELECT ?truth WHERE { ?set rs:boolean ?truth }';
my $list_names = $prefixes . 'SELECT ?name WHERE { ?set rs:resultVariable ?name }';

# Results: { truth => …, rows => [ { name => term } … ] }, terms as sparql-run writes them.
my $xsd = 'http://www.w3.org/2001/XMLSchema#';
sub literal {
    my ($text, $datatype, $language) = @_;
    $text =~ s/([\\"])/\\$1/g;
    $text =~ s/\n/\\n/g; $text =~ s/\r/\\r/g; $text =~ s/\t/\\t/g;
    return defined $language ? "\"$text\"\@$language" : "\"$text\"^^<" . ($datatype // "${xsd}string") . '>';
}

sub read_text { my ($path) = @_; local $/; open my $in, '<:utf8', $path or die "$path: $!\n"; return <$in> }

sub xml_text {
    my ($text) = @_;
    my %entity = (lt => '<', gt => '>', amp => '&', quot => '"', apos => "'");
    $text =~ s/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/defined $1 ? chr hex $1 : defined $2 ? chr $2 : $entity{$3}/ge;
    return $text;
}

sub read_xml {
    my ($text) = @_;
    $text =~ s/<!--.*?-->//gs;
    return { truth => $1 } if $text =~ m{<boolean>\s*(\w+)\s*</boolean>};
    my @rows;
    while ($text =~ m{<result\b[^>]*?(?:/>|>(.*?)</result>)}gs) {
        my ($inner, %row) = ($1 // '');
        while ($inner =~ m{<binding\s+name\s*=\s*["'](.*?)["']\s*>\s*(.*?)\s*</binding>}gs) {
            my ($name, $value) = ($1, $2);
            if ($value =~ m{^<uri>(.*)</uri>$}s) { $row{$name} = '<' . xml_text($1) . '>' }
            elsif ($value =~ m{^<bnode>(.*)</bnode>$}s) { $row{$name} = "_:$1" }
            elsif ($value =~ m{^<literal(.*?)(?:/>|>(.*)</literal>)$}s) {
                my ($attributes, $inside) = ($1, $2 // '');
                my ($datatype) = $attributes =~ /datatype\s*=\s*["'](.*?)["']/;
                my ($language) = $attributes =~ /xml:lang\s*=\s*["'](.*?)["']/;
                $row{$name} = literal(xml_text($inside), $datatype, $language);
            }
        }
        push @rows, \%row;
    }
    return { rows => \@rows };
}

sub read_json {
    my ($text) = @_;
    my $json = JSON::PP->new->decode($text);
    return { truth => $json->{boolean} ? 'true' : 'false' } if exists $json->{boolean};
    my @rows;
    for my $binding (@{ $json->{results}{bindings} }) {
        my %row;
        for my $name (keys %$binding) {
            my $term = $binding->{$name};
            $row{$name} = $term->{type} eq 'uri' ? "<$term->{value}>" : $term->{type} eq 'bnode' ? "_:$term->{value}" :
                literal($term->{value}, $term->{datatype}, $term->{'xml:lang'});
        }
        push @rows, \%row;
    }
    return { rows => \@rows };
}

# Of RDF/XML what the suites have: nodes with properties, whose values are texts or references. As Turtle.
sub turtle_of_xml {
    my ($text) = @_;
    my %namespace = $text =~ /xmlns:(\w+)\s*=\s*"(.*?)"/g;
    $namespace{''} = $1 if $text =~ /xmlns\s*=\s*"(.*?)"/;
    my ($turtle, $count) = ('', 0);
    my $iri = sub { my ($prefix, $name) = $_[0] =~ /^(?:(\w+):)?(\S+)$/; return "<$namespace{ $prefix // '' }$name>" };
    while ($text =~ m{<rdf:Description\b([^>]*)>(.*?)</rdf:Description>}gs) {
        my ($attributes, $inner) = ($1, $2);
        my $subject = $attributes =~ /rdf:about\s*=\s*"(.*?)"/ ? "<$1>" : $attributes =~ /rdf:nodeID\s*=\s*"(.*?)"/ ? "_:$1" : '_:x' . $count++;
        while ($inner =~ m{<([\w:-]+)([^>]*?)(?:/>|>(.*?)</\1>)}gs) {
            my ($name, $own, $value) = ($1, $2, $3 // '');
            my $object = $own =~ /rdf:resource\s*=\s*"(.*?)"/ ? "<$1>" : $own =~ /rdf:nodeID\s*=\s*"(.*?)"/ ? "_:$1" :
                literal(xml_text($value), $own =~ /rdf:datatype\s*=\s*["'](.*?)["']/);
            $turtle .= "$subject " . $iri->($name) . " $object .\n";
        }
    }
    my $file = "$scratch/data" . ++$converted . '.ttl';
    open my $out, '>:utf8', $file or die $!;
    print $out $turtle;
    close $out;
    return $file;
}

# The results of the tests of ORDER BY: what is in each solution, in order.
sub read_result_xml {
    my ($text) = @_;
    my @rows;
    while ($text =~ m{<rs:solution\b.*?<rs:index[^>]*>(\d+)</rs:index>(.*?)</rs:solution>}gs) {
        my ($index, $inner, %row) = ($1, $2);
        while ($inner =~ m{<rs:variable>(.*?)</rs:variable>\s*<rs:value([^>]*?)(?:/>|>(.*?)</rs:value>)}gs) {
            my ($name, $own, $value) = ($1, $2, $3 // '');
            $row{$name} = $own =~ /rdf:resource\s*=\s*"(.*?)"/ ? "<$1>" : $own =~ /rdf:nodeID\s*=\s*"(.*?)"/ ? "_:$1" :
                literal(xml_text($value), $own =~ /rdf:datatype\s*=\s*"(.*?)"/);
        }
        $rows[$index - 1] = \%row;
    }
    return { rows => \@rows, is_ordered => 1 };
}

sub read_graph {
    my ($path) = @_;
    my ($truth) = query($list_truth, $path);
    return { truth => $truth->{truth} =~ /"true"/ ? 'true' : 'false' } if $truth;
    my %solutions;
    for my $row (query($list_bindings, $path)) {
        my $solution = $solutions{ $row->{solution} } //= {};
        $solution->{$1} = $row->{value} if ($row->{name} // '') =~ /^"(.*)"\^\^/;
    }
    return { rows => [ values %solutions ] };
}

sub read_expected {
    my ($path) = @_;
    return read_xml(read_text($path)) if $path =~ /\.srx$/;
    return read_json(read_text($path)) if $path =~ /\.srj$/;
    return read_graph($path) if $path =~ /\.ttl$/;
    return read_result_xml(read_text($path)) if $path =~ /\.rdf$/;
    return undef;
}

# Numbers are compared by value.
sub canonical {
    my ($term) = @_;
    my ($text, $type) = $term =~ /^"(.*)"\^\^<\Q$xsd\E(\w+)>$/ or return $term =~ s/@(.*)$/'@' . lc $1/er;
    if ($type eq 'integer' || $type eq 'decimal') {
        return $term if $text !~ /^[+-]?(\d+\.?\d*|\.\d+)$/;
        my ($sign, $whole, $fraction) = $text =~ /^([+-]?)(\d*)\.?(\d*)$/;
        $whole =~ s/^0+//; $fraction =~ s/0+$//;
        return "$type " . ($sign eq '-' && "$whole$fraction" ne '' ? '-' : '') . "$whole.$fraction";
    }
    return $type =~ /^(double|float)$/ && $text =~ /^[+-]?\d*\.?\d*([eE][+-]?\d+)?$/ && $text =~ /\d/
        ? sprintf('%s %.6g', $type, $text) : $term;
}

# Rows as lines that are the same where results are, up to the labels of blank nodes: these are coloured by their rows.
sub lines_of {
    my ($rows, $is_set, $is_ordered) = @_;
    my @rows = map { my $row = $_; +{ map { $_ => canonical($row->{$_}) } grep { ($row->{$_} // '') ne '' } keys %$row } } @$rows;
    my %colour;
    my $line = sub {
        my ($row, $own) = @_;
        return join "\t", map {
            my $term = $row->{$_};
            "$_=" . ($term =~ /^_:/ ? (defined $own && $term eq $own ? '_:*' : $colour{$term} // '_:') : $term)
        } sort keys %$row;
    };
    for my $round (1 .. 6) {
        my %lines;
        for my $row (@rows) {
            push @{ $lines{$_} }, $line->($row, $_) for grep { /^_:/ } values %$row;
        }
        %colour = map { $_ => '_:' . join "\n", sort @{ $lines{$_} } } keys %lines;
        my (%number, $next);
        $number{$_} = ++$next for sort { $a cmp $b } do { my %seen; grep { !$seen{$_}++ } values %colour };
        $colour{$_} = "_:$number{ $colour{$_} }" for keys %colour;
    }
    my @lines = map { $line->($_) } @rows;
    @lines = sort @lines if !$is_ordered;
    return join "\n", $is_set ? do { my %seen; grep { !$seen{$_}++ } @lines } : @lines;
}

my (%counts, %not_run, @failures);
sub fail { my ($id, $why) = @_; push @failures, "not ok $id: $why"; return 0 }
sub leave_out { my ($id, $message) = @_; push @{ $not_run{$message} }, $id; return undef }

# What a message says is not taken, in short.
sub construct { my ($message) = @_; $message =~ s/^\S+ //; return $message =~ s/(is not taken|gives another).*//r }

sub run_syntax {
    my ($id, $file, $is_positive) = @_;
    my ($answer) = ask('syntax', $file);
    return leave_out($id, construct($1)) if $answer =~ /^error\tunsupported\t(.*)/;
    return $is_positive ? $answer eq 'ok' || fail($id, $answer)
        : $answer =~ /^error\tsyntax\t/ || fail($id, "it is taken: $answer");
}

sub run_evaluation {
    my ($test) = @_;
    my ($id, $result) = ($test->{id}, path_of($test->{result} // ''));
    my $file = path_of($test->{query} ne '' ? $test->{query} : $test->{action});
    my @answer = ask('run', $file, map { my $path = path_of($_); $path =~ /\.rdf$/ ? turtle_of_xml(read_text($path)) : $path } @{ $test->{data} });
    return leave_out($id, construct($1)) if ($answer[0] // '') =~ /^error\tunsupported\t(.*)/;
    return fail($id, $answer[0]) if ($answer[0] // '') =~ /^error\t/;
    return leave_out($id, 'named graphs') if read_text($file) =~ /\bFROM\b/i && !@{ $test->{data} };
    my $expected = read_expected($result);
    return leave_out($id, 'results as ' . $result =~ s/.*\.//r) if !$expected;
    if (defined $expected->{truth}) {
        return $answer[0] eq $expected->{truth} || fail($id, "it is $answer[0]");
    }
    my @names = map { s/^\?//r } split /\t/, shift @answer;
    my @rows = map { my @cells = split /\t/, $_, -1; my %row; @row{@names} = @cells; \%row } @answer;
    my $is_set = read_text($file) =~ /\bREDUCED\b/i;
    my ($actual, $wanted) = map { lines_of($_, $is_set, $expected->{is_ordered}) } \@rows, $expected->{rows};
    return $actual eq $wanted || fail($id, "other solutions:\n    " . $actual =~ s/\n/\n    /gr . "\n  expected:\n    " . $wanted =~ s/\n/\n    /gr);
}

sub run_test {
    my ($test) = @_;
    my ($id, $type) = ($test->{id}, $test->{type} =~ s/.*#|>$//gr);
    return run_syntax($id, path_of($test->{action}), $1 eq 'Positive') if $type =~ /^(Positive|Negative)SyntaxTest/;
    return run_evaluation($test) if $type eq 'QueryEvaluationTest' || $type eq '';
    return leave_out($id, "tests of the type $type");
}

for my $manifest (sort glob "$suite/sparql1[01]/*/manifest.ttl") {
    my ($folder) = $manifest =~ m{(sparql1[01]/[^/]*)/manifest\.ttl$};
    my (%tests, @order);
    for my $row (query($list_tests, $manifest)) {
        my $test = $tests{ $row->{test} };
        if (!$test) {
            my ($name) = $row->{test} =~ /[#\/]([^#\/]*)>$/;
            $test = $tests{ $row->{test} } = { %$row, data => [], id => "$folder/" . ($name // $row->{name}) };
            push @order, $test;
        }
        push @{ $test->{data} }, $row->{data} if $row->{data} ne '';
    }
    for my $test (sort { $a->{id} cmp $b->{id} } @order) {
        my $kind = $test->{type} =~ /(Positive|Negative)Syntax/ ? lc($1) . ' syntax' : 'evaluation';
        my $verdict = run_test($test);
        $counts{$kind}{ !defined $verdict ? 'not run' : $verdict ? 'passed' : 'failed' }++;
    }
}
print "$_\n" for @failures;
for my $what (sort keys %not_run) {
    printf "not run, %s: %s\n", $what, join ' ', @{ $not_run{$what} };
}
my ($passed, $failed) = (0, 0);
for my $kind (sort keys %counts) {
    my $count = $counts{$kind};
    printf "%s: %d passed, %d failed, %d not run\n", $kind, map { $count->{$_} // 0 } 'passed', 'failed', 'not run';
    $passed += $count->{passed} // 0;
    $failed += $count->{failed} // 0;
}
print "$passed passed, $failed failed\n";
close $commands;
waitpid $pid, 0;
exit($failed > 0 || $passed == 0);
