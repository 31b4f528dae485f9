"""
Queries by chance, by this project's engine and by others: each must give the same solutions.

    compare.py BUILD FIRST COUNT      the queries of so many numbers from the first
    compare.py BUILD NUMBER -v        one of them: the query, the graph, and all answers
    compare.py BUILD NUMBER -s        one of them, shortened for each engine that differs, and what differs
    compare.py BUILD FILE.rq FILE.ttl a query of your own over a document, shown
    compare.py BUILD mends            whether each mend of rdflib is needed, and suffices, for its examples
"""
import importlib
import os
import sys
import tempfile
import time
from collections import Counter
from itertools import chain, combinations

from engines import Oxigraph, Program, Rdflib
from faults import error_of, possible, written
from shorten import shorten
from terms import solutions
from tree import Rewriting

ROW_LIMIT = "100000"
OURS = "rdfpolicy"
LONG_SECONDS = 60    # for rdflib with all mends
SHORT_SECONDS = 0.3  # for rdflib with some of them
SLOW = "takes longer than three seconds"


class Comparison:
    def __init__(self, build):
        classes = os.path.join(build, "sparql-differential")
        jars = os.path.join(classes, "jars")
        self.place = tempfile.TemporaryDirectory()
        self.folder = self.place.name
        self.ours = Program(OURS, [os.path.join(build, "unit", "sparql-run"), ROW_LIMIT])
        self.others = []
        if os.path.isdir(jars):
            self.others.append(Program("Jena", ["java", "-XX:-OmitStackTraceInFastThrow", "-cp", classes + os.pathsep + os.path.join(jars, "*"), "JenaRun"]))
        for engine in (Oxigraph, Rdflib):
            try:
                self.others.append(engine())
            except ImportError:
                pass

    def make(self, number):
        """The query and the graph of a number."""
        lines = self.ours.lines("random", str(number))
        return lines[0], "\n".join(lines[1:]) + "\n"

    def write(self, query, data):
        for name, text in (("query.rq", query), ("data.ttl", data)):
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                file.write(text)

    def differs(self, mine, theirs, query):
        """"" or in what two answers differ."""
        if solutions(mine, query, True) == solutions(theirs, query, True):
            return ""
        if mine[0] != "error" and solutions(mine, query, False) == solutions(theirs, query, False):
            return "type of a number"
        if theirs[0] == "error":
            return "error"
        return "solutions"

    def shortened(self, engine, query, data):
        """The query and the graph with less in them, of which what the answers differ in is as well (not) explained."""
        self.write(query, data)
        first = engine.run(self.folder)
        kind = self.differs(self.ours.run(self.folder), first, query)
        wanted = explanation(self, engine, first, query, data)

        def holds(text, graph):
            self.write(text, graph)
            mine, theirs = self.ours.run(self.folder), engine.run(self.folder)
            return (mine[0] != "error" and self.differs(mine, theirs, text) == kind and
                    (kind != "error" or theirs[1] == first[1]) and explanation(self, engine, theirs, text, graph) == wanted)
        short = shorten(query, lambda text: holds(text, data))
        lines = data.split("\n")
        for line in list(lines):
            fewer = [other for other in lines if other is not line]
            if holds(short, "\n".join(fewer)):
                lines = fewer
        return short, "\n".join(lines)


def show(answer, query):
    if answer[0] != "rows":
        print("   ", *answer)
        return
    print("   ", "rows", " ".join(answer[1]))
    for row in answer[2][:20]:
        print("       ", " | ".join("-" if term is None else " ".join(term) for term in row))


def show_all(comparison, query, data):
    comparison.write(query, data)
    print(query, data, sep="\n")
    for engine in [comparison.ours] + comparison.others:
        print("  " + engine.name)
        show(engine.run(comparison.folder), query)


def show_short(comparison, query, data):
    for engine in comparison.others:
        comparison.write(query, data)
        mine, theirs = comparison.ours.run(comparison.folder), engine.run(comparison.folder)
        if mine[0] != "error" and comparison.differs(mine, theirs, query):
            print("==", engine.name, comparison.differs(mine, theirs, query))
            short, less = comparison.shortened(engine, query, data)
            show_all(comparison, short, less)


def shows_not(comparison, engine, faults, query, data):
    """Whether without some faults, and by nothing else, an engine's answer is ours."""
    less, graph, alike = written(faults, Rewriting()(query), data)
    comparison.write(less, graph)
    mine = comparison.ours.run(comparison.folder)
    comparison.write(alike, graph)
    if alike != less and comparison.differs(mine, comparison.ours.run(comparison.folder), query):
        return False
    way = "".join(fault.way for fault in faults)
    return not comparison.differs(mine, engine.run(comparison.folder, way), query)


def needed(comparison, engine, mine, query):
    """The mends with which an engine's answer is ours, none of which can be left out; or None."""
    def is_ours(names):
        return not comparison.differs(mine, engine.run(comparison.folder, "; ".join(names)), query)
    usual, engine.patience = engine.patience, LONG_SECONDS
    start = time.process_time()
    try:
        if not is_ours(engine.mends.known):
            return None
        engine.patience = min(usual, SHORT_SECONDS + 3 * (time.process_time() - start))  # what takes longer is no answer
        names = [name for name in engine.mends.known if name in engine.mends.reached]
        candidates, size = names, len(names)
        while size > 0:
            place = 0
            while place < len(names):
                fewer = names[:place] + names[place + size:]
                if is_ours(fewer):
                    names = fewer
                else:
                    place += size
            size //= 2
        return next(([name] for name in candidates if is_ours([name])), names) if len(names) > 1 else names
    finally:
        engine.patience = usual


