/* What is wrong with a text that cannot be read, in sentences, and where. */
#ifndef RP_RDF_TURTLE_COMPLAINT_H
#define RP_RDF_TURTLE_COMPLAINT_H

#include "rdf/prefix_table.h"
#include "rdf/turtle_state.h"

/* Set an error RP_SYNTAX for a message of libserd's: a sentence for those that it has, else the
 * message itself. word: a word without a colon that it is about; empty: none. */
RpStatus rp_turtle_complaint(const char *message, RpText word, RpError *error);

/* Set an error for a prefix, as turtle_token hands it out, that the text does not declare; the hint
 * is the nearest that it does, or one that is well known. */
RpStatus rp_turtle_refuse_prefix(const RpPrefixTable *prefixes, RpText name, RpError *error);

/* A name or reference that an error may be about. */
typedef struct RpTurtleFault {
    RpText written;    /* as it is written; empty: none */
    bool is_reference; /* in <> */
} RpTurtleFault;

/*
 * Where the name or reference stands: libserd tells of subject and predicate with the object only.
 * So the last one that reads so is looked for; else it is the last term.
 */
uint32_t rp_turtle_fault_start(const RpTurtleSource *source, RpTurtleFault fault);

/* The word without a colon at whose end, an offset, libserd has stopped, and where it starts;
 * empty, and the given offset, where it is something else. */
RpText rp_turtle_bare_word(const RpTurtleSource *source, uint32_t offset, uint32_t *start);

/* Say of a text that cannot be read (an error RP_SYNTAX with its place; else nothing is done) what
 * it is not, show its line, and hint at what it may be instead. Returns the status. */
RpStatus rp_turtle_explain(const RpTurtleSource *source, RpError *error);

#endif
