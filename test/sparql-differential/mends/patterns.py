"""Patterns: which rows a group gives, and what its expressions see (18.2, 18.5, 18.6)."""
import rdflib.plugins.sparql.algebra as algebra
import rdflib.plugins.sparql.evaluate as evaluate
import rdflib.plugins.sparql.evalutils as evalutils
import rdflib.plugins.sparql.operators as operators
from rdflib import Literal, Variable
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Bindings, SPARQLError

from . import mend
from .terms import rank

JOIN = "rows are passed into what they are joined with"
DUPLICATES = "duplicates of what is joined are lost"
OPTIONAL = "rows are passed into what OPTIONAL joins them with"
FILTER = "a FILTER within EXISTS does not see the row everywhere"
BIND = "BIND within EXISTS does not see the row, or is not joined with it"
EMPTY = "EXISTS of a row that binds nothing sees what was bound before"
ORDER = "an order of what is not bound or of errors ends the query"
HIDDEN = "a sub-SELECT sees variables that it does not return"
CONSTANT = "a FILTER of a constant is left out where this is false"
STAR = "SELECT * has variables that filters and EXISTS alone name"
EXISTS = "EXISTS elsewhere than in FILTER or BIND is not translated, or taken for aggregates"


def bound(rows):
    """The variables that all rows bind."""
    names = None
    for row in rows:
        names = set(row) if names is None else names & set(row)
    return names or set()


def joined(left, right):
    """Pairs of compatible rows, by what both sides bind always."""
    shared = sorted(bound(left) & bound(right))
    table = {}
    for row in right:
        table.setdefault(tuple(row[name] for name in shared), []).append(row)
    for row in left:
        for other in table.get(tuple(row[name] for name in shared), ()):
            if row.compatible(other):
                yield row, row.merge(other)


def join_by_themselves(context, part):
    """18.5: both sides, and all of their rows."""
    left, right = list(evaluate.evalPart(context, part.p1)), list(evaluate.evalPart(context, part.p2))
    return (merged for _, merged in joined(left, right))


@mend(JOIN, evaluate, "evalJoin")
def join(original, context, part):
    return join_by_themselves(context, part) if part.lazy else NotImplemented


@mend(DUPLICATES, evaluate, "evalJoin")
def join_duplicates(original, context, part):
    return NotImplemented if part.lazy else join_by_themselves(context, part)


@mend(OPTIONAL, evaluate, "evalLeftJoin")
def left_join(original, context, part):
    """18.5: both sides by themselves, and the condition sees both."""
    left, right = list(evaluate.evalPart(context, part.p1)), list(evaluate.evalPart(context, part.p2))
    kept = set()
    for row, merged in joined(left, right):
        if evalutils._ebv(part.expr, merged):
            kept.add(id(row))
            yield merged
    for row in left:
        if id(row) not in kept:
            yield row


@mend(FILTER, evaluate, "evalFilter")
def filtered(original, context, part):
    """18.6: what is put into the pattern is seen by all of it."""
    if not len(context.bindings):
        return NotImplemented
    return (row for row in evaluate.evalPart(context, part.p) if evalutils._ebv(part.expr, row))


@mend(BIND, evaluate, "evalExtend")
def extend(original, context, part):
    """18.6: what is put into the pattern is seen by all of it, and what is bound is joined with it."""
    return extended(context, part) if len(context.bindings) else NotImplemented


def extended(context, part):
    for row in evaluate.evalPart(context, part.p):
        try:
            value = evaluate._eval(part.expr, row)
        except SPARQLError as error:
            value = error
        if isinstance(value, SPARQLError):
            yield row
        elif row.get(part.var) in (None, value):
            yield row.merge({part.var: value})


@mend(HIDDEN, evaluate, "evalProject")
def project(original, context, part):
    """18.2.1: of the row of EXISTS, a sub-SELECT sees what it returns."""
    if all(name in part.PV for name in context.bindings):
        return NotImplemented
    context = context.clone()
    context.bindings = Bindings(d={name: value for name, value in context.bindings.items() if name in part.PV})
    return original(context, part)


@mend(EMPTY, operators, "Builtin_EXISTS")
def exists(original, expression, row):
    """18.6: the row, not what was bound where it was made."""
    if len(row) or not len(row.ctx.bindings):
        return NotImplemented
    context = row.ctx.clone()
    context.bindings = Bindings()
    found = any(True for _ in evaluate.evalPart(context, expression.graph))
    return Literal(found == (expression.name == "Builtin_EXISTS"))


@mend(ORDER, evaluate, "_val")
def order_of(original, node):
    """Errors and what is not bound come first, as one."""
    return NotImplemented if rank(node) else (0, Variable("error"))


@mend(CONSTANT, algebra, "collectAndRemoveFilters")
def collect_filters(original, parts):
    """As an expression, which has no truth of its own in Python."""
    constants = [part.expr for part in parts if part.name == "Filter" and isinstance(part.expr, Literal)]
    if not constants:
        return NotImplemented
    condition = original(parts)
    return operators.and_(operators.TrueFilter, condition)


@mend(STAR, algebra, "_findVars")
def find_variables(original, part, res):
    """18.2.1: a filter shows no variables."""
    return part if isinstance(part, CompValue) and part.name == "Filter" else NotImplemented


def find_exists(parts):
    """EXISTS that are not yet translated."""
    found = []

    def visit(part):
        if isinstance(part, CompValue) and part.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS") and "graph" in part:
            found.append(part)
    algebra.traverse(parts, visitPost=visit)
    return found


@mend(EXISTS, algebra, "translate")
def translate(original, query):
    found = find_exists([query.projection, query.groupby, query.having, query.orderby])
    for expression in found:
        algebra._traverse(expression, algebra._simplifyFilters)
        pattern = algebra.traverse(expression.graph, visitPost=algebra.translatePath)
        del expression["graph"]  # so that what looks for aggregates and variables does not see it
        expression.graph = algebra.translateGroupGraphPattern(pattern)
    return original(query) if found else NotImplemented
