/* What is told of a change of a context: by history, NOTIFY, the server log, and a NOTICE. */
#ifndef RP_PG_CONTEXT_CHANGE_H
#define RP_PG_CONTEXT_CHANGE_H

#include "pg/catalog/catalog_writer.h"

/*
 * Note a change as of the generation that will be made next: a row of history for the context and,
 * where it is replaced, one for each policy in force that reads documents by it, of which a NOTICE
 * tells; at commit NOTIFY and a line in the log. event: context_register, context_replace,
 * context_drop. signature: of the new text; empty: none.
 */
void rp_context_change_note(const RpCatalogWriter *writer, const char *event, RpText iri,
                            RpText signature);

#endif
