"""shacl: its shapes are compiled once."""
import shacl

import peer


def judge(data, shapes):
    return [result.component_iri for result in shacl.Shapes.from_file(shapes).validate_file(data).results]


peer.run(judge, shacl.Shapes.from_file, lambda text, shapes: shapes.validate_text(text, "nt").conforms)
