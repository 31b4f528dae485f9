"""Operators and functions of expressions (17.3 to 17.5)."""
import math
import re
from decimal import ROUND_DOWN, ROUND_FLOOR, Decimal, localcontext

import rdflib.plugins.sparql.aggregates as aggregates
import rdflib.plugins.sparql.operators as operators
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.plugins.sparql.sparql import SPARQLError

from . import mend
from .terms import (PROMOTION, date_and_time, is_string, is_well_typed, number, numeric_type, promoted, python_number, text_of, truth,
                    unless_same)

FRACTION = Decimal(10) ** -18  # of decimals that are divided
BOOLEAN_FORMS = {"true": True, "1": True, "false": False, "0": False}
NUMBER_FORMS = {
    XSD.integer: r"[+-]?\d+",
    XSD.decimal: r"[+-]?(\d+(\.\d*)?|\.\d+)",
    XSD.float: r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|-?INF|NaN",
}
NUMBER_FORMS[XSD.double] = NUMBER_FORMS[XSD.float]
TIME_FORM = r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"

IRI_FORM = r'[^\x00-\x20<>"{}|^`\\]*'  # 19.8, IRIREF

NUMBERS = "ill-typed numbers are numbers, or end the query"
ERRORS = "errors are values of sameTerm(), isIRI() and the like"
LOGIC = "&& and || of what is false or true and of an error are errors"
PRODUCTS = "* and /: types, and doubles divided by zero"
SUMS = "+ and - take dates, and what is no number ends the query"
SIGNS = "- and + of one number: types"
ROUNDING = "ABS(), CEIL(), FLOOR() and ROUND(): types, NaN and INF"
TIMES = "functions of dates over ill-typed ones end the query, and TZ() of -00:00 is Z"
BLANK = "STR() takes blank nodes"
STRDT = "STRDT() takes what is no simple literal"
DIGESTS = "MD5() takes strings with languages"
TAGS = "STRLANG() writes tags in lower case"
COMPATIBLE = "the same language in other case is not compatible"
REPLACE = "REPLACE() takes its flags for a number"
SUBSTR = "SUBSTR() counts places below 1 from the end, and fails where numbers are no integers"
IRI = "IRI() takes all literals, and makes what is no IRI of them"
SIMPLE = "xsd:string() makes other terms than simple literals, and of numbers and booleans their forms"
TO_NUMBERS = "casts to numbers read forms, not values"
TO_BOOLEANS = "xsd:boolean() reads forms, not values"
TO_TIMES = "xsd:dateTime() writes another form, or takes dates"


def number_of(node):
    kind = numeric_type(node)
    if not kind:
        raise SPARQLError("no number")
    return python_number(node.value, kind), kind


@mend(NUMBERS, operators, "numeric")
@mend(NUMBERS, aggregates, "numeric")
def numeric(original, node):
    number_of(node)
    return NotImplemented


@mend(ERRORS, operators, "Builtin_isIRI", "Builtin_isBLANK", "Builtin_isLITERAL", "Builtin_isNUMERIC",
      "Builtin_sameTerm")
def not_of_errors(original, expression, row):
    for argument in (expression.arg, expression.arg1, expression.arg2):
        if isinstance(argument, SPARQLError):
            raise argument
    return NotImplemented


@mend(LOGIC, operators, "ConditionalAndExpression", "ConditionalOrExpression")
def logical(original, expression, row):
    """17.2: one operand may decide whatever the others are."""
    others = expression.get("other", variables=True)
    if others is None:
        return NotImplemented
    decides, failed = expression.name == "ConditionalOrExpression", None
    for operand in [expression.get("expr", variables=True)] + others:
        try:
            if truth(operand) == decides:
                return Literal(decides) if failed or decides else NotImplemented
        except SPARQLError as error:
            failed = error
    if failed:
        raise failed
    return NotImplemented


def divided(left, right, kind):
    if kind == XSD.decimal:
        if right == 0:
            raise SPARQLError("division by zero")
        with localcontext() as context:
            context.prec = 60
            return (left / right).quantize(FRACTION)
    if right == 0:
        negative = math.copysign(1, left) * math.copysign(1, right) < 0
        return math.nan if left == 0 or left != left else -math.inf if negative else math.inf
    return left / right


