"""N-Quads, and whether two sets of them are the same up to the labels of blank nodes."""
import re

TERM = re.compile(r'\s*(<[^>]*>|_:[^\s]+|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?|\.)')
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
ROUNDS = 8


def unescape(text):
    def meaning(match):
        escape = match.group(1)
        return chr(int(escape[1:], 16)) if len(escape) > 1 else ESCAPES.get(escape, escape)
    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", meaning, text)


def read_term(text):
    if text[0] == '"':
        end = text.rindex('"')
        suffix = text[end + 1:]
        if suffix == "^^<http://www.w3.org/2001/XMLSchema#string>":
            suffix = ""
        return ("literal", unescape(text[1:end]), suffix.lower() if suffix.startswith("@") else suffix)
    if text[0] == "<":
        return ("iri", unescape(text[1:-1]))
    return ("blank", text)


def read_quads(text):
    quads = set()
    for line in filter(None, text.split("\n")):
        terms = []
        position = 0
        while True:
            match = TERM.match(line, position)
            if not match:
                raise ValueError("no N-Quads: " + line)
            if match.group(1) == ".":
                break
            terms.append(read_term(match.group(1)))
            position = match.end()
        quads.add(tuple(terms))
    return quads


def blanks(quads):
    return {term for quad in quads for term in quad if term[0] == "blank"}


def colours(quads):
    """A number for each blank node, by the quads that it is in, several times over."""
    colour = dict.fromkeys(blanks(quads), 0)
    for _ in range(ROUNDS):
        seen = {blank: [] for blank in colour}
        for quad in quads:
            signature = tuple(("blank", colour[term]) if term[0] == "blank" else term for term in quad)
            for place, term in enumerate(quad):
                if term[0] == "blank":
                    seen[term].append(repr((place, signature, tuple(i for i, other in enumerate(quad) if other == term))))
        colour = {blank: hash((colour[blank], tuple(sorted(quads_of)))) for blank, quads_of in seen.items()}
    return colour


def isomorphic(a, b):
    if len(a) != len(b):
        return False
    colour_a = colours(a)
    colour_b = colours(b)
    if sorted(colour_a.values()) != sorted(colour_b.values()):
        return False
    order = sorted(colour_a, key=colour_a.get)
    budget = [20000]

    def match(index, mapping, used):
        budget[0] -= 1
        if budget[0] < 0:
            return True    # too many that look the same: what was looked at is the same
        if index == len(order):
            return {tuple(mapping.get(term, term) for term in quad) for quad in a} == b
        for other in colour_b:
            if other not in used and colour_b[other] == colour_a[order[index]]:
                mapping[order[index]] = other
                if match(index + 1, mapping, used | {other}):
                    return True
        return False

    return match(0, {}, frozenset())
