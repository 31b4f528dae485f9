"""Values of literals: truth, comparison, and the texts of what is computed (17.2, 17.3)."""
import datetime
import math
import struct
from decimal import Decimal

import rdflib.plugins.sparql.evalutils as evalutils
import rdflib.plugins.sparql.operators as operators
import rdflib.term as term
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.plugins.sparql.sparql import SPARQLError

from . import mend

DERIVED = {getattr(XSD, name) for name in (
    "nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger long int short byte unsignedLong unsignedInt "
    "unsignedShort unsignedByte").split()}
PROMOTION = [XSD.integer, XSD.decimal, XSD.float, XSD.double]  # 17.3, and XPath's B.1
WITHIN = datetime.timedelta(hours=14)                          # of which a time zone may be


def is_string(node):
    return isinstance(node, Literal) and not node.language and node.datatype in (None, XSD.string)


def is_well_typed(node):
    """Made anew: rdflib does not look at the form of a literal that it makes of another one, as its grammar does."""
    return node.value is not None and not Literal(str(node), datatype=node.datatype).ill_typed


def numeric_type(node):
    """The type among the four of arithmetic of a literal that has a number for its value, or None."""
    if not isinstance(node, Literal) or not is_well_typed(node):
        return None
    datatype = XSD.integer if node.datatype in DERIVED else node.datatype
    return datatype if datatype in PROMOTION else None


def promoted(*types):
    return max(types, key=PROMOTION.index)


def python_number(value, datatype):
    """A number as one of Python's that has the values of a type."""
    if datatype == XSD.integer:
        return int(value)
    if datatype == XSD.decimal:
        return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    value = float(value)
    if datatype == XSD.float and math.isfinite(value):
        return struct.unpack("f", struct.pack("f", value))[0]
    return value


