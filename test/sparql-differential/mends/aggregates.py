"""Grouping and aggregates (11, 18.5.1)."""
import rdflib.plugins.sparql.aggregates as aggregates
import rdflib.plugins.sparql.evaluate as evaluate
from rdflib import BNode, Literal, URIRef, Variable
from rdflib.plugins.sparql.sparql import SPARQLError

from . import mend
from .functions import calculated
from .terms import order, rank

CLASSES = aggregates.Aggregator.accumulator_classes
NO_GROUP = "GROUP BY of no rows is a group"
COUNT = "COUNT() counts errors"
SUM = "SUM() leaves out errors or ends the query by them, and keeps derived types"
AVG = "AVG() leaves out errors, and makes doubles of floats"
MIN = "MIN() leaves out errors or ends the query by them, and makes literals of IRIs"
MAX = "MAX() leaves out errors or ends the query by them, and makes literals of IRIs"
SAMPLE = "SAMPLE() of nothing is bound, to nothing"
GROUP_CONCAT = "GROUP_CONCAT() takes errors for texts, and blank nodes"
ROWS = "COUNT(DISTINCT *) counts blank nodes of the pattern"


class Collected:
    """An aggregate over all values of a group; None stands for an error (18.5.1)."""
    def __init__(self, aggregation):
        self.variable = aggregation.res
        self.expression = aggregation.vars
        self.is_distinct = bool(aggregation.distinct)
        self.separator = " " if aggregation.separator is None else str(aggregation.separator)
        self.values = []

    def use_row(self, row):
        return True

    def update(self, row, aggregator):
        try:
            value = aggregates._eval(self.expression, row)
        except SPARQLError as error:
            value = error
        self.values.append(None if isinstance(value, SPARQLError) else value)

    def set_value(self, bindings):
        values = [value for value in self.values if value is not None]
        if self.is_distinct:
            values = list(dict.fromkeys(values))
        try:
            value = self.outcome(values, len(values) < len(self.values) and None in self.values)
        except SPARQLError:
            value = None
        if value is not None:
            bindings[self.variable] = value


class Count(Collected):
    def outcome(self, values, failed):
        return Literal(len(values))


class CountRows(Collected):
    """COUNT(*); what blank nodes of patterns stand for is no part of a solution (18.3.1)."""
    def update(self, row, aggregator):
        self.values.append(frozenset(pair for pair in row.items() if isinstance(pair[0], Variable)))

    def outcome(self, values, failed):
        return Literal(len(values))


class Total(Collected):
    """SUM and AVG (18.5.1.3, 18.5.1.4)."""
    def outcome(self, values, failed):
        if failed:
            return None
        total = Literal(0)
        for value in values:
            total = calculated(total, "+", value)
        return total


class Average(Total):
    def outcome(self, values, failed):
        total = super().outcome(values, failed)
        return calculated(total, "/", Literal(len(values))) if values and total is not None else total


def order_of_terms(left, right):
    """-1, 0, 1 in the order of 15.1: blank nodes, IRIs, literals; 0 where it says nothing."""
    ranks = rank(left), rank(right)
    if ranks[0] != ranks[1]:
        return 1 if ranks[0] > ranks[1] else -1
    if isinstance(left, URIRef):
        return (str(left) > str(right)) - (str(left) < str(right))
    try:
        return order(left, right) or 0
    except SPARQLError:
        return 0


class Extreme(Collected):
    """MIN and MAX (18.5.1.5, 18.5.1.6)."""
    sign = -1

    def outcome(self, values, failed):
        best = None if failed or not values else values[0]
        for value in values[1:] if best is not None else []:
            if order_of_terms(value, best) * self.sign > 0:
                best = value
        return best


class Largest(Extreme):
    sign = 1


class Sample(Collected):
    """SAMPLE (18.5.1.8); rdflib's own choice, the first one."""
    def outcome(self, values, failed):
        return values[0] if values else None


class Texts(Collected):
    """GROUP_CONCAT (18.5.1.7) of the texts of literals and IRIs."""
    def outcome(self, values, failed):
        if failed or any(isinstance(value, BNode) for value in values):
            return None
        return Literal(self.separator.join(str(value) for value in values))


def mend_class(name, aggregate, collected, chosen=lambda aggregation: True):
    @mend(name, CLASSES, aggregate)
    def make(original, aggregation):
        return collected(aggregation) if chosen(aggregation) else NotImplemented


mend_class(ROWS, "Aggregate_Count", CountRows, lambda aggregation: aggregation.vars == "*" and aggregation.distinct)
mend_class(COUNT, "Aggregate_Count", Count, lambda aggregation: aggregation.vars != "*")
mend_class(SUM, "Aggregate_Sum", Total)
mend_class(AVG, "Aggregate_Avg", Average)
mend_class(MIN, "Aggregate_Min", Extreme)
mend_class(MAX, "Aggregate_Max", Largest)
mend_class(SAMPLE, "Aggregate_Sample", Sample)
mend_class(GROUP_CONCAT, "Aggregate_GroupConcat", Texts)


@mend(NO_GROUP, evaluate, "evalAggregateJoin")
def groups(original, context, part):
    """18.5.1: no rows make no group, where there are keys."""
    if part.p.expr is None or list(evaluate.evalPart(context, part.p)):
        return NotImplemented
    return iter(())
