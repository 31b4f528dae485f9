/*
 * A term definition that is being made (JSON-LD 1.1 API, 4.2), shared by context_term, term_mapping
 * (what the term stands for) and term_entries (the other entries of a definition). Numbers in
 * comments are steps of the section.
 */
#ifndef RP_JSONLD_TERM_MAKING_H
#define RP_JSONLD_TERM_MAKING_H

#include "jsonld/context_internal.h"

#define RP_INVALID_TERM "invalid term definition"

typedef struct RpTermMaking {
    RpContextWork *work;
    RpContextTerm term;
    RpText name;
    const RpJson *source;                    /* the value in the local context */
    const RpJson *members[RP_KEYWORD_COUNT]; /* of an expanded term definition */
    bool is_simple;                          /* simple term */
    bool is_given_up; /* as a text that has the form of a keyword: there is no definition */
    RpBuffer buffer;
} RpTermMaking;

/* Set an error about a value of the definition. */
RpStatus rp_making_fail(RpTermMaking *making, const RpJson *place, const char *code,
                        const char *format, ...) RP_PRINTF(4, 5);

/* Expand a text as the local context has it (vocab is true). */
RpStatus rp_making_expand(RpTermMaking *making, RpText text, RpExpandedIri *expanded);

/* term_mapping.c: @reverse, or @id and what stands for it (13 to 18). */
RpStatus rp_making_read_mapping(RpTermMaking *making);

/* term_entries.c: the entries behind it (19 to 25). */
RpStatus rp_making_read_entries(RpTermMaking *making);

#endif
