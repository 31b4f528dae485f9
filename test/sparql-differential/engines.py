"""The engines: each answers a query over a document by ("ask", bool), ("rows", names, rows) or ("error", kind, what)."""
import os
import re
import signal
import subprocess

from terms import parse_line

PATIENCE_SECONDS = 3  # of CPU


class Program:
    """An engine in a process of its own, that answers as sparql-run does."""
    def __init__(self, name, command):
        self.name = name
        self.command = command
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding="utf-8", errors="replace")

    def lines(self, *fields):
        self.process.stdin.write("\t".join(fields) + "\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line == ".\n":
                return lines
            lines.append(line[:-1])
        raise SystemExit("%s has ended" % self.name)

    def run(self, folder, way=""):
        """The answer; ways are other ones to run the query that the engine has of its own."""
        lines = self.lines(way or "run", os.path.join(folder, "query.rq"), os.path.join(folder, "data.ttl"))
        head = lines[0] if lines else ""
        if head in ("true", "false"):
            return "ask", head == "true"
        if head.startswith("error\t"):
            return tuple(head.split("\t", 2))
        names = [name[1:] for name in head.split("\t") if name]
        return "rows", names, [parse_line(line, len(names)) for line in lines[1:]]


class TooSlow(Exception):
    pass


def give_up(number, frame):
    raise TooSlow


class Library:
    """An engine of Python's, which is stopped when it takes too long."""
    patience = PATIENCE_SECONDS

    def run(self, folder, way=""):
        with open(os.path.join(folder, "query.rq"), encoding="utf-8") as file:
            query = file.read()
        with open(os.path.join(folder, "data.ttl"), encoding="utf-8") as file:
            data = file.read()
        signal.signal(signal.SIGVTALRM, give_up)
        signal.setitimer(signal.ITIMER_VIRTUAL, self.patience)
        try:
            return self.solve(query, data)
        except (TooSlow, MemoryError, RecursionError):
            return "error", "too-large", "stopped"
        except Exception as exception:
            return "error", "crash", "%s: %s" % (type(exception).__name__, str(exception).split("\n")[0])
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


class Oxigraph(Library):
    name = "Oxigraph"

    def __init__(self):
        import pyoxigraph
        self.library = pyoxigraph

    def term(self, term):
        if term is None:
            return None
        if isinstance(term, self.library.NamedNode):
            return "iri", term.value
        if isinstance(term, self.library.BlankNode):
            return "blank", term.value
        return "literal", term.value, term.datatype.value, term.language or ""

    def solve(self, query, data):
        store = self.library.Store()
        store.extend(quad for quad in self.library.parse(data, self.library.RdfFormat.TURTLE))
        results = store.query(query)
        if isinstance(results, self.library.QueryBoolean):
            return "ask", bool(results)
        names = [variable.value for variable in results.variables]
        return "rows", names, [tuple(self.term(row[name]) for name in names) for row in results]


class Rdflib(Library):
    """A way of this one names functions that are mended (mends)."""
    name = "rdflib"

    def __init__(self):
        import logging
        import pyoxigraph
        import rdflib
        import mends
        from rdflib.plugins.sparql import algebra, evaluate, parser
        logging.disable()  # it shows each literal that is ill-typed
        self.parser = pyoxigraph
        self.library = rdflib
        self.mends = mends
        self.sparql = parser, algebra, evaluate
        self.read = self.loaded = None  # the last query and document
        rdflib.NORMALIZE_LITERALS = False

    def node(self, term):
        if isinstance(term, self.parser.NamedNode):
            return self.library.URIRef(term.value)
        if isinstance(term, self.parser.BlankNode):
            return self.library.BNode(term.value)
        if term.language:
            return self.library.Literal(term.value, lang=term.language)
        datatype = self.library.URIRef(term.datatype.value)
        return self.library.Literal(term.value, datatype=None if datatype == self.library.XSD.string else datatype)

    def term(self, node):
        if node is None:
            return None
        if isinstance(node, self.library.BNode):
            return "blank", str(node)
        if isinstance(node, self.library.URIRef):
            return "iri", str(node)
        if not isinstance(node, self.library.Literal):
            return "other", repr(node)
        datatype = node.datatype or ("http://www.w3.org/1999/02/22-rdf-syntax-ns#langString" if node.language
                                     else "http://www.w3.org/2001/XMLSchema#string")
        return "literal", str(node), str(datatype), node.language or ""

    def translate(self, query):
        """The algebra of a query. It is read once, and translated once for all ways of the same translation."""
        parser, algebra, _ = self.sparql
        query = re.sub(r" ([?+*])(?= )", r"\1", query)  # its grammar takes no blank before the modifiers of paths
        if query != self.read:
            self.tree, self.read, self.translated = parser.parseQuery(query), query, {}
        mended = frozenset(self.mends.active & self.mends.of_translation)
        if mended not in self.translated:
            algebra = algebra.translateQuery(self.mends.copied(self.tree))
            self.translated[mended] = algebra, set(self.mends.reached)
        algebra, reached = self.translated[mended]
        self.mends.reached.update(reached)
        return algebra

    def run(self, folder, way=""):
        self.mends.active.clear()
        self.mends.active.update(name for name in way.split("; ") if name)
        self.mends.reached.clear()
        return super().run(folder, way)

    def solve(self, query, data):
        if data != self.loaded:
            self.loaded, self.graph = data, self.library.Graph()
            for quad in self.parser.parse(data, self.parser.RdfFormat.TURTLE):
                self.graph.add((self.node(quad.subject), self.node(quad.predicate), self.node(quad.object)))
        results = self.sparql[2].evalQuery(self.graph, self.translate(query))
        if results["type_"] == "ASK":
            return "ask", bool(results["askAnswer"])
        names = list(dict.fromkeys(str(variable) for variable in results["vars_"]))
        return "rows", names, [tuple(self.term(row.get(self.library.Variable(name))) for name in names)
                               for row in results["bindings"]]
