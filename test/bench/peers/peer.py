"""What the runners of peers in Python share. A runner takes

    judge DATA SHAPES         a file by shapes, both read in the time that is told; its results are counted by component
    documents FILE SHAPES     each of the documents of a file, N-Triples with an empty line after each, by shapes that are read once

and prints one line of JSON: seconds, cpu_seconds, memory_mb, results; or nanoseconds of a document, conforming (how many).
"""
import json
import resource
import sys
import time
from collections import Counter


def local(component):
    """MinCount, of sh:MinCountConstraintComponent in whatever spelling."""
    return str(component).strip("<>").rsplit("#", 1)[-1].rsplit(":", 1)[-1].replace("ConstraintComponent", "")


def run(judge, read_shapes, conforms):
    """judge(data, shapes) gives the components of the results; conforms(text, what read_shapes gave) a truth value."""
    what, data, shapes = sys.argv[1:4]
    answer = {}
    if what == "documents":
        texts = open(data, encoding="utf-8").read().split("\n\n")[:-1]
        prepared = read_shapes(shapes)
        conforms(texts[0] + "\n", prepared)
        started = time.perf_counter()
        answer["conforming"] = sum(bool(conforms(text + "\n", prepared)) for text in texts)
        answer["nanoseconds"] = (time.perf_counter() - started) / len(texts) * 1e9
    else:
        started, cpu = time.perf_counter(), time.process_time()
        components = judge(data, shapes)
        answer["seconds"] = time.perf_counter() - started
        answer["cpu_seconds"] = time.process_time() - cpu
        answer["results"] = Counter(local(component) for component in components)
        answer["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(answer))
