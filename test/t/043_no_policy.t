# rdfpolicy.no_policy = pass: what is let through is logged once for each policy and session, and nothing of the data.
use strict;
use warnings;
use Test::More;
use RdfPolicy;

my $node = RdfPolicy->new('main');
$node->start;
$node->safe_sql('CREATE EXTENSION rdfpolicy');
$node->safe_sql("CREATE TABLE doc (body text CHECK (rdf_validate(body, 'p\@1')), other text CHECK (rdf_validate(other, 'q')))");

my $position = 0;

# What the log has got since the last call, as far as it is about data that was let through.
sub lines
{
    my $log = substr $node->log_content, $position;
    $position += length $log;
    return grep { /let through/ } split /\n/, $log;
}

my $pass = 'SET rdfpolicy.no_policy = pass;';
my $rows = join '', map { "<urn:secret:$_> a <urn:Person> .\t<urn:secret:$_> a <urn:Person> .\n" } 1 .. 2000;
$node->safe_sql("$pass COPY doc FROM stdin;\n$rows\\.\nINSERT INTO doc VALUES ('<urn:secret:0> a <urn:Person> .');"
      . " DO \$\$ BEGIN PERFORM rdf_validate('<urn:secret:0> a <urn:Person> .', 'p\@1'); END \$\$;");
is($node->safe_sql('SELECT count(*) FROM doc'), '2001', 'rows without a policy are let through');
my @lines = lines();
is(scalar @lines, 2, 'a line for each policy');
like($lines[0], qr/policy version "p\@1" does not exist: data is let through/, 'which says what is missing');
like($lines[1], qr/policy "q" is not active: data is let through/, 'of the other too');
unlike($node->log_content, qr/secret/, 'nothing of the data is in the log');

$node->safe_sql("$pass SELECT rdf_validate(''), rdf_validate('');");
is(scalar(grep { /no policy is active/ } lines()), 1, 'where every active policy is asked for, too');
$node->safe_sql("$pass SELECT rdf_validate('', 'q'); SELECT rdf_validate('', 'q');");
is(scalar lines(), 1, 'another session says it again');

# Names that come from the data are no way to fill the log.
$node->safe_sql("$pass SELECT count(rdf_validate('', 'name' || i)) FROM generate_series(1, 5000) i;");
is(scalar lines(), 1000, 'one session names so many policies and no more');
like($node->log_content, qr/and for no more policies in this one/, 'and says so');

# So is a document whose context is not registered, amid a restore; its IRI can be of the data.
$node->safe_sql('SELECT rdf_policy_apply($$c$$, $$@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> sh:targetNode <urn:x> ; sh:nodeKind sh:Literal .$$)');
my $unread = q{SELECT rdf_validate('{"@context": "urn:secret:context", "@id": "urn:x", "p": 1}'::jsonb, 'c')};
is($node->sqlstate($unread), '42704', 'a context that is not registered is refused');
is($node->safe_sql("$pass $unread; $unread"), "t\nt", 'and let through');
@lines = lines();
is(scalar @lines, 1, 'a line for all of them');
like($lines[0], qr/a context of a document in JSON-LD is not registered: data is let through/, 'which says so');
unlike($lines[0], qr/secret/, 'and nothing of the data');

is($node->sqlstate("INSERT INTO doc VALUES ('')"), '42704', 'by default all of it is refused');
is(scalar lines(), 0, 'and nothing is let through');

done_testing;
