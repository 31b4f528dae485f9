/* jsonb as the engine's JSON (jsonld/json.h). */
#ifndef RP_PG_JSONB_TREE_H
#define RP_PG_JSONB_TREE_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "jsonld/json.h"

/*
 * Fill a document that is empty (rp_json_document_init). Keys and strings are views of the jsonb,
 * which must stay as long as the document; the text of a number is made in the document's arena.
 * RP_TOO_LARGE: the arena's ceiling.
 */
RpStatus rp_jsonb_tree(const Jsonb *jsonb, RpJsonDocument *document, RpError *error);

#endif
