# Every term of SHACL's own vocabulary is listed by rdf_policy_capabilities(), and nothing that is not SHACL's; whether the list
# tells the truth of each is proven by sql/capabilities.sql. Needs the W3C's vocabulary beside the test suite.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $file = ($ENV{RDFPOLICY_W3C_SUITE} // '') . '/../shacl/shacl.ttl';
open my $in, '<', $file or plan skip_all => 'no readable copy of the SHACL vocabulary; RDFPOLICY_W3C_SUITE names the suite';
my $vocabulary = do { local $/; <$in> };
close $in;

my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->safe_sql("CREATE TABLE vocabulary AS SELECT DISTINCT rdf_lexical(subject) AS term
    FROM rdf_parse(\$vocabulary\$$vocabulary\$vocabulary\$)
    WHERE rdf_kind(subject) = 'iri' AND rdf_lexical(subject) LIKE 'http://www.w3.org/ns/shacl#_%'");

cmp_ok($node->safe_sql('SELECT count(*) FROM vocabulary'), '>=', 200, 'the vocabulary has terms');
is($node->safe_sql('SELECT term FROM vocabulary EXCEPT SELECT term FROM rdf_policy_capabilities() ORDER BY 1'), '',
    'each of them is listed');
is( $node->safe_sql("SELECT string_agg(split_part(term, '#', 2), ' ' ORDER BY term COLLATE \"C\") FROM rdf_policy_capabilities()
    WHERE term LIKE 'http://www.w3.org/ns/shacl#%' AND term NOT IN (SELECT term FROM vocabulary)"),
    'ShapeClass agentInstruction codeIdentifier intent reificationRequired singleLine uniqueMembers unit values',
    'and besides them only terms of the drafts of SHACL 1.2 and of SHACL-AF');

done_testing;
