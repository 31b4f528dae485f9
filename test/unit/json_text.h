/* JSON texts read into documents, for the tests of JSON-LD and their fuzzer: as jsonb would have
 * them, members by length and bytes of their keys, the last of two with one key. */
#ifndef RP_TEST_JSON_TEXT_H
#define RP_TEST_JSON_TEXT_H

#include "jsonld/json.h"

enum { RP_TEST_JSON_DEPTH = 6000 };

/* Read a text into the arena of the document, which is initialized here. False: it is no JSON, or
 * what jsonb refuses: U+0000, lone surrogates, invalid UTF-8; or deeper than RP_TEST_JSON_DEPTH. */
bool rp_test_json_read(RpJsonDocument *document, RpArena *arena, RpText text);

/* Copy a value into the root of a new document in the arena, in the order in which who has one
 * fills it; texts and keys are shared. False: no memory. */
bool rp_test_json_copy(RpJsonDocument *document, RpArena *arena, const RpJson *value);

#endif
