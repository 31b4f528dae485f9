"""
What other engines are known to have otherwise. README.md has the table with the sections of SPARQL 1.1.

A fault is told by its absence: the query is written so that it means the same and the fault has no place to show (`alike`), or so
that neither engine has what it is about (`without`, of the query, and `data`, of the graph); or the engine is asked in another
way of its own (`way`). If then the answers are the same, and ours has not changed by what means the same, that fault, and nothing
else, made the difference.
"""
import re
from dataclasses import dataclass
from typing import Callable, Optional

from tree import Rewriting, plain, split


@dataclass(frozen=True)
class Fault:
    engines: str
    name: str
    alike: Optional[Callable] = None
    without: Optional[Callable] = None
    data: Optional[Callable] = None
    way: str = ""
    error: str = ""

    def is_of(self, engine):
        return engine in self.engines.split()


NUMERIC = "xsd:integer, xsd:decimal, xsd:float, xsd:double, xsd:int, xsd:byte, xsd:unsignedByte"
NO_VALUE = "1/0"


class Calls(Rewriting):
    """Calls of some functions as a form, {0} is the first argument and {all} are all of them."""
    def __init__(self, names, form):
        self.names = names.split()
        self.form = form

    def call(self, name, arguments):
        if name in self.names and arguments:
            return self.form.format(*arguments, name=name, last=arguments[-1], all=", ".join(arguments))
        return None


class Aggregates(Rewriting):
    """Calls of an aggregate over an expression; {0} is DISTINCT or nothing, {1} the expression, {2} what follows it."""
    def __init__(self, name, form, distinct_form=None):
        self.name = name
        self.form = form
        self.distinct_form = distinct_form or form

    def call(self, name, arguments):
        if name != self.name or arguments == ["*"] or arguments == ["DISTINCT *"]:
            return None
        distinct, expression, rest = re.match(r"(DISTINCT )?(.*?)( ; SEPARATOR.*)?$", ", ".join(arguments), re.S).groups("")
        return (self.distinct_form if distinct else self.form).format(distinct, expression, rest)


class Comparisons(Rewriting):
    """Comparisons by some operators, {0} {1} {2}, as a form."""
    def __init__(self, operators, form):
        self.operators = operators.split()
        self.form = form

    def comparison(self, left, operator, right):
        return self.form.format(left, operator, right) if operator in self.operators else None


class SameTerms(Rewriting):
    def comparison(self, left, operator, right):
        if operator in ("=", "!=") and (left.startswith("?") or right.startswith("?")):
            return "%s sameterm(%s, %s)" % ("!" if operator == "!=" else "", left, right)
        return None


class Conditions(Rewriting):
    def __init__(self, form):
        self.form = form

    def condition(self, text):
        """Only of what may be other than a boolean: a term, or a form that gives one."""
        is_term = re.match(r"[(]*(IF|COALESCE|if|coalesce)\b", text) or re.fullmatch(r'[( ]*([?"].*|[-\d.e ]+)[) ]*', text)
        return "(%s)" % self.form.format(text) if is_term else None


class OptionalConditionsAway(Rewriting):
    """No OPTIONAL of conditions alone."""
    def patterns(self, items):
        kept = []
        for item in items:
            kept.append(item)
            if kept[-2:-1] == ["OPTIONAL"] and [part for part in item.items if isinstance(part, str)] in (["FILTER"], 2 * ["FILTER"]):
                del kept[-2:]
        return super().patterns(kept)


class EmptyLists(Rewriting):
    def empty_list(self, left, is_not):
        return "if(isiri({0}), {1}, {1})".format(left, "true" if is_not else "false")


class Alternatives(Rewriting):
    """Alternatives, which negated sets of both directions are as well, as unions, and negated sets as triples with a condition
    (18.2.2.3, 18.4)."""
    FORMS = {"ex:p | ex:q": ("ex:p", "ex:q"), "(ex:p | (ex:q / ex:r))": ("ex:p", "ex:q/ex:r"),
             "! (ex:q | ^ ex:p)": ("! ex:q", "! ^ ex:p")}

    def one(self, subject, path, object):
        negated = re.fullmatch(r"! (\^ )?(ex:\w)", path)
        names = " ".join(sorted({node for node in (subject, object) if node.startswith("?")}))
        if negated and names:
            ends = (object, subject) if negated.group(1) else (subject, object)
            return "{ SELECT %s { %s ?any %s FILTER(?any != %s) } }" % (names, *ends, negated.group(2))
        return "{ %s %s %s }" % (subject, path, object)

    def triple(self, subject, path, object):
        if path in self.FORMS:
            return " UNION ".join(self.one(subject, form, object) for form in self.FORMS[path])
        return self.one(subject, path, object) if path.startswith("! ") else None


