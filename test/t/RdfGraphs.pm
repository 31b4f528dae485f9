# Random graphs in tables: layouts that hold the same triples, and random shapes over these.
#
# A layout is a schema of its name with a graph of its name, and functions: put(s, p, o) adds a triple of terms in N-Triples form; cut(s, p, o)
# takes one row of it away, or all; other() changes something that only this layout has, and must come first in a transaction.
package RdfGraphs;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT_OK = qw(layouts layout_sql enforce_arguments random_shapes random_triple_sql);

my $triples = 'CREATE TABLE t (s rdf_term, p rdf_term, o rdf_term %s);
    CREATE INDEX ON t (s, p);
    CREATE INDEX ON t (o, p) WHERE rdf_kind(o) <> $$literal$$;';
my $cut = 'DELETE FROM t WHERE s = $1::rdf_term AND p = $2::rdf_term AND o = $3::rdf_term
    AND (random() < 0.5 OR ctid = (SELECT min(ctid) FROM t WHERE s = $1::rdf_term AND p = $2::rdf_term AND o = $3::rdf_term))';
my $update = 'UPDATE t SET o = $$<urn:n3>$$ WHERE ctid = (SELECT ctid FROM t ORDER BY random() LIMIT 1)';

# By name: tables, options of registering, further statements, the functions' bodies, arguments of enforcing.
my %layouts = (
    terms => {tables => sprintf($triples, ''), put => 'INSERT INTO t VALUES ($1::rdf_term, $2::rdf_term, $3::rdf_term)', cut => $cut, other => $update},
    ntriples => {
        tables => 'CREATE TABLE t (s text, p text, o text); CREATE INDEX ON t (s, p); CREATE INDEX ON t (o, p);',
        put => 'INSERT INTO t VALUES ($1, $2, $3)',
        cut => 'DELETE FROM t WHERE s = $1 AND p = $2 AND o = $3',
        other => 'UPDATE t SET s = o, o = s WHERE ctid = (SELECT ctid FROM t WHERE o LIKE $$<%$$ ORDER BY random() LIMIT 1)'},
    plain => {
        tables => 'CREATE TABLE t (s text, p text, o text, kind text, dt text, lang text); CREATE INDEX ON t (s, p); CREATE INDEX ON t (o, p);',
        register => q(, encoding => 'plain', object_kind => 'kind', datatype => 'dt', language => 'lang'),
        put => 'INSERT INTO t SELECT rdf_lexical($1::rdf_term), rdf_lexical($2::rdf_term), rdf_lexical($3::rdf_term), rdf_kind($3::rdf_term),
            CASE WHEN rdf_lang($3::rdf_term) IS NULL THEN rdf_datatype($3::rdf_term) END, rdf_lang($3::rdf_term)',
        cut => 'DELETE FROM t WHERE s = rdf_lexical($1::rdf_term) AND p = rdf_lexical($2::rdf_term) AND o = rdf_lexical($3::rdf_term)',
        other => 'UPDATE t SET kind = $$literal$$, dt = NULL WHERE ctid = (SELECT ctid FROM t WHERE kind = $$iri$$ ORDER BY random() LIMIT 1)'},
    # Ids that are duplicates of each other; a dictionary whose rows change and go.
    ids => {
        tables => 'CREATE TABLE dict (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, term rdf_term); CREATE INDEX ON dict (term);
            CREATE TABLE t (s bigint, p bigint, o bigint); CREATE INDEX ON t (s, p); CREATE INDEX ON t (o, p);
            CREATE FUNCTION id(text) RETURNS bigint LANGUAGE plpgsql AS $f$
                DECLARE found bigint;
                BEGIN
                    SELECT id INTO found FROM dict WHERE term = $1::rdf_term AND random() < 0.8 ORDER BY random() LIMIT 1;
                    IF found IS NULL THEN
                        INSERT INTO dict (term) VALUES ($1::rdf_term) RETURNING id INTO found;
                    END IF;
                    RETURN found;
                END $f$;',
        register => q(, terms => 'dict', term_lexical => 'term'),
        put => 'INSERT INTO t SELECT id($1), id($2), id($3)',
        cut => 'DELETE FROM t USING dict s, dict p, dict o WHERE s.id = t.s AND p.id = t.p AND o.id = t.o
            AND s.term = $1::rdf_term AND p.term = $2::rdf_term AND o.term = $3::rdf_term',
        other => 'WITH gone AS (DELETE FROM dict WHERE random() < 0.3
                AND NOT EXISTS (SELECT FROM t WHERE dict.id IN (s, p, o)) RETURNING id)
            UPDATE dict SET term = $$<urn:n4>$$ WHERE id = (SELECT o FROM t ORDER BY random() LIMIT 1) AND random() < 0.5'},
    sources => {
        tables => sprintf($triples, '') . 'CREATE TABLE p0 (v rdf_term, s rdf_term); CREATE INDEX ON p0 (s);
            CREATE INDEX ON p0 (v) WHERE rdf_kind(v) <> $$literal$$;',
        more => q(SELECT rdf_graph_add_source(graph, 'p0', 's', '<urn:p0>', 'v')),
        put => 'WITH other AS (INSERT INTO p0 SELECT $3::rdf_term, $1::rdf_term WHERE $2 = $$<urn:p0>$$)
            INSERT INTO t SELECT $1::rdf_term, $2::rdf_term, $3::rdf_term WHERE $2 <> $$<urn:p0>$$ OR random() < 0.2',
        cut => "WITH other AS (DELETE FROM p0 WHERE \$2 = \$\$<urn:p0>\$\$ AND s = \$1::rdf_term AND v = \$3::rdf_term) $cut",
        other => 'UPDATE p0 SET v = $$<urn:n1>$$ WHERE random() < 0.3'},
    filtered => {
        tables => sprintf($triples, ', deleted boolean DEFAULT false'),
        register => q(, row_filter => 'NOT deleted'),
        put => 'INSERT INTO t VALUES ($1::rdf_term, $2::rdf_term, $3::rdf_term, random() < 0.2)',
        cut => 'UPDATE t SET deleted = true WHERE s = $1::rdf_term AND p = $2::rdf_term AND o = $3::rdf_term',
        other => 'UPDATE t SET deleted = NOT deleted WHERE ctid = (SELECT ctid FROM t ORDER BY random() LIMIT 1)'},
    named => {
        tables => sprintf($triples, ', g rdf_term'),
        register => q(, named_graph => 'g'),
        put => 'INSERT INTO t VALUES ($1::rdf_term, $2::rdf_term, $3::rdf_term, (ARRAY[$$<urn:g1>$$, $$<urn:g2>$$, NULL])[1 + floor(random() * 3)]::rdf_term)',
        cut => $cut,
        other => 'UPDATE t SET g = $$<urn:g1>$$ WHERE ctid = (SELECT ctid FROM t ORDER BY random() LIMIT 1)',
        enforce => q(, named_graphs => '{<urn:g1>,<urn:g2>}')},
    partitioned => {
        tables => 'CREATE TABLE t (s rdf_term, p rdf_term, o rdf_term, k integer) PARTITION BY LIST (k);
            CREATE TABLE t0 PARTITION OF t FOR VALUES IN (0); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);
            CREATE INDEX ON t (s, p); CREATE INDEX ON t (o, p) WHERE rdf_kind(o) <> $$literal$$;',
        put => 'INSERT INTO t VALUES ($1::rdf_term, $2::rdf_term, $3::rdf_term, 1 + floor(random() * 2))',
        cut => 'WITH one AS (DELETE FROM t1 WHERE s = $1::rdf_term AND p = $2::rdf_term) UPDATE t SET k = 1, o = $$<urn:n0>$$
            WHERE s = $1::rdf_term AND p = $2::rdf_term AND o = $3::rdf_term AND k = 2',
        other => 'SELECT partition_change()'},
);
$layouts{each} = {%{$layouts{named}}, enforce => ', "each" => true'};