def calculated(left, operator, right):
    """17.3; types are promoted, and integers divide as decimals."""
    (left, left_kind), (right, right_kind) = number_of(left), number_of(right)
    kind = promoted(left_kind, right_kind)
    if operator == "/":
        kind = promoted(kind, XSD.decimal)
    left, right = python_number(left, kind), python_number(right, kind)
    with localcontext() as context:
        context.prec = 60
        value = {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right,
                 "/": lambda: divided(left, right, kind)}[operator]()
    return number(value, kind)


def arithmetic(original, expression, row):
    others = expression.other
    if others is None:
        return NotImplemented
    result = expression.expr
    for operator, other in zip(expression.op, others):
        result = calculated(result, operator, other)
    return unless_same(result, original, expression, row)


mend(PRODUCTS, operators, "MultiplicativeExpression")(arithmetic)
mend(SUMS, operators, "AdditiveExpression")(arithmetic)


@mend(SIGNS, operators, "UnaryMinus", "UnaryPlus")
def signed(original, expression, row):
    value, kind = number_of(expression.expr)
    return unless_same(number(-value if expression.name == "UnaryMinus" else value, kind), original, expression, row)


def rounded(name, value):
    if isinstance(value, int):
        return abs(value) if name == "Builtin_ABS" else value
    if isinstance(value, float) and not math.isfinite(value):
        return abs(value) if name == "Builtin_ABS" else value
    if name == "Builtin_ABS":
        return abs(value)
    exact = Decimal(value)
    if name == "Builtin_CEIL":
        result = -((-exact).to_integral_value(ROUND_FLOOR))
    else:
        result = (exact + (Decimal("0.5") if name == "Builtin_ROUND" else 0)).to_integral_value(ROUND_FLOOR)
    return math.copysign(float(result), value) if isinstance(value, float) and result == 0 and value <= 0 else result


@mend(ROUNDING, operators, "Builtin_ABS", "Builtin_CEIL", "Builtin_FLOOR", "Builtin_ROUND")
def rounding(original, expression, row):
    value, kind = number_of(expression.arg)
    return unless_same(number(rounded(expression.name, value), kind), original, expression, row)


@mend(TIMES, operators, "date", "datetime")
def time(original, node):
    date_and_time(node)
    return NotImplemented


@mend(TIMES, operators, "Builtin_TZ")
def time_zone(original, expression, row):
    """17.4.5.9: the zone as the literal has it."""
    date_and_time(expression.arg)
    zone = re.search(r"(Z|[+-]\d\d:\d\d|)$", expression.arg.partition("T")[2]).group()
    return unless_same(Literal(zone), original, expression, row)


@mend(BLANK, operators, "Builtin_STR")
def text(original, expression, row):
    if isinstance(expression.arg, BNode):
        raise SPARQLError("STR() of a blank node")
    return NotImplemented


@mend(STRDT, operators, "Builtin_STRDT")
def with_type(original, expression, row):
    if not is_string(expression.arg1):
        raise SPARQLError("STRDT() of what is no simple literal")
    return NotImplemented


@mend(DIGESTS, operators, "Builtin_MD5")
def digest(original, expression, row):
    if not is_string(expression.arg):
        raise SPARQLError("MD5() of what is no simple literal")
    return NotImplemented


@mend(TAGS, operators, "Builtin_STRLANG")
def with_language(original, expression, row):
    if not is_string(expression.arg1):
        raise SPARQLError("STRLANG() of what is no simple literal")
    language = str(expression.arg2)
    return NotImplemented if language.islower() else Literal(str(expression.arg1), lang=language)


@mend(COMPATIBLE, operators, "_compatibleStrings")
def compatible(original, left, right):
    """17.4.3.1.2; tags are compared without case (RDF 1.1, 3.3)."""
    operators.string(left), operators.string(right)
    is_other = not right.language or (left.language or "").lower() != right.language.lower()
    return NotImplemented if is_other or left.language == right.language else None


@mend(REPLACE, operators, "Builtin_REPLACE")
def replace(original, expression, row):
    """17.4.3.15, for replacements without references to groups."""
    text, pattern = operators.string(expression.arg), operators.string(expression.pattern)
    flags = re.IGNORECASE if "i" in (expression.flags or "") else 0
    result = re.sub(str(pattern), lambda match: str(expression.replacement), str(text), flags=flags)
    return Literal(result, lang=text.language) if flags else NotImplemented


