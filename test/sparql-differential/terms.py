"""Terms as tuples, and solutions in a form that is the same for answers that are."""
import math
import re
from collections import Counter
from decimal import Decimal, InvalidOperation

XSD = "http://www.w3.org/2001/XMLSchema#"
DECIMALS = {"integer", "decimal", "int", "unsignedByte", "byte", "long", "short", "nonNegativeInteger"}
DIGITS = 12  # of numbers that are compared
CELL = re.compile(r'<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?$')
ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def unescape(text):
    def one(match):
        what = match.group(1)
        return chr(int(what[1:], 16)) if what[0] in "uU" else ESCAPES.get(what, what)
    return ESCAPE.sub(one, text)


def parse_cell(cell):
    if not cell:
        return None
    match = CELL.match(cell)
    if not match:
        return "other", cell
    iri, blank, lexical, language, datatype = match.groups()
    if lexical is not None:
        return "literal", unescape(lexical), datatype or XSD + "string", language or ""
    return ("iri", unescape(iri)) if iri is not None else ("blank", blank)


def parse_line(line, width):
    return tuple(parse_cell(cell) for cell in line.split("\t")) if width else ()


def number(lexical, is_decimal):
    """A number's value in a form that rounding does not change, or None."""
    try:
        value = Decimal(lexical) if is_decimal else float(lexical.replace("INF", "inf"))
    except (InvalidOperation, ValueError):
        return None
    if not is_decimal and not math.isfinite(value):
        return str(value)
    return "%.*e" % (DIGITS - 1, value) if value else "0"


def normal(term, with_types):
    """A term; numbers by value, and by type only if with_types."""
    if term is None or term[0] in ("iri", "other"):
        return term
    if term[0] == "blank":
        return term if term[1] in ("m1", "m2") else ("blank", None)
    kind, lexical, datatype, language = term
    if datatype.startswith(XSD):
        name = datatype[len(XSD):]
        if name in DECIMALS or name in ("double", "float"):
            value = number(lexical, name in DECIMALS)
            if value is not None:
                return "number", value, name if with_types else ""
        if name == "boolean" and lexical in ("0", "1"):
            lexical = "true" if lexical == "1" else "false"
        if name == "dayTimeDuration" and lexical == "-PT0S":
            lexical = "PT0S"
        if name == "dateTime":
            lexical = re.sub(r"(\.\d*?)0+(?=$|Z|[+-])", r"\1", lexical)
            lexical = re.sub(r"\.(?=$|Z|[+-])", "", lexical)
            lexical = re.sub(r"[+-]00:00$", "Z", lexical)
    return kind, lexical, "" if language else datatype, language.lower()


def relabelled(rows):
    """Blank nodes that functions made, told apart by the rows and columns that they stand in."""
    places = {}
    for row in rows:
        plain = tuple(normal(term, True) for term in row)
        for column, term in enumerate(row):
            if term is not None and term[0] == "blank" and normal(term, True)[1] is None:
                places.setdefault(term[1], []).append((column, repr(plain)))
    return {label: repr(sorted(where)) for label, where in places.items()}


def solutions(answer, query, with_types):
    """An answer as something that can be compared; a list where the query determines the order, and a set where how often a
    solution comes is left open."""
    if answer[0] != "rows":
        return answer[:2]
    kind, names, rows = answer
    order = sorted(range(len(names)), key=lambda i: names[i])
    rows = [tuple(row[i] for i in order) for row in rows]
    labels = relabelled(rows)

    def cell(term):
        if term is not None and term[0] == "blank" and term[1] in labels:
            return "blank", labels[term[1]]
        return normal(term, with_types)
    terms = [tuple(cell(term) for term in row) for row in rows]
    if "SELECT REDUCED" in query.split("{")[0]:
        return "rows", tuple(sorted(names)), frozenset(terms)
    if "LIMIT" in query.rsplit("}", 1)[-1]:
        return "rows", tuple(sorted(names)), tuple(terms)
    return "rows", tuple(sorted(names)), frozenset(Counter(terms).items())
