"""Makes a query shorter, as long as something stays true of it."""
import re

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^(?:<[^>]*>|\w+:\w+))?|<[^>\s]*>|[?$]\w+|\d[\d.]*[eE]-?\d+|\w*:\w*|[\w.]*\w|&&|\|\||!=|<=|>=|\S')
OPEN = {"(": ")", "{": "}", "[": "]"}


def pieces(tokens):
    """Runs of tokens in which brackets are balanced, longest first."""
    found = []
    for start in range(len(tokens)):
        depth = []
        for end in range(start, len(tokens)):
            if tokens[end] in OPEN:
                depth.append(OPEN[tokens[end]])
            elif tokens[end] in OPEN.values():
                if not depth or depth.pop() != tokens[end]:
                    break
            if not depth:
                found.append((start, end + 1))
    return sorted(found, key=lambda piece: piece[0] - piece[1])


def unwrapped(tokens):
    """Pairs of brackets, with up to one word before them."""
    for start in range(len(tokens)):
        if tokens[start] in OPEN:
            depth = 0
            for end in range(start, len(tokens)):
                depth += (tokens[end] in OPEN) - (tokens[end] in OPEN.values())
                if depth == 0:
                    yield tokens[:start] + tokens[start + 1:end] + tokens[end + 1:]
                    if start > 0:
                        yield tokens[:start - 1] + tokens[start + 1:end] + tokens[end + 1:]
                    break


def joined(tokens):
    return " ".join(tokens).replace("( )", "()").replace("BNODE ()", "BNODE()")  # as Oxigraph wants it


def shorten(text, holds, tries=1500):
    tokens = TOKEN.findall(text)
    shrinks = True
    while shrinks and tries > 0:
        shrinks = False
        options = [tokens[:a] + tokens[b:] for a, b in pieces(tokens)] + list(unwrapped(tokens))
        for option in options:
            tries -= 1
            if tries <= 0:
                break
            if holds(joined(option)):
                tokens = option
                shrinks = True
                break
    return joined(tokens)
