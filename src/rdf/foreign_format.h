/* What a text is that was given where Turtle, or a format of its family, must be. */
#ifndef RP_RDF_FOREIGN_FORMAT_H
#define RP_RDF_FOREIGN_FORMAT_H

#include "base/status.h"

/*
 * Name, in the HINT of an error about a text that is no Turtle, the format that it looks like, and
 * the way out. offset: where reading it stopped. What the text begins with says it for XML and
 * JSON, whatever the HINT was; for formats that are like Turtle the place says it, unless there is
 * a HINT. A guess: it changes nothing but the HINT. reads_graphs: TriG and N-Quads are read. Looks
 * at the first 64 kB and at one line.
 */
void rp_foreign_format_hint(RpText text, uint32_t offset, bool reads_graphs, RpError *error);

#endif
