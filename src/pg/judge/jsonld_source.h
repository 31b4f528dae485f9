/*
 * JSON-LD in jsonb as a stream of triples (jsonld/jsonld_reader.h). The tree of the document is
 * made once, whatever reads it: a policy, another policy, who looks for places. Where more than one
 * policy is to judge it, those that begin with the same default context share one expansion: its
 * triples are kept and handed on again.
 */
#ifndef RP_PG_JSONLD_SOURCE_H
#define RP_PG_JSONLD_SOURCE_H

#include "pg/judge/data_view.h"

/* What the readings of one document share; of no use where that is triples in JSON. */
typedef struct RpJsonldSource RpJsonldSource;

/* One of a document that is not read yet. Memory is of the current context, and children of it. */
RpJsonldSource *rp_jsonld_source(void);

/* Have the triples kept: several policies will judge them. */
void rp_jsonld_source_share(RpJsonldSource *jsonld);

/*
 * Stream the triples into the sink, as rp_data_source_read does. A position's line is the number of
 * a JSON value (rp_jsonld_source_pointer). Errors are those of rp_jsonld_read: their DETAIL begins
 * with the recommendation's error code. The document is JSON-LD (json_form.h).
 */
RpStatus rp_jsonld_source_read(const RpDataSource *source, const RpPolicyUse *use, RpArena *arena,
                               const RpTripleSink *sink, RpError *error);

/* Whether a document without a context of its own has a default one: of the call, or of the policy
 * (NULL: of none). */
bool rp_jsonld_source_has_default(const RpDataSource *source, const RpPolicyUse *use);

/* Whether the document has been read as JSON-LD: then lines of positions are numbers of values. */
bool rp_jsonld_source_is_read(const RpJsonldSource *jsonld);

/* Append the JSON pointer of the value that a number stands for. */
void rp_jsonld_source_pointer(const RpJsonldSource *jsonld, uint32_t number, RpBuffer *buffer);

#endif
