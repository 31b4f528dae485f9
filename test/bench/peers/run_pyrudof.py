"""pyrudof, its native mode."""
from pyrudof import RDFFormat, Rudof, RudofConfig

import peer


def read(shapes):
    rudof = Rudof(RudofConfig())
    rudof.read_shacl(shapes)
    return rudof


def judge(data, shapes):
    rudof = read(shapes)
    rudof.read_data(data, format=RDFFormat.NTriples if data.endswith(".nt") else RDFFormat.Turtle)
    return [result.constraint_component for result in rudof.validate_shacl().violations]


def conforms(text, rudof):
    rudof.reset_data()
    rudof.read_data(text, format=RDFFormat.NTriples)
    return rudof.validate_shacl().conforms


peer.run(judge, read, conforms)
