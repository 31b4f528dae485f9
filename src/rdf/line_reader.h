/*
 * N-Triples and N-Quads, line by line (RDF 1.1 N-Triples; RDF 1.1 N-Quads), in place: what is no
 * such line is left to the general reader, from there on. So this reader refuses nothing, and need
 * not know what Turtle is: whether a text is read, what is wrong with it and where, the general
 * reader says.
 *
 * Subjects and predicates come again and again. The last subject is compared with the text before
 * the text is scanned, predicates and datatypes are remembered; a mark tells whoever gets the terms
 * that they are the same.
 */
#ifndef RP_RDF_LINE_READER_H
#define RP_RDF_LINE_READER_H

#include "rdf/turtle_name.h"
#include "rdf/turtle_state.h"

/* Receives the triples. graph: as it is written in the document; empty: none is. Otherwise as
 * RpTripleSink.triple. */
typedef struct RpLineSink {
    void *state;
    RpStatus (*triple)(void *state, const RpTerm *subject, const RpTerm *predicate,
                       const RpTerm *object, RpText graph, RpPosition position, RpError *error);
} RpLineSink;

/*
 * Read the lines at the start of a document of which nothing has been handed out, and check them
 * (rp_turtle_source_check), a few ahead of the one that is read. The source is then at the start of
 * the first statement that is not read, or at the document's end; marks begin behind *mark_count,
 * which is counted on. Every line is counted as a turn for the host. A failure is the check's, the
 * sink's, the host's, or of memory; a place that it has is the source's term_start.
 */
RpStatus rp_line_reader_read(RpTurtleSource *source, RpTurtleNames *names, const RpLineSink *sink,
                             uint32_t *mark_count, RpError *error);

#endif
