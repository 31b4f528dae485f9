"""
rdflib with some of its functions mended, by name.

A fault of rdflib is told by its absence, as those of other engines are: here the function that has it is wrapped by one that does
what SPARQL 1.1 says, and everything else stays rdflib's. Each mend is small, says its section, and has the name that a run counts.

Functions of rdflib are hooked once, when this package is imported; with no mend in `active` a hook calls the function as it is.
"""
import types
from functools import partial

from pyparsing import ParseResults
import rdflib.plugins.sparql.parserutils as parserutils

active = set()   # the names of the mends that are in force
reached = set()  # the names of the mends that had something to mend since somebody cleared it
known = []       # all names, in order
_hooks = {}      # from functions of rdflib to their hooks


def _hook(function):
    """The hook of a function: it calls the mends in force around it, the last one first."""
    if function in _hooks:
        return _hooks[function]
    chain = []

    def call(place, *arguments, **named):
        while place > 0:
            place -= 1
            name, mend = chain[place]
            if name in active:
                try:
                    result = mend(partial(call, place), *arguments, **named)
                except Exception:
                    reached.add(name)
                    raise
                if result is not NotImplemented:
                    reached.add(name)
                    return result
        return function(*arguments, **named)

    def hook(*arguments, **named):
        return call(len(chain), *arguments, **named)
    hook.chain = chain
    _hooks[function] = _hooks[hook] = hook
    return hook


def mend(name, owner, *attributes):
    """
    Wraps functions of a module, class or table. The wrapping one gets the function as its first argument, and returns NotImplemented
    where it has nothing to mend.
    """
    if name not in known:
        known.append(name)

    def wrap(function):
        for attribute in attributes:
            if not isinstance(owner, dict):
                hook = _hook(getattr(owner, attribute))
                setattr(owner, attribute, hook)
            elif isinstance(owner[attribute], tuple):  # casts, with whether they take the expression
                hook = _hook(owner[attribute][0])
                owner[attribute] = hook, *owner[attribute][1:]
            else:
                hook = owner[attribute] = _hook(owner[attribute])
            if (name, function) not in hook.chain:
                hook.chain.append((name, function))
        return function
    return wrap


# The grammar has the functions of expressions by themselves, not by their names: so they are hooked where it binds them.
parserutils.MethodType = lambda function, expression: types.MethodType(_hooks.get(function, function), expression)


def copied(tree):
    """A query as rdflib's grammar reads it, which translating changes."""
    if isinstance(tree, parserutils.CompValue):
        copy = type(tree)(tree.name)
        if isinstance(tree, parserutils.Expr):
            copy._evalfn = types.MethodType(tree._evalfn.__func__, copy)
        for name in tree.keys():
            copy[name] = copied(tree[name])
        return copy
    if isinstance(tree, (list, ParseResults)):
        return type(tree)([copied(part) for part in tree])
    return tree


from . import aggregates, functions, paths, patterns, terms  # noqa: E402,F401

of_translation = {patterns.CONSTANT, patterns.EXISTS, patterns.STAR}
