"""pyshacl-turbo, by its public API, whose report is a graph of rdflib."""
import rdflib
from pyshacl_turbo import validate

import peer

COMPONENT = rdflib.URIRef("http://www.w3.org/ns/shacl#sourceConstraintComponent")
RESULT = rdflib.URIRef("http://www.w3.org/ns/shacl#result")


def judge(data, shapes):
    report = validate(data, shacl_graph=shapes)[1]
    return [report.value(result, COMPONENT) for result in report.objects(None, RESULT)]


peer.run(judge, str, lambda text, shapes: validate(text, data_graph_format="nt", shacl_graph=shapes)[0])
