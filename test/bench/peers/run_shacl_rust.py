"""shacl-rust, with the index that it has for large graphs. It has no shapes that are compiled before."""
import shacl_rust

import peer


def judge(data, shapes):
    report = shacl_rust.validate_file(data, shapes, experimental_index=True)
    return [result["sourceConstraintComponent"] for result in report["results"]]


def read(shapes):
    return open(shapes, encoding="utf-8").read()


peer.run(judge, read, lambda text, shapes: shacl_rust.conforms(text, shapes, data_format="nt"))