def mended(comparison, engine, theirs, query, data):
    """The fewest mends, and of the faults that the query is written without, with which the answers are the same."""
    slow = [SLOW] if theirs[:2] == ("error", "too-large") else []
    for some in [[]] + [[fault] for fault in possible(engine.name, query, data)]:
        less, graph, _ = written(some, query, data)
        comparison.write(less, graph)
        names = needed(comparison, engine, comparison.ours.run(comparison.folder), less)
        if names is not None:
            return slow + [fault.name for fault in some] + names
    return None


def check_mends(comparison):
    engine = next(engine for engine in comparison.others if engine.name == "rdflib")
    examples = importlib.import_module("mends.examples")
    wrong = set(engine.mends.known) - {name for name, _ in examples.EXAMPLES}
    for name, example in examples.EXAMPLES:
        query = examples.query_of(example)
        comparison.write(query, examples.DATA)
        mine = comparison.ours.run(comparison.folder)
        differs = comparison.differs(mine, engine.run(comparison.folder), query)
        still = comparison.differs(mine, engine.run(comparison.folder, name), query)
        print("%s: %s: %s" % ("ok" if differs and not still else "WRONG", name, example))
        if still or not differs:
            wrong.add(name)
    print("%d mends, %d wrong or without an example" % (len(engine.mends.known), len(wrong)))
    return not wrong


def explanation(comparison, engine, theirs, query, data):
    """The fewest faults without which the answers are the same; None if there are none."""
    if engine.name == "rdflib":
        return mended(comparison, engine, theirs, query, data)
    told = theirs[0] == "error" and error_of(engine.name, theirs[2])
    always = [told] if told else []
    if told:
        if not told.way:
            return [told.name]
        again = engine.run(comparison.folder, told.way)
        if again[0] == "error" and error_of(engine.name, again[2]) is told or shows_not(comparison, engine, always, query, data):
            return [told.name]
    faults = [fault for fault in possible(engine.name, query, data) if not (told and fault.way)]
    for few in chain(combinations(faults, 1), combinations(faults, 2)):
        if shows_not(comparison, engine, always + list(few), query, data):
            return [fault.name for fault in always + list(few)]
    for way in [[]] + [[fault] for fault in faults if fault.way]:
        chosen = always + [fault for fault in faults if not fault.way] + way
        if shows_not(comparison, engine, chosen, query, data):
            for fault in chosen[len(always):]:
                fewer = [other for other in chosen if other is not fault]
                if shows_not(comparison, engine, fewer, query, data):
                    chosen = fewer
            return [fault.name for fault in chosen]
    return None


def compare(comparison, first, count):
    counts, alone = Counter(), Counter()
    for number in range(first, first + count):
        query, data = comparison.make(number)
        comparison.write(query, data)
        mine = comparison.ours.run(comparison.folder)
        if mine[0] == "error":
            counts["%s: %s" % (OURS, mine[1])] += 1
            if mine[1] != "too-large":
                print("%d: %s" % (number, mine[2]))
                counts["unexplained"] += mine[1] != "unsupported"
            continue
        counts["queries"] += 1
        counts["with solutions"] += mine[0] == "rows" and len(mine[2]) > 0
        answers = [(engine, engine.run(comparison.folder)) for engine in comparison.others]
        odd = [(engine, theirs) for engine, theirs in answers if comparison.differs(mine, theirs, query)]
        counts["all %d the same" % (len(answers) + 1) if not odd else "%d of %d others as ours" % (len(answers) - len(odd), len(answers))] += 1
        for engine, theirs in odd:
            kind = comparison.differs(mine, theirs, query)
            faults = explanation(comparison, engine, theirs, query, data)
            counts["%s: %s" % (engine.name, "put down to known faults" if faults else "unexplained")] += 1
            for fault in faults or []:
                counts["%s: %s" % (engine.name, fault)] += 1
                if len(faults) == 1:
                    alone["%s: %s" % (engine.name, fault)] += 1
            if not faults:
                counts["unexplained"] += 1
                print("%d: %s differs in %s %s (%d of %d as ours)" % (
                    number, engine.name, kind, theirs[1:] if kind == "error" else "", len(answers) - len(odd), len(answers)), flush=True)
    for what, how_many in sorted(counts.items()):
        print("%6d %s%s" % (how_many, what, ", %d alone" % alone[what] if what in alone else ""))
    passed = counts["queries"] - counts["unexplained"]
    print("%d passed, %d failed" % (passed, counts["unexplained"]))
    return counts["unexplained"] == 0


def main():
    comparison = Comparison(sys.argv[1])
    what = sys.argv[2]
    asked = os.environ.get("ENGINES", "Jena Oxigraph rdflib").split()
    comparison.others = [engine for engine in comparison.others if engine.name in asked]
    if what == "mends":
        return check_mends(comparison)
    if not what.isdigit():
        with open(what, encoding="utf-8") as query, open(sys.argv[3], encoding="utf-8") as data:
            show_all(comparison, query.read(), data.read())
        return True
    if sys.argv[3] == "-v":
        show_all(comparison, *comparison.make(what))
        return True
    if sys.argv[3] == "-s":
        show_short(comparison, *comparison.make(what))
        return True
    return compare(comparison, int(what), int(sys.argv[3]))


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
