-- The tests that end otherwise than the suite has it, and must; README.md says why.
CREATE TABLE exception (id text PRIMARY KEY);

-- No PostgreSQL text holds U+0000.
INSERT INTO exception VALUES
    ('rdf-turtle/LITERAL1_all_controls'), ('rdf-turtle/LITERAL1_ascii_boundaries'), ('rdf-turtle/LITERAL2_ascii_boundaries'),
    ('rdf-turtle/LITERAL_LONG1_ascii_boundaries'), ('rdf-turtle/LITERAL_LONG2_ascii_boundaries'),
    ('rdf-trig/LITERAL1_all_controls'), ('rdf-trig/LITERAL1_ascii_boundaries'), ('rdf-trig/LITERAL2_ascii_boundaries'),
    ('rdf-trig/LITERAL_LONG1_ascii_boundaries'), ('rdf-trig/LITERAL_LONG2_ascii_boundaries'),
    ('rdf-n-triples/literal_all_controls'), ('rdf-n-triples/literal_ascii_boundaries'),
    ('rdf-n-quads/literal_all_controls'), ('rdf-n-quads/literal_ascii_boundaries');

-- What N-Triples and N-Quads refuse and Turtle has.
INSERT INTO exception SELECT folder || '/nt-syntax-bad-' || name
    FROM unnest('{rdf-n-triples,rdf-n-quads}'::text[]) AS f (folder),
         unnest('{base-01,num-01,num-02,num-03,prefix-01,string-02,string-03,string-04,string-05,struct-01}'::text[]) AS n (name);

-- What Turtle refuses and TriG has.
INSERT INTO exception VALUES ('rdf-turtle/turtle-syntax-bad-struct-01'), ('rdf-turtle/turtle-syntax-bad-struct-03');

-- What TriG refuses and N-Quads has.
INSERT INTO exception VALUES ('rdf-trig/trig-syntax-bad-struct-03');
