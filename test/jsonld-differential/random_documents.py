"""
Random JSON-LD: documents, and the contexts that they refer to. What PyLD 3.3 has otherwise than the recommendation is not made:
@base and @version of remote contexts, @propagate in an array of contexts, @list without a property, arrays in the array of @list, a
context twice in an array, null or reversed terms among those that a scoped context redefines, and the like.
"""

IRIS = ["http://example.org/%s" % name for name in "abcdefgh"] + ["urn:x:1", "http://example.org/v#k"]
TERMS = ["a", "b", "c", "d", "e", "f", "g", "T", "U", "ex", "v", "id", "type", "val", "lang", "n", "x/y", "ex:t"]
TYPES = ["T", "U", "ex:T", "http://example.org/C", "rel", "_:t"]
LANGUAGES = ["en", "de-AT", "fr"]
KEYWORDS = ["@id", "@type", "@language", "@index", "@reverse", "@direction"]
CONTAINERS = ["@list", "@set", "@language", "@index", "@id", "@type", "@graph",
              ["@set", "@index"], ["@graph", "@id"], ["@graph", "@index"], ["@graph", "@id", "@set"],
              ["@set", "@language"], ["@id", "@set"], ["@type", "@set"], ["@graph", "@set"]]
DATATYPES = ["http://www.w3.org/2001/XMLSchema#%s" % name for name in ("integer", "double", "string", "decimal", "date", "boolean")]


