/* Triples as jsonb (doc/sql.md, "Triples as jsonb" and "Names"). */
#ifndef RP_PG_JSONB_SOURCE_H
#define RP_PG_JSONB_SOURCE_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "image/image.h"
#include "rdf/turtle_reader.h"

/*
 * Stream the triples of a document that is an array (json_form.h) into the sink. Numbers take their
 * datatypes from the image (image/image_numbers.h); NULL: xsd:integer or xsd:decimal. RP_SYNTAX
 * names the index (from 0, as -> counts).
 */
RpStatus rp_jsonb_source_read(const Jsonb *jsonb, const RpImage *image, RpArena *arena,
                              const RpTripleSink *sink, RpError *error);

#endif
