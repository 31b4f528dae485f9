-- The on-disk form of rdf_term is for ever: tables and indexes hold it. Each term has a mark in its lexical form, by which its
-- bytes are found in the table's file. What stands before the mark: the value's length, a byte for kind and form, then the
-- datatype's code, the language, or the datatype's length and IRI.
CREATE TABLE on_disk (term rdf_term);
INSERT INTO on_disk
SELECT rdf_literal('m' || lpad(n::text, 2, '0') || 'm', 'http://www.w3.org/2001/XMLSchema#' || name)
FROM unnest('{boolean,decimal,integer,double,float,date,time,dateTime,dateTimeStamp,gYear,gMonth,gDay,gYearMonth,gMonthDay,duration,
    yearMonthDuration,dayTimeDuration,byte,short,int,long,unsignedByte,unsignedShort,unsignedInt,unsignedLong,positiveInteger,
    nonNegativeInteger,negativeInteger,nonPositiveInteger,hexBinary,base64Binary,anyURI,language,normalizedString,token,NMTOKEN,Name,
    NCName,QName,NOTATION,NMTOKENS,ID,IDREF,IDREFS,ENTITY,ENTITIES,string}'::text[]) WITH ORDINALITY AS d(name, n);
INSERT INTO on_disk VALUES
    (rdf_iri('urn:m50m')), (rdf_bnode('m51m')), (rdf_lang_literal('m52m', 'en-GB')), (rdf_literal('m53m', 'urn:o')),
    (rdf_literal('m54m', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML'));
CHECKPOINT;
CREATE VIEW bytes AS
SELECT mark, term, substr(file, place - 60, 60) AS before
FROM pg_read_binary_file(pg_relation_filepath('on_disk')) AS file, on_disk,
    LATERAL (SELECT substring(rdf_lexical(term) FROM 'm\d\dm') AS mark) AS m,
    LATERAL (SELECT position(convert_to(mark, 'UTF8') IN file) AS place) AS p;
SELECT mark, substr(before, 58, 3) AS length_kind_code, rdf_datatype(term) AS datatype FROM bytes WHERE mark < 'm50m' ORDER BY mark;
SELECT mark, encode(substr(before, 60 - length, length + 1), 'escape') AS before, term
FROM bytes JOIN (VALUES ('m50m', 5), ('m51m', 1), ('m52m', 7), ('m53m', 7), ('m54m', 49)) AS l(mark, length) USING (mark) ORDER BY mark;
-- So are the hashes: hash indexes and hash partitions depend on them.
SELECT term, rdf_term_hash(term), rdf_term_hash_extended(term, 1)
FROM unnest('{<urn:x>,_:x,"\"x\"","\"x\"@en-GB",42,"\"x\"^^<urn:o>"}'::rdf_term[]) AS term;
DROP VIEW bytes;
DROP TABLE on_disk;