sub layouts { return sort keys %layouts }

# What rdf_graph_enforce, and rdf_graph_report likewise, is given besides graph and policy.
sub enforce_arguments { return $layouts{$_[0]}{enforce} // '' }

# Statements that make a layout, its graph and its functions.
sub layout_sql
{
    my ($name) = @_;
    my $layout = $layouts{$name};
    my ($register, $more) = ($layout->{register} // '', $layout->{more} // '');
    $more =~ s/graph,/'$name',/;
    return <<"END";
CREATE SCHEMA $name;
SET search_path = $name, public;
$layout->{tables}
CREATE FUNCTION partition_change() RETURNS void LANGUAGE plpgsql AS \$f\$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = 't0'::regclass) THEN
        ALTER TABLE t ATTACH PARTITION t0 FOR VALUES IN (0);
    ELSIF random() < 0.6 THEN
        UPDATE t SET k = 0 WHERE random() < 0.5;
    ELSIF random() < 0.6 THEN
        ALTER TABLE t DETACH PARTITION t0;
    ELSE
        TRUNCATE t2;
    END IF;
END \$f\$;
CREATE FUNCTION put(text, text, text) RETURNS void LANGUAGE sql AS \$f\$ $layout->{put} \$f\$;
CREATE FUNCTION cut(text, text, text) RETURNS void LANGUAGE sql AS \$f\$ $layout->{cut} \$f\$;
CREATE PROCEDURE other() LANGUAGE sql AS \$f\$ $layout->{other} \$f\$;
SELECT rdf_graph_register('$name', 't', 's', 'p', 'o'$register);
$more;
END
}

# A function triple() that returns a random one of few: nodes, classes with subclasses, literals.
sub random_triple_sql
{
    return <<'END';
CREATE FUNCTION any_of(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT replace(choices[1 + floor(random() * cardinality(choices))], '%', floor(random() * 4)::text) $$;
CREATE FUNCTION triple(OUT s text, OUT p text, OUT o text) LANGUAGE plpgsql VOLATILE AS $$ BEGIN
    s := any_of('<urn:n%>', '<urn:n%>', '<urn:n4>');
    CASE
    WHEN random() < 0.25 THEN
        p := '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
        o := any_of('<urn:C%>');
    WHEN random() < 0.08 THEN
        s := any_of('<urn:C%>');
        p := '<http://www.w3.org/2000/01/rdf-schema#subClassOf>';
        o := any_of('<urn:C%>');
    ELSE
        p := any_of('<urn:p%>');
        o := any_of('<urn:n%>', '<urn:n%>', '"%"', '"%"', '"long%"@en', '"l%"@EN', '"%"^^<http://www.w3.org/2001/XMLSchema#integer>');
    END CASE;
END $$;
END
}

sub one_of { my $choice = $_[int rand @_]; $choice =~ s/%/int rand 4/ge; return $choice }

sub path
{
    my ($depth) = @_;
    return one_of(':p%', ':p%', ':p%', 'rdf:type') if $depth == 0 || rand() < 0.4;
    my ($one, $two) = (path($depth - 1), path($depth - 1));
    return one_of("[ sh:inversePath $one ]", "[ sh:inversePath $one ]", "( $one $two )", "( $one $two )", "[ sh:alternativePath ( $one $two ) ]",
        "[ sh:zeroOrMorePath $one ]", "[ sh:oneOrMorePath $one ]", "[ sh:zeroOrOnePath $one ]", "[ sh:inversePath ( $one $two ) ]");
}

sub constraint
{
    my ($depth, $is_property) = @_;
    my @choices = ('sh:class :C%', 'sh:class :C%', 'sh:nodeKind sh:IRI', 'sh:datatype xsd:integer', 'sh:maxLength 7', 'sh:in ( :n0 :n1 :n2 "1" "2" )',
        'sh:hasValue :n%', 'sh:closed true ; sh:ignoredProperties ( rdf:type :p% )', 'sh:equals :p%', 'sh:disjoint :p%');
    push @choices, ('sh:maxCount 1', 'sh:minCount 1', 'sh:maxCount 2', 'sh:uniqueLang true', 'sh:lessThan :p%') if $is_property;
    if ($depth > 0 && rand() < 0.6)
    {
        my ($one, $two) = map { '[ ' . constraint($depth - 1, 0) . ' ]' } 1 .. 2;
        @choices = ("sh:not $one", "sh:node $one", "sh:node :S%", "sh:or ( $one $two )", "sh:and ( $one $two )", "sh:xone ( $one $two )",
            'sh:property [ sh:path ' . path(1) . ' ; ' . constraint($depth - 1, 1) . ' ]');
        push @choices, ("sh:qualifiedValueShape $one ; sh:qualifiedMaxCount 1", "sh:qualifiedValueShape $one ; sh:qualifiedMinCount 1") if $is_property;
    }
    return one_of(@choices);
}

# Turtle: four shapes with targets of each kind.
sub random_shapes
{
    my $text = join ' ', map { "\@prefix $_ ." } 'sh: <http://www.w3.org/ns/shacl#>', ': <urn:>', 'xsd: <http://www.w3.org/2001/XMLSchema#>',
      'rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>', 'rdfs: <http://www.w3.org/2000/01/rdf-schema#>';
    for my $shape (0 .. 3)
    {
        $text .= "\n:S$shape " . one_of('sh:targetClass :C%', 'sh:targetClass :C%', 'sh:targetSubjectsOf :p%', 'sh:targetObjectsOf :p%', 'sh:targetNode :n%') . ' ; '
          . (rand() < 0.8 ? 'sh:property [ sh:path ' . path(2) . ' ; ' . constraint(2, 1) . ' ]' : constraint(2, 0)) . ' .';
    }
    $text .= "\n:C0 rdfs:subClassOf :C3 ." if rand() < 0.2;
    return $text;
}

1;