class BlankNodesAway(Rewriting):
    """Blank nodes of patterns, and what stands between the parts of a sequence (18.2.2.3), as variables."""
    FORM = "?blank%d"
    SEQUENCES = {"ex:p / ex:q": ("ex:p", "ex:q"), "((ex:q +) * / ex:r)": ("(ex:q+)*", "ex:r"), "^ (ex:p / ex:r *)": ("ex:p", "ex:r*")}

    def __call__(self, text):
        self.count = 0
        return super().__call__(text)

    def node(self, item, out):
        """A node's text; what a blank node has within its brackets is added."""
        if isinstance(item, str):
            return item
        self.count += 1
        name = self.FORM % self.count
        if item.items:
            out.append(self.written(name, plain(item.items[:-1]), plain(item.items[-1:])))
        return name

    def written(self, subject, path, object):
        first, second = self.SEQUENCES.get(path, (None, None))
        if not first:
            return "%s %s %s . " % (subject, path, object)
        self.count += 1
        middle = self.FORM % self.count
        if path.startswith("^"):
            subject, object = object, subject
        return "%s %s %s . %s %s %s . " % (subject, first, middle, middle, second, object)

    def triples(self, items):
        out = []
        for statement in split(items, (".",))[0]:
            if statement:
                subject = self.node(statement[0], out)
                for run in split(statement[1:], (";",))[0]:
                    out.append(self.written(subject, plain(run[:-1]), self.node(run[-1], out)))
        return " ".join(out)


class InverseSequences(BlankNodesAway):
    """An inverse sequence the other way round, as the two triples that it stands for (18.2.2.3)."""
    FORM = "_:blank%d"
    SEQUENCES = {"^ (ex:p / ex:r *)": ("ex:p", "ex:r*")}


def without_bindings_in_exists(text):
    """What EXISTS binds has other names than what its row may bind."""
    place = 0
    while (start := text.find("EXISTS {", place)) >= 0:
        depth, end = 0, start + len("EXISTS ")
        while end == start + len("EXISTS ") or depth > 0:
            depth += (text[end] == "{") - (text[end] == "}")
            end += 1
        text = text[:start] + re.sub(r"AS \?v", "AS ?e", text[start:end]) + text[end:]
        place = start + len("EXISTS {")
    return text


def replaced(pattern, by):
    return lambda text: re.sub(pattern, by, text)


def as_oxigraph_reads(text):
    """Literals as they are when Oxigraph has read them."""
    def number(match):
        lexical, kind = match.group(1), match.group(2)
        try:
            value = float(lexical)
        except ValueError:
            return match.group(0)
        if kind in ("double", "float"):
            shown = "NaN" if value != value else ("-" if value < 0 else "") + "INF" if value in (float("inf"), float("-inf")) else "%g" % value
            return '"%s"^^xsd:%s' % (shown, kind)
        if kind == "decimal":
            return '"%g"^^xsd:decimal' % value
        return '"%d"^^xsd:integer' % value if "." not in lexical else match.group(0)
    text = re.sub(r'(?<![\w".?:])(-?\d+(?:\.\d+)?e-?\d+)', r'"\1"^^xsd:double', text)
    text = re.sub(r'(?<![\w".?:-])(\d+\.\d+)(?![\w"])', r'"\1"^^xsd:decimal', text)
    text = re.sub(r'"([^"]*)"\^\^xsd:(double|float|decimal|integer|int|byte|unsignedByte)', number, text)
    text = text.replace('"0"^^xsd:boolean', '"false"^^xsd:boolean').replace("00:00-00:00", "00:00Z")
    text = text.replace("59.50-08:00", "59.5-08:00").replace("30.250", "30.25")
    return text.replace('"@EN', '"@en').replace("@en-US", "@en-us")


