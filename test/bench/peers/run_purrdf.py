"""purrdf: a store, and shapes that are analysed once."""
import purrdf

import peer

BASE = "http://base.example/"


def read(path):
    return purrdf.shapes.Shapes(open(path, encoding="utf-8").read(), base=BASE)


def judge(data, shapes):
    shapes = read(shapes)
    text = open(data, encoding="utf-8").read()
    if data.endswith(".nt"):
        return [result["component"] for result in shapes.validate_nt(text).results]
    store = purrdf.Store()
    store.load(text, purrdf.RdfFormat.TURTLE, base=BASE)
    return [result["component"] for result in shapes.validate_store(store).results]


peer.run(judge, lambda path: read(path).prepare(), lambda text, shapes: shapes.validate_nt(text).conforms)