class Maker:
    """Makes a request as to_nquads takes it, of a random number generator."""

    def __init__(self, random):
        self.random = random
        self.contexts = {}
        self.depth = 0
        self.is_remote = False    # PyLD takes @base of remote contexts

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, values):
        return self.random.choice(values)

    # Contexts

    def iri(self):
        choice = self.random.random()
        if choice < 0.5:
            return self.pick(IRIS)
        if choice < 0.7:
            return "ex:" + self.pick("pqrs")
        if choice < 0.8:
            return "v:" + self.pick("pqrs")
        return self.pick(TERMS[:8])

    def prefix(self):
        return self.pick(["http://example.org/", "http://example.org/ns#", "http://example.org/p?x=", "urn:p:"])

    def term_definition(self, term, level):
        if term in ("id", "type", "val", "lang", "n") and self.chance(0.8):
            alias = {"id": "@id", "type": "@type", "val": "@value", "lang": "@language", "n": "@nest"}[term]
            return alias if self.chance(0.8) else {"@id": alias}
        if term in ("ex", "v") and self.chance(0.8):
            return self.prefix() if self.chance(0.7) else {"@id": self.prefix(), "@prefix": self.chance(0.8)}
        if self.chance(0.05) and term not in ("T", "U"):
            return None
        if self.chance(0.35) and term not in ("x/y", "ex:t"):
            return self.iri()
        definition = {}
        if self.chance(0.12) and level == 0:
            definition["@reverse"] = self.iri()
            if self.chance(0.3):
                definition["@container"] = self.pick(["@set", "@index"])
        else:
            if self.chance(0.85) and term not in ("x/y", "ex:t"):
                definition["@id"] = self.iri() if self.chance(0.97) or term in ("T", "U") else None
            if self.chance(0.35):
                definition["@container"] = self.pick(CONTAINERS)
        if self.chance(0.35):
            definition["@type"] = self.pick(["@id", "@id", "@vocab", "@json", "@none"] + DATATYPES)
        if self.chance(0.15):
            definition["@language"] = self.pick(LANGUAGES + [None])
        if self.chance(0.04):
            definition["@direction"] = self.pick(["ltr", "rtl", None])
        if self.chance(0.08):
            definition["@protected"] = self.chance(0.7)
        if "@index" in str(definition.get("@container")) and self.chance(0.4):
            definition["@index"] = self.pick(["http://example.org/index", "ex:i"])
        if level < 2 and self.chance(0.2) and "@reverse" not in definition:
            definition["@context"] = self.local_context(level + 1)
        if self.chance(0.05):
            definition["@nest"] = self.pick(["@nest", "n"])
        return definition

    def context_object(self, level):
        context = {}
        if self.chance(0.9 if level == 0 else 0.15):
            context["@vocab"] = self.pick(["http://example.org/vocab/", "http://example.org/vocab#", "http://example.org/", "", "rel#", "ex:v/", None][:6 if self.is_remote else None])
        if self.chance(0.15):
            context["@language"] = self.pick(LANGUAGES + [None] if level == 0 else LANGUAGES)
        if self.chance(0.1) and not self.is_remote:
            context["@base"] = self.pick(["http://example.org/base/", "sub/", "../up/x"] + [None] * (context.get("@vocab") not in ("", "rel#")))
        if self.chance(0.15) and not self.is_remote:
            context["@version"] = 1.1
        if self.chance(0.08):
            context["@propagate"] = self.chance(0.4)
        if self.chance(0.08):
            context["@protected"] = True
        if self.chance(0.04):
            iri = self.remote(level)
            if isinstance(self.contexts.get(iri, {}).get("@context"), dict):
                context["@import"] = iri
        if level == 0 and self.chance(0.8):
            context["ex"] = self.prefix()
        count = self.random.randint(1, 6 if level == 0 else 3)
        for term in self.random.sample(TERMS, count):
            if term not in context and (level == 0 or term not in ("ex", "v")):
                context[term] = self.term_definition(term, level)
        if self.chance(0.03):
            context["@type"] = {"@container": "@set"}
        return context

    def remote(self, level):
        if self.contexts and self.chance(0.6):
            return self.pick(sorted(self.contexts))
        iri = "http://example.org/context/%d" % len(self.contexts)
        if len(self.contexts) < 4:
            self.contexts[iri] = {"@context": {}}
            was_remote, self.is_remote = self.is_remote, True
            self.contexts[iri] = {"@context": self.local_context(max(level, 1))}
            self.is_remote = was_remote
        return iri

    def local_context(self, level):
        choice = self.random.random()
        if choice < 0.7:
            return self.context_object(level)
        if choice < 0.82:
            return self.remote(level)
        if choice < 0.86:
            return None
        contexts = []
        for _ in range(self.random.randint(0, 3)):
            context = self.pick([self.context_object, self.context_object, self.remote, lambda _: None])(level)
            if isinstance(context, dict):
                context.pop("@propagate", None)
            if context not in contexts:
                contexts.append(context)
        return contexts

    # Documents

    def scalar(self):
        return self.pick(["text", "ex:x", "http://example.org/o", "rel", "_:b0", "T", "", "a", "@id", "#f",
                          True, False, 0, 1, -5, 2.5, 1e30, 1.0, 12345678901, None])

    def reference(self):
        return self.pick(["http://example.org/1", "http://example.org/2", "ex:n", "rel", "_:b0", "_:b1", "#f", "", "a", "v:n"])

    def value_object(self):
        value = {"@value": self.scalar()}
        if self.chance(0.3):
            value["@language"] = self.pick(LANGUAGES)
        elif self.chance(0.4):
            value["@type"] = self.pick(DATATYPES + ["ex:dt", "@json", "T"])
        if self.chance(0.1):
            value["@index"] = "i"
        if self.chance(0.03):
            value["@direction"] = "rtl"
        return value

    def key(self):
        if self.chance(0.75):
            return self.pick(TERMS)
        return self.pick(["http://example.org/k", "ex:k", "unknown", "_:p", "v:k", "x/y", "urn:y"])

    def value(self):
        self.depth += 1
        try:
            choice = self.random.random()
            if self.depth > 5 or choice < 0.35:
                return self.scalar()
            if choice < 0.5:
                return [self.value() for _ in range(self.random.randint(0, 3))]
            if choice < 0.6:
                return self.value_object()
            if choice < 0.68:
                return self.list_or_set()
            if choice < 0.8:
                return self.map()
            return self.node()
        finally:
            self.depth -= 1

    def list_or_set(self):
        """Arrays within the array of @list are not told what to mean: JSON-LD 1.1, 9.7 has none."""
        values = [self.value() for _ in range(self.random.randint(0, 3))]
        if self.chance(0.5):
            return {"@set": values if self.chance(0.8) else self.value()}
        return {"@list": [value for value in values if not isinstance(value, list) and "@set" not in (value if isinstance(value, dict) else {})]}

    def map(self):
        keys = self.random.sample(LANGUAGES + ["T", "k", "ex:m", "http://example.org/m", "_:b1", "U"], self.random.randint(0, 3))
        return {key: self.pick([self.value, self.scalar, self.node, lambda: "text", lambda: ["x", "y"]])() for key in keys}

    def node(self):
        self.depth += 1
        node = {}
        if self.chance(0.2 if self.depth > 1 else 0.5):
            node["@context"] = self.local_context(0 if self.depth == 1 else 1)
        if self.chance(0.5):
            node[self.pick(["@id", "id"])] = self.reference()
        if self.chance(0.4):
            node[self.pick(["@type", "type"])] = self.pick(TYPES) if self.chance(0.6) else self.random.sample(TYPES, 2)
        for _ in range(self.random.randint(0, 4)):
            key = self.key()
            if key in ("id", "lang", "val"):
                node[key] = self.reference() if key == "id" else "en"
            elif key == "type" and self.chance(0.9):
                node[key] = self.pick(TYPES)
            elif key == "n":
                node[key] = {self.pick(TERMS[:8]): self.scalar()}
            elif self.depth < 6:
                node[key] = self.value()
        if self.depth < 5:
            if self.chance(0.06):
                node["@reverse"] = {self.pick(TERMS + IRIS): self.value() for _ in range(self.random.randint(0, 2))}
            if self.chance(0.06):
                node["@graph"] = [self.node() for _ in range(self.random.randint(0, 2))]
            if self.chance(0.06):
                node["@included"] = [dict(self.node(), **{"http://example.org/k": "included"}) for _ in range(self.random.randint(0, 2))]
            if self.chance(0.06):
                node[self.pick(["@nest", "n"])] = {self.pick(TERMS[:8]): self.value()}
            if self.chance(0.03):
                node[self.pick(KEYWORDS)] = self.value()
        self.depth -= 1
        return node

    def request(self):
        document = self.node() if self.chance(0.8) else [self.node() for _ in range(self.random.randint(0, 3))]
        if isinstance(document, dict) and "@context" not in document and self.chance(0.9):
            document["@context"] = self.local_context(0)
        return {"document": document, "contexts": self.contexts, "rounds": True, "base": "http://example.org/document/x"}