@mend(SUBSTR, operators, "Builtin_SUBSTR")
def substring(original, expression, row):
    """17.4.3.3: the first place is 1, and numbers are integers."""
    text = operators.string(expression.arg)
    values = [expression.start] + ([] if expression.length is None else [expression.length])
    if any(numeric_type(value) != XSD.integer for value in values):
        raise SPARQLError("SUBSTR() of what is no integer")
    start = values[0].value
    end = start + values[1].value if len(values) > 1 else len(text) + 1
    result = Literal(str(text)[max(start, 1) - 1:max(end, 1) - 1], lang=text.language)
    return NotImplemented if start > 0 and end >= start else result


@mend(IRI, operators, "Builtin_IRI")
def iri(original, expression, row):
    node = expression.arg
    if isinstance(node, Literal) and not (is_string(node) and re.fullmatch(IRI_FORM, node)):
        raise SPARQLError("IRI() of what is no simple literal, or no IRI's form")
    return NotImplemented


def cast_number(node, target):
    """17.5, by value: from strings, booleans and numbers."""
    if is_string(node):
        if not re.fullmatch(NUMBER_FORMS[target], node.strip()):
            raise SPARQLError("no number's form")
        value = node.strip().replace("INF", "inf") if target in (XSD.float, XSD.double) else Decimal(node.strip())
    elif node.datatype == XSD.boolean and is_well_typed(node):
        value = int(node.value)
    else:
        value, _ = number_of(node)
    if target in (XSD.integer, XSD.decimal) and isinstance(value, float) and not math.isfinite(value):
        raise SPARQLError("no finite number")
    if target == XSD.integer:
        value = Decimal(value).to_integral_value(ROUND_DOWN)
    return number(value, target)


def cast_boolean(node, target):
    if is_string(node):
        if node.strip() not in BOOLEAN_FORMS:
            raise SPARQLError("no boolean's form")
        return Literal(BOOLEAN_FORMS[node.strip()])
    if node.datatype == XSD.boolean and not is_well_typed(node):
        raise SPARQLError("ill-typed")
    if node.datatype != XSD.boolean:
        number_of(node)
    return Literal(truth(node))


def cast_time(node, target):
    if not is_string(node):
        date_and_time(node)
        return node
    result = Literal(node.strip(), datatype=XSD.dateTime)
    if not re.fullmatch(TIME_FORM, node.strip()):
        raise SPARQLError("no date's form")
    date_and_time(result)
    return result


def mend_cast(name, function, *targets):
    @mend(name, operators._CUSTOM_FUNCTIONS, *targets)
    def cast(original, expression, row):
        node = expression.expr[0]
        if expression.iri not in targets:  # casts are one function of rdflib's
            return NotImplemented
        if not isinstance(node, Literal):
            raise SPARQLError("a cast of what is no literal")
        return unless_same(function(node, expression.iri), original, expression, row)


mend_cast(TO_NUMBERS, cast_number, *PROMOTION)
mend_cast(TO_BOOLEANS, cast_boolean, XSD.boolean)
mend_cast(TO_TIMES, cast_time, XSD.dateTime)


def text_of_real(value, kind):
    """XPath's 19.1.2: without an exponent where a number is of a usual size."""
    if value == 0 or 1e-6 <= abs(value) < 1e6:
        return ("-" if math.copysign(1, value) < 0 and value == 0 else "") + text_of(python_number(value, XSD.decimal), XSD.decimal)
    return text_of(value, kind)


@mend(SIMPLE, operators._CUSTOM_FUNCTIONS, XSD.string)
def cast_string(original, expression, row):
    node = expression.expr[0]
    if expression.iri != XSD.string:
        return NotImplemented
    if not isinstance(node, (Literal, URIRef)):
        raise SPARQLError("xsd:string() of a blank node")
    kind = numeric_type(node)
    if kind:
        value = python_number(node.value, kind)
        return Literal(text_of_real(value, kind) if isinstance(value, float) else text_of(value, kind))
    if isinstance(node, Literal) and node.datatype == XSD.boolean and is_well_typed(node):
        return Literal("true" if node.value else "false")
    return Literal(str(node))
