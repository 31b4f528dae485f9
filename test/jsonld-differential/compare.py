"""
Random documents by to_nquads and by PyLD: both must refuse a document, or read the same quads, up to the labels of blank nodes.

    compare.py TOOL FIRST COUNT      the documents of so many numbers from the first
    compare.py TOOL NUMBER -v        one of them, shown
"""
import json
import random
import subprocess
import sys

from pyld import jsonld

from isomorphism import isomorphic, read_quads
from random_documents import Maker


# It fails to process a scoped context a second time, and gives literals in maps of ids an @id. Two indexes of a node are no
# conflict here: triples have none.
REFUSED_BY_PYLD = ("invalid scoped context", "invalid value object", "conflicting indexes")
# It has other faults that are too rare to be kept out, which are shown: more than one document in so many is a failure.
DIFFERENCES = 200


class Refused(Exception):
    pass


def by_pyld(request):
    """N-Quads, or Refused with the error code."""
    def load(iri, options):
        if iri not in request["contexts"]:
            raise jsonld.JsonLdError("not registered", "test", code="loading document failed")
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": iri,
                "document": json.loads(json.dumps(request["contexts"][iri]))}
    options = {"documentLoader": load, "base": request.get("base", ""), "format": "application/n-quads"}
    # Contexts are cached by their IRIs, which are other ones in the next document.
    jsonld._resolved_context_cache.clear()
    try:
        return jsonld.to_rdf(json.loads(json.dumps(request["document"])), options)
    except jsonld.JsonLdError as error:
        code = error.code
        cause = error.__cause__
        while cause is not None:
            code = getattr(cause, "code", None) or code
            cause = cause.__cause__
        raise Refused(code)


class Tool:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def read(self, request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        quads = []
        for line in self.process.stdout:
            if line.startswith("."):
                return "".join(quads)
            if line.startswith("!"):
                raise Refused(line[1:].rstrip("\n"))
            quads.append(line)
        raise SystemExit("the tool has ended")


def outcome(read, request):
    try:
        return None, read_quads(read(request))
    except Refused as refusal:
        return str(refusal), None


def has_malformed_iri(quad):
    """PyLD gives IRIs with two #, as a vocabulary and a fragment make them."""
    return any("##" in text or text.count("#") > 1 for kind, text, *rest in quad if kind == "iri")


def make(number):
    return Maker(random.Random(number)).request()


def main():
    tool = Tool(sys.argv[1])
    first = int(sys.argv[2])
    shows = sys.argv[3] == "-v"
    counts = {"same": 0, "refused": 0, "other code": 0, "different": 0, "refused by PyLD": 0, "crashes of PyLD": 0}
    for number in range(first, first + (1 if shows else int(sys.argv[3]))):
        request = make(number)
        ours, our_quads = outcome(tool.read, request)
        try:
            theirs, their_quads = outcome(by_pyld, request)
            their_quads = their_quads and {quad for quad in their_quads if not has_malformed_iri(quad)}
        except Exception as error:
            counts["crashes of PyLD"] += 1
            if shows:
                print("PyLD: %r" % error)
            continue
        if shows:
            print(json.dumps(request, indent=1))
            print("ours:", ours or "\n".join(sorted(map(str, our_quads))))
            print("theirs:", theirs or "\n".join(sorted(map(str, their_quads))))
        if ours is None and theirs is None:
            kind = "same" if isomorphic(our_quads, their_quads) else "different"
        elif ours is not None and theirs is not None:
            kind = "refused" if ours.split("\t")[0] == theirs else "other code"
        elif ours is None and theirs in REFUSED_BY_PYLD:
            kind = "refused by PyLD"
        else:
            kind = "different"
        counts[kind] += 1
        if kind == "different" or (shows or "-c" in sys.argv) and kind == "other code":
            print("%s %d: ours %s, PyLD's %s" % (kind, number, ours or "reads", theirs or "reads"))
    print(", ".join("%d %s" % (count, kind) for kind, count in counts.items()))
    return counts["different"] * DIFFERENCES <= sum(counts.values())


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