LITERAL = r'(?<![\w".?:^<-])(?:"[^"]*"(?:@[\w-]+|\^\^(?:xsd:\w+|<[^>]*>))?|\d[\d.]*(?:e-?\d+)?|true|false)(?![\w(:])'


def ends_in_graph(data, query):
    """The query's constants and predicates as nodes, by a predicate that no query names."""
    nodes = ["<http://ex/%s>" % name for name in ("a", "b", "c", "d", "absent", "p", "q", "r", "unused")]
    literals = sorted(set(re.findall(LITERAL, query)))
    return data + "".join("<http://ex/unused> <http://ex/unused> %s .\n" % node for node in nodes + literals)


HAS_ORDER = ('isliteral({%d}) && coalesce(isnumeric({%d}) || datatype({%d}) = xsd:string || year({%d}) != 0 || datatype({%d}) = xsd:boolean '
             '&& str({%d}) in ("true", "false", "0", "1"), false)')
ORDERED = "if(%s && %s, ({0} {1} {2}), %s)" % (HAS_ORDER % (6 * (0,)), HAS_ORDER % (6 * (2,)), NO_VALUE)
IS_NAN = 'str({%d}) = "NaN" && isnumeric({%d}) && isnumeric({%d})'
OF_NAN = "if(%s || %s, false, ({0} {1} {2}))" % (IS_NAN % (0, 0, 2), IS_NAN % (2, 2, 0))

