/* Triples as jsonb (doc/sql.md, "Triples as jsonb" and "Names"). */
#ifndef RP_PG_JSONB_SOURCE_H
#define RP_PG_JSONB_SOURCE_H

#include "pg/judge/data_source.h"

/* Stream the triples of an array of objects into the sink. Errors as rp_data_source_read. */
RpStatus rp_jsonb_source_read(Jsonb *jsonb, RpArena *arena, const RpTripleSink *sink,
                              RpError *error);

#endif
