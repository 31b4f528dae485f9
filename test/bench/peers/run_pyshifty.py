"""pyshifty: the report is Turtle, in which the components are counted."""
import re
from pathlib import Path

import shifty

import peer


def validate(data, shapes):
    return shifty._validate_w3c(run_infer=False, base="http://base.example/", shapes_path=shapes, **data)


def judge(data, shapes):
    return re.findall(r"(?:sourceConstraintComponent>?\s+)(\S+)", validate({"data_path": data}, shapes).report_turtle)


def read(shapes):
    return shifty.PreparedValidator(Path(shapes), base="http://base.example/")


peer.run(judge, read, lambda text, shapes: shapes.validate_algebra(text).conforms)
