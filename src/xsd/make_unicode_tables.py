#!/usr/bin/env python3
"""Writes the tables of Unicode properties that patterns need:

    make_unicode_tables.py Blocks.txt

Blocks.txt is the Unicode Character Database's (perl installs one as unicore/Blocks.txt) and must
be of the version that this python's unicodedata has. Writes unicode_category.def, unicode_block.def,
unicode_case.def and unicode_mapping.def into the current folder.
"""
import re
import sys
import unicodedata

LAST_CODE_POINT = 0x10FFFF
# The order of category_names in unicode_property.c.
CATEGORIES = (
    "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Zs Zl Zp Sm Sc Sk So Cc Cf Cs Co Cn"
).split()
HEADER = (
    "/*\n * Unicode {}, written by make_unicode_tables.py: not to be edited by hand.\n * {}\n */\n"
)
# Names that XML Schema 1.0 used for blocks that Unicode has renamed since.
FORMER_BLOCK_NAMES = {
    "Greek": "GreekandCoptic",
    "CombiningMarksforSymbols": "CombiningDiacriticalMarksforSymbols",
    "PrivateUse": "PrivateUseArea",
}


def write(name, comment, items, separator):
    with open(name, "w", encoding="ascii") as out:
        out.write(HEADER.format(unicodedata.unidata_version, comment))
        line = ""
        for item in items:
            if line and len(line) + len(item) + len(separator) > 99:
                out.write(line.rstrip() + "\n")
                line = ""
            line += item + separator
        out.write(line.rstrip() + "\n")


def category_runs():
    previous = None
    for code_point in range(LAST_CODE_POINT + 1):
        category = unicodedata.category(chr(code_point))
        if category != previous:
            yield "0x%X" % (code_point << 5 | CATEGORIES.index(category))
            previous = category


def blocks(path):
    ranges = {}
    with open(path, encoding="utf-8") as source:
        version = re.search(r"Blocks-([0-9.]+)\.txt", source.readline()).group(1)
        assert version == unicodedata.unidata_version, version
        for line in source:
            found = re.match(r"([0-9A-F]+)\.\.([0-9A-F]+); (.+)", line)
            if found:
                ranges[found.group(3).strip().replace(" ", "")] = (found.group(1), found.group(2))
    for former, present in FORMER_BLOCK_NAMES.items():
        ranges[former] = ranges[present]
    for name, (first, last) in ranges.items():
        yield 'RP_UNICODE_BLOCK("%s", 0x%s, 0x%s)' % (name, first, last)


def case_variants():
    """Pairs (character, variant) by F&O 3.1, 5.6.1.1: equal lower case or equal upper case."""
    groups = {}
    for code_point in range(LAST_CODE_POINT + 1):
        if not 0xD800 <= code_point <= 0xDFFF:
            text = chr(code_point)
            groups.setdefault(("lower", text.lower()), set()).add(code_point)
            groups.setdefault(("upper", text.upper()), set()).add(code_point)
    pairs = set()
    for group in groups.values():
        pairs.update((a, b) for a in group for b in group if a != b)
    return pairs


def case_entries():
    """Runs of pairs with one difference and a step of 1 or 2 between characters."""
    by_delta = {}
    for character, variant in case_variants():
        by_delta.setdefault(variant - character, []).append(character)
    entries = []
    for delta, characters in by_delta.items():
        run = []
        for character in sorted(characters):
            step = character - run[-1] if run else 0
            if run and (step > 2 or (len(run) > 1 and step != run[1] - run[0])):
                entries.append((run, delta))
                run = []
            run.append(character)
        entries.append((run, delta))
    for run, delta in sorted(entries):
        step = run[1] - run[0] if len(run) > 1 else 1
        yield "{0x%X, 0x%X, %d, %d}" % (run[0], run[-1], step, delta)


def mapping_entries(name, mapping):
    """RP_CASE_RUN(table, first, last, step, distance), RP_CASE_LONG(table, character, text)."""
    run = None
    runs = []
    longs = []
    for code_point in range(LAST_CODE_POINT + 1):
        if 0xD800 <= code_point <= 0xDFFF:
            continue
        mapped = mapping(chr(code_point))
        if mapped == chr(code_point):
            continue
        if len(mapped) > 1:
            text = "".join("\\x%02x" % byte for byte in mapped.encode())
            longs.append('RP_CASE_LONG(%s, 0x%X, "%s")' % (name, code_point, text))
            continue
        distance = ord(mapped) - code_point
        step = code_point - run[1] if run else 0
        if run and run[3] == distance and (step == run[2] or (run[2] == 0 and step <= 2)):
            run[1], run[2] = code_point, step
        else:
            run = [code_point, code_point, 0, distance]
            runs.append(run)
    for first, last, step, distance in runs:
        yield "RP_CASE_RUN(%s, 0x%X, 0x%X, %d, %d)" % (name, first, last, step or 1, distance)
    yield from longs


write("unicode_category.def",
      "Where each run of one category begins: first code point << 5 | place in CATEGORIES.",
      category_runs(), ", ")
write("unicode_block.def", "Blocks by name without spaces.", blocks(sys.argv[1]), "\n")
write("unicode_case.def", "Case variants: {first, last, step, distance}.", case_entries(), ", ")
write("unicode_mapping.def", "Upper and lower case of single characters, whatever the language.",
      list(mapping_entries("upper", str.upper)) + list(mapping_entries("lower", str.lower)), "\n")
