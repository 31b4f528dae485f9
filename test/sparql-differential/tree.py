"""A query as words and brackets, so that calls, comparisons, conditions and triples can be written otherwise.

What a rewriting adds is written in lower case, and without brackets of its own around comparisons: so no other one takes it for a
part of the query.
"""
import re

from shorten import OPEN, TOKEN

COMPARISONS = ("=", "!=", "<", ">", "<=", ">=")


class Group:
    """What stands between two brackets."""
    def __init__(self, opening):
        self.opening = opening
        self.items = []


def parse(text):
    stack = [Group("")]
    for token in TOKEN.findall(text):
        if token in OPEN:
            stack.append(Group(token))
        elif len(stack) > 1 and token == OPEN[stack[-1].opening]:
            done = stack.pop()
            stack[-1].items.append(done)
        else:
            stack[-1].items.append(token)
    return stack[0].items


def split(items, separators):
    """Runs of items between separators, and the separators that follow them."""
    runs, after = [[]], []
    for item in items:
        if item in separators:
            after.append(item)
            runs.append([])
        else:
            runs[-1].append(item)
    return runs, after


class Rewriting:
    """Renders a tree; subclasses write some parts otherwise. Each method gives a text, or None: as it is."""
    def call(self, name, arguments):
        return None

    def comparison(self, left, operator, right):
        return None

    def empty_list(self, left, is_not):
        """left IN (), NOT IN ()"""
        return None

    def condition(self, text):
        return None

    def triple(self, subject, path, object):
        return None

    def group(self, text, items):
        """A group graph pattern, with its braces."""
        return None

    def __call__(self, text):
        return self.render(parse(text))

    def as_condition(self, items):
        text = self.render(items)
        return self.condition(text) or text

    def arguments(self, name, group):
        runs, _ = split(group.items, (",",))
        if name == "IF":
            return [self.as_condition(runs[0])] + [self.render(run) for run in runs[1:]]
        return [self.render(run) for run in runs]

    def parenthesis(self, items):
        operators = [item for item in items if item in COMPARISONS + ("&&", "||")]
        if len(operators) == 1 and operators[0] in COMPARISONS:
            (left, right), _ = split(items, tuple(operators))
            left, right = self.render(left), self.render(right)
            return self.comparison(left, operators[0], right) or "%s %s %s" % (left, operators[0], right)
        if operators:
            runs, after = split(items, ("&&", "||"))
            return (" %s " % after[0]).join(self.as_condition(run) for run in runs)
        if len(items) > 2 and items[-2] == "IN" and not items[-1].items:
            is_not = items[-3] == "NOT"
            return self.empty_list(self.render(items[:-3 if is_not else -2]), is_not) or self.render(items)
        if items and items[0] == "!" and not (isinstance(items[1], Group) and "|" in items[1].items):
            return "! " + self.as_condition(items[1:])
        return self.render(items)

    def braces(self, items):
        text = "{ %s }" % self.patterns(items)
        return self.group(text, items) or text

    def patterns(self, items):
        """Triples are what lies between words of the syntax and groups."""
        out = []
        run = []
        place = 0
        if items[:1] == ["SELECT"]:
            return self.render(items)
        while place < len(items):
            item = items[place]
            word = item if isinstance(item, str) else ""
            if word in ("FILTER", "BIND", "VALUES", "OPTIONAL", "UNION", "NOT", "EXISTS") or isinstance(item, Group) and item.opening == "{":
                out.append(self.triples(run))
                run = []
                if word in ("FILTER", "BIND", "VALUES"):
                    end = place + 1
                    while not isinstance(items[end], Group) or word == "VALUES" and items[end].opening != "{":
                        end += 1
                    part = items[place:end + 1]
                    if word == "VALUES":
                        out.append(plain(part))
                    elif word == "FILTER" and len(part) == 2:
                        out.append("FILTER %s" % self.as_condition([part[1]]))
                    else:
                        out.append(self.render(part))
                    place = end
                else:
                    out.append(self.render([item]))
            else:
                run.append(item)
            place += 1
        out.append(self.triples(run))
        return " ".join(out)

    def triples(self, items):
        out = []
        for statement in split(items, (".",))[0]:
            runs = split(statement, (";",))[0]
            if not statement or len(runs) > 1 and isinstance(statement[0], Group):
                out.append(plain(statement) + " . " if statement else "")
                continue
            for place, run in enumerate(runs):
                pair = run[1:] if place == 0 else run
                parts = plain(statement[:1]), plain(pair[:-1]), plain(pair[-1:])
                out.append(self.triple(*parts) or "%s %s %s . " % parts)
        return " ".join(out)

    def render(self, items):
        out = []
        place = 0
        while place < len(items):
            item = items[place]
            if isinstance(item, str):
                after = items[place + 1] if place + 1 < len(items) else None
                if is_function(item) and isinstance(after, Group) and after.opening == "(":
                    arguments = self.arguments(item, after)
                    made = self.call(item, arguments)
                    out.append(made or "%s(%s)" % (item, ", ".join(arguments)))
                    place += 1
                else:
                    out.append(item)
            elif item.opening == "{":
                out.append(self.braces(item.items))
            else:
                out.append("(%s)" % self.parenthesis(item.items) if item.opening == "(" else plain([item]))
            place += 1
        return " ".join(out)


NO_FUNCTIONS = {"AS", "BY", "IN", "SELECT", "DISTINCT", "REDUCED", "FILTER", "HAVING", "BIND", "DESC", "ASC", "VALUES", "UNDEF", "AND", "WHERE"}


def is_function(word):
    return re.match(r"(xsd:)?[A-Za-z]\w*$", word) is not None and word not in NO_FUNCTIONS


def plain(items):
    return " ".join(item if isinstance(item, str) else item.opening + plain(item.items) + OPEN[item.opening] for item in items)
