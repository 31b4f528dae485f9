/*
 * Statements of Turtle as most are written, in place: prefixes, a subject with its predicates and
 * objects, [ ] and ( ). As line_reader does with lines, what it does not know is left to the
 * general reader, from the start of the statement on: so it refuses nothing. A statement is told of
 * when all of it is read.
 */
#ifndef RP_RDF_STATEMENT_READER_H
#define RP_RDF_STATEMENT_READER_H

#include "rdf/line_reader.h"

/* Receives what is read; prefix as RpTripleSink.prefix, of declarations that are in force. */
typedef struct RpStatementSink {
    RpLineSink line;
    RpStatus (*prefix)(void *state, RpText prefix, RpText namespace_iri, RpError *error);
} RpStatementSink;

/*
 * Read statements from the source's offset on, which is the start of one in the default graph. The
 * source is then at the start of the first statement that is not read, or at the document's end;
 * marks begin behind *mark_count, which is counted on. A failure is as rp_line_reader_read's.
 */
RpStatus rp_statement_reader_read(RpTurtleSource *source, RpTurtleNames *names,
                                  const RpStatementSink *sink, uint32_t *mark_count,
                                  RpError *error);

#endif
