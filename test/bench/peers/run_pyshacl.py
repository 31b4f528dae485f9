"""pySHACL. The results are counted in its report, a graph."""
import logging

import pyshacl
import rdflib

import peer

logging.disable(logging.WARNING)
rdflib.NORMALIZE_LITERALS = False
COMPONENT = rdflib.URIRef("http://www.w3.org/ns/shacl#sourceConstraintComponent")
RESULT = rdflib.URIRef("http://www.w3.org/ns/shacl#result")


def read(path):
    return rdflib.Graph().parse(path, format="nt" if path.endswith(".nt") else "turtle")


def judge(data, shapes):
    conforms, report, words = pyshacl.validate(read(data), shacl_graph=read(shapes), inplace=True)
    return [report.value(result, COMPONENT) for result in report.objects(None, RESULT)]


def conforms(text, shapes):
    return pyshacl.validate(rdflib.Graph().parse(data=text, format="nt"), shacl_graph=shapes, inplace=True)[0]


peer.run(judge, read, conforms)
