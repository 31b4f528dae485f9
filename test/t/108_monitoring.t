# contrib/monitoring: each query of the files is run, word for word, as a role that is only a member of pg_monitor; what it returns
# is what the files say of it; and each alert is quiet where all is well, and fires for what it is named after.
use strict;
use warnings;
use CPAN::Meta::YAML;
use Test::More;
use RdfPolicy;

sub yaml { my ($name) = @_; return CPAN::Meta::YAML->read("contrib/monitoring/$name.yaml")->[0] }
my ($collector, $operator, $alerts) = map { yaml($_) } qw(sql_exporter.collector cloudnativepg.queries alerts);

# Where there is another reader of YAML, it reads the same, but for the indentation of queries, which some take away.
if (system("python3 -c 'import yaml' 2>/dev/null") == 0) {
    require JSON::PP;
    for my $name (qw(sql_exporter.collector cloudnativepg.queries alerts)) {
        my $json = `python3 -c 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1])), default=str))' contrib/monitoring/$name.yaml`;
        my $own = JSON::PP->new->encode(yaml($name));
        s/\\n +/\\n/g for $json, $own;
        is_deeply(JSON::PP->new->decode($json), JSON::PP->new->decode($own), "$name.yaml is YAML");
    }
}

# Both files as: query → {text, labels, metrics}; metrics by full name.
my (%of_collector, %of_operator);
for my $query (@{ $collector->{queries} }) { $of_collector{ $query->{query_name} } = { text => $query->{query}, labels => [], metrics => {} } }
for my $metric (@{ $collector->{metrics} }) {
    my $query = $of_collector{ $metric->{query_ref} };
    like($metric->{type}, qr/^(gauge|counter)$/, "$metric->{metric_name} has a type");
    is(scalar @{ $metric->{values} }, 1, 'and one value, which needs no label of its own');
    is($metric->{metric_name}, "$metric->{query_ref}_$metric->{values}[0]", 'after which it is named');
    $query->{labels} = [ sort @{ $metric->{key_labels} // [] } ];
    $query->{metrics}{ $metric->{values}[0] } = uc $metric->{type};
}
for my $name (keys %$operator) {
    my %uses = map { my ($column) = keys %$_; $column => $_->{$column}{usage} } @{ $operator->{$name}{metrics} };
    ok(!(grep { !/^(GAUGE|COUNTER|LABEL)$/ } values %uses), "$name: usages that the operator knows");
    $of_operator{$name} = {
        text => $operator->{$name}{query},
        labels => [ sort grep { $uses{$_} eq 'LABEL' } keys %uses ],
        metrics => { map { $_ => $uses{$_} } grep { $uses{$_} ne 'LABEL' } keys %uses }
    };
}
is_deeply(\%of_collector, \%of_operator, 'both files have the same queries, labels and metrics');

my $node = RdfPolicy->new('main', conf => "rdfpolicy.track = on\n");
$node->start;
$node->safe_sql('CREATE SCHEMA rdf; CREATE EXTENSION rdfpolicy SCHEMA rdf; ALTER DATABASE postgres SET search_path = rdf, public');
$node->make_numbered_policies(2);
$node->safe_sql(q{CREATE TABLE checked (document text CHECK (rdf_validate(document, 'p@2'))); CREATE TABLE judged (document text);
    CREATE TRIGGER is_valid BEFORE INSERT ON judged FOR EACH ROW EXECUTE FUNCTION rdf_policy_check('document', 'p')});
$node->safe_sql("INSERT INTO judged VALUES ('<urn:x> <urn:v> 1 .')");
$node->safe_sql(q{SELECT rdf_policy_apply('kg', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:targetClass <urn:c> ; sh:nodeKind sh:IRI .');
    CREATE TABLE triples (s rdf_term, p rdf_term, o rdf_term); CREATE INDEX ON triples (s, p); CREATE INDEX ON triples (o, p) WHERE rdf_kind(o) <> 'literal';
    INSERT INTO triples SELECT * FROM rdf_parse('<urn:x> a <urn:c> .');
    SELECT rdf_graph_register('g', 'triples', 's', 'p', 'o'), rdf_graph_enforce('g', 'kg'), rdf_graph_prove('g', 'kg')});
# As doc/operations.md has it. The role has a search_path of its own, in which nothing of ours is.
$node->safe_sql('GRANT USAGE ON SCHEMA rdf TO pg_monitor; CREATE ROLE watcher LOGIN IN ROLE pg_monitor; ALTER ROLE watcher SET search_path = public');

# All metrics: name and labels → value.
sub scrape
{
    my ($state) = @_;
    my %values;
    for my $name (sort keys %of_collector) {
        my $query = $of_collector{$name};
        my ($output, $errors, $code) = $node->run_client('psql', '-X', '--csv', '-U', 'watcher', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1', '-c', $query->{text});
        is("$code$errors", '0', "$state: $name is read");
        my ($head, @rows) = map { [ split /,/, $_, -1 ] } split /\n/, $output;
        is_deeply([ sort @$head ], [ sort @{ $query->{labels} }, keys %{ $query->{metrics} } ], 'its columns are those that the files name');
        cmp_ok(scalar @rows, '>', 0, 'it has rows');
        for my $row (@rows) {
            my %row;
            @row{@$head} = @$row;
            is_deeply([ grep { $row{$_} !~ /^\d+(\.\d+)?$/ } keys %{ $query->{metrics} } ], [], 'all values are numbers');
            my $labels = join ',', map { "$_=$row{$_}" } @{ $query->{labels} };
            ok(!exists $values{ $name . '_' . (keys %{ $query->{metrics} })[0] . "{$labels}" }, 'labels tell the rows apart');
            for my $metric (keys %{ $query->{metrics} }) {
                $values{"${name}_$metric\{$labels}"} = $row{$metric};
            }
        }
    }
    return \%values;
}

# The alerts that fire, by what the two scrapes before and now have: expressions are of two forms, which is all that is understood here.
my @rules = map { @{ $_->{rules} } } @{ $alerts->{groups} };
my %metrics = map { my $name = $_; map { ("${name}_$_" => 1) } keys %{ $of_collector{$name}{metrics} } } keys %of_collector;
for my $rule (@rules) {
    my @names = $rule->{expr} =~ /\b(rdfpolicy_\w+)/g;
    is_deeply([ grep { !$metrics{$_} } @names ], [], "$rule->{alert} is about metrics that there are");
    ok($rule->{labels}{severity} && $rule->{annotations}{summary} && $rule->{annotations}{description}, 'and says what is to be done');
}
sub fires
{
    my ($before, $now) = @_;
    my @firing;
    for my $rule (@rules) {
        my ($name, $limit) = $rule->{expr} =~ /^(rdfpolicy_\w+) > (\d+)$/;
        my ($counter) = $rule->{expr} =~ /^increase\((rdfpolicy_\w+)\[\d+m\]\) > 0$/;
        ok(defined $name || defined $counter, "$rule->{alert} has a form that this test knows") or next;
        # A minute's waiting is none of a test's: that it waits at all is enough.
        $limit = 0 if defined $name && $name =~ /_seconds$/;
        my $metric = $name // $counter;
        my @series = grep { index($_, $metric . '{') == 0 } keys %$now;
        push @firing, $rule->{alert} if grep { defined $name ? $now->{$_} > $limit : $now->{$_} > ($before->{$_} // 0) } @series;
    }
    return join ' ', sort @firing;
}

my $well = scrape('well');
is(fires($well, $well), '', 'no alert where all is well');
is($well->{'rdfpolicy_policy_staged{policy=p}'}, '0', 'nothing is staged');
cmp_ok($well->{'rdfpolicy_validations_total{policy=p,version=1}'}, '>', 0, 'validations are counted');

# One trouble after the other, each with its alert.
my $session = $node->background_psql;
my %troubles = (
    RdfPolicyReloadFailed => [
        q{SELECT rdf_policy_add_test('p', 'never', '<urn:x> <urn:v> 1 .', false, NULL); SELECT rdf_policy_register('p', regexp_replace(rdf_policy_source('p', 1), 'v1', 'v1b'));
          SELECT success FROM rdf_policy_reload('p')},
        q{SELECT rdf_policy_drop_test('p', 'never'); SELECT success FROM rdf_policy_reload('p')}
    ],
    RdfPolicyGenerationLag => [
        sub { $session->query(q{BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT rdf_validate('<urn:x> <urn:v> 1 .', 'p')}); $node->safe_sql(q{SELECT rdf_policy_rollback('p', 2)}) },
        sub { $session->query('COMMIT') }
    ],
    RdfPolicyWeakened => ['ALTER ROLE watcher SET rdfpolicy.no_policy = pass', 'ALTER ROLE watcher RESET rdfpolicy.no_policy'],
    RdfPolicyUnknown => [q{ALTER TABLE judged ADD CHECK (rdf_validate(document, 'p@77')) NOT VALID}, 'ALTER TABLE judged DROP CONSTRAINT judged_document_check'],
    RdfPolicyNoFocusNodes => [
        q{SELECT rdf_policy_apply('classes', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:targetClass <urn:c> ; sh:nodeKind sh:IRI .');
          SELECT rdf_validate('<urn:x> a <urn:d> .', 'classes')}, 'SELECT 1'
    ],
    RdfPolicyTablesDiffer => [
        q{ALTER TABLE rdf_catalog_policy DISABLE TRIGGER ALL; UPDATE rdf_catalog_policy SET active_version = 1 WHERE policy = 'p';
          ALTER TABLE rdf_catalog_policy ENABLE ALWAYS TRIGGER changing, ENABLE ALWAYS TRIGGER changed, ENABLE ALWAYS TRIGGER changed_all}, 'SELECT success FROM rdf_policy_reload()'
    ],
    RdfPolicyGraphNotEnforced => [q{SELECT rdf_graph_set_mode('g', 'kg', 'warn')}, q{SELECT rdf_graph_set_mode('g', 'kg', 'enforce'), rdf_graph_prove('g', 'kg')}],
    RdfPolicyGraphUnproven => [
        q{SELECT rdf_policy_apply('kg', '@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:targetClass <urn:c> ; sh:nodeKind sh:BlankNodeOrIRI .')},
        q{SELECT rdf_graph_prove('g', 'kg')}
    ],
    RdfPolicyGraphProblem => ['ALTER TABLE triples DISABLE TRIGGER USER; DROP INDEX triples_s_p_idx', 'ALTER TABLE triples ENABLE TRIGGER USER; CREATE INDEX ON triples (s, p)'],
    RdfPolicyVersionsDiffer => [
        q{UPDATE pg_extension SET extversion = '0.9.0' WHERE extname = 'rdfpolicy'},
        q{UPDATE pg_extension SET extversion = rdf_catalog_library_version() WHERE extname = 'rdfpolicy'}
    ],
    RdfPolicyContextBroken => [
        q{SELECT rdf_context_register('urn:c', '{"@context": {}}'); UPDATE rdf_catalog_context SET body = '5'},
        q{SELECT rdf_context_register('urn:c', '{"@context": {}}', replace => true)}
    ],
    RdfPolicyBroken => [
        q{UPDATE rdf_catalog_version SET image = '\x00', source = 'x' WHERE policy = 'p' AND version = (SELECT version FROM rdf_policies WHERE policy = 'p')},
        q{SELECT success FROM rdf_policy_rollback('p')}
    ]);
is_deeply([ sort keys %troubles ], [ sort map { $_->{alert} } @rules ], 'each alert has its trouble');
my $before = $well;
for my $alert ((grep { $_ ne 'RdfPolicyBroken' } sort keys %troubles), 'RdfPolicyBroken') {
    my ($make, $mend) = map { my $step = $_; ref $step ? $step : sub { $node->safe_sql($step) } } @{ $troubles{$alert} };
    $make->();
    my $now = scrape($alert);
    is(fires($before, $now), $alert, "$alert fires, and no other");
    $mend->();
    $before = scrape("after $alert");
    is(fires($now, $before), '', 'and is quiet when it is mended');
}

done_testing;
