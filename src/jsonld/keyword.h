/* The keywords of JSON-LD 1.1 (JSON-LD 1.1, 1.7). */
#ifndef RP_JSONLD_KEYWORD_H
#define RP_JSONLD_KEYWORD_H

#include "base/text.h"

typedef enum RpKeyword {
    RP_KEYWORD_NONE_AT_ALL = 0, /* no keyword */
    RP_KEYWORD_BASE,
    RP_KEYWORD_CONTAINER,
    RP_KEYWORD_CONTEXT,
    RP_KEYWORD_DIRECTION,
    RP_KEYWORD_GRAPH,
    RP_KEYWORD_ID,
    RP_KEYWORD_IMPORT,
    RP_KEYWORD_INCLUDED,
    RP_KEYWORD_INDEX,
    RP_KEYWORD_JSON,
    RP_KEYWORD_LANGUAGE,
    RP_KEYWORD_LIST,
    RP_KEYWORD_NEST,
    RP_KEYWORD_NONE,
    RP_KEYWORD_PREFIX,
    RP_KEYWORD_PROPAGATE,
    RP_KEYWORD_PROTECTED,
    RP_KEYWORD_REVERSE,
    RP_KEYWORD_SET,
    RP_KEYWORD_TYPE,
    RP_KEYWORD_VALUE,
    RP_KEYWORD_VERSION,
    RP_KEYWORD_VOCAB,
    RP_KEYWORD_COUNT
} RpKeyword;

/* Of sets of keywords. */
#define RP_KEYWORD_BIT(keyword) (UINT32_C(1) << (keyword))

/* Which keyword a text is; RP_KEYWORD_NONE_AT_ALL: none. */
RpKeyword rp_keyword_find(RpText text);

/* The text of a keyword. */
RpText rp_keyword_text(RpKeyword keyword);

/* Whether a text has the form of a keyword, "@" and letters: such ones are reserved. */
bool rp_keyword_is_form(RpText text);

#endif