def text_of(value, datatype):
    """XML Schema's canonical form of a number."""
    if datatype == XSD.integer:
        return "%d" % value
    if datatype == XSD.decimal:
        text = format(value, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text if value else "0"
    if not math.isfinite(value):
        return "NaN" if value != value else "INF" if value > 0 else "-INF"
    shown = repr(value)
    if datatype == XSD.float:  # the shortest of which the number is the nearest one
        shown = next(short for short in ("%.*e" % (digits, value) for digits in range(10))
                     if python_number(short, XSD.float) == value)
    sign, digits, exponent = Decimal(shown).as_tuple()
    power = exponent + len(digits) - 1 if value else 0
    digits = "".join(map(str, digits)) if value else "0"
    return "%s%s.%sE%d" % ("-" if sign else "", digits[0], digits[1:].rstrip("0") or "0", power)


def unless_same(result, original, *arguments):
    """A literal, or NotImplemented where rdflib gives one of the same type and value."""
    try:
        theirs = original(*arguments)
    except Exception:
        return result
    is_same = isinstance(theirs, Literal) and (theirs.value, theirs.datatype) == (result.value, result.datatype)
    return NotImplemented if is_same else result


def number(value, datatype):
    return Literal(text_of(python_number(value, datatype), datatype), datatype=datatype)


def truth(node):
    """The effective boolean value (17.2.2)."""
    if isinstance(node, Literal):
        if node.datatype == XSD.boolean:
            return is_well_typed(node) and node.value
        if node.language or is_string(node):
            return len(node) > 0
        if node.datatype in PROMOTION or node.datatype in DERIVED:
            return numeric_type(node) is not None and node.value != 0 and node.value == node.value
    raise SPARQLError("no truth")


def date_and_time(node):
    """The value of a literal of dates and times; its fraction to microseconds, which is what Python has."""
    if isinstance(node, Literal) and node.datatype == XSD.dateTime and isinstance(node.value, datetime.datetime):
        return node.value
    raise SPARQLError("no xsd:dateTime")


def order_of_times(left, right):
    """-1, 0, 1; where only one has a time zone and it decides, an error (XML Schema's 3.2.7.4)."""
    if (left.tzinfo is None) == (right.tzinfo is None):
        return (left > right) - (left < right)
    zoned, local = (left, right) if left.tzinfo else (right, left)
    difference = zoned.astimezone(datetime.timezone.utc).replace(tzinfo=None) - local
    if abs(difference) <= WITHIN:
        raise SPARQLError("one has a time zone, the other has not")
    sign = 1 if difference > WITHIN else -1
    return sign if left.tzinfo else -sign


def rank(node):
    """15.1: what is not bound, blank nodes, IRIs, literals."""
    kinds = (BNode, URIRef, Literal)
    return next((place for place, kind in enumerate(kinds, 1) if isinstance(node, kind)), 0)


def order(left, right):
    """-1, 0, 1 or None (of NaN) for literals that have an order (17.3); an error of others."""
    types = numeric_type(left), numeric_type(right)
    if None not in types:
        kind = promoted(*types)
        left, right = python_number(left.value, kind), python_number(right.value, kind)
        return (left > right) - (left < right) if left == left and right == right else None
    if is_string(left) and is_string(right):
        left, right = str(left), str(right)
        return (left > right) - (left < right)
    if not (isinstance(left, Literal) and isinstance(right, Literal)) or left.datatype != right.datatype:
        raise SPARQLError("no order")
    if left.datatype == XSD.boolean and is_well_typed(left) and is_well_typed(right):
        return left.value - right.value
    return order_of_times(date_and_time(left), date_and_time(right))


def kind_of_value(node):
    """The kind of values that a literal's is one of, or None where nothing is known of it (17.4.1.7)."""
    if numeric_type(node):
        return "number"
    if is_string(node) or node.datatype in (XSD.boolean, XSD.dateTime, XSD.dayTimeDuration) and is_well_typed(node):
        return node.datatype or XSD.string
    return None


def equal(left, right):
    """Whether two terms are equal (17.4.1.7): an error of two literals that are not the same and may have the same value."""
    for node in (left, right):
        if not isinstance(node, (Literal, URIRef, BNode)):
            raise SPARQLError("no term")
    if not (isinstance(left, Literal) and isinstance(right, Literal)):
        return left == right
    try:
        return order(left, right) == 0
    except SPARQLError:
        if left == right:
            return True
        if left.language or right.language or kind_of_value(left) and kind_of_value(right) and kind_of_value(left) != kind_of_value(right):
            return False
        raise


TRUTH = "the truth of NaN, of ill-typed literals and of dates"
NAN = "comparisons of NaN"
ILL_TYPED = "ill-typed literals have values in comparisons"
ZONES = "a time with a zone and one without are compared"
ORDERED = "< and > of literals of different types, or with languages, are no errors"
UNKNOWN = "= and != of literals that may have the same value are no errors"
MEMBERSHIP = "IN compares terms, not values"
TEXTS = "texts of numbers that are computed"


@mend(TRUTH, operators, "EBV")
@mend(TRUTH, evalutils, "EBV")
def ebv(original, node):
    is_usual = not isinstance(node, Literal) or node.language or is_string(node) or node.datatype == XSD.boolean
    return NotImplemented if is_usual or numeric_type(node) and node.value == node.value else truth(node)


def case_of(left, right, operator):
    """What of comparisons rdflib has otherwise, by operands."""
    if not (isinstance(left, Literal) and isinstance(right, Literal)):
        return None
    for node in (left, right):
        if node.datatype and node.datatype.startswith(str(XSD)) and not is_well_typed(node):
            return ILL_TYPED
    if any(numeric_type(node) and node.value != node.value for node in (left, right)):
        return NAN
    if left.datatype == right.datatype == XSD.dateTime and (left.value.tzinfo is None) != (right.value.tzinfo is None):
        return ZONES
    try:
        order(left, right)
    except SPARQLError:
        return UNKNOWN if operator in ("=", "!=") else ORDERED
    return None


def compared(left, right, operator):
    """17.3"""
    if operator in ("=", "!="):
        return Literal(equal(left, right) == (operator == "="))
    sign = order(left, right)
    return Literal(sign is not None and {"<": sign < 0, ">": sign > 0, "<=": sign <= 0, ">=": sign >= 0}[operator])


def mend_comparison(name):
    @mend(name, operators, "RelationalExpression")
    def relational(original, expression, row):
        operator = expression.op
        if operator is None or operator.endswith("IN"):
            return NotImplemented
        left, right = expression.expr, expression.other
        return compared(left, right, operator) if case_of(left, right, operator) == name else NotImplemented


for comparison in (NAN, ILL_TYPED, ZONES, ORDERED, UNKNOWN):
    mend_comparison(comparison)


@mend(MEMBERSHIP, operators, "RelationalExpression")
def membership(original, expression, row):
    """17.4.1.9: what stands on the left is evaluated first; true where one is equal, an error where one may be."""
    operator = expression.op
    if operator is None or not operator.endswith("IN"):
        return NotImplemented
    left, failed = expression.expr, None
    if isinstance(left, SPARQLError):
        raise left
    members = expression.get("other", variables=True)
    members = [] if members == RDF.nil else members
    for member in members:
        try:
            if equal(left, member):
                return Literal(operator == "IN")
        except SPARQLError as error:
            failed = error
    if failed:
        raise failed
    return Literal(operator != "IN")


@mend(TEXTS, term, "_castPythonToLiteral")
def cast_to_literal(original, value, datatype):
    kind = URIRef(datatype) if datatype else {int: XSD.integer, Decimal: XSD.decimal, float: XSD.double}.get(type(value))
    if type(value) not in (int, Decimal, float) or kind not in PROMOTION:
        return NotImplemented
    result = text_of(python_number(value, kind), kind), str(kind)
    return NotImplemented if str(original(value, datatype)[0]) == result[0] else result
