-- The tests of JSON-LD 1.1 that are not run; README.md says why.
CREATE TABLE left_out (id text PRIMARY KEY, reason text NOT NULL);

INSERT INTO left_out SELECT id, 'processing mode json-ld-1.0' FROM unnest('{c029,e075,ep02,er21,er42,pi01,so01,tn01}'::text[]) AS t (id);
INSERT INTO left_out SELECT id, 'option rdfDirection' FROM unnest('{di09,di10,di11,di12}'::text[]) AS t (id);
INSERT INTO left_out SELECT id, 'U+0000' FROM unnest('{nt01,nt03}'::text[]) AS t (id);
