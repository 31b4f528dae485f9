/*
 * JSON-LD 1.1 documents to triples: the expansion algorithm and the deserialization to RDF of
 * "JSON-LD 1.1 Processing Algorithms and API" (5.1, 7.2 and 8.1), in one walk over the document.
 */
#ifndef RP_JSONLD_JSONLD_READER_H
#define RP_JSONLD_JSONLD_READER_H

#include "jsonld/jsonld.h"

/*
 * Read a whole document into the sink. Every term that reaches the sink has passed rp_term_check. A
 * triple's position has the number of the JSON value that its object is (rp_json_value) as line,
 * and that of the node object that its subject is as subject_line; column is 0. The sink's graph is
 * called before a triple of another graph than the one before. Blank node labels of the document
 * are kept as written, as far as they are labels of Turtle; nodes without an @id get others.
 *
 * Errors have the recommendation's error code in rule where there is one, and the JSON pointer of
 * the place in the DETAIL, with the IRI of the context where it is in one. RP_SYNTAX: the document,
 * or a context that it uses, is none. RP_UNDEFINED: a context that the set lacks (loading remote
 * context failed). RP_TOO_DEEP: depth_limit, or terms that are defined by one another more often
 * than that. RP_TOO_LARGE: too many contexts within contexts or over each other (context overflow),
 * or the arena's ceiling. Polls the host.
 *
 * A second reading of the same document gives the same triples in the same order with the same
 * numbers.
 */
RpStatus rp_jsonld_read(RpArena *arena, const RpJsonDocument *document,
                        const RpJsonldOptions *options, const RpTripleSink *sink, RpError *error);

#endif
