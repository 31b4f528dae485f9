"""What other engines are known to have otherwise, told by the error or by a query that avoids it. README.md has the sections."""
import re

# By engine: a part of the error's text, and the fault's name.
ERRORS = {
    "Jena": (("is not a literal node", "a function of dates fails on what is no literal"),
             ("hashTable", "a hash join of an empty table fails"),
             ("Unidentified predicate", "a path between two nodes that a blank node of the query stands between")),
    "Oxigraph": (("The SELECT contains a variable that is unbound", "GROUP BY of a variable that the pattern does not bind is refused"),
                 ("SyntaxError", "GROUP BY of a variable that the pattern does not bind is refused"),),
    "rdflib": (("NegatedPath", "inverse predicates in negated property sets are refused"),
               ("has no attribute", "some forms fail"),
               ("not supported between instances of 'NoneType'", "ORDER BY of what is not bound fails"),
               ("SPARQLTypeError", "an error of type ends the query"),
               ("What do I do with", "some forms fail"),
               ("AssertionError", "some forms fail")),
}


def closing(text, start):
    """Where the bracket that opens at start closes; brackets in strings are not counted, since the grammar makes none."""
    depth = 0
    for i in range(start, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i
    return len(text)


def wrap(text, function, form):
    """Each call of a function as a form, in which {} is its argument."""
    place = 0
    while True:
        match = re.compile(r"(?<![\w:])" + function + r"\(").search(text, place)
        if not match:
            return text
        end = closing(text, match.end() - 1)
        inner = wrap(text[match.end():end], function, form)
        made = form.format(inner)
        text = text[:match.start()] + made + text[end + 1:]
        place = match.start() + len(made)


def without_blank_strings(text):
    for function in ("STR", "xsd:string"):
        text = wrap(text, function, "IF(isBLANK({0}), 1/0, " + function + "({0}))")
    return text.replace("GROUP_CONCAT(", "GROUP_CONCAT(1/0 + ")


# Of what several engines have otherwise: a name, how the query is rewritten, and how the data, so that it does not show.
# What is left must be the same, or the difference has another reason.
REWRITINGS = (
    ("Jena", "STR(), casts and GROUP_CONCAT take blank nodes; GROUP_CONCAT over no rows", without_blank_strings, None),
    ("Jena Oxigraph rdflib", "zero-length paths: which terms that are not of the graph they begin or end at",
     lambda text: re.sub(r"(ex:[pqr]|\))[*?]", r"\1+", text), None),
    ("Oxigraph rdflib", "the forms of derived types and odd numbers are not kept",
     lambda text: re.sub(r'"[^"]*"\^\^xsd:(byte|unsignedByte|int|integer|decimal|boolean|dateTime)', "3", text),
     lambda text: re.sub(r'"[^"]*"\^\^xsd:(byte|unsignedByte|int|integer|decimal|boolean|dateTime)', "3", text)),
    ("Oxigraph rdflib", "negated property sets give a pair once", lambda text: re.sub(r"!(\([^)]*\)|\^?ex:[pqr])", "ex:p", text), None),
    ("Oxigraph rdflib", "COUNT of errors, and GROUP_CONCAT of what is no string",
     lambda text: re.sub(r"(COUNT|GROUP_CONCAT)\((DISTINCT )?(?!\*)", r"\1(\2STRLEN(STR(7)) + 0 * ", text), None),
)


def rewritings(engine, query, data):
    for engines, name, of_query, of_data in REWRITINGS:
        if engine in engines.split():
            made = of_query(query), of_data(data) if of_data else data
            if made != (query, data):
                yield (name,) + made


def fault_of(engine, theirs):
    """Of an error."""
    for part, name in ERRORS[engine]:
        if part in theirs[2]:
            return name
    return None
