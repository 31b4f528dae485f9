/*
 * Every IRI that the engine knows by name, with a fixed id: RP_VOCABULARY_rdf_type and so on. They
 * are the same in every dictionary and image, which do not hold them, so that comparing a term with
 * a known one is comparing two integers. Ids are positions in vocabulary.def, from 1. A longer list
 * raises RP_IMAGE_FORMAT (image.h): an image that was made before has the new IRI as a term of its
 * own.
 */
#ifndef RP_RDF_VOCABULARY_H
#define RP_RDF_VOCABULARY_H

#include "base/arena.h"

typedef enum RpVocabulary {
    RP_VOCABULARY_NONE = 0,
#define RP_VOCABULARY_ENTRY(name, namespace_iri, local) RP_VOCABULARY_##name,
#include "rdf/vocabulary.def"
#undef RP_VOCABULARY_ENTRY
    RP_VOCABULARY_END /* one past the last id */
} RpVocabulary;

enum { RP_VOCABULARY_COUNT = RP_VOCABULARY_END - 1 };

/* What they all start with. */
#define RP_VOCABULARY_START "http://www.w3.org/"

/* The IRI of an id in 1..RP_VOCABULARY_COUNT. */
RpText rp_vocabulary_iri(RpVocabulary id);

/* The id of an IRI that starts so; 0: it is none of these. Private to rp_vocabulary_find. */
uint32_t rp_vocabulary_look_up(RpText iri);

/* The id of an IRI; 0: it is none of these. Far cheaper than hashing it. */
static inline uint32_t
rp_vocabulary_find(RpText iri)
{
    return rp_text_starts_with(iri, RP_TEXT(RP_VOCABULARY_START)) ? rp_vocabulary_look_up(iri) : 0;
}

/* The namespace prefixes that every name form knows (xsd, rdf, rdfs, owl, foaf, schema, dc,
 * dcterms, sh). */
typedef struct RpWellKnownPrefix {
    RpText prefix;
    RpText namespace_iri;
} RpWellKnownPrefix;

extern const RpWellKnownPrefix rp_well_known_prefixes[];
extern const uint32_t rp_well_known_prefix_count;

/* What stands before a bare name, percent-encoded, to make it an IRI. */
#define RP_BARE_NAME "urn:rdfpolicy:name:"

/*
 * A name as jsonb triples and rules write it (doc/sql.md, "Names"): <iri>; well-known
 * prefix:local; another absolute scheme:rest; or a bare name, which is urn:rdfpolicy:name:<name,
 * percent-encoded>. Sets *is_guess for the third. An IRI that is written in full is a view of the
 * name; another one is made in the arena. RP_SYNTAX: none of these.
 */
RpStatus rp_name_expand(RpArena *arena, RpText name, RpText *iri, bool *is_guess, RpError *error);

#endif
