"""Property paths (9, 18.4)."""
import rdflib.paths as paths
from rdflib import URIRef
from rdflib.plugins.sparql import parser

from . import mend

NEGATED = "inverse predicates in negated sets end the query"
TWICE = "a path of *, + or ? gives a pair twice"
FALSE = "ends of paths that are 0, \"\" or false are taken for none"


INVERSE = next(form for form in parser.PathOneInPropertySet.exprs if form.name == "InversePath")


def keep_predicate(text, place, tokens, forget=INVERSE.postParse):
    """rdflib's grammar forgets the predicate."""
    result = forget(text, place, tokens)
    result["predicate"] = tokens[-1]
    return result


INVERSE.postParse = keep_predicate


@mend(NEGATED, paths.NegatedPath, "eval")
def negated(original, path, graph, subj=None, obj=None):
    """18.2.2.3: a set of both directions is two, one of each."""
    names = [name for name in path.args if isinstance(name, URIRef)]
    inverses = [name.predicate for name in path.args if not isinstance(name, URIRef)]
    if not inverses:
        return NotImplemented
    forwards = [(subject, object) for subject, predicate, object in graph.triples((subj, None, obj)) if predicate not in names]
    backwards = [(object, subject) for subject, predicate, object in graph.triples((obj, None, subj)) if predicate not in inverses]
    return iter((forwards if names else []) + backwards)


def reachable(graph, path, start, backwards):
    """What one step or more lead to, each once."""
    found, todo = {}, [start]
    while todo:
        node = todo.pop()
        for pair in paths.eval_path(graph, (None, path, node) if backwards else (node, path, None)):
            end = pair[0] if backwards else pair[1]
            if end not in found:
                found[end] = True
                todo.append(end)
    return list(found)


def steps(graph, path, start, backwards):
    """The ends of a path of ?, + or *, from one node."""
    if path.more:
        ends = reachable(graph, path.path, start, backwards)
    else:
        ends = [pair[0] if backwards else pair[1]
                for pair in paths.eval_path(graph, (None, path.path, start) if backwards else (start, path.path, None))]
    return list(dict.fromkeys(([start] if path.zero else []) + ends))


@mend(TWICE, paths.MulPath, "eval")
def distinct(original, path, graph, subj=None, obj=None, first=True):
    """18.4: pairs of such a path come once each."""
    pairs = list(original(path, graph, subj, obj, first))
    once = dict.fromkeys(pairs)
    return NotImplemented if len(once) == len(pairs) else iter(once)


def is_false(*ends):
    return any(end is not None and not end for end in ends)


@mend(FALSE, paths.MulPath, "eval")
def repeated(original, path, graph, subj=None, obj=None, first=True):
    """18.4"""
    if not is_false(subj, obj):
        return NotImplemented
    if subj is not None:
        return ((subj, end) for end in steps(graph, path, subj, False) if obj is None or end == obj)
    return ((end, obj) for end in steps(graph, path, obj, True))


@mend(FALSE, paths.SequencePath, "eval")
def sequence(original, path, graph, subj=None, obj=None):
    if not is_false(subj, obj):
        return NotImplemented
    pairs = paths.eval_path(graph, (subj, path.args[0], None if len(path.args) > 1 else obj))
    for place, step in enumerate(path.args[1:], 2):
        end = obj if place == len(path.args) else None
        pairs = [(start, after) for start, middle in pairs for _, after in paths.eval_path(graph, (middle, step, end))]
    return iter(pairs)
