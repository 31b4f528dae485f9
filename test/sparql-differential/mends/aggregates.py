"""Grouping and aggregates (11, 18.5.1)."""
import rdflib.plugins.sparql.aggregates as aggregates
import rdflib.plugins.sparql.evaluate as evaluate
from rdflib import BNode, Literal, Variable
from rdflib.plugins.sparql.sparql import SPARQLError

from . import mend
from .functions import calculated
from .terms import kind_of_value, order, rank

CLASSES = aggregates.Aggregator.accumulator_classes
NO_GROUP = "GROUP BY of no rows is a group"
COUNT = "COUNT() counts errors"
SUM = "SUM() leaves out errors or ends the query by them, and keeps derived types"
AVG = "AVG() leaves out errors, and makes doubles of floats"
MIN = "MIN() leaves out errors or ends the query by them, makes literals of IRIs, and has its own order of others"
MAX = "MAX() leaves out errors or ends the query by them, makes literals of IRIs, and has its own order of others"
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


def place(node):
    """
    Of a term in the order of 15.1: blank nodes, IRIs, literals. Of literals that have no order with each other it says nothing; here
    NaN is first, then values, strings with languages, and what has no known value.
    """
    if not isinstance(node, Literal):
        return rank(node), 0
    return rank(node), 2 if node.language else 3 if not kind_of_value(node) else int(node.value is None or node.value == node.value)


def order_of_terms(left, right):
    """-1, 0, 1"""
    places = place(left), place(right)
    if places[0] == places[1]:
        try:
            return order(left, right) or 0
        except SPARQLError:
            places = str(left), str(right)
    return (places[0] > places[1]) - (places[0] < places[1])


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
