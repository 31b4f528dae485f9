"""
A query or two for each mend, of which rdflib's answer is ours with the mend alone, and another one without: so that what a mend is for
can be read, and a mend that rdflib needs no longer is found.
"""
from . import aggregates, functions, paths, patterns, terms

PREFIXES = "PREFIX ex: <http://ex/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "

DATA = """
@prefix ex: <http://ex/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:a ex:p ex:b , ex:c .
ex:b ex:q ex:a ; ex:r "2020-02-30T00:00:00"^^xsd:dateTime .
ex:c ex:p ex:a .
[] ex:r 0 .
"""

EXAMPLES = (
    (functions.NUMBERS, 'ABS("1.5"^^xsd:integer)'),
    (functions.NUMBERS, 'isNUMERIC("300"^^xsd:byte)'),
    (functions.ERRORS, 'isIRI(1/0)'),
    (functions.ERRORS, 'sameTerm(1/0, 1/0)'),
    (functions.LOGIC, 'true || ?x'),
    (functions.PRODUCTS, '2 * 3'),
    (functions.PRODUCTS, '1e0 / 0'),
    (functions.SUMS, '"2020-01-01T00:00:00"^^xsd:dateTime - "2020-01-01T00:00:00"^^xsd:dateTime'),
    (functions.SIGNS, '- "1.5"^^xsd:float'),
    (functions.ROUNDING, 'CEIL("INF"^^xsd:double)'),
    (functions.ROUNDING, 'ROUND("7"^^xsd:int)'),
    (functions.TIMES, 'TZ("2020-01-01T00:00:00-00:00"^^xsd:dateTime)'),
    (functions.TIMES, 'SELECT (YEAR(?o) AS ?r) { ?s ex:r ?o }'),
    (functions.BLANK, 'STR(BNODE())'),
    (functions.STRDT, 'STRDT(1, xsd:string)'),
    (functions.DIGESTS, 'MD5("a"@en)'),
    (functions.TAGS, 'LANG(STRLANG("a", "FR"))'),
    (functions.COMPATIBLE, 'STRSTARTS("abc"@en, "a"@EN)'),
    (functions.REPLACE, 'REPLACE("aBbB", "B", "x", "i")'),
    (functions.SUBSTR, 'SUBSTR("abc", 0)'),
    (functions.SUBSTR, 'SUBSTR("abc", 1.5)'),
    (functions.IRI, 'IRI(1)'),
    (functions.IRI, 'IRI("b a/%")'),
    (functions.TO_NUMBERS, 'xsd:integer(2.5)'),
    (functions.TO_NUMBERS, 'xsd:integer("1"@en)'),
    (functions.TO_BOOLEANS, 'xsd:boolean(2)'),
    (functions.TO_TIMES, 'xsd:dateTime("2020-01-01")'),
    (functions.SIMPLE, 'sameTerm(xsd:string("a"), "a")'),
    (terms.TRUTH, 'IF("NaN"^^xsd:double, 1, 2)'),
    (terms.TRUTH, 'IF("x"^^xsd:integer, 1, 2)'),
    (terms.TRUTH, 'IF("2020-01-01T00:00:00Z"^^xsd:dateTime, 1, 2)'),
    (terms.NAN, '"NaN"^^xsd:double <= 1'),
    (terms.ILL_TYPED, '"300"^^xsd:byte = 300'),
    (terms.ZONES, '"2020-01-01T00:00:00"^^xsd:dateTime < "2020-01-01T05:00:00Z"^^xsd:dateTime'),
    (terms.ORDERED, '"a"@en < "b"@en'),
    (terms.ORDERED, '1 < "a"'),
    (terms.UNKNOWN, '"v"^^ex:type = "v"'),
    (terms.MEMBERSHIP, '1 IN (1.0)'),
    (terms.MEMBERSHIP, '1 IN (?x, 1)'),
    (terms.TEXTS, 'STR(1e0 + 1)'),
    (aggregates.NO_GROUP, 'SELECT ?x (COUNT(*) AS ?r) { ?x ex:absent ?y } GROUP BY ?x'),
    (aggregates.ROWS, 'SELECT (COUNT(DISTINCT *) AS ?r) { ?x ex:p [] }'),
    (aggregates.COUNT, 'SELECT (COUNT(1/0) AS ?r) { ?x ex:p ?y }'),
    (aggregates.SUM, 'SELECT (SUM(?y) AS ?r) { ?x ex:p ?y }'),
    (aggregates.SUM, 'SELECT (SUM(?unbound) AS ?r) { ?x ex:p ?y }'),
    (aggregates.AVG, 'SELECT (AVG(?y) AS ?r) { ?x ex:p ?y }'),
    (aggregates.AVG, 'SELECT (AVG(?n) AS ?r) { VALUES ?n { "1.5"^^xsd:float } }'),
    (aggregates.MIN, 'SELECT (MIN(1/0) AS ?r) { ?x ex:p ?y }'),
    (aggregates.MIN, 'SELECT (MIN(?y) AS ?r) { ?x ex:p ?y }'),
    (aggregates.MAX, 'SELECT (MAX(?y) AS ?r) { ?x ex:p ?y }'),
    (aggregates.SAMPLE, 'SELECT ?y { ?x ex:p ?y { SELECT ?y ?z (SAMPLE(?z) AS ?r) { ?x ex:p ?y } GROUP BY ?y ?z } ?y ex:q ?z }'),
    (aggregates.GROUP_CONCAT, 'SELECT (GROUP_CONCAT(1/0) AS ?r) { ?x ex:p ?y }'),
    (paths.NEGATED, 'SELECT * { ?x !^ex:p ?y }'),
    (paths.TWICE, 'SELECT * { ex:a (ex:p|ex:q)* ?y }'),
    (paths.FALSE, 'SELECT * { 0 ex:p* ?y }'),
    (paths.FALSE, 'SELECT * { ?x ex:r/ex:p* ?y }'),
    (patterns.JOIN, 'SELECT ?z { ?x ex:p ?y { ?z ex:q ?w FILTER(BOUND(?x)) } }'),
    (patterns.DUPLICATES, 'SELECT ?y { ?x ex:p ?y { SELECT DISTINCT ?y { ?y ex:q ?z } } { SELECT ?y { ?y ex:q|ex:q ?z } } }'),
    (patterns.OPTIONAL, 'SELECT ?x ?y ?n { ?x ex:p ?y OPTIONAL { SELECT (COUNT(?y) AS ?n) { ?y ex:q ?z } } }'),
    (patterns.FILTER, 'SELECT ?x { ?x ex:p ?y FILTER EXISTS { ?y ex:q ?z { ?z ex:p ?w FILTER(?x = ex:a) } } }'),
    (patterns.BIND, 'SELECT ?x ?y { ?x ex:p ?y FILTER EXISTS { ?y ex:q ?z { ?z ex:p ?w BIND(?x AS ?y) } } }'),
    (patterns.HIDDEN, 'SELECT ?x { ?x ex:p ?y FILTER EXISTS { { SELECT ?z { ?z ex:p ex:c . ?x ex:q ?w } } } }'),
    (patterns.EMPTY, 'SELECT ?v { { SELECT (STR(1/0) AS ?v) { ?y ex:q ?z } } FILTER NOT EXISTS { VALUES ?y { ex:c } } }'),
    (patterns.CONSTANT, 'SELECT * { ?x ex:p ?y FILTER(0) }'),
    (patterns.ORDER, 'SELECT ?x { ?x ex:p ?y } ORDER BY (1/0) ?x'),
    (patterns.STAR, 'SELECT * { ?x ex:p ?y FILTER(!BOUND(?z)) }'),
    (patterns.EXISTS, 'SELECT (EXISTS { ?x ex:p ?y } AS ?r) { }'),
    (patterns.EXISTS, 'SELECT (COUNT(EXISTS { ?x ex:p ?y }) AS ?r) { }'),
)


def query_of(example):
    """An expression stands for a query that returns it."""
    return PREFIXES + (example if example.startswith("SELECT") else "SELECT (%s AS ?r) { }" % example)