FAULTS = (
    Fault("Jena", "STR(), IRI() and xsd:string() take blank nodes",
          Calls("STR IRI xsd:string", "if(isblank({0}), %s, {name}({0}))" % NO_VALUE)),
    Fault("Jena", "GROUP_CONCAT takes blank nodes",
          Aggregates("GROUP_CONCAT", "GROUP_CONCAT({0} if(isblank({1}), %s, {1}) {2})" % NO_VALUE)),
    Fault("Jena", "GROUP_CONCAT(DISTINCT ...) of no rows is not bound",
          Aggregates("GROUP_CONCAT", "GROUP_CONCAT({0} {1} {2})", 'if(count(*) = 0, "", GROUP_CONCAT({0} {1} {2}))')),
    Fault("Jena", "functions of dates fail on what is no literal",
          Calls("YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ", "if(isliteral({0}), {name}({0}), %s)" % NO_VALUE)),
    Fault("Jena Oxigraph", "<= and >= are true of terms that are the same and have no order", Comparisons("<= >=", ORDERED)),
    Fault("Jena Oxigraph", "strings with language tags have an order", Comparisons("< >", ORDERED)),
    Fault("Jena", "NaN has an order", Comparisons("< > <= >=", OF_NAN)),
    Fault("Oxigraph", "comparing NaN is an error", Comparisons("< > <= >=", OF_NAN)),
    Fault("Jena", "ROUND() of NaN and INF", Calls("ROUND", 'if(str({0}) in ("NaN", "INF", "-INF") && isnumeric({0}), {0}, ROUND({0}))')),
    Fault("Jena", "ROUND() and others keep a derived type", Calls("ROUND ABS CEIL FLOOR", "{name}({0} * 1)")),
    Fault("Jena", "SUM() of one number keeps a derived type", Aggregates("SUM", "(SUM({0} {1} {2}) * 1)")),
    Fault("Jena", "xsd:boolean() of NaN is true", Calls("xsd:boolean", 'if(isnumeric({0}) && str({0}) = "NaN", false, xsd:boolean({0}))')),
    Fault("Jena", "language tags do not keep their case", None, replaced('@EN|"FR"', lambda match: match.group(0).lower()),
          lambda data, query: data.replace("@EN", "@en")),
    Fault("Jena Oxigraph", "the truth of ill-typed numbers and booleans is an error",
          Conditions("coalesce(if(!isnumeric({0}) && datatype({0}) in (%s) || datatype({0}) = xsd:boolean && "
                     'str({0}) not in ("true", "false", "0", "1"), false, {0}), {0})' % NUMERIC)),
    Fault("Jena", "casts take ill-typed numbers",
          Calls("xsd:integer xsd:decimal xsd:double xsd:float",
                "if(coalesce(!isnumeric({0}) && datatype({0}) in (%s), false), %s, {name}({0}))" % (NUMERIC, NO_VALUE))),
    Fault("Jena", "xsd:string() keeps the form of a dateTime",
          Calls("xsd:string", "xsd:string(if(coalesce(datatype({0}) = xsd:dateTime, false), 7, {0}))")),
    Fault("Oxigraph", "the truth of strings with language tags is an error",
          Conditions('coalesce(if(lang({0}) != "", str({0}) != "", {0}), {0})')),
    Fault("Oxigraph", "booleans have no order",
          Comparisons("< > <= >=", "if(datatype({0}) = xsd:boolean && datatype({2}) = xsd:boolean, xsd:integer({0}) {1} xsd:integer({2}), ({0} {1} {2}))")),
    Fault("Oxigraph", "= and != of a variable that stands for a subject compare terms", None, SameTerms()),
    Fault("Oxigraph", "what EXISTS binds is not joined with what the row binds", None, without_bindings_in_exists),
    Fault("Oxigraph", "IN () of what has no truth is an error", EmptyLists()),
    Fault("Oxigraph", "COUNT of an error is an error",
          Aggregates("COUNT", "sum(coalesce(if(isiri({1}), 1, 1), 0))",
                     "(count({0} coalesce({1}, ex:error)) - sum(distinct coalesce(if(isiri({1}), 0, 0), 1)))")),
    Fault("Oxigraph", "GROUP_CONCAT takes strings alone", Aggregates("GROUP_CONCAT", "group_concat({0} str({1}) {2})")),
    Fault("Oxigraph", "an alternative, or a negated set between ends that are known, gives a pair once", Alternatives(), BlankNodesAway()),
    Fault("Oxigraph", "COUNT(DISTINCT *) counts blank nodes of the pattern and the middle of paths", None, BlankNodesAway()),
    Fault("Oxigraph", "GROUP BY (?v AS ?w) is refused", lambda text: re.sub(r"(GROUP BY(?: \?\w+)* )\((\?\w+) AS", r"\1(coalesce(\2) AS", text)),
    Fault("Oxigraph", "literals do not keep their forms", None, as_oxigraph_reads, lambda data, query: as_oxigraph_reads(data)),
    Fault("Jena Oxigraph rdflib", "zero-length paths: which terms that are not of the graph they begin or end at", None, None, ends_in_graph),
    Fault("Jena Oxigraph", "texts of numbers that are computed", None,
          Calls("STR xsd:string", "{name}(if(isnumeric({0}), 7, {0}))")),
    Fault("Jena", "a blank node that comes to stand for a predicate fails", error="Unidentified predicate: _:"),
    Fault("Jena", "its reference engine drops a row for an OPTIONAL of a condition alone", None, OptionalConditionsAway()),
    Fault("Jena", "an inverse sequence gives a node once", InverseSequences()),
    Fault("Jena", "hash joins of an empty table fail", way="reference", error='because "this.hashTable" is null'),
    Fault("Jena", "SUBSTR takes numbers that are no integers",
          Calls("SUBSTR", "if(coalesce(datatype({last}) in (xsd:decimal, xsd:double, xsd:float) || "
                "datatype({1}) in (xsd:decimal, xsd:double, xsd:float), false), %s, SUBSTR({all}))" % NO_VALUE)),
    Fault("Jena", "its optimizer: without it, the answer is ours", way="plain"),
    Fault("Jena", "its joins: its reference engine's answer is ours", way="reference"),
)


def written(faults, query, data):
    """The query and the data without some faults, and the query that means the same and does not show them."""
    for fault in faults:
        query = fault.without(query) if fault.without else query
        data = fault.data(data, query) if fault.data else data
    alike = query
    for fault in faults:
        alike = fault.alike(alike) if fault.alike else alike
    return query, data, alike


def error_of(engine, text):
    """The fault that an error names, or None."""
    return next((fault for fault in FAULTS if fault.is_of(engine) and fault.error and fault.error in text), None)


def possible(engine, query, data):
    """The faults of an engine that the query or the data can show."""
    query = Rewriting()(query)
    for fault in FAULTS:
        if fault.is_of(engine) and not fault.error and (fault.way or written([fault], query, data) != (query, data, query)):
            yield fault
