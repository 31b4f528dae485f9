-- Every other script stands on this one alone.
CREATE EXTENSION rdfpolicy;
