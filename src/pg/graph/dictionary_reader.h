/* What the ids of rows mean: rows of the dictionary, read as terms. */
#ifndef RP_PG_DICTIONARY_READER_H
#define RP_PG_DICTIONARY_READER_H

#include "pg/graph/id_terms.h"

/*
 * Find the terms of all ids that have none yet, under the active snapshot, in the dictionary's
 * owner's name: by look-ups or, where that is quicker, by reading the whole. Ids that the
 * dictionary lacks stay without. May raise; ERROR 22P02 for a row of the dictionary that is no
 * term, and for two rows of one id that are two terms. Other failures are returned.
 */
RpStatus rp_id_terms_resolve(RpIdTerms *terms, RpError *error);

/* Who is told of the ids of a term. The id is valid during the call. */
typedef struct RpIdSink {
    void *state;
    void (*id)(void *state, uint32 term, Datum id);
} RpIdSink;

/*
 * The other way: all ids that mean one of some terms, looked up under the active snapshot. Each is
 * told with the subscript of its term, perhaps more than once. May raise, as rp_id_terms_resolve.
 */
void rp_dictionary_find_ids(const RpGraphDictionary *source, const RpTerm *terms, uint32 count,
                            const RpIdSink *sink);

/* The same for one id, by a look-up. */
RpStatus rp_id_terms_look_up(RpIdTerms *terms, uint32 number, RpError *error);

#endif
